import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { MailLanguage, OrganisationKind, Sector, Status } from './rules.ts'
import { authorityOf, nameKey, searchWords } from './rules.ts'

/** An organisation of the register: a school, an LA, the department or a supplier. */
export interface Establishment {
  /** Seven characters: 6804020, 680LLLL, 101LLLL, SUP0001. */
  code: string
  kind: OrganisationKind
  /** The LA number, three digits; SUP for a supplier. */
  la: string
  urn: string | null
  /** A Welsh school's own name stands here, whatever its language. */
  nameEn: string
  /** Null where there is one name only. */
  nameCy: string | null
  town: string | null
  postcode: string | null
  email: string | null
  /** The language its e-mails are written in. */
  language: MailLanguage
  /** Null for what is no school. */
  sector: Sector | null
  status: Status
  /** CCYY-MM-DD. */
  opened: string | null
  closed: string | null
}

/** An organisation with what only the register itself needs. */
export interface Organisation extends Establishment {
  /** Every line of the address, the town among them. */
  address: readonly string[]
  phone: string | null
  /** The fields that were corrected by hand. */
  corrected: readonly string[]
}

/** How one establishment follows another. */
export type LinkType = 'successor' | 'merged' | 'amalgamated' | 'split' | 'renumbered'

/** `from` was followed by `to`; both are codes. */
export interface Link {
  from: string
  to: string
  type: LinkType
  /** CCYY-MM-DD. */
  date: string | null
}

/** The columns of an Establishment, of an organisation `o`. */
export const ESTABLISHMENT = sql`o.code, o.kind, o.la, o.urn, o.name_en as "nameEn", o.name_cy as "nameCy", o.town, o.postcode,
  o.email, o.language, o.sector, o.status, o.opened, o.closed`

/** The organisations of these codes that the register has, by code. */
export async function findEstablishments(
  querying: Querying,
  codes: readonly string[],
): Promise<Map<string, Establishment>> {
  const { rows } = await sql<Establishment>`
    select ${ESTABLISHMENT} from establishments.organisation o where o.code = any(${codes}::text[])`.execute(
    querying,
  )
  return new Map(rows.map((row) => [row.code, row]))
}

/** Whether the schools of an LA are in the register; `la` is its number, such as 680. */
export async function isLoadedAuthority(querying: Querying, la: string): Promise<boolean> {
  const { rows } = await sql<{ loaded: boolean }>`
    select schools_loaded as loaded from establishments.organisation where code = ${`${la}LLLL`}`.execute(
    querying,
  )
  return rows[0]?.loaded ?? false
}

/** One step along the links is enough for almost all; a chain this long is a mistake in the register. */
export const LINKS_FOLLOWED = 20

/** For each code the organisations that follow it and are open now, by code; links in a circle are walked once. */
export async function successorsOfEach(
  querying: Querying,
  codes: readonly string[],
): Promise<Map<string, Establishment[]>> {
  const { rows } = await sql<Establishment & { origin: string }>`
    with recursive step (origin, code, depth) as (
      select from_code, to_code, 1 from establishments.link where from_code = any(${codes}::text[])
      union
      select step.origin, link.to_code, step.depth + 1
      from step
      join establishments.link on link.from_code = step.code
      left join establishments.organisation o on o.code = step.code
      where step.depth < ${LINKS_FOLLOWED}::int and coalesce(o.status, 'closed') <> 'open'
    )
    select reached.origin, ${ESTABLISHMENT}
    from (select distinct origin, code from step) reached
    join establishments.organisation o on o.code = reached.code
    where o.status = 'open' and o.code <> reached.origin
    order by reached.origin, o.code`.execute(querying)
  const found = new Map<string, Establishment[]>()
  for (const { origin, ...successor } of rows) found.set(origin, [...(found.get(origin) ?? []), successor])
  return found
}

