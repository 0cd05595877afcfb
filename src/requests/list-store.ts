import type { RawBuilder } from 'kysely'
import { sql, type Querying } from '../kit/database.ts'
import type { Actor } from '../permissions/decide.ts'
import { stagesOf, type Kind, type Stage } from './rules.ts'
import { REQUEST, REQUESTS, type RequestRow } from './store.ts'

type Sql = RawBuilder<unknown>

/** Which requests a list holds: what waits, what stood too long, what came to an end, all. */
export const VIEWS = ['open', 'overdue', 'ended', 'all'] as const

/** A view of the list. */
export type View = (typeof VIEWS)[number]

/** By what the list is sorted. */
export const SORTS = ['asked', 'organisation'] as const

/** A head by which the list is sorted. */
export type Sort = (typeof SORTS)[number]

/** Where a list goes on: the last request of the page before, by what the list is sorted by. */
export interface Place {
  organisation: string
  askedAt: Date
  id: string
}

/** Which requests, in which order, and how many. */
export interface Asked {
  view: View
  kind: Kind | null
  /** Part of an organisation's code or name, or of the asker's name. */
  text: string | null
  sort: Sort
  descending: boolean
  after: Place | null
  limit: number
}

/**
 * What was put to somebody: by the table an approver's own organisation, a DBA's LA, the nation; and of those what has
 * come as far as their stage. The department stands for both nations.
 */
function putTo(actor: Actor): Sql {
  const of: Record<Stage, Sql> = {
    approver: sql`r.organisation = ${actor.organisation}`,
    dba: sql`(r.la = ${actor.organisation.slice(0, 3)} and r.stage <> 'approver')`,
    national: sql`r.stage = 'national'`,
  }
  const all = stagesOf(actor).map((stage) => of[stage])
  return all.length > 0 ? sql`(${sql.join(all, sql` or `)})` : sql`false`
}

const OF_VIEW: Record<View, Sql> = {
  open: sql`r.state = 'open'`,
  overdue: sql`r.state = 'open' and r.overdue_at is not null`,
  ended: sql`r.state <> 'open'`,
  all: sql`true`,
}

/** A page of what was put to somebody. */
export async function listRequests(querying: Querying, actor: Actor, asked: Asked): Promise<RequestRow[]> {
  const { view, kind, text, sort, descending, after, limit } = asked
  const direction = descending ? sql`desc` : sql`asc`
  const columns = [...(sort === 'organisation' ? [sql`r.organisation`] : []), sql`r.asked_at`, sql`r.id`]
  const place = after && [
    ...(sort === 'organisation' ? [sql`${after.organisation}::text`] : []),
    sql`${after.askedAt}::timestamptz`,
    sql`${after.id}::text`,
  ]
  const conditions = [
    putTo(actor),
    OF_VIEW[view],
    ...(kind ? [sql`r.kind = ${kind}`] : []),
    ...(text ? [isSought(text)] : []),
    ...(place ? [sql`(${sql.join(columns)}) ${descending ? sql`<` : sql`>`} (${sql.join(place)})`] : []),
  ]
  const { rows } = await sql<RequestRow>`
    select ${REQUEST} from ${REQUESTS} where ${sql.join(conditions, sql` and `)}
    order by ${sql.join(columns.map((column) => sql`${column} ${direction}`))} limit ${limit}`.execute(
    querying,
  )
  return rows
}

function isSought(text: string): Sql {
  const sought = text.toLowerCase()
  const columns = [sql`r.organisation`, sql`o.name_en`, sql`o.name_cy`, sql`p.name`, sql`r.name`]
  return sql`(${sql.join(
    columns.map((column) => sql`strpos(lower(${column}), ${sought}) > 0`),
    sql` or `,
  )})`
}

/** How many requests wait for somebody's answer, but for those of their own. */
export async function countAwaiting(querying: Querying, actor: Actor): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from requests.request r
    where r.state = 'open' and r.person is distinct from ${actor.id} and ${putTo(actor)}`.execute(querying)
  return rows[0]!.n
}
