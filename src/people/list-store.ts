import type { RawBuilder } from 'kysely'
import { MEMBER, type Member } from '../accounts/index.ts'
import { nameKey } from '../establishments/rules.ts'
import { sql, type Querying } from '../kit/database.ts'
import type { Role } from '../permissions/table.ts'
import type { PeopleReach, Sort, StateFilter } from './rules.ts'

type Sql = RawBuilder<unknown>

/** Which people a list shows; what is left out lets all through. */
export interface PeopleFilter {
  reach: PeopleReach
  state: StateFilter
  /** In name, username or e-mail address. */
  q?: string | undefined
  /** An organisation by the beginning of its code, or by words in its name. */
  organisation?: string | undefined
  role?: Role | undefined
}

/** In which order people are listed, and where the page begins. */
export interface PeopleOrder {
  sort: Sort
  descending: boolean
  /** What stands in the columns of the sort on the last row of the page before. */
  after: readonly string[] | null
  limit: number
}

/** A person of a list, with the organisation and where the row stands in its order. */
export interface ListedPerson extends Member {
  organisationEn: string
  organisationCy: string | null
  /** As `PeopleOrder.after` takes it. */
  place: string[]
}

/** Of someone who never signed in. */
const NEVER = sql`timestamptz '1970-01-01Z'`

/** What a list is sorted by: each order is whole, so that a page goes on where the one before ended. */
const COLUMNS: Record<Sort, readonly { of: Sql; type: Sql }[]> = {
  name: [text(sql`p.name_key`), text(sql`p.id`), text(sql`m.organisation`)],
  username: [text(sql`p.username_key`), text(sql`m.organisation`)],
  organisation: [text(sql`o.name_key`), text(sql`o.code`), text(sql`p.name_key`), text(sql`p.id`)],
  seen: [
    { of: sql`coalesce(p.last_sign_in_at, ${NEVER})`, type: sql`timestamptz` },
    text(sql`p.id`),
    text(sql`m.organisation`),
  ],
}

function text(of: Sql): { of: Sql; type: Sql } {
  return { of, type: sql`text` }
}

/** How many columns a sort has. */
export function columnsOf(sort: Sort): number {
  return COLUMNS[sort].length
}

const PERSON = sql`accounts.person`
const ORGANISATION = sql`establishments.organisation`

/** @param person those whom it is about, @param organisation where: the whole tables, or what was found in them */
const from = (person: Sql, organisation: Sql): Sql => sql`
  ${person} p
  join accounts.membership m on m.person = p.id
  join ${organisation} o on o.code = m.organisation`

/**
 * Where a list is read. Of everybody, what was typed is sought first, and by itself (`offset 0`): the planner cannot know
 * that it finds few, and would walk along the order of the list, looking at everybody's organisation, until a page is full.
 */
function fromOf({ reach, q, organisation }: PeopleFilter): Sql {
  if (reach !== 'everywhere') return from(PERSON, ORGANISATION)
  return from(
    q ? sql`(select * from accounts.person p where ${isSought(q)} offset 0)` : PERSON,
    organisation
      ? sql`(select * from establishments.organisation o where ${isAt(organisation)} offset 0)`
      : ORGANISATION,
  )
}

/** A page of the people in reach. */
export async function listMembers(
  querying: Querying,
  filter: PeopleFilter,
  { sort, descending, after, limit }: PeopleOrder,
): Promise<ListedPerson[]> {
  const columns = COLUMNS[sort]
  const direction = descending ? sql`desc` : sql`asc`
  const place = columns.map(({ type }, at) => sql`${after?.[at] ?? ''}::${type}`)
  const where = every([
    ...conditionsOf(filter),
    ...(after
      ? [sql`(${sql.join(columns.map(({ of }) => of))}) ${descending ? sql`<` : sql`>`} (${sql.join(place)})`]
      : []),
  ])
  const { rows } = await sql<ListedPerson>`
    select ${MEMBER}, o.name_en as "organisationEn", o.name_cy as "organisationCy",
           array[${sql.join(columns.map(({ of }) => sql`${of}::text`))}] as place
    from ${fromOf(filter)} where ${where}
    order by ${sql.join(columns.map(({ of }) => sql`${of} ${direction}`))} limit ${limit}`.execute(querying)
  return rows
}

