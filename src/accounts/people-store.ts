import { nameKey } from '../establishments/rules.ts'
import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { Language } from '../kit/i18n.ts'
import type { Role } from '../permissions/table.ts'
import { usernameKey } from './rules.ts'

/** A person of one organisation, as lists show it; times are UTC. */
export interface PersonRow {
  id: string
  username: string
  name: string
  email: string
  language: Language
  organisation: string
  /** Those held now: none of one who is archived. */
  roles: Role[]
  approver: boolean
  createdAt: Date
  /** When the first password was set; null before. */
  activatedAt: Date | null
  archivedAt: Date | null
  /** How the membership ended; null while it holds. */
  endedAs: 'archived' | 'suspended' | null
  endedAt: Date | null
}

/** A person to add, with the first organisation. */
export interface PersonToInsert {
  id: string
  username: string
  name: string
  email: string
  phone: string | null
  language: Language
  organisation: string
  approver: boolean
  createdAt: Date
}

/** Adds a person; false, and nothing is written, when somebody has or had the username in any letter case. */
export async function insertPerson(tx: Tx, person: PersonToInsert): Promise<boolean> {
  const { rows } = await sql`
    with new_person as (
      insert into accounts.person (id, username, username_key, name, name_key, email, phone, language, created_at)
      values (${person.id}, ${person.username}, ${usernameKey(person.username)}, ${person.name}, ${nameKey(person.name)},
              ${person.email}, ${person.phone}, ${person.language}, ${person.createdAt})
      on conflict (username_key) do nothing
      returning id, created_at
    )
    insert into accounts.membership (person, organisation, approver, created_at)
    select id, ${person.organisation}::text, ${person.approver}::boolean, created_at from new_person
    returning person`.execute(tx)
  return rows.length > 0
}

/** Gives a role; false when another person of the organisation holds one that only one may hold. */
export async function insertRole(
  tx: Tx,
  held: { person: string; organisation: string; role: Role; givenAt: Date },
): Promise<boolean> {
  // one that the person had before is given anew
  await sql`
    delete from accounts.held_role
    where person = ${held.person} and organisation = ${held.organisation} and role = ${held.role}
      and ended_at is not null`.execute(tx)
  const { rows } = await sql`
    insert into accounts.held_role (person, organisation, role, given_at)
    values (${held.person}, ${held.organisation}, ${held.role}, ${held.givenAt})
    on conflict do nothing
    returning role`.execute(tx)
  return rows.length > 0
}

/** Takes roles away at an organisation. */
export async function endRoles(
  tx: Tx,
  held: { person: string; organisation: string; roles: readonly Role[]; at: Date },
): Promise<void> {
  await sql`
    update accounts.held_role set ended_at = ${held.at}
    where person = ${held.person} and organisation = ${held.organisation} and ended_at is null
      and role = any(${[...held.roles]}::text[])`.execute(tx)
}

/** Makes a person a member of another organisation, whose row there must not be yet. */
export async function insertMembership(
  tx: Tx,
  one: { person: string; organisation: string; approver: boolean; createdAt: Date },
): Promise<void> {
  await sql`
    insert into accounts.membership (person, organisation, approver, created_at)
    values (${one.person}, ${one.organisation}, ${one.approver}, ${one.createdAt})`.execute(tx)
}

/** Takes the approver's flag from a member. */
export async function endApprover(
  tx: Tx,
  { id, organisation }: { id: string; organisation: string },
): Promise<void> {
  await sql`
    update accounts.membership set approver = false
    where person = ${id} and organisation = ${organisation}`.execute(tx)
}

/** Keeps the details of a person, wherever the person belongs. */
export async function setDetails(
  tx: Tx,
  id: string,
  one: { name: string; email: string; phone: string | null; language: Language },
): Promise<void> {
  await sql`
    update accounts.person
    set name = ${one.name}, name_key = ${nameKey(one.name)}, email = ${one.email}, phone = ${one.phone},
        language = ${one.language}
    where id = ${id}`.execute(tx)
}

