import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { Language } from '../kit/i18n.ts'

/** An account that the clock looks after. */
export interface KeptAccount {
  id: string
  username: string
  name: string
  email: string
  language: Language
  /** When somebody last signed in with it, or else set its first password; null before. */
  usedAt: Date | null
  /** Of a database administrator: an LA has no other (guidance for local authorities §3.1). */
  isDba: boolean
}

const USED = sql`coalesce(p.last_sign_in_at, p.activated_at)`

const holds = (role: 'lea-dba' | 'national-administrator') => sql`exists (
  select 1 from accounts.held_role h where h.person = p.id and h.role = ${role} and h.ended_at is null)`

const ACCOUNT = sql`p.id, p.username, p.name, p.email, p.language, ${USED} as "usedAt",
  ${holds('lea-dba')} as "isDba"`

const IS_MEMBER = sql`p.archived_at is null and exists (
  select 1 from accounts.membership m where m.person = p.id and m.ended_at is null)`

/** Up to `limit` accounts whose people were invited, added or restored last before a time and never came; locked. */
export async function lockNeverCame(
  tx: Tx,
  { before, invitationHours, limit }: { before: Date; invitationHours: number; limit: number },
): Promise<KeptAccount[]> {
  const { rows } = await sql<KeptAccount>`
    select ${ACCOUNT} from accounts.person p
    where p.activated_at is null and p.created_at <= ${before} and ${IS_MEMBER}
      and not exists (
        select 1 from accounts.membership m where m.person = p.id and m.ended_at is null and m.created_at > ${before})
      and not exists (
        select 1 from accounts.invitation i
        where i.person = p.id and i.expires_at - ${invitationHours} * interval '1 hour' > ${before})
      and not exists (
        select 1 from accounts.account_event e
        where e.person = p.id and e.event in ('invited', 'restored') and e.at > ${before})
    order by p.id limit ${limit} for update of p skip locked`.execute(tx)
  return rows
}

/** Warns up to `limit` accounts that were last used before a time, each once until it is used again. */
export async function takeToWarn(
  tx: Tx,
  { before, now, limit }: { before: Date; now: Date; limit: number },
): Promise<KeptAccount[]> {
  const { rows } = await sql<KeptAccount>`
    update accounts.person p set unused_warned_at = ${now}
    where p.id in (
      select p.id from accounts.person p
      where ${USED} <= ${before} and ${IS_MEMBER} and (p.unused_warned_at is null or p.unused_warned_at < ${USED})
      order by p.id limit ${limit} for update skip locked
    )
    returning ${ACCOUNT}`.execute(tx)
  return rows
}

/**
 * Up to `limit` accounts that were last used before a time, and not since they were warned, which was before `warned`;
 * locked, who was away longest first. Never those of database administrators; national administrators apart.
 */
export async function lockUnused(
  tx: Tx,
  { before, warned, national, limit }: { before: Date; warned: Date; national: boolean; limit: number },
): Promise<KeptAccount[]> {
  const { rows } = await sql<KeptAccount>`
    select ${ACCOUNT} from accounts.person p
    where ${USED} <= ${before} and p.unused_warned_at >= ${USED} and p.unused_warned_at <= ${warned} and ${IS_MEMBER}
      and not ${holds('lea-dba')} and ${holds('national-administrator')} = ${national}::boolean
    order by ${national ? sql`${USED},` : sql``} p.id limit ${limit} for update of p skip locked`.execute(tx)
  return rows
}

/** Forgets that an account was warned: restored, it is warned anew before it is suspended again. */
export async function forgetWarning(tx: Tx, id: string): Promise<void> {
  await sql`update accounts.person set unused_warned_at = null where id = ${id}`.execute(tx)
}

/** The organisations that a person is a member of, also those that are inactive; by code. */
export async function organisationsOf(querying: Querying, person: string): Promise<string[]> {
  const { rows } = await sql<{ organisation: string }>`
    select organisation from accounts.membership where person = ${person} and ended_at is null
    order by organisation`.execute(querying)
  return rows.map(({ organisation }) => organisation)
}

/** The national administrators who have come and may act now, by id. */
export async function administrators(querying: Querying): Promise<Set<string>> {
  const { rows } = await sql<{ person: string }>`
    select person from accounts.live_membership
    where 'national-administrator' = any(roles) and activated_at is not null`.execute(querying)
  return new Set(rows.map(({ person }) => person))
}

/**
 * The same, with every national administrator locked until the transaction ends: of two who each end one of the last two,
 * the second finds one left.
 */
export async function lockAdministrators(tx: Tx): Promise<Set<string>> {
  await sql`
    select p.id from accounts.person p where ${holds('national-administrator')} order by p.id for update`.execute(
    tx,
  )
  return administrators(tx)
}
