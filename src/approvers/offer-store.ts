import { sql, type Querying, type Tx } from '../kit/database.ts'

/** Somebody at an organisation. */
export interface At {
  person: string
  organisation: string
}

/** How somebody and the organisation stand to its approver role. */
export interface Standing {
  /** How many approve for it now. */
  approvers: number
  /** There is a code that claims the role. */
  hasCode: boolean
  /** The person said "not now". */
  putOff: boolean
  /** The account is one that several people use. */
  shared: boolean
}

/** How somebody and the organisation stand to its approver role. */
export async function standingOf(
  querying: Querying,
  { person, organisation }: At,
  at: Date,
): Promise<Standing> {
  const { rows } = await sql<Standing>`
    select
      (select count(*)::integer from accounts.live_membership m
       where m.organisation = ${organisation} and m.approver) as approvers,
      exists (
        select from approvers.code c
        where c.organisation = ${organisation} and c.claimed_at is null and c.withdrawn_at is null
          and c.expires_at > ${at}
      ) as "hasCode",
      exists (
        select from approvers.put_off p where p.person = ${person} and p.organisation = ${organisation}
      ) as "putOff",
      coalesce((select shared from accounts.person where id = ${person}), false) as shared`.execute(querying)
  return rows[0]!
}

/** Remembers that somebody said "not now" when the role was offered. */
export async function putOff(tx: Tx, { person, organisation }: At, at: Date): Promise<void> {
  await sql`
    insert into approvers.put_off (person, organisation, at) values (${person}, ${organisation}, ${at})
    on conflict do nothing`.execute(tx)
}

/** What wrong codes are counted by. */
export interface WrongKey {
  /** A hash, at least 8 bytes. */
  key: Buffer
  /** How many are taken in the time. */
  most: number
}

/**
 * When the first of the wrong codes under a key was, if as many as are taken stand there since a time; else null.
 * Whoever counts under one key waits for the others until the transaction ends.
 */
export async function firstOfTooMany(tx: Tx, { key, most }: WrongKey, since: Date): Promise<Date | null> {
  await sql`select pg_advisory_xact_lock(${key.readBigInt64BE().toString()}::bigint)`.execute(tx)
  const { rows } = await sql<{ count: number; first: Date }>`
    select count(*)::integer as count, min(at) as first from approvers.wrong_code
    where key = ${key} and at > ${since}`.execute(tx)
  const { count, first } = rows[0]!
  return count >= most ? first : null
}

/** Counts a wrong code under each key. */
export async function noteWrongCode(tx: Tx, keys: readonly WrongKey[], at: Date): Promise<void> {
  for (const { key } of keys)
    await sql`insert into approvers.wrong_code (key, at) values (${key}, ${at})`.execute(tx)
}

/** Forgets wrong codes from before a time. */
export async function forgetWrongCodes(querying: Querying, before: Date): Promise<void> {
  await sql`delete from approvers.wrong_code where at < ${before}`.execute(querying)
}
