import { sql, type Querying } from '../kit/database.ts'
import type { Sector, Status } from './rules.ts'

/** Which schools of an LA are listed: those not closed, those made inactive, those closed, or all. */
export const SCHOOL_VIEWS = ['open', 'inactive', 'closed', 'all'] as const

/** A view of the list. */
export type SchoolView = (typeof SCHOOL_VIEWS)[number]

/** By what the list is sorted. */
export const SCHOOL_SORTS = ['name', 'number', 'town'] as const

/** A head by which the list is sorted. */
export type SchoolSort = (typeof SCHOOL_SORTS)[number]

/** A school in the list of its LA. */
export interface ListedSchool {
  code: string
  nameEn: string
  nameCy: string | null
  town: string | null
  phone: string | null
  email: string | null
  sector: Sector | null
  status: Status
  /** CCYY-MM-DD. */
  closed: string | null
  inactiveSince: Date | null
  /** What it is sorted by, beside its code. */
  key: string
}

/** Which schools: of an LA by its number, in a view, and found by a text (see `searchQuery`). */
export interface SchoolFilter {
  la: string
  view: SchoolView
  /** A tsquery. */
  text: string | null
}

/** In which order, and where the page begins. */
export interface SchoolOrder {
  sort: SchoolSort
  descending: boolean
  after: { key: string; code: string } | null
  limit: number
}

/** A page of the list of an LA's schools. */
export async function listSchools(
  querying: Querying,
  filter: SchoolFilter,
  { sort, descending, after, limit }: SchoolOrder,
): Promise<ListedSchool[]> {
  const key = {
    name: sql`o.name_key`,
    number: sql`''::text collate "C"`,
    town: sql`lower(coalesce(o.town, '')) collate "C"`,
  }[sort]
  const way = descending ? sql`desc` : sql`asc`
  const beyond = after
    ? sql`and (${key}, o.code) ${descending ? sql`<` : sql`>`} (${after.key}::text collate "C", ${after.code}::text)`
    : sql``
  const { rows } = await sql<ListedSchool>`
    select o.code, o.name_en as "nameEn", o.name_cy as "nameCy", o.town, o.phone, o.email, o.sector, o.status, o.closed,
           o.inactive_since as "inactiveSince", ${key} as key
    from establishments.organisation o where ${isListed(filter)} ${beyond}
    order by ${key} ${way}, o.code ${way} limit ${limit}::int`.execute(querying)
  return rows
}

/** How many schools the list has: those of one LA, so few enough to be counted. */
export async function countSchools(querying: Querying, filter: SchoolFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from establishments.organisation o where ${isListed(filter)}`.execute(
    querying,
  )
  return rows[0]!.n
}

function isListed({ la, view, text }: SchoolFilter): ReturnType<typeof sql> {
  const inView = {
    open: sql`o.status <> 'closed'`,
    inactive: sql`o.inactive_since is not null`,
    closed: sql`o.status = 'closed'`,
    all: sql`true`,
  }[view]
  const found = text === null ? sql`` : sql`and o.words @@ ${text}::tsquery`
  return sql`o.la = ${la} and o.kind = 'school' and ${inView} ${found}`
}
