import { londonDate } from '../kit/london-date.ts'

export { londonDate }

/** Statuses of a file and of a record of the Lost Pupil Database (`lost`, `found`). */
export const FILE_STATUSES = [
  'quarantined',
  'refused',
  'awaiting',
  'downloaded',
  'rejected',
  'removed',
  'forwarded',
  'expired',
  'lost',
  'found',
] as const

/** A status of a file. */
export type FileStatus = (typeof FILE_STATUSES)[number]

/** Days for which the sender can still fetch or readdress a rejected file. */
export const REJECTED_DAYS = 31

/** School days within which a school may recall its own deposit in the Lost Pupil Database. */
export const DEPOSIT_RECALL_SCHOOL_DAYS = 5

/** School days after which a sent file that nobody has fetched is worth a look. */
export const UNCOLLECTED_SCHOOL_DAYS = 5

const DAY = 24 * 60 * 60 * 1000

/** The academic year of a moment by its first calendar year: years turn on 1 September. */
export function academicYear(at: Date): number {
  const [year, month] = londonDate(at).split('-').map(Number) as [number, number]
  return month >= 9 ? year : year - 1
}

/**
 * Whether the name of a file is taken, so that another under it is refused: while it is awaiting, quarantined or
 * lost, or was downloaded in the present academic year.
 */
export function nameIsTaken(status: FileStatus, confirmedAt: Date | null, now: Date): boolean {
  if (status === 'downloaded') return confirmedAt !== null && academicYear(confirmedAt) === academicYear(now)
  return status === 'awaiting' || status === 'quarantined' || status === 'lost' || status === 'found'
}

/** The two sides of a file. */
export type Side = 'destination' | 'sender'

/** What `mayFetch` needs to know of a file. */
export interface FetchState {
  status: FileStatus
  confirmedAt: Date | null
  changedAt: Date
}

/**
 * Until when a party can fetch a file's content: the destination while it awaits and for `redownloadDays` after
 * confirming; the sender as long, and for 31 days after a rejection. `open`: as long as it stays as it is; null: no more.
 */
export function fetchableUntil(file: FetchState, as: Side, redownloadDays: number): Date | 'open' | null {
  const after = (since: Date, days: number): Date => new Date(since.getTime() + days * DAY)
  switch (file.status) {
    case 'awaiting':
      return 'open'
    case 'downloaded':
      return file.confirmedAt && after(file.confirmedAt, redownloadDays)
    case 'rejected':
      return as === 'sender' ? after(file.changedAt, REJECTED_DAYS) : null
    case 'lost':
    case 'found':
      return as === 'sender' ? 'open' : null
    default:
      return null
  }
}

/** Whether a party can still fetch a file's content, by `fetchableUntil`. */
export function mayFetch(file: FetchState, as: Side, now: Date, redownloadDays: number): boolean {
  const until = fetchableUntil(file, as, redownloadDays)
  return until === 'open' || (until !== null && now <= until)
}

/** The statuses, told apart where what is to be done next differs. */
export const FILE_STATES = [
  ...FILE_STATUSES,
  // downloaded, and not yet said whether correctly
  'fetched',
  // rejected, and its sender sent it on
  'readdressed',
  // its content is kept no more for whoever looks
  'downloadedBefore',
  'rejectedBefore',
] as const

/** What pages call a file's state. */
export type FileState = (typeof FILE_STATES)[number]

/** What `isToConfirm` needs to know of a file. */
export interface ConfirmState {
  status: FileStatus
  fetchedAt: Date | null
  notReceivedAt: Date | null
}

/** Whether a file was fetched and nobody has said yet whether it arrived correctly. */
export function isToConfirm({ status, fetchedAt, notReceivedAt }: ConfirmState): boolean {
  return status === 'awaiting' && fetchedAt !== null && notReceivedAt === null
}

/** Whether a whole download by the destination is to be noted: the first, and the next after one that did not arrive. */
export function needsNote(file: ConfirmState): boolean {
  return file.status === 'awaiting' && !isToConfirm(file)
}

/** What pages call the state of a file for one of its sides. */
export function stateOf(
  file: FetchState & ConfirmState & { readdressedAs: string | null },
  as: Side,
  now: Date,
  redownloadDays: number,
): FileState {
  const isKept = mayFetch(file, as, now, redownloadDays)
  if (isToConfirm(file)) return 'fetched'
  if (file.status === 'downloaded' && !isKept) return 'downloadedBefore'
  if (file.status !== 'rejected' || as === 'destination') return file.status
  if (file.readdressedAs) return 'readdressed'
  return isKept ? 'rejected' : 'rejectedBefore'
}