/** The organisations that follow this one and are open now; empty when none is known. */
export async function successorsOf(querying: Querying, code: string): Promise<Establishment[]> {
  return (await successorsOfEach(querying, [code])).get(code) ?? []
}

/** The register whole or, with `codes`, those of it; for what compares and changes it. */
export async function readOrganisations(
  querying: Querying,
  codes: readonly string[] | null = null,
): Promise<Map<string, Organisation>> {
  const { rows } = await sql<Organisation>`
    select ${ESTABLISHMENT}, o.address, o.phone, o.corrected from establishments.organisation o
    where ${codes}::text[] is null or o.code = any(${codes}::text[])`.execute(querying)
  return new Map(rows.map((row) => [row.code, row]))
}

/** Every school of an LA (its number); for what changes them all. */
export async function readSchoolsOf(querying: Querying, la: string): Promise<Organisation[]> {
  const { rows } = await sql<Organisation>`
    select ${ESTABLISHMENT}, o.address, o.phone, o.corrected from establishments.organisation o
    where o.la = ${la} and o.kind = 'school'`.execute(querying)
  return rows
}

/** Keeps other writers of the register out until the transaction ends; readers go on. */
export async function lockRegister(tx: Tx): Promise<void> {
  await sql`lock table establishments.organisation, establishments.link in share row exclusive mode`.execute(
    tx,
  )
}

/** How many rows go to the database at once. */
const ROWS_AT_ONCE = 2000

/**
 * Writes organisations as they stand here, new or known; `authorities` gives the LAs whose names belong to the
 * finder's words. `known: 'keep'` leaves those alone that the register has already.
 */
export async function saveOrganisations(
  tx: Tx,
  organisations: readonly Organisation[],
  authorities: ReadonlyMap<string, Pick<Organisation, 'nameEn' | 'nameCy'>>,
  known: 'replace' | 'keep' = 'replace',
): Promise<void> {
  for (let first = 0; first < organisations.length; first += ROWS_AT_ONCE) {
    const rows = organisations.slice(first, first + ROWS_AT_ONCE).map((one) => {
      const words = searchWords(one, authorities.get(authorityOf(one.code)) ?? null)
      return Object.assign({ nameKey: nameKey(one.nameEn), words }, one)
    })
    await sql`
      insert into establishments.organisation (code, kind, la, urn, name_en, name_cy, address, town, postcode, email, phone,
        language, sector, status, opened, closed, corrected, name_key, words)
      select code, kind, la, urn, "nameEn", "nameCy", address, town, postcode, email, phone,
        language, sector, status, opened, closed, corrected, "nameKey", words::tsvector
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (code text, kind text, la text, urn text, "nameEn" text,
        "nameCy" text, address text[], town text, postcode text, email text, phone text, language text, sector text, status text,
        opened date, closed date, corrected text[], "nameKey" text, words text)
      on conflict (code) ${known === 'keep' ? sql`do nothing` : REPLACE}`.execute(tx)
  }
  // the embedded database has nobody who keeps the planner's figures and the finder's index up by the way
  if (organisations.length > 500) {
    await sql`analyze establishments.organisation`.execute(tx)
    await sql`select gin_clean_pending_list('establishments.organisation_words'::regclass)`.execute(tx)
  }
}

const REPLACE = sql`do update set urn = excluded.urn, name_en = excluded.name_en, name_cy = excluded.name_cy,
  address = excluded.address, town = excluded.town, postcode = excluded.postcode, email = excluded.email, phone = excluded.phone,
  language = excluded.language, sector = excluded.sector, status = excluded.status, opened = excluded.opened,
  closed = excluded.closed, corrected = excluded.corrected, name_key = excluded.name_key, words = excluded.words`

/** Records links; one that is known takes the newer type and date. */
export async function saveLinks(tx: Tx, links: readonly Link[]): Promise<void> {
  await sql`
    insert into establishments.link (from_code, to_code, type, date)
    select "from", "to", type, date
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as r ("from" text, "to" text, type text, date date)
    on conflict (from_code, to_code) do update set type = excluded.type, date = excluded.date`.execute(tx)
}

