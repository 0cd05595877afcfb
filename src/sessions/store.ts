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
  /** When the person showed who it is: the session may have begun later. */
  signedInAt: Date
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

/** What a session is called among those of its person: nobody comes from it to the cookie. */
export function nameOfSession(id: string): string {
  return hashId(id).toString('hex')
}

/** A session to keep. */
export interface NewSession {
  id: string
  person: string
  /** Null where the person has yet to choose one. */
  organisation: string | null
  sid: string | null
  idToken: string
  at: Date
  /** When the person showed who it is; else the same. */
  signedInAt?: Date
  /** In words; null where it did not say. */
  browser?: string | null
}

/** Keeps a new session. */
export async function insertSession(
  tx: Tx,
  { id, person, organisation, sid, idToken, at, signedInAt = at, browser = null }: NewSession,
): Promise<void> {
  await sql`
    insert into sessions.session
      (id_hash, person, organisation, sid, id_token, started_at, seen_at, signed_in_at, browser, sign_outs)
    select ${hashId(id)}, p.id, ${organisation}::text, ${sid}::text, ${idToken}, ${at}::timestamptz,
           ${at}::timestamptz, ${signedInAt}::timestamptz, ${browser}::text, p.sign_outs
    from accounts.person p where p.id = ${person}`.execute(tx)
}

/**
 * Removes the session that a browser had before a new sign-in. Gives the organisation that was chosen in it; null when
 * it was no longer good, or another person's.
 */
export async function removeFormer(
  tx: Tx,
  id: string,
  { person, limits }: { person: string; limits: Limits },
): Promise<string | null> {
  const { rows } = await sql<{ organisation: string | null }>`
    delete from sessions.session s using accounts.person p
    where s.id_hash = ${hashId(id)} and p.id = s.person
    returning case
      when s.person = ${person} and s.sign_outs = p.sign_outs and s.started_at > ${limits.startedAfter}
        and s.seen_at > ${limits.seenAfter}
      then s.organisation end as organisation`.execute(tx)
  return rows[0]?.organisation ?? null
}

/** The session of a cookie while it is good and its person may act: archived people and ended memberships are none. */
export async function findSession(db: Database, id: string, limits: Limits): Promise<SessionRow | null> {
  const { rows } = await sql<SessionRow>`
    select m.person, m.name, m.language, m.organisation, m.organisation_en as "nameEn", m.organisation_cy as "nameCy",
           m.roles, m.approver, s.started_at as "startedAt", s.signed_in_at as "signedInAt", s.seen_at as "seenAt"
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

/**
 * Removes sessions that ended by their limits and gives how many they were; with them goes what is known of answers
 * that are too old to be used again. For a job, once an hour or so.
 */
export async function purgeEnded(db: Database, { startedAfter, seenAfter }: Limits): Promise<number> {
  await sql`delete from sessions.used_answer where until <= ${startedAfter}`.execute(db)
  const { numAffectedRows } = await sql`
    delete from sessions.session where started_at <= ${startedAfter} or seen_at <= ${seenAfter}`.execute(db)
  return Number(numAffectedRows ?? 0)
}
