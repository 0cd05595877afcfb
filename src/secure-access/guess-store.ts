import { sql, type Tx } from '../kit/database.ts'

/** A count that tries add to. */
export interface TryCount {
  /** A hash of what is counted, at least 8 bytes. */
  key: Buffer
  /** How many it takes. */
  most: number
}

/**
 * Counts a try under each of some keys, unless as many as it takes were counted under one of them since a time; then it
 * gives when the first of those was, and counts nothing. Tries under one key wait for one another until the transaction
 * ends, so that none slips past the count.
 */
export async function countTries(
  tx: Tx,
  counts: readonly TryCount[],
  { since, at }: { since: Date; at: Date },
): Promise<Date | null> {
  const locks = counts.map(
    ({ key }) => sql`pg_advisory_xact_lock(${key.readBigInt64BE().toString()}::bigint)`,
  )
  // locked by a statement of its own: a count sees only what stood there when its statement began
  await sql`select ${sql.join(locks)}`.execute(tx)
  const keys = counts.map(({ key }) => key)
  const most = counts.map((one) => one.most)
  const { rows } = await sql<{ first: Date | null }>`
    with lane as (
      select lane.key, lane.most, tries.count, tries.first
      from unnest(${keys}::bytea[], ${most}::integer[]) as lane(key, most),
        lateral (
          select count(*) as count, min(at) as first from secure_access.failure
          where failure.key = lane.key and at > ${since}
        ) as tries
    ), kept as (
      insert into secure_access.failure (key, at)
      select key, ${at}::timestamptz from lane where not exists (select 1 from lane where count >= most)
    )
    select max(first) filter (where count >= most) as first from lane`.execute(tx)
  return rows[0]!.first
}

/** Lets a transaction end before it is on the disk: what it counts may be lost with the machine's power. */
export async function needNotLast(tx: Tx): Promise<void> {
  await sql`set local synchronous_commit to off`.execute(tx)
}

/** Takes one try under each of some keys back. */
export async function takeBackTries(tx: Tx, keys: readonly Buffer[], at: Date): Promise<void> {
  await sql`
    delete from secure_access.failure where ctid = any(array(
      select one.ctid from unnest(${[...keys]}::bytea[]) as lane(key),
        lateral (
          select ctid from secure_access.failure
          where failure.key = lane.key and at = ${at} limit 1 for update skip locked
        ) as one
    ))`.execute(tx)
}

/** Forgets every try under some keys. */
export async function forgetTries(tx: Tx, keys: readonly Buffer[]): Promise<void> {
  await sql`delete from secure_access.failure where key = any(${[...keys]}::bytea[])`.execute(tx)
}
