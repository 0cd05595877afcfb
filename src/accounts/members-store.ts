import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { Language } from '../kit/i18n.ts'
import type { Role } from '../permissions/table.ts'

/** A person as a member of one organisation, also one who is no more; times are UTC. */
export interface Member {
  id: string
  username: string
  name: string
  email: string
  phone: string | null
  language: Language
  /** An account that several people use. */
  shared: boolean
  organisation: string
  /** Those of this service held here now: none once the membership has ended. */
  roles: Role[]
  approver: boolean
  createdAt: Date
  /** When the first password was set; null before. */
  activatedAt: Date | null
  /** To the minute; null before the first. */
  lastSignInAt: Date | null
  endedAt: Date | null
  endedAs: Ending | null
  endedBecause: EndingReason | null
}

/** How a membership ends: by somebody who says so, or by the clock until somebody says that it still holds. */
export type Ending = 'archived' | 'suspended'

/** Who or what ended a membership. */
export type EndingReason =
  'approver' | 'dba' | 'operator' | 'claimed' | 'audit' | 'unused' | 'never-activated'

/** The columns of a `Member`, of a person `p` and a membership `m`. */
export const MEMBER = sql`
  p.id, p.username, p.name, p.email, p.phone, p.language, p.shared, m.organisation, m.approver,
  m.created_at as "createdAt", p.activated_at as "activatedAt", p.last_sign_in_at as "lastSignInAt",
  m.ended_at as "endedAt", m.ended_as as "endedAs", m.ended_because as "endedBecause",
  array(
    select r.role from accounts.held_role r
    where r.person = p.id and r.organisation = m.organisation and r.ended_at is null
    order by r.role
  ) as roles`

/** A person as a member of an organisation; null when the person never was one. */
export async function memberOf(
  querying: Querying,
  organisation: string,
  person: string,
): Promise<Member | null> {
  const { rows } = await sql<Member>`
    select ${MEMBER} from accounts.membership m join accounts.person p on p.id = m.person
    where m.person = ${person} and m.organisation = ${organisation}`.execute(querying)
  return rows[0] ?? null
}

/** Where else a person is a member now, with the roles held there: what binds whoever wants to act on the person. */
export async function selectOtherMemberships(
  querying: Querying,
  { person, organisation }: { person: string; organisation: string },
): Promise<{ organisation: string; roles: Role[]; approver: boolean }[]> {
  const { rows } = await sql<{ organisation: string; roles: Role[]; approver: boolean }>`
    select organisation, approver, array(
        select r.role from accounts.held_role r
        where r.person = m.person and r.organisation = m.organisation and r.ended_at is null order by r.role
      ) as roles
    from accounts.membership m
    where person = ${person} and organisation <> ${organisation} and ended_at is null
    order by organisation`.execute(querying)
  return rows
}

/** Where else a person was a member until the clock suspended that: codes. */
export async function selectSuspendedElsewhere(
  querying: Querying,
  { person, organisation }: { person: string; organisation: string },
): Promise<string[]> {
  const { rows } = await sql<{ organisation: string }>`
    select organisation from accounts.membership
    where person = ${person} and organisation <> ${organisation} and ended_as = 'suspended'`.execute(querying)
  return rows.map((one) => one.organisation)
}

/**
 * Ends a membership with its roles, and with the last of them the person, with every link and all that is open; one that
 * has ended keeps its time. Whether there was one to end.
 */
export async function setEnded(
  tx: Tx,
  ended: { person: string; organisation: string; as: Ending; because: EndingReason; at: Date },
): Promise<boolean> {
  const { person, organisation, as, because, at } = ended
  const { rows } = await sql`
    update accounts.membership set ended_at = ${at}, ended_as = ${as}, ended_because = ${because}
    where person = ${person} and organisation = ${organisation} and ended_at is null
    returning person`.execute(tx)
  if (rows.length === 0) return false
  await sql`
    update accounts.held_role set ended_at = ${at}
    where person = ${person} and organisation = ${organisation} and ended_at is null`.execute(tx)
  await sql`
    with gone as (
      update accounts.person set archived_at = ${at}, sign_outs = sign_outs + 1
      where id = ${person} and archived_at is null
        and not exists (select 1 from accounts.membership where person = ${person} and ended_at is null)
      returning id
    )
    delete from accounts.invitation where person in (select id from gone)`.execute(tx)
  return true
}