/** The id of a person by the username in any letter case, archived ones too; null when nobody had it. */
export async function findPersonId(querying: Querying, username: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from accounts.person where username_key = ${usernameKey(username)}`.execute(querying)
  return rows[0]?.id ?? null
}

/** Locks people until the transaction ends, always in the same order, so that two never wait for one another. */
export async function lockPeople(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`
    select id from accounts.person where id = any(${[...ids]}::text[]) order by id for update`.execute(tx)
}

/** Locks a person until the transaction ends. Null: there is none. */
export async function lockPerson(
  tx: Tx,
  id: string,
): Promise<{ username: string; archivedAt: Date | null } | null> {
  const { rows } = await sql<{ username: string; archivedAt: Date | null }>`
    select username, archived_at as "archivedAt" from accounts.person where id = ${id} for update`.execute(tx)
  return rows[0] ?? null
}

/** Ends a person, with every role and link; one already ended keeps the time. Whether there is such a person. */
export async function setArchived(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { rows } = await sql`
    with roles as (
      update accounts.held_role set ended_at = ${at} where person = ${id} and ended_at is null
    ), memberships as (
      update accounts.membership set ended_at = ${at}, ended_as = 'archived', ended_because = 'operator'
      where person = ${id} and ended_at is null
    ), links as (
      delete from accounts.invitation where person = ${id}
    )
    update accounts.person
    set archived_at = coalesce(archived_at, ${at}), sign_outs = sign_outs + (archived_at is null)::integer
    where id = ${id} returning id`.execute(tx)
  return rows.length > 0
}

/** Everybody, or those of one organisation, archived ones too; a row for each membership, by organisation and username. */
export async function listPeople(querying: Querying, organisation: string | null): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select p.id, p.username, p.name, p.email, p.language, m.organisation, m.approver, p.created_at as "createdAt",
           p.activated_at as "activatedAt", p.archived_at as "archivedAt", m.ended_as as "endedAs", m.ended_at as "endedAt",
           array(
             select r.role from accounts.held_role r
             where r.person = p.id and r.organisation = m.organisation and r.ended_at is null
             order by r.role
           ) as roles
    from accounts.person p join accounts.membership m on m.person = p.id
    where ${organisation}::text is null or m.organisation = ${organisation}
    order by m.organisation, p.username_key`.execute(querying)
  return rows
}

/** A person as others name and write to them. */
export interface LivePerson {
  id: string
  username: string
  name: string
  email: string
  language: Language
}

/** The person who is not archived with exactly this username; case matters (guidance for local authorities §2.1). */
export async function selectByUsername(querying: Querying, username: string): Promise<LivePerson | null> {
  const { rows } = await sql<LivePerson>`
    select id, username, name, email, language from accounts.person
    where username_key = ${usernameKey(username)} and username = ${username} and archived_at is null`.execute(
    querying,
  )
  return rows[0] ?? null
}

/** The person of an id; null when there is none or the person may act nowhere now. */
export async function livePerson(querying: Querying, id: string): Promise<LivePerson | null> {
  const { rows } = await sql<LivePerson>`
    select person as id, username, name, email, language from accounts.live_membership
    where person = ${id} limit 1`.execute(querying)
  return rows[0] ?? null
}

/** Keeps the language in which a person reads pages and e-mails. */
export async function setPersonLanguage(
  querying: Querying,
  person: string,
  language: Language,
): Promise<void> {
  await sql`update accounts.person set language = ${language} where id = ${person}`.execute(querying)
}

/** The organisations of a person who is not archived, with the roles held in each, by code. */
export async function selectMemberships(
  querying: Querying,
  person: string,
): Promise<{ organisation: string; roles: Role[]; approver: boolean }[]> {
  const { rows } = await sql<{ organisation: string; roles: Role[]; approver: boolean }>`
    select organisation, roles, approver from accounts.live_membership
    where person = ${person} order by organisation`.execute(querying)
  return rows
}

/** Somebody who is at an organisation now in a role: a person, or a machine client. */
export interface PresentRow {
  organisation: string
  role: Role
  isClient: boolean
  name: string
  email: string
  language: Language
  wantsMail: boolean
  activated: boolean
}

/**
 * Who is at each of some organisations (one at least), a row for each role; of clients nothing more is told. Uploads
 * ask it: the codes stand one by one, since for an array the planner takes what is slower.
 */
export async function selectPresent(
  querying: Querying,
  organisations: readonly string[],
): Promise<PresentRow[]> {
  const codes = sql.join(organisations)
  const { rows } = await sql<PresentRow>`
    select m.organisation, r.role, false as "isClient", p.name, p.email, p.language, p.wants_mail as "wantsMail",
           p.activated_at is not null as activated
    from accounts.membership m
    join establishments.organisation o on o.code = m.organisation and o.inactive_since is null
    join accounts.held_role r on r.person = m.person and r.organisation = m.organisation and r.ended_at is null
    join accounts.person p on p.id = m.person and p.archived_at is null
    where m.ended_at is null and m.organisation in (${codes})
    union all
    select organisation, role, true, '', '', 'en', false, true from accounts.live_client
    where organisation in (${codes})`.execute(querying)
  return rows
}
