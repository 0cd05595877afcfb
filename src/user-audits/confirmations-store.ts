import type { RawBuilder } from 'kysely'
import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { Language } from '../kit/i18n.ts'
import type { Role } from '../permissions/table.ts'
import { OF_NO_AUTHORITY, type Answer, type Scope } from './rules.ts'
import { AWAITS } from './rounds-store.ts'

type Sql = RawBuilder<unknown>

/** A person of a round, as they stand now until they are answered for, and from then on as they stood. */
export interface Confirmation {
  /** UUID. */
  id: string
  round: string
  organisation: string
  la: string
  nameEn: string
  nameCy: string
  person: string
  username: string
  /** The username as lists sort by it: that of the opening, until it is answered. */
  listed: string
  name: string
  email: string
  language: Language
  roles: Role[]
  approver: boolean
  /** Null while it awaits one, and for good where the round was closed without. */
  answer: Answer | null
  /** Null where the clock answered, or the membership ended otherwise. */
  answeredByName: string | null
  answeredByOrganisation: string | null
  answeredAt: Date | null
  /** When the first password was set; null before. */
  activatedAt: Date | null
  lastSignInAt: Date | null
  /** The membership holds now, whatever was answered. */
  holds: boolean
}

/** Roles held now in a membership `m`. */
const ROLES_NOW = sql`array(
  select h.role from accounts.held_role h
  where h.person = m.person and h.organisation = m.organisation and h.ended_at is null order by h.role)`

const CONFIRMATION = sql`c.id, c.round, c.organisation, c.la, io.name_en as "nameEn", io.name_cy as "nameCy", c.person,
  case when asks then p.username else c.username end as username, c.username as listed,
  case when asks then p.name else c.name end as name,
  case when asks then p.email else c.email end as email, p.language,
  case when asks then ${ROLES_NOW} else c.roles end as roles,
  case when asks then m.approver else c.approver end as approver,
  coalesce(c.answer, case when m.ended_at is not null then 'ended' end) as answer,
  c.answered_by_name as "answeredByName", c.answered_by_organisation as "answeredByOrganisation",
  coalesce(c.answered_at, m.ended_at) as "answeredAt",
  p.activated_at as "activatedAt", p.last_sign_in_at as "lastSignInAt", m.ended_at is null as holds`

const FROM = sql`user_audits.confirmation c
  join user_audits.organisation io on io.round = c.round and io.code = c.organisation
  join accounts.membership m on m.person = c.person and m.organisation = c.organisation
  join accounts.person p on p.id = c.person
  cross join lateral (select c.answer is null and m.ended_at is null as asks) now`

/** That a confirmation `c` is of a database administrator of now. */
const IS_DBA = sql`exists (
  select 1 from accounts.held_role h
  where h.person = c.person and h.organisation = c.organisation and h.role = 'lea-dba' and h.ended_at is null)`

async function select(querying: Querying, where: Sql, limit: number): Promise<Confirmation[]> {
  const { rows } = await sql<Confirmation>`
    select ${CONFIRMATION} from ${FROM} where ${where}
    order by c.organisation, c.username limit ${limit}`.execute(querying)
  return rows
}

/** People of one organisation at most, or of an LA with its schools: far more than any has. */
const MOST = 20_000

/** The people of an organisation in a round, by username. */
export function peopleOf(querying: Querying, round: string, organisation: string): Promise<Confirmation[]> {
  return select(querying, sql`c.round = ${round} and c.organisation = ${organisation}`, MOST)
}

/** The people of an LA and its schools in a round, by organisation and username. */
export function peopleOfAuthority(querying: Querying, round: string, la: string): Promise<Confirmation[]> {
  return select(querying, sql`c.round = ${round} and c.la = ${la}`, MOST)
}

/** Those whom only the department answers for, in rounds that are open. */
export function peopleForNational(querying: Querying): Promise<Confirmation[]> {
  const open = sql`c.round in (select id from user_audits.round where closed_at is null)`
  const theirs = sql`(c.la = any(${[...OF_NO_AUTHORITY]}::text[]) or ${IS_DBA})`
  return select(querying, sql`${open} and ${theirs}`, MOST)
}

