import type { RawBuilder } from 'kysely'
import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { Box, FileFilter, Place, Sort, SoughtText } from './list-rules.ts'
import { FILE, type FileRow } from './store.ts'

type Sql = RawBuilder<unknown>

/** In which order files are listed, and where the page begins. */
export interface FileOrder {
  sort: Sort
  descending: boolean
  after: Place | null
  limit: number
}

/**
 * A page of an organisation's inbox or sent files. Each order has an index for each box, which serves what grows over the
 * years: all files, and the downloaded ones. What is in another status, or was sent for another, is little: an index
 * finds it whole, and it is sorted then, since to look for it along another order would read all the rest (migration 0008).
 */
export async function listFiles(
  querying: Querying,
  filter: FileFilter,
  { sort, descending, after, limit }: FileOrder,
): Promise<FileRow[]> {
  const columns = [...keyOf(filter.box, sort), sql`uploaded_at`, sql`id`]
  const direction = descending ? sql`desc` : sql`asc`
  const order = sql`order by ${sql.join(columns.map((column) => sql`${column} ${direction}`))} limit ${limit}`
  const isLittle = filter.status !== undefined && filter.status !== 'downloaded'
  const parts = partsOf(filter).map((part, at) => {
    const where = every([
      part,
      ...conditionsOf(filter),
      ...(after ? [isAfter(columns, descending, after)] : []),
    ])
    const whole = sort !== 'sent' && (isLittle || at > 0)
    return sql`(select id from ${filesOf(filter, where, whole)} ${order})`
  })
  const { rows } = await sql<FileRow>`
    select ${FILE} from transfers.file where id in (${sql.join(parts, sql` union all `)}) ${order}`.execute(
    querying,
  )
  return rows
}

/** How many files a list has, counted up to `most`. */
export async function countListed(querying: Querying, filter: FileFilter, most: number): Promise<number> {
  const parts = partsOf(filter).map((part) => {
    const where = every([part, ...conditionsOf(filter)])
    return sql`(select from ${filesOf(filter, where, false)} limit ${most})`
  })
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from (${sql.join(parts, sql` union all `)}) as listed`.execute(querying)
  return Math.min(rows[0]!.n, most)
}

/**
 * The files under a condition; a text is sought among them afterwards, file by file. `whole`, and for a text always, they
 * are found by the condition alone: `offset 0` keeps the planner from reading everybody's along an order until enough
 * are found.
 */
function filesOf({ box, text }: FileFilter, where: Sql, whole: boolean): Sql {
  if (!text && !whole) return sql`transfers.file where ${where}`
  return sql`(select * from transfers.file where ${where} offset 0) as found ${text ? sql`where ${isSought(box, text)}` : sql``}`
}

function isSought(box: Box, { inFileName, inName, inWelshName }: SoughtText): Sql {
  const other = box === 'inbox' ? sql`source` : sql`destination`
  const isNamed = sql`${other} in (select code from establishments.known_name
    where strpos(name_key, ${inName}) > 0 or strpos(welsh_key, ${inWelshName}) > 0)`
  return sql`(strpos(name, ${inFileName}) > 0 ${inName ? sql`or ${isNamed}` : sql``})`
}

/** The files of these ids that were sent to an organisation, in the order of the ids. */
export async function findReceived(
  querying: Querying,
  organisation: string,
  ids: readonly string[],
): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`
    select ${FILE} from transfers.file
    where id = any(${ids}::text[]) and destination = ${organisation} and status not in ('quarantined', 'refused')
    order by array_position(${ids}::text[], id)`.execute(querying)
  return rows
}

/** Notes that a file which was fetched did not arrive correctly; false when it is not awaiting or was not fetched. */
export async function noteNotReceived(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update transfers.file set not_received_at = ${at}
    where id = ${id} and status = 'awaiting' and fetched_at is not null`.execute(tx)
  return numAffectedRows === 1n
}

/** What comes before time and id in the order of a list. */
function keyOf(box: Box, sort: Sort): Sql[] {
  switch (sort) {
    case 'sent':
      return []
    case 'name':
      return [sql`name collate "C"`]
    case 'other':
      return [box === 'inbox' ? sql`source` : sql`destination`]
    case 'pupils':
      return [sql`pupils`]
  }
}

function isAfter(columns: readonly Sql[], descending: boolean, { key, uploadedAt, id }: Place): Sql {
  const keys = typeof key === 'number' ? sql`${key}::integer` : sql`${key}::text`
  const place = [...(columns.length > 2 ? [keys] : []), sql`${uploadedAt}::timestamptz`, sql`${id}::text`]
  return sql`(${sql.join(columns)}) ${descending ? sql`<` : sql`>`} (${sql.join(place)})`
}

/** What an organisation sent is what comes from it, and what it uploaded for one of its schools. */
function partsOf({ box, organisation }: FileFilter): Sql[] {
  return box === 'inbox'
    ? [sql`destination = ${organisation}`]
    : [sql`source = ${organisation}`, sql`sender = ${organisation} and sender <> source`]
}

function conditionsOf(filter: FileFilter): Sql[] {
  const { box, status, kind, changedSince, sentFrom, sentTo, toConfirm, uncollectedBefore } = filter
  return [
    box === 'inbox' && sql`status not in ('quarantined', 'refused')`,
    status && sql`status = ${status}`,
    kind && sql`kind = ${kind}`,
    changedSince && sql`changed_at >= ${changedSince}`,
    sentFrom && sql`uploaded_at >= (${sentFrom}::date)::timestamp at time zone 'Europe/London'`,
    sentTo && sql`uploaded_at < (${sentTo}::date + 1)::timestamp at time zone 'Europe/London'`,
    toConfirm && sql`fetched_at is not null and not_received_at is null`,
    uncollectedBefore && sql`fetched_at is null and uploaded_at <= ${uncollectedBefore}`,
  ].filter((condition) => typeof condition === 'object')
}

function every(conditions: readonly Sql[]): Sql {
  return sql.join(conditions, sql` and `)
}
