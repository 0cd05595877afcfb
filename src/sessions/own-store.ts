import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { InBoth } from '../kit/i18n.ts'
import type { Limits } from './store.ts'

/** A session of a person, as its person sees it. */
export interface OwnSession {
  /** What it is called; see `nameOfSession`. */
  id: string
  startedAt: Date
  /** To the minute. */
  seenAt: Date
  /** In words; null where the browser did not say what it is. */
  browser: string | null
  /** Null until one is chosen. */
  organisation: InBoth | null
}

/** The sessions of a person that are good, the last used first. */
export async function ownSessions(
  querying: Querying,
  person: string,
  { startedAfter, seenAfter }: Limits,
): Promise<OwnSession[]> {
  const { rows } = await sql<Omit<OwnSession, 'organisation'> & { en: string | null; cy: string | null }>`
    select encode(s.id_hash, 'hex') as id, s.started_at as "startedAt", s.seen_at as "seenAt", s.browser,
           o.name_en as en, coalesce(o.name_cy, o.name_en) as cy
    from sessions.session s
    join accounts.person p on p.id = s.person and p.sign_outs = s.sign_outs
    left join establishments.organisation o on o.code = s.organisation
    where s.person = ${person} and s.started_at > ${startedAfter} and s.seen_at > ${seenAfter}
    order by s.seen_at desc, s.started_at desc, s.id_hash`.execute(querying)
  return rows.map(({ en, cy, ...rest }) => ({ ...rest, organisation: en && cy ? { en, cy } : null }))
}

/** Ends one session of a person, by its name. */
export async function endOwn(tx: Tx, person: string, id: string): Promise<void> {
  await sql`
    delete from sessions.session where person = ${person} and id_hash = decode(${id}, 'hex')`.execute(tx)
}

/** Ends every session of a person but one, by its name. */
export async function endOthers(tx: Tx, person: string, id: string): Promise<void> {
  await sql`
    delete from sessions.session where person = ${person} and id_hash <> decode(${id}, 'hex')`.execute(tx)
}

/** Lets the sessions of a person that were good before everything was ended go on. */
export async function keepOpen(tx: Tx, person: string): Promise<void> {
  await sql`
    update sessions.session s set sign_outs = p.sign_outs
    from accounts.person p
    where p.id = s.person and s.person = ${person} and s.sign_outs = p.sign_outs - 1`.execute(tx)
}
