import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { System } from './rules.ts'

const SYSTEM = sql`
  s.code, s.name_en as "nameEn", s.name_cy as "nameCy", s.url, (
    select coalesce(jsonb_agg(jsonb_build_object(
        'code', r.code, 'nameEn', r.name_en, 'nameCy', r.name_cy, 'kinds', to_jsonb(r.kinds)) order by r.place), '[]')
    from systems.role r where r.system = s.code
  ) as roles`

/** Every system that is configured now, by its English name. */
export async function listSystems(querying: Querying): Promise<System[]> {
  const { rows } = await sql<System>`
    select ${SYSTEM} from systems.system s where s.removed_at is null order by lower(s.name_en), s.code`.execute(
    querying,
  )
  return rows
}

/** A system of this code that is configured now; it stays as it is until the transaction ends. */
export async function holdSystem(tx: Tx, code: string): Promise<System | null> {
  const { rows } = await sql<System>`
    select ${SYSTEM} from systems.system s where s.code = ${code} and s.removed_at is null for share of s`.execute(
    tx,
  )
  return rows[0] ?? null
}

/** A role that a member of an organisation has in a system. */
export interface Grant {
  /** The system's code. */
  system: string
  /** The role's code. */
  role: string
  givenAt: Date
}

/** A person as a member of an organisation. */
export interface MemberKey {
  person: string
  organisation: string
}

/**
 * What a person has at an organisation in the systems that are configured, also while the membership does not hold:
 * it holds again with it.
 */
export async function grantsOf(querying: Querying, { person, organisation }: MemberKey): Promise<Grant[]> {
  const { rows } = await sql<Grant>`
    select g.system, g.role, g.given_at as "givenAt"
    from systems.granted g join systems.system s on s.code = g.system and s.removed_at is null
    join systems.role r on r.system = g.system and r.code = g.role
    where g.person = ${person} and g.organisation = ${organisation}
    order by lower(s.name_en), s.code, r.place`.execute(querying)
  return rows
}

/** The roles that a member has in one system, held against every other change until the transaction ends. */
export async function lockGranted(tx: Tx, member: MemberKey, system: string): Promise<string[]> {
  const { person, organisation } = member
  await sql`
    select 1 from accounts.membership
    where person = ${person} and organisation = ${organisation} for update`.execute(tx)
  const { rows } = await sql<{ role: string }>`
    select role from systems.granted
    where person = ${person} and organisation = ${organisation} and system = ${system}
    order by role`.execute(tx)
  return rows.map(({ role }) => role)
}

/** Gives roles in a system that the member does not have yet. */
export async function insertGranted(
  tx: Tx,
  { person, organisation }: MemberKey,
  given: { system: string; roles: readonly string[]; at: Date },
): Promise<void> {
  await sql`
    insert into systems.granted (person, organisation, system, role, given_at)
    select ${person}, ${organisation}, ${given.system}, role, ${given.at}
    from unnest(${[...given.roles]}::text[]) as role`.execute(tx)
}

/** Takes roles in a system away. */
export async function deleteGranted(
  tx: Tx,
  { person, organisation }: MemberKey,
  taken: { system: string; roles: readonly string[] },
): Promise<void> {
  await sql`
    delete from systems.granted
    where person = ${person} and organisation = ${organisation} and system = ${taken.system}
      and role = any(${[...taken.roles]}::text[])`.execute(tx)
}

/** A system that a person can open for an organisation. */
export interface OpenSystem {
  organisation: string
  organisationEn: string
  /** Null where there is one name only. */
  organisationCy: string | null
  /** The system's code. */
  code: string
  nameEn: string
  nameCy: string
  url: string
}

/** What a person can open now, by organisation: only while the membership holds. */
export async function systemsOf(
  querying: Querying,
  { person }: Pick<MemberKey, 'person'>,
): Promise<OpenSystem[]> {
  const { rows } = await sql<OpenSystem>`
    select m.organisation, m.organisation_en as "organisationEn", m.organisation_cy as "organisationCy",
           s.code, s.name_en as "nameEn", s.name_cy as "nameCy", s.url
    from accounts.live_membership m
    join systems.system s on s.removed_at is null and exists (
      select 1 from systems.granted g
      where g.person = m.person and g.organisation = m.organisation and g.system = s.code
    )
    where m.person = ${person}
    order by m.organisation, lower(s.name_en), s.code`.execute(querying)
  return rows
}
