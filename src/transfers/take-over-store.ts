import { sql, type Querying, type Tx } from '../kit/database.ts'
import { FILE, type FileRow } from './store.ts'

// What waits for a closed school is found by the index for the status (migration 0008): it does not grow with the years.

/** Files that wait for any of these and that nobody fetched, but for those that `follower` sent itself; oldest first. */
export async function listUnfetched(
  querying: Querying,
  closed: readonly string[],
  follower: string,
  limit: number,
): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`
    select ${FILE} from transfers.file
    where destination = any(${closed}::text[]) and status = 'awaiting' and fetched_at is null and source <> ${follower}
    order by destination, uploaded_at, id limit ${limit}::int`.execute(querying)
  return rows
}

/** How many such files wait for each closed school; a school for which none wait is left out. */
export async function countUnfetched(
  querying: Querying,
  closed: readonly string[],
  follower: string,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ destination: string; n: number }>`
    select destination, count(*)::integer as n from transfers.file
    where destination = any(${closed}::text[]) and status = 'awaiting' and fetched_at is null and source <> ${follower}
    group by destination`.execute(querying)
  return new Map(rows.map(({ destination, n }) => [destination, n]))
}

/**
 * awaiting → forwarded, unless its fetching has begun since it was read; its name is free again. False when another was
 * first: of two successors one wins.
 */
export async function forwardFile(tx: Tx, file: FileRow, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update transfers.file set status = 'forwarded', changed_at = ${at}, held_name = null
    where id = ${file.id} and status = 'awaiting' and fetched_at is null
      and fetch_started_at is not distinct from ${file.fetchStartedAt}`.execute(tx)
  return numAffectedRows === 1n
}

/** Links a forwarded file to the copy that was made of it. */
export async function linkForwarded(tx: Tx, id: string, copy: string): Promise<void> {
  await sql`
    update transfers.file set readdressed_as = ${copy} where id = ${id} and status = 'forwarded'`.execute(tx)
}
