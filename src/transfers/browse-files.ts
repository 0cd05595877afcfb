import { z } from 'zod'
import { FILE_KINDS } from '../ctf/file-name.ts'
import { findEstablishments, type Establishment } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import { readTypedDate } from '../kit/pages/typed-date.ts'
import { turnPage } from '../kit/turn-page.ts'
import { action, type Action } from '../permissions/action.ts'
import {
  filterOfView,
  isDescendingAtFirst,
  SORTS,
  soughtText,
  VIEWS,
  type Box,
  type FileFilter,
  type Place,
  type Sort,
  type View,
} from './list-rules.ts'
import { countListed, listFiles } from './lists-store.ts'
import { isToConfirm } from './rules.ts'
import { closedInboxes, type ClosedInbox } from './of-closed.ts'
import type { FileRow } from './store.ts'

/** Files on a page. */
export const PAGE = 100

/** A list is counted up to so many files: nothing is counted that grows with the years. */
export const COUNTED = 1000

/** A date as people type it, to CCYY-MM-DD. */
const typedDate = z
  .string()
  .max(40)
  .transform((text, context) => {
    const date = readTypedDate(text)
    if (date !== null) return date
    context.addIssue({ code: 'custom', message: 'no date' })
    return z.NEVER
  })

/** Sort key, milliseconds of the upload and id of a file, as JSON in base64url. */
const place = z
  .string()
  .max(300)
  .transform((cursor, context): Place => {
    const read = placeShape.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString()))
    if (read.success) return { key: read.data[0], uploadedAt: new Date(read.data[1]), id: read.data[2] }
    context.addIssue({ code: 'custom', message: 'no place' })
    return z.NEVER
  })

/** The end of the year 9999. */
const LAST_MS = 253_402_300_799_999

const placeShape = z.tuple([
  z.union([z.string().regex(/^[\w.-]{0,80}$/), z.int32()]),
  z.int().min(0).max(LAST_MS),
  z.string().regex(/^[\w-]{1,64}$/),
])

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const browseInput = z.strictObject({
  view: z.string().optional(),
  kind: z.enum(FILE_KINDS).optional(),
  from: typedDate.optional(),
  to: typedDate.optional(),
  text: z
    .string()
    .max(100)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .transform((text) => text.trim())
    .optional(),
  sort: z.enum(SORTS).default('sent'),
  order: z.enum(['up', 'down']).optional(),
  after: place.optional(),
  before: place.optional(),
})

/** What people ask of a list. */
export type BrowseInput = z.infer<typeof browseInput>

/** A page of a list. */
export interface Listing {
  view: View
  sort: Sort
  descending: boolean
  items: FileRow[]
  /** Where the page after and the page before begin; null where there is none. */
  next: string | null
  previous: string | null
  /** Files of the whole list, counted up to COUNTED; one more where there are more. */
  count: number
  /** How many files were downloaded and nobody has said yet whether correctly; null: not of this box. */
  toConfirm: number | null
  /** Closed schools that this one follows, with what waits for them and can be taken over; none of the sent files. */
  ofClosed: ClosedInbox[]
  /** The establishments that the files name, by code. */
  establishments: Map<string, Establishment>
}

function browse(
  box: Box,
  permission: 'collect-ctf' | 'see-sent-files',
): Action<BrowseInput, string, undefined, Listing> {
  const views: readonly string[] = VIEWS[box]
  return action({
    name: `transfers.browse-${box}`,
    permission,
    input: browseInput
      .refine(({ view }) => view === undefined || views.includes(view), { path: ['view'] })
      // a place is of one sort: numbers of pupils are compared with numbers only
      .refine(({ sort, after, before }) => isOfSort(after, sort) && isOfSort(before, sort), {
        path: ['after'],
      }),
    audited: 'refusals',
    find: ({ actor }) => Promise.resolve(actor.organisation),
    business: (organisation) => [organisation],
    async run({ tx, input, subject: organisation, now }): Promise<Listing> {
      const { sort, order, after, before } = input
      const view = (input.view ?? VIEWS[box][0]) as View
      const filter = { box, organisation, ...filterOfView(view, now), ...narrowed(input) }
      const descending = order === undefined ? isDescendingAtFirst(sort) : order === 'down'
      const { items, hasNext, hasPrevious } = await turnPage(
        { after, before, descending, limit: PAGE },
        (asked) => listFiles(tx, filter, { sort, ...asked }),
      )
      const place = (row: FileRow | undefined, is: boolean): string | null =>
        row && is ? writePlace(row, box, sort) : null
      return {
        view,
        sort,
        descending,
        items,
        next: place(items.at(-1), hasNext),
        previous: place(items[0], hasPrevious),
        ...(await countAll(tx, filter, hasNext || hasPrevious ? null : items, now)),
        ofClosed: box === 'inbox' ? await closedInboxes(tx, organisation) : [],
        establishments: await establishmentsOf(tx, items),
      }
    },
    auditSubject: () => null,
  })
}

/** What was typed above the list. */
function narrowed({ kind, from, to, text }: BrowseInput): Partial<FileFilter> {
  return { kind, sentFrom: from, sentTo: to, text: text ? soughtText(text) : undefined }
}

/** @param whole the files of the list where they are all on one page, so that there is less to count */
async function countAll(
  tx: Tx,
  filter: FileFilter,
  whole: readonly FileRow[] | null,
  now: Date,
): Promise<Pick<Listing, 'count' | 'toConfirm'>> {
  const { box, organisation, status, toConfirm, kind, sentFrom, sentTo, text } = filter
  const count = whole?.length ?? (await countListed(tx, filter, COUNTED + 1))
  if (box === 'sent') return { count, toConfirm: null }
  const isAllAwaiting = status === 'awaiting' && !(toConfirm ?? kind ?? sentFrom ?? sentTo ?? text)
  if (whole && isAllAwaiting) return { count, toConfirm: whole.filter(isToConfirm).length }
  const asked = { box, organisation, ...filterOfView('to-confirm', now) }
  return { count, toConfirm: await countListed(tx, asked, COUNTED + 1) }
}

function isOfSort(place: Place | undefined, sort: Sort): boolean {
  return place === undefined || (typeof place.key === 'number') === (sort === 'pupils')
}

async function establishmentsOf(tx: Tx, files: readonly FileRow[]): Promise<Map<string, Establishment>> {
  const codes = new Set(files.flatMap(({ source, destination, sender }) => [source, destination, sender]))
  return codes.size > 0 ? findEstablishments(tx, [...codes]) : new Map()
}

function writePlace(row: FileRow, box: Box, sort: Sort): string {
  const keys = {
    sent: '',
    name: row.name,
    other: box === 'inbox' ? row.source : row.destination,
    pupils: row.pupils,
  }
  return Buffer.from(JSON.stringify([keys[sort], row.uploadedAt.getTime(), row.id])).toString('base64url')
}

/** What was sent to the own organisation, for people. */
export const browseInbox = browse('inbox', 'collect-ctf')

/** What the own organisation sent, for people. */
export const browseSent = browse('sent', 'see-sent-files')
