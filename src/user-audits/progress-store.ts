import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { Language } from '../kit/i18n.ts'

/** How far something is. */
export interface Counts {
  people: number
  valid: number
  ended: number
  suspended: number
  awaiting: number
}

/** How far an organisation is. */
export interface OrganisationProgress extends Counts {
  code: string
  nameEn: string
  nameCy: string
}

/** How far an LA is, or the suppliers or the department. */
export interface AuthorityProgress extends Counts {
  la: string
  /** Null for what is no LA. */
  nameEn: string | null
  nameCy: string | null
  organisations: number
  /** Organisations of which nobody awaits an answer. */
  done: number
  remindedAt: Date | null
  hasDba: boolean
  /** Id of the written confirmation of the LA with its schools; null until it is signed. */
  signed: string | null
}

// what ended otherwise counts as ended before it is written down so
const COUNTS = sql`count(*) as people, count(*) filter (where c.answer = 'valid') as valid,
  count(*) filter (where c.answer = 'suspended') as suspended,
  count(*) filter (where c.answer = 'ended' or (c.answer is null and m.ended_at is not null)) as ended,
  count(*) filter (where c.answer is null and m.ended_at is null) as awaiting
  from user_audits.confirmation c join accounts.membership m on m.person = c.person and m.organisation = c.organisation`

/** The organisations of an LA in a round that have people, those with something to do first, then by code. */
export async function organisationsOf(
  querying: Querying,
  round: string,
  { la, organisation }: { la: string | null; organisation: string | null },
): Promise<OrganisationProgress[]> {
  const { rows } = await sql<OrganisationProgress>`
    select io.code, io.name_en as "nameEn", io.name_cy as "nameCy", counted.*
    from (
      select c.organisation, ${COUNTS}
      where c.round = ${round} and (c.la = ${la}::text or c.organisation = ${organisation}::text)
      group by c.organisation
    ) counted
    join user_audits.organisation io on io.round = ${round} and io.code = counted.organisation
    order by counted.awaiting = 0, io.code`.execute(querying)
  return rows
}

/** The LAs of a round, and its suppliers, by LA number. */
export async function laNumbersOf(
  querying: Querying,
  round: string,
): Promise<Pick<AuthorityProgress, 'la' | 'nameEn' | 'nameCy'>[]> {
  const { rows } = await sql<Pick<AuthorityProgress, 'la' | 'nameEn' | 'nameCy'>>`
    select la, max(name_en) filter (where code = la || 'LLLL') as "nameEn",
           max(name_cy) filter (where code = la || 'LLLL') as "nameCy"
    from user_audits.organisation where round = ${round} and la <> '101' group by la order by la`.execute(
    querying,
  )
  return rows
}

/** How far each LA of a round is, by LA number. */
export async function authoritiesOf(querying: Querying, round: string): Promise<AuthorityProgress[]> {
  const { rows } = await sql<AuthorityProgress>`
    with each as (
      select c.la, c.organisation, ${COUNTS} where c.round = ${round}
      group by c.la, c.organisation
    ), summed as (
      select la, count(*) as organisations, count(*) filter (where awaiting = 0) as done,
             sum(people)::bigint as people, sum(valid)::bigint as valid, sum(ended)::bigint as ended,
             sum(suspended)::bigint as suspended, sum(awaiting)::bigint as awaiting
      from each group by la
    )
    select summed.*, io.name_en as "nameEn", io.name_cy as "nameCy",
           (select max(every.reminded_at) from user_audits.organisation every
            where every.round = ${round} and every.la = summed.la) as "remindedAt",
           exists (select 1 from accounts.held_role h
                   where h.organisation = io.code and h.role = 'lea-dba' and h.ended_at is null) as "hasDba",
           (select s.id from user_audits.signed s
            where s.round = ${round} and s.organisation = io.code and s.whole_authority) as signed
    from summed left join user_audits.organisation io on io.round = ${round} and io.code = summed.la || 'LLLL' and io.la <> '101'
    order by summed.la`.execute(querying)
  return rows
}

/** A written confirmation, without the people. */
export interface Signed {
  id: string
  round: string
  organisation: string
  /** The name that the organisation had. */
  nameEn: string
  nameCy: string
  /** Of the LA with its schools; else of the one organisation. */
  wholeAuthority: boolean
  /** Who signed, as it was typed. */
  name: string
  statement: string
  language: Language
  at: Date
}

const SIGNED = sql`s.id, s.round, s.organisation, io.name_en as "nameEn", io.name_cy as "nameCy",
  s.whole_authority as "wholeAuthority", s.name, s.statement, s.language, s.at
  from user_audits.signed s join user_audits.organisation io on io.round = s.round and io.code = s.organisation`

/** A written confirmation by its id; null when there is none. */
export async function selectSigned(querying: Querying, id: string): Promise<Signed | null> {
  const { rows } = await sql<Signed>`select ${SIGNED} where s.id = ${id}`.execute(querying)
  return rows[0] ?? null
}

/** The written confirmations of a round, or of all; with `la` or `organisation` of an LA and its schools, or of the one. */
export async function listSigned(
  querying: Querying,
  of: { round?: string; la?: string | null; organisation?: string | null },
): Promise<Signed[]> {
  const { round = null, la = null, organisation = null } = of
  const { rows } = await sql<Signed>`
    select ${SIGNED}
    where (${round}::text is null or s.round = ${round})
      and (${la ?? organisation}::text is null or io.la = ${la}::text or s.organisation = ${organisation}::text)
    order by s.at desc, s.organisation limit 1000`.execute(querying)
  return rows
}

/** Keeps a written confirmation; false when the organisation, or the LA, has one of the round. */
export async function insertSigned(
  tx: Tx,
  signed: Omit<Signed, 'nameEn' | 'nameCy'> & { signedBy: string },
): Promise<boolean> {
  const { id, round, organisation, wholeAuthority, signedBy, name, statement, language, at } = signed
  const { rows } = await sql`
    insert into user_audits.signed
      (id, round, organisation, whole_authority, signed_by, name, statement, language, at)
    values (${id}, ${round}, ${organisation}, ${wholeAuthority}, ${signedBy}, ${name}, ${statement}, ${language}, ${at})
    on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}