/** Those of some ids that stand in a round that is open, locked until the transaction ends. */
export async function lockOpen(tx: Tx, ids: readonly string[]): Promise<Confirmation[]> {
  // in the order of people, as everything that ends several memberships takes them
  const { rows } = await sql<{ id: string }>`
    select c.id from user_audits.confirmation c join user_audits.round r on r.id = c.round
    where c.id = any(${ids}::uuid[]) and r.closed_at is null
    order by c.person, c.id for update of c for share of r`.execute(tx)
  return select(tx, sql`c.id = any(${rows.map(({ id }) => id)}::uuid[])`, ids.length)
}

/** What narrows the list of those who are not confirmed. */
export interface Unconfirmed {
  round: string
  /** LA number; SUP and 101 for who belongs to no LA. */
  la?: string | undefined
  /** Part of a name, username, e-mail address, or of the organisation's name or code. */
  q?: string | undefined
  /** Those who never signed in, or who did. */
  came?: 'yes' | 'no' | undefined
  /** Organisation and username of the last one before. */
  after?: readonly [string, string] | undefined
}

/** Those who await an answer, by organisation and username; at most `limit`. */
export function listUnconfirmed(
  querying: Querying,
  { round, la, q, came, after }: Unconfirmed,
  limit: number,
): Promise<Confirmation[]> {
  const sought = q === undefined ? null : `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`
  // the page first, then who is on it: roles and the like are asked for no more than are shown
  const page = sql`
    select c.id from user_audits.confirmation c
    join accounts.membership m on m.person = c.person and m.organisation = c.organisation and m.ended_at is null
    join accounts.person p on p.id = c.person
    join user_audits.organisation io on io.round = c.round and io.code = c.organisation
    where c.round = ${round} and c.answer is null
      and (${la ?? null}::text is null or c.la = ${la ?? null})
      and (${sought}::text is null
        or concat_ws(E'\n', p.name, p.username, p.email, io.code, io.name_en, io.name_cy) ilike ${sought})
      and (${came ?? null}::text is null or (p.last_sign_in_at is not null) = (${came ?? null}::text = 'yes'))
      and (${after?.[0] ?? null}::text is null
        or (c.organisation, c.username) > (${after?.[0] ?? null}, ${after?.[1] ?? null}))
    order by c.organisation, c.username limit ${limit}`
  return select(querying, sql`c.id in (${page})`, limit)
}

/** How many await an answer that somebody of a scope may give (`hindranceOf`); of one round, or of all that are open. */
export async function countAwaiting(
  querying: Querying,
  { person, la, organisation, national }: Scope,
  round: string | null = null,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from user_audits.confirmation c
    where c.answer is null and c.round in (
        select id from user_audits.round where closed_at is null and (${round}::text is null or id = ${round})
      )
      and c.person <> ${person}
      and (
        (${national}::boolean and (c.la = any(${[...OF_NO_AUTHORITY]}::text[]) or ${IS_DBA}))
        or ((c.la = ${la}::text or c.organisation = ${organisation}::text) and not ${IS_DBA})
      )
      and ${AWAITS}`.execute(querying)
  return rows[0]!.count
}

/** Who answers, and when. */
export interface Answering {
  answer: Answer
  /** Null for the clock. */
  by: { id: string; name: string; organisation: string } | null
  at: Date
}

/** Answers for those of some ids who await it, and keeps how they stand now; gives the ids. Before a membership ends. */
export async function setAnswers(
  tx: Tx,
  ids: readonly string[],
  { answer, by, at }: Answering,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update user_audits.confirmation c set
      answer = ${answer}, answered_by = ${by?.id ?? null}, answered_by_name = ${by?.name ?? null},
      answered_by_organisation = ${by?.organisation ?? null}, answered_at = ${at},
      username = p.username, name = p.name, email = p.email, roles = ${ROLES_NOW}, approver = m.approver
    from accounts.membership m join accounts.person p on p.id = m.person
    where c.id = any(${ids}::uuid[]) and c.answer is null
      and m.person = c.person and m.organisation = c.organisation and m.ended_at is null
    returning c.id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Writes down of a round, or of an LA or an organisation in it, whose memberships ended otherwise. */
export async function settleEnded(
  tx: Tx,
  { round, la, organisation }: { round: string; la: string | null; organisation: string | null },
): Promise<void> {
  await sql`
    update user_audits.confirmation c set answer = 'ended', answered_at = m.ended_at
    from accounts.membership m
    where c.round = ${round} and c.answer is null
      and (${la}::text is null or c.la = ${la}) and (${organisation}::text is null or c.organisation = ${organisation})
      and m.person = c.person and m.organisation = c.organisation and m.ended_at is not null`.execute(tx)
}
