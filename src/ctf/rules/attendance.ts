import { blocksIn, valueOf } from '../blocks.ts'
import { academicYearOf, isYear, wholeNumber } from '../dates.ts'
import type { Block } from '../block.ts'
import { repeated } from './periods.ts'
import {
  CBDS,
  INFERRED,
  RIGHT,
  dateOf,
  rowsOf,
  type BlockBreach,
  type BlockRule,
  type CtfRule,
} from './rule.ts'

const { error, warning } = rowsOf('attendance')

/** Attendance. */
export const ATTENDANCE_RULES: readonly CtfRule[] = [
  /** More absence of one kind than sessions. */
  error(
    'ctf-501',
    ['SessionsAuthorised', 'SessionsUnauthorised', 'SessionsPossible'],
    `${CBDS} N00054, N00055`,
  ),
  /** More absence of both kinds than sessions. */
  error('ctf-502', ['SessionsAuthorised', 'SessionsUnauthorised', 'SessionsPossible'], `${CBDS} N00052`),
  /** Attendance and absence together are more than the sessions. */
  warning('ctf-503', ['SessionsAttended', 'SessionsPossible'], `${CBDS} N00053; ${INFERRED}`),
  /** Marks of more sessions than a term has. */
  warning(
    'ctf-504',
    ['AttendanceMarks'],
    `${CBDS} N00052: below 151 a term; some systems write a year at once`,
  ),
  /** Marks that begin in another year. */
  warning('ctf-505', ['AttendanceStartDate', 'Year'], `${CBDS} N00051, N00602; ${INFERRED}`),
  /** The same year at the same school twice. */
  warning('ctf-506', ['YearData'], INFERRED),
]

/** The rules of attendance. */
export const ATTENDANCE_CHECKS: readonly BlockRule[] = [
  { group: 'YearData', check: checkSessions },
  { group: 'AttendSessions', check: checkTerm },
  { group: 'Attendance', check: checkYears },
]

/** What is wrong first: one mistake in a number breaks several of the rules. */
function checkSessions(year: Block): readonly BlockBreach[] {
  const possible = countOf(year, 'SessionsPossible')
  if (possible < 0) return RIGHT
  const authorised = countOf(year, 'SessionsAuthorised')
  const unauthorised = countOf(year, 'SessionsUnauthorised')
  if (authorised > possible || unauthorised > possible) {
    const element = authorised > possible ? 'SessionsAuthorised' : 'SessionsUnauthorised'
    return [['ctf-501', element, { element }]]
  }
  const absent = Math.max(authorised, 0) + Math.max(unauthorised, 0)
  if (absent > possible) return [['ctf-502', 'SessionsPossible']]
  return Math.max(countOf(year, 'SessionsAttended'), 0) + absent > possible
    ? [['ctf-503', 'SessionsAttended']]
    : RIGHT
}

/** -1 where it is no count, which is found elsewhere. */
function countOf(year: Block, name: string): number {
  const count = valueOf(year, name)
  return count === null || count.length > 3 ? -1 : wholeNumber(count, 0, count.length)
}

/** Sessions of a term at most (CBDS N00052: less than 151). */
const LONGEST_TERM = 150

const NO_SESSION = '#'.charCodeAt(0)

function checkTerm(term: Block): readonly BlockBreach[] {
  const found: BlockBreach[] = []
  const marks = valueOf(term, 'AttendanceMarks') ?? ''
  if (marks.length > LONGEST_TERM) {
    let sessions = 0
    for (let at = 0; at < marks.length; at++) if (marks.charCodeAt(at) !== NO_SESSION) sessions++
    if (sessions > LONGEST_TERM) found.push(['ctf-504', 'AttendanceMarks', { sessions, most: LONGEST_TERM }])
  }
  const start = dateOf(term, 'AttendanceStartDate')
  const year = valueOf(term.parent, 'Year')
  if (start === null || year === null || !isYear(year)) return found
  // whether Year is the first or the last of the academic year is not verified
  const began = academicYearOf(start)
  const said = wholeNumber(year, 0, 4)
  if (said !== began && said !== began + 1) found.push(['ctf-505', 'AttendanceStartDate'])
  return found
}

function checkYears(attendance: Block): readonly BlockBreach[] {
  const found = repeated(blocksIn(attendance, 'YearData'), ['Year', 'LEA', 'Estab', 'SchoolName'])
  return found.length === 0 ? RIGHT : found.map((year) => ['ctf-506', [year, null]])
}
