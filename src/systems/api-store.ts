import { sql, type Querying } from '../kit/database.ts'

/** A person as a connected system is told of one. */
export interface PersonRow {
  sub: string
  name: string
  email: string
  /** Codes of the roles in the system that asks. */
  roles: string[]
  /** What lists are sorted by. */
  key: string
}

/** Codes of the organisations for which a person may open a system now. */
export async function organisationsOf(
  querying: Querying,
  { person, system }: { person: string; system: string },
): Promise<string[]> {
  const { rows } = await sql<{ organisation: string }>`
    select distinct organisation from systems.live_grant
    where person = ${person} and system = ${system} order by organisation`.execute(querying)
  return rows.map(({ organisation }) => organisation)
}

/** The roles that a person has in a system at an organisation now, in the order of the system's file. */
export async function rolesOf(
  querying: Querying,
  { person, organisation, system }: { person: string; organisation: string; system: string },
): Promise<{ code: string; name: string; nameCy: string }[]> {
  const { rows } = await sql<{ code: string; name: string; nameCy: string }>`
    select r.code, r.name_en as name, r.name_cy as "nameCy"
    from systems.live_grant g join systems.role r on r.system = g.system and r.code = g.role
    where g.person = ${person} and g.organisation = ${organisation} and g.system = ${system}
    order by r.place`.execute(querying)
  return rows
}

/** Whether anybody of an organisation may open a system now. */
export async function isUsedBy(
  querying: Querying,
  { organisation, system }: { organisation: string; system: string },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from systems.live_grant where organisation = ${organisation} and system = ${system} limit 1`.execute(
    querying,
  )
  return rows.length > 0
}

/** Where a list goes on: behind this person. */
export interface ListPlace {
  key: string
  sub: string
}

/** People of an organisation who may open a system now, in one role or in any, by name. */
export async function peopleOf(
  querying: Querying,
  asked: {
    organisation: string
    system: string
    role: string | null
    after: ListPlace | null
    limit: number
  },
): Promise<PersonRow[]> {
  const { organisation, system, role, after, limit } = asked
  const { rows } = await sql<PersonRow>`
    select m.person as sub, m.name, m.email, lower(m.name) collate "C" as key, array(
        select g.role from systems.granted g join systems.role r on r.system = g.system and r.code = g.role
        where g.person = m.person and g.organisation = m.organisation and g.system = ${system} order by r.place
      ) as roles
    from accounts.live_membership m
    where m.organisation = ${organisation} and m.activated_at is not null
      and exists (
        select 1 from systems.granted g
        where g.person = m.person and g.organisation = m.organisation and g.system = ${system}
          and (${role}::text is null or g.role = ${role})
      )
      and (${after?.key ?? null}::text is null
        or (lower(m.name) collate "C", m.person collate "C") > (${after?.key ?? ''}, ${after?.sub ?? ''}))
    order by lower(m.name) collate "C", m.person collate "C"
    limit ${limit}`.execute(querying)
  return rows
}

/** The approvers of an organisation who can answer now, by name. */
export async function approversOf(
  querying: Querying,
  organisation: string,
): Promise<Pick<PersonRow, 'sub' | 'name' | 'email'>[]> {
  const { rows } = await sql<Pick<PersonRow, 'sub' | 'name' | 'email'>>`
    select person as sub, name, email from accounts.live_membership
    where organisation = ${organisation} and approver and activated_at is not null
    order by lower(name) collate "C", person collate "C"`.execute(querying)
  return rows
}