/** Every link of the register. */
export async function readLinks(querying: Querying): Promise<Link[]> {
  const { rows } = await sql<Link>`
    select from_code as "from", to_code as "to", type, date from establishments.link`.execute(querying)
  return rows
}

/** Notes that the schools of these LAs (numbers) are in the register. */
export async function markLoaded(tx: Tx, las: readonly string[]): Promise<void> {
  await sql`
    update establishments.organisation set schools_loaded = true
    where kind = 'authority' and la = any(${las}::text[]) and not schools_loaded`.execute(tx)
}

/** How many of these codes the register has. */
export async function countKnown(querying: Querying, codes: readonly string[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from establishments.organisation where code = any(${codes}::text[])`.execute(
    querying,
  )
  return rows[0]!.n
}

/** The LAs that every one of the words in `query` (a tsquery) names, as numbers. */
export async function authoritiesNamed(querying: Querying, query: string): Promise<string[]> {
  const { rows } = await sql<{ la: string }>`
    select la from establishments.organisation
    where kind = 'authority' and words @@ ${query}::tsquery order by la`.execute(querying)
  return rows.map((row) => row.la)
}

/** An organisation as the finder found it, with the names of its LA and where it stands in the order. */
export interface Found extends Establishment {
  laName: string | null
  laNameCy: string | null
  rank: number
  nameKey: string
}

/** What the finder looks for: see `rules.searchQuery`. */
export interface Search {
  query: { all: string; inName: string; phrase: string } | null
  /** The number that is meant, 7 digits or a URN; it comes first. */
  number: string | null
  /** LA numbers to stay within; null: anywhere. */
  las: readonly string[] | null
  after: { rank: number; nameKey: string; code: string } | null
  limit: number
}

/**
 * The best first: the number itself, the whole name, a name that begins so, a name with all the words, then those found
 * by place, postcode, LA or number; among equals the open before the closed, then by name.
 */
export async function searchOrganisations(querying: Querying, search: Search): Promise<Found[]> {
  const { query, number, las, after, limit } = search
  const rank = query
    ? sql`2 * (case
        when o.code = ${number} or o.urn = ${number} then 0
        when o.name_key = ${query.phrase} then 1
        when starts_with(o.name_key, ${query.phrase}) then 2
        when o.words @@ ${query.inName}::tsquery then 3
        else 4 end) + (o.status = 'closed')::int`
    : sql`0`
  const { rows } = await sql<Found>`
    select f.*, a.name_en as "laName", a.name_cy as "laNameCy"
    from (
      select ${ESTABLISHMENT}, o.name_key as "nameKey", ${rank} as rank
      from establishments.organisation o
      where true ${query ? sql`and o.words @@ ${query.all}::tsquery` : sql``}
        ${las ? sql`and o.la = any(${las}::text[])` : sql``}
    ) f
    left join establishments.organisation a on a.code = f.la || 'LLLL' and a.kind = 'authority'
    ${after ? sql`where (f.rank, f."nameKey", f.code) > (${after.rank}::int, ${after.nameKey}::text collate "C", ${after.code}::text)` : sql``}
    order by f.rank, f."nameKey", f.code
    limit ${limit}::int`.execute(querying)
  return rows
}

/** Every LA of the register, as a person chooses one. */
export async function listAuthorities(
  querying: Querying,
): Promise<Pick<Establishment, 'la' | 'code' | 'nameEn' | 'nameCy'>[]> {
  const { rows } = await sql<Pick<Establishment, 'la' | 'code' | 'nameEn' | 'nameCy'>>`
    select la, code, name_en as "nameEn", name_cy as "nameCy" from establishments.organisation
    where kind = 'authority' and status <> 'closed'`.execute(querying)
  return rows
}
