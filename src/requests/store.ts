import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { Language } from '../kit/i18n.ts'
import { placesOf, type Keeper, type Kind, type Stage, type State, type Topic } from './rules.ts'

/** A request; times are UTC. */
export interface RequestRow {
  id: string
  kind: Kind
  state: State
  stage: Stage
  /** Whose matter it is. */
  organisation: string
  nameEn: string
  nameCy: string | null
  /** Who asks; null: somebody who was not signed in. */
  person: string | null
  /** Of the asker: the account's where there is one, else what was typed; null once that was forgotten. */
  name: string | null
  username: string | null
  email: string | null
  /** What was typed as the address that the answer goes to; null: that of the account. */
  typedEmail: string | null
  /** That of the account, else of the form. */
  language: Language
  /** Code of a connected system; null: this service, or help. */
  system: string | null
  /** What is asked for, and what was given. */
  roles: string[]
  granted: string[]
  topic: Topic | null
  details: string | null
  answer: string | null
  askedAt: Date
  stageAt: Date
  /** When it first stood unanswered for too long. */
  overdueAt: Date | null
  endedAt: Date | null
  /** Id and name of the person who ended it; null: nobody did, or the clock. */
  endedBy: string | null
  endedByName: string | null
  forgottenAt: Date | null
}

/** The columns of a `RequestRow`, of a request `r`, its organisation `o`, its asker `p` and who ended it `e`. */
export const REQUEST = sql`r.id, r.kind, r.state, r.stage, r.organisation, o.name_en as "nameEn", o.name_cy as "nameCy",
  r.person, coalesce(p.name, r.name) as name, coalesce(p.username, r.username) as username,
  coalesce(p.email, r.email) as email, r.email as "typedEmail", coalesce(p.language, r.language) as language,
  r.system, r.roles, r.granted, r.topic, r.details, r.answer, r.asked_at as "askedAt", r.stage_at as "stageAt",
  r.overdue_at as "overdueAt", r.ended_at as "endedAt", r.ended_by as "endedBy", e.name as "endedByName",
  r.forgotten_at as "forgottenAt"`

/** Where they are read from. */
export const REQUESTS = sql`requests.request r
  join establishments.organisation o on o.code = r.organisation
  left join accounts.person p on p.id = r.person
  left join accounts.person e on e.id = r.ended_by`

/** A request by its id; null when there is none. */
export async function findRequest(querying: Querying, id: string): Promise<RequestRow | null> {
  const { rows } = await sql<RequestRow>`
    select ${REQUEST} from ${REQUESTS} where r.id = ${id}`.execute(querying)
  return rows[0] ?? null
}

/** Somebody who looks after accounts, as mail reaches them. */
export interface KeeperRow extends Keeper {
  name: string
  address: string
  language: Language
}

/** Whoever could be asked about an organisation, at any stage, and has signed in or set a password: the others never came. */
export async function keepersOf(querying: Querying, organisation: string): Promise<KeeperRow[]> {
  const { rows } = await sql<KeeperRow>`
    select m.person as id, m.organisation, m.approver, m.roles, m.name, m.email as address, m.language
    from accounts.live_membership m join accounts.person p on p.id = m.person
    where m.organisation in (${sql.join(placesOf(organisation))})
      and (m.approver or m.roles && array['lea-dba', 'national-administrator'])
      and coalesce(p.activated_at, p.last_sign_in_at) is not null
    order by m.person`.execute(querying)
  return rows
}

/** A request as it is made. */
export interface NewRequest {
  id: string
  kind: Kind
  stage: Stage
  organisation: string
  person: string | null
  system?: string | null
  roles?: readonly string[]
  topic?: Topic
  name?: string
  email?: string
  username?: string | null
  /** That of the form; left out where an account has its own. */
  language?: Language
  details: string
  askedFrom?: Buffer
  askedAt: Date
}

/** Keeps a request, with the beginning of its history. */
export async function insertRequest(tx: Tx, request: NewRequest): Promise<void> {
  const { id, kind, stage, organisation, person, details, askedAt } = request
  await sql`
    insert into requests.request (id, kind, state, stage, organisation, person, system, roles, topic, name, email,
      username, language, details, asked_from, asked_at, stage_at)
    values (${id}, ${kind}, 'open', ${stage}, ${organisation}, ${person}, ${request.system ?? null},
      ${request.roles ?? []}::text[], ${request.topic ?? null}, ${request.name ?? null}, ${request.email ?? null},
      ${request.username ?? null}, ${request.language ?? null}, ${details}, ${request.askedFrom ?? null}, ${askedAt}, ${askedAt})
  `.execute(tx)
  await addEvent(tx, id, { at: askedAt, what: 'asked', person, stage })
}

/** What happened to a request. */
export type EventKind =
  | 'asked'
  | 'reminded'
  | 'overdue'
  | 'handed-up'
  | 'approved'
  | 'declined'
  | 'answered'
  | 'done'
  | 'withdrawn'
  | 'closed'

/** A line of a request's history. */
export interface RequestEvent {
  at: Date
  what: EventKind
  /** Name of who did it; null: somebody who was not signed in, or the clock. */
  name: string | null
  /** Whom it was put to by this. */
  stage: Stage | null
}

/** Adds a line to a request's history. */
export async function addEvent(
  tx: Tx,
  request: string,
  {
    at,
    what,
    person,
    stage = null,
  }: { at: Date; what: EventKind; person: string | null; stage?: Stage | null },
): Promise<void> {
  await sql`
    insert into requests.event (request, n, at, what, person, stage)
    select ${request}::text, coalesce(max(n), 0) + 1, ${at}::timestamptz, ${what}::text, ${person}::text, ${stage}::text
    from requests.event where request = ${request}`.execute(tx)
}

/** The history of a request, the oldest first. */
export async function listEvents(querying: Querying, request: string): Promise<RequestEvent[]> {
  const { rows } = await sql<RequestEvent>`
    select v.at, v.what, v.stage, p.name from requests.event v left join accounts.person p on p.id = v.person
    where v.request = ${request} order by v.n`.execute(querying)
  return rows
}

/** Ends a request that is open; false, and nothing is changed, when it is not: of several at once one wins. */
export async function endRequest(
  tx: Tx,
  id: string,
  end: {
    state: Exclude<State, 'open'>
    what: EventKind
    at: Date
    by: string | null
    answer?: string | null
    granted?: readonly string[]
  },
): Promise<boolean> {
  const { state, what, at, by, answer = null, granted = [] } = end
  const { rows } = await sql`
    update requests.request
    set state = ${state}, ended_at = ${at}, ended_by = ${by}, answer = ${answer}, granted = ${granted}::text[]
    where id = ${id} and state = 'open' returning id`.execute(tx)
  if (rows.length === 0) return false
  await addEvent(tx, id, { at, what, person: by })
  return true
}

/** Puts an open request to another stage; false when it no longer stands at `from`. */
export async function moveRequest(
  tx: Tx,
  id: string,
  move: { from: Stage; to: Stage; what: 'overdue' | 'handed-up'; at: Date; by: string | null },
): Promise<boolean> {
  const { from, to, what, at, by } = move
  const overdueAt = what === 'overdue' ? at : null
  const { rows } = await sql`
    update requests.request
    set stage = ${to}, stage_at = ${at}, reminded_at = null,
        overdue_at = coalesce(overdue_at, ${overdueAt}::timestamptz)
    where id = ${id} and state = 'open' and stage = ${from} returning id`.execute(tx)
  if (rows.length === 0) return false
  await addEvent(tx, id, { at, what, person: by, stage: to })
  return true
}
