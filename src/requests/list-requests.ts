import { z } from 'zod'
import { action } from '../permissions/action.ts'
import type { Querying } from '../kit/database.ts'
import { mayEver, type Actor } from '../permissions/decide.ts'
import { countAwaiting, listRequests, SORTS, VIEWS, type Place, type Sort, type View } from './list-store.ts'
import { KINDS } from './rules.ts'
import type { RequestRow } from './store.ts'

/** Requests on a page. */
const PAGE = 100

/** The end of the year 9999. */
const LAST_MS = 253_402_300_799_999

const placeShape = z.tuple([
  z.string().regex(/^\w{7}$/),
  z.int().min(0).max(LAST_MS),
  z.string().regex(/^[\w-]{1,64}$/),
])

/** Organisation, milliseconds and id of a request, as JSON in base64url. */
const place = z
  .string()
  .max(300)
  .transform((cursor, context): Place => {
    const read = placeShape.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString()))
    if (read.success) return { organisation: read.data[0], askedAt: new Date(read.data[1]), id: read.data[2] }
    context.addIssue({ code: 'custom', message: 'no place' })
    return z.NEVER
  })

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A page of the list of requests. */
export interface Listing {
  view: View
  sort: Sort
  descending: boolean
  items: RequestRow[]
  /** Where the next page begins; null where there is none. */
  next: string | null
}

/** What was put to somebody, for the own answer or answered: an approver, a DBA, the national administrator. */
export const browseRequests = action({
  name: 'requests.list',
  permission: 'answer-requests',
  input: z.strictObject({
    view: z.enum(VIEWS).default('open'),
    kind: z.enum(KINDS).optional(),
    q: z
      .string()
      .max(100)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u)
      .transform((text) => text.trim())
      .optional(),
    sort: z.enum(SORTS).default('asked'),
    order: z.enum(['up', 'down']).optional(),
    after: place.optional(),
  }),
  audited: 'refusals',
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (organisation) => [organisation],
  async run({ tx, actor, input }): Promise<Listing> {
    const { view, kind = null, q = null, sort, order, after = null } = input
    // what has waited longest is first; of what came to an end, the newest
    const isNewestFirst = sort === 'asked' && (view === 'ended' || view === 'all')
    const descending = order === undefined ? isNewestFirst : order === 'down'
    const asked = { view, kind, text: q, sort, descending, after, limit: PAGE + 1 }
    const rows = await listRequests(tx, actor, asked)
    const items = rows.slice(0, PAGE)
    const last = items.at(-1)
    return { view, sort, descending, items, next: rows.length > PAGE && last ? placeOf(last) : null }
  },
  auditSubject: () => null,
})

function placeOf({ organisation, askedAt, id }: RequestRow): string {
  return Buffer.from(JSON.stringify([organisation, askedAt.getTime(), id])).toString('base64url')
}

/** How many requests await somebody's answer; null: not for the roles to answer any. */
export async function requestsAwaiting(querying: Querying, actor: Actor): Promise<number | null> {
  return mayEver(actor, 'answer-requests') ? countAwaiting(querying, actor) : null
}