/**
 * Lets a membership that has ended hold again, with the roles that ended with it, but for `without` and those that
 * somebody else of the organisation holds now and only one may. Gives the roles that it has again, and those that it has
 * not; null when there is nothing to restore.
 */
export async function setRestored(
  tx: Tx,
  { person, organisation }: { person: string; organisation: string },
  without: readonly Role[],
): Promise<{ given: Role[]; missing: Role[] } | null> {
  const { rows } = await sql<{ endedAt: Date }>`
    select ended_at as "endedAt" from accounts.membership
    where person = ${person} and organisation = ${organisation} and ended_at is not null for update`.execute(
    tx,
  )
  if (!rows[0]) return null
  await sql`
    update accounts.membership set ended_at = null, ended_as = null, ended_because = null
    where person = ${person} and organisation = ${organisation}`.execute(tx)
  await sql`update accounts.person set archived_at = null where id = ${person}`.execute(tx)
  const { rows: roles } = await sql<{ role: Role }>`
    update accounts.held_role r set ended_at = null
    where person = ${person} and organisation = ${organisation} and ended_at = ${rows[0].endedAt}
      and role <> all(${[...without]}::text[]) and not exists (
        select 1 from accounts.held_role other
        where other.organisation = r.organisation and other.role = r.role and other.ended_at is null
          and other.role in ('lea-dba', 'lea-school')
      )
    returning role`.execute(tx)
  const { rows: missing } = await sql<{ role: Role }>`
    select role from accounts.held_role
    where person = ${person} and organisation = ${organisation} and ended_at = ${rows[0].endedAt}
    order by role`.execute(tx)
  return { given: roles.map(({ role }) => role).sort(), missing: missing.map(({ role }) => role) }
}

/** The organisations whose membership of a person ended last, all in one moment, by code. */
export async function selectLastEnded(querying: Querying, person: string): Promise<string[]> {
  const { rows } = await sql<{ organisation: string }>`
    select organisation from accounts.membership
    where person = ${person}
      and ended_at = (select max(ended_at) from accounts.membership where person = ${person})
    order by organisation`.execute(querying)
  return rows.map(({ organisation }) => organisation)
}

/** What a person may do at an organisation now: roles, with that of an approver; none where the membership has ended. */
export async function liveRoles(
  querying: Querying,
  { id, organisation }: { id: string; organisation: string },
): Promise<Role[]> {
  const { rows } = await sql<{ roles: Role[]; approver: boolean }>`
    select roles, approver from accounts.live_membership
    where person = ${id} and organisation = ${organisation}`.execute(querying)
  return rows.flatMap(({ roles, approver }): Role[] => (approver ? [...roles, 'approver'] : roles))
}

/** Ends all that a person has open, everywhere, from the next request on. */
export async function signOutEverywhere(tx: Tx, person: string): Promise<void> {
  await sql`update accounts.person set sign_outs = sign_outs + 1 where id = ${person}`.execute(tx)
}

/** How often all that a person had open was ended; null when the person may act nowhere. */
export async function signOutsOf(querying: Querying, person: string): Promise<number | null> {
  const { rows } = await sql<{ signOuts: number }>`
    select sign_outs as "signOuts" from accounts.live_membership where person = ${person} limit 1`.execute(
    querying,
  )
  return rows[0]?.signOuts ?? null
}

/** Notes that a person signed in, unless that stands already for the last minute. */
export async function noteSignIn(querying: Querying, person: string, at: Date): Promise<void> {
  await sql`
    update accounts.person set last_sign_in_at = ${at}
    where id = ${person}
      and (last_sign_in_at is null or last_sign_in_at <= ${at}::timestamptz - interval '1 minute')`.execute(
    querying,
  )
}