/** Why a file cannot be rejected, or null when it can: while awaiting, or while it could be fetched again. */
export function rejectProblem(
  file: FetchState,
  now: Date,
  redownloadDays: number,
): 'already' | 'too-late' | null {
  if (file.status === 'rejected') return 'already'
  return mayFetch(file, 'destination', now, redownloadDays) ? null : 'too-late'
}

/** A download that began this short a time ago counts as under way, so that a recall cannot cross it. */
export const FETCH_UNDER_WAY_MS = 10 * 60 * 1000

/** What `recallProblem` needs to know of a file. */
export interface RecallState {
  status: FileStatus
  uploadedAt: Date
  fetchStartedAt: Date | null
  fetchedAt: Date | null
}

/**
 * Why the sender cannot recall a file, or null when it can: before it is fetched; a deposit in the Lost Pupil
 * Database within five school days.
 */
export function recallProblem(
  file: RecallState,
  now: Date,
): 'fetched' | 'being-fetched' | 'deposit-too-old' | 'too-late' | null {
  if (file.status === 'lost') {
    return schoolDaysBetween(file.uploadedAt, now) > DEPOSIT_RECALL_SCHOOL_DAYS ? 'deposit-too-old' : null
  }
  if (file.status !== 'awaiting') return file.status === 'downloaded' ? 'fetched' : 'too-late'
  if (file.fetchedAt) return 'fetched'
  const underWay = file.fetchStartedAt && now.getTime() - file.fetchStartedAt.getTime() < FETCH_UNDER_WAY_MS
  return underWay ? 'being-fetched' : null
}

/**
 * Why the successor of a closed destination cannot take a file over, or null when it can: while nobody has fetched it. The
 * closed school's own people may collect what waits for it until then.
 */
export function takeoverProblem(
  file: RecallState,
  now: Date,
): 'fetched' | 'being-fetched' | 'too-late' | null {
  const problem = file.status === 'lost' ? 'too-late' : recallProblem(file, now)
  return problem === 'deposit-too-old' ? 'too-late' : problem
}

/** School days after `from` up to and including `to`: Mondays to Fridays; each LA's holidays are not known here. */
export function schoolDaysBetween(from: Date, to: Date): number {
  let days = 0
  for (let at = from.getTime() + DAY; at <= to.getTime() && days <= 366; at += DAY) {
    const weekday = new Date(at).getUTCDay()
    if (weekday !== 0 && weekday !== 6) days += 1
  }
  return days
}

/** The latest moment that is more than `days` school days ago. */
export function beforeSchoolDays(now: Date, days: number): Date {
  let back = 0
  while (schoolDaysBetween(new Date(now.getTime() - back * DAY), now) <= days) back += 1
  return new Date(now.getTime() - back * DAY)
}

/** Since when a file must have been rejected so that its sender can still readdress it. */
export function readdressableSince(now: Date): Date {
  return new Date(now.getTime() - REJECTED_DAYS * DAY)
}

/** What is known of a destination when a file is sent to it. */
export interface DestinationState {
  known: boolean
  /** The register of its LA's schools is loaded. */
  registerLoaded: boolean
  status: string
  sector: string | null
  kind: string
  /** At least one live person or machine client of it uses the service. */
  hasAnybody: boolean
}

/**
 * Why a file cannot go to a destination, or null when it can. An independent school without anybody on the service
 * will not collect: its pupils' files go to MMMMMMM (guidance for local authorities §1.3).
 */
export function destinationProblem(
  destination: DestinationState,
): 'register-not-loaded' | 'destination-unknown' | 'destination-closed' | 'independent-absent' | null {
  if (!destination.known) return destination.registerLoaded ? 'destination-unknown' : 'register-not-loaded'
  // the department sees no file's content (ICES Bulletin 65 §1), so nobody there could ever collect one
  if (destination.kind === 'department') return 'destination-unknown'
  if (destination.status === 'closed') return 'destination-closed'
  if (destination.sector === 'independent' && !destination.hasAnybody) return 'independent-absent'
  return null
}
