import { sql, type Tx } from '../kit/database.ts'

/**
 * Counts a try under a key, unless `most` were counted since a time; then it gives when the first of those was. Tries
 * under one key wait for one another until the transaction ends, so that none slips past the count.
 * @param key a hash of what is counted, at least 8 bytes
 */
export async function countTry(
  tx: Tx,
  key: Buffer,
  { most, since, at }: { most: number; since: Date; at: Date },
): Promise<Date | null> {
  await sql`select pg_advisory_xact_lock(${key.readBigInt64BE().toString()}::bigint)`.execute(tx)
  const { rows } = await sql<{ count: number; first: Date }>`
    select count(*) as count, min(at) as first from secure_access.failure
    where key = ${key} and at > ${since}`.execute(tx)
  const { count, first } = rows[0]!
  if (count >= most) return first
  await sql`insert into secure_access.failure (key, at) values (${key}, ${at})`.execute(tx)
  return null
}

/** Takes one try under a key back. */
export async function takeBackTry(tx: Tx, key: Buffer, at: Date): Promise<void> {
  await sql`
    delete from secure_access.failure where ctid = (
      select ctid from secure_access.failure where key = ${key} and at = ${at} limit 1 for update skip locked
    )`.execute(tx)
}

/** Forgets every try under a key. */
export async function forgetTries(tx: Tx, key: Buffer): Promise<void> {
  await sql`delete from secure_access.failure where key = ${key}`.execute(tx)
}
