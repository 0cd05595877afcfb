import { hash } from 'node:crypto'
import { sql, type Database, type Querying, type Tx } from '../kit/database.ts'
import type { Language } from '../kit/i18n.ts'
import type { Role } from '../permissions/table.ts'

/** A session that is good now, with its person in the organisation chosen. */
export interface SessionRow {
  person: string
  name: string
  language: Language
  organisation: string
  nameEn: string
  nameCy: string | null
  roles: Role[]
  approver: boolean
  startedAt: Date
  /** To the minute. */
  seenAt: Date
}

/** Sessions begun and last used after these moments are good. */
export interface Limits {
  startedAfter: Date
  seenAfter: Date
}

/** A session's cookie has 256 random bits, so one round of hashing is enough to keep it unknown. */
function hashId(id: string): Buffer {
  return hash('sha256', id, 'buffer')
}

/** Keeps a new session. `organisation` is null where the person has yet to choose one. */
export async function insertSession(
  tx: Tx,
  session: {
    id: string
    person: string
    organisation: string | null
    sid: string | null
    idToken: string
    at: Date
  },
): Promise<void> {
  await sql`
    insert into sessions.session (id_hash, person, organisation, sid, id_token, started_at, seen_at, sign_outs)
    select ${hashId(session.id)}, p.id, ${session.organisation}::text, ${session.sid}::text, ${session.idToken},
           ${session.at}::timestamptz, ${session.at}::timestamptz, p.sign_outs
    from accounts.person p where p.id = ${session.person}`.execute(tx)
}

/** The session of a cookie while it is good and its person may act: archived people and ended memberships are none. */
export async function findSession(db: Database, id: string, limits: Limits): Promise<SessionRow | null> {
  const { rows } = await sql<SessionRow>`
    select m.person, m.name, m.language, m.organisation, m.organisation_en as "nameEn", m.organisation_cy as "nameCy",
           m.roles, m.approver, s.started_at as "startedAt", s.seen_at as "seenAt"
    from sessions.session s
    join accounts.live_membership m on m.person = s.person and m.organisation = s.organisation and m.sign_outs = s.sign_outs
    where s.id_hash = ${hashId(id)} and s.started_at > ${limits.startedAfter} and s.seen_at > ${limits.seenAfter}
  `.execute(db)
  return rows[0] ?? null
}

/** The person of a session that is good, who may act somewhere, whether or not an organisation is chosen; else null. */
export async function personOfSession(
  querying: Querying,
  id: string,
  limits: Limits,
): Promise<string | null> {
  const { rows } = await sql<{ person: string }>`
    select s.person from sessions.session s
    where s.id_hash = ${hashId(id)} and s.started_at > ${limits.startedAfter} and s.seen_at > ${limits.seenAfter}
      and exists (select 1 from accounts.live_membership m where m.person = s.person and m.sign_outs = s.sign_outs)`.execute(
    querying,
  )
  return rows[0]?.person ?? null
}

/** Notes that a session was used, unless that stands already for the last minute. */
export async function noteSeen(querying: Querying, id: string, at: Date): Promise<void> {
  await sql`
    update sessions.session set seen_at = ${at}
    where id_hash = ${hashId(id)} and seen_at <= ${at}::timestamptz - interval '1 minute'`.execute(querying)
}

/** Lets a session act for another organisation of its person. */
export async function setOrganisation(tx: Tx, id: string, organisation: string): Promise<void> {
  await sql`update sessions.session set organisation = ${organisation} where id_hash = ${hashId(id)}`.execute(
    tx,
  )
}

/** Ends a session, and all others of the same sign-in; gives the provider's proof of it and whose it was. */
export async function endSession(
  tx: Tx,
  id: string,
): Promise<{ person: string; organisation: string | null; idToken: string } | null> {
  const { rows } = await sql<{ person: string; organisation: string | null; idToken: string }>`
    delete from sessions.session where id_hash = ${hashId(id)}
    returning person, organisation, id_token as "idToken", sid`.execute(tx)
  const ended = rows[0] as
    { person: string; organisation: string | null; idToken: string; sid: string | null } | undefined
  if (!ended) return null
  await sql`delete from sessions.session where sid = ${ended.sid} and person = ${ended.person}`.execute(tx)
  return ended
}

/** Ends every session of a person. */
export async function endSessionsOf(tx: Tx, person: string): Promise<void> {
  await sql`delete from sessions.session where person = ${person}`.execute(tx)
}

/** Removes sessions that ended by their limits and gives how many they were. For a job, once an hour or so. */
export async function purgeEnded(db: Database, { startedAfter, seenAfter }: Limits): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from sessions.session where started_at <= ${startedAfter} or seen_at <= ${seenAfter}`.execute(db)
  return Number(numAffectedRows ?? 0)
}