/** How many people a list has, counted up to `most`. */
export async function countMembers(querying: Querying, filter: PeopleFilter, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from (
      select from ${fromOf(filter)} where ${every(conditionsOf(filter))} limit ${most}
    ) as listed`.execute(querying)
  return rows[0]!.n
}

/** Members by organisation and person, in that order; those only that there are. */
export async function findMembers(
  querying: Querying,
  chosen: readonly { organisation: string; id: string }[],
): Promise<(Member & { organisationEn: string; organisationCy: string | null })[]> {
  const { rows } = await sql<Member & { organisationEn: string; organisationCy: string | null }>`
    select ${MEMBER}, o.name_en as "organisationEn", o.name_cy as "organisationCy"
    from ${from(PERSON, ORGANISATION)}
    join unnest(${chosen.map(({ organisation }) => organisation)}::text[], ${chosen.map(({ id }) => id)}::text[])
      with ordinality as chosen (organisation, person, n)
      on chosen.organisation = m.organisation and chosen.person = m.person
    order by chosen.n`.execute(querying)
  return rows
}

/** The organisations of an LA (its number) that are at work and that nobody approves for: the LA first, then by name. */
export async function withoutApprover(
  querying: Querying,
  la: string,
): Promise<{ code: string; nameEn: string; nameCy: string | null }[]> {
  const { rows } = await sql<{ code: string; nameEn: string; nameCy: string | null }>`
    select o.code, o.name_en as "nameEn", o.name_cy as "nameCy" from establishments.organisation o
    where o.la = ${la} and o.kind in ('school', 'authority') and o.status = 'open' and o.inactive_since is null
      and not exists (
        select 1 from accounts.membership m
        where m.organisation = o.code and m.approver and m.ended_at is null
      )
    order by o.kind = 'school', o.name_key, o.code`.execute(querying)
  return rows
}

function conditionsOf({ reach, state, q, organisation, role }: PeopleFilter): Sql[] {
  return [
    ...(reach === 'everywhere'
      ? []
      : [reachedBy(reach), ...(q ? [isSought(q)] : []), ...(organisation ? [isAt(organisation)] : [])]),
    ...(state === 'all' ? [] : [IN_STATE[state]]),
    ...(role ? [hasRole(role)] : []),
  ]
}

function reachedBy(reach: Exclude<PeopleReach, 'everywhere'>): Sql {
  return 'la' in reach ? sql`o.la = ${reach.la}` : sql`m.organisation = ${reach.organisation}`
}

const IN_STATE: Record<Exclude<StateFilter, 'all'>, Sql> = {
  current: sql`m.ended_at is null`,
  invited: sql`m.ended_at is null and p.activated_at is null`,
  active: sql`m.ended_at is null and p.activated_at is not null`,
  suspended: sql`m.ended_as = 'suspended'`,
  archived: sql`m.ended_as = 'archived'`,
}

function isSought(typed: string): Sql {
  const key = nameKey(typed)
  const plain = typed.toLowerCase()
  return sql`(${key ? sql`strpos(p.name_key, ${key}) > 0 or ` : sql``}strpos(p.username_key, ${plain}) > 0
    or strpos(lower(p.email), ${plain}) > 0)`
}

function isAt(typed: string): Sql {
  const key = nameKey(typed)
  return sql`(starts_with(o.code, ${typed.toUpperCase()})
    ${key ? sql`or strpos(o.name_key, ${key}) > 0` : sql``} or strpos(lower(o.name_cy), ${typed.toLowerCase()}) > 0)`
}

function hasRole(role: Role): Sql {
  if (role === 'approver') return sql`m.approver`
  return sql`exists (
    select 1 from accounts.held_role r
    where r.person = m.person and r.organisation = m.organisation and r.role = ${role} and r.ended_at is null)`
}

function every(conditions: readonly Sql[]): Sql {
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`
}
