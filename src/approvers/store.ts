import type { MailLanguage, OrganisationKind } from '../establishments/index.ts'
import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { State } from './rules.ts'

/** An organisation as the list of codes shows it; times are UTC. */
export interface ListedOrganisation {
  code: string
  kind: OrganisationKind
  nameEn: string
  nameCy: string | null
  town: string | null
  postcode: string | null
  /** Every line of the address. */
  address: string[]
  email: string | null
  language: MailLanguage
  /** How many approve for it now. */
  approvers: number
  /** Of its code, if that can be used now. */
  issuedAt: Date | null
  expiresAt: Date | null
}

/** Which organisations are meant; what is left out lets all through. */
export interface OrganisationFilter {
  /** LA number, three digits; null: of every LA, the department and suppliers. */
  la: string | null
  codes?: readonly string[] | undefined
  state?: State | undefined
  /** The beginning of a code, or a text in the name's words. */
  text?: { code: string; name: string } | undefined
  /** Without those that were issued a code after this. */
  issuedBefore?: Date | undefined
}

const HAS_APPROVER = sql`exists (
  select from accounts.live_membership m where m.organisation = o.code and m.approver)`

const isOpen = (at: Date) =>
  sql`c.organisation = o.code and c.claimed_at is null and c.withdrawn_at is null and c.expires_at > ${at}`

/** Organisations that are not closed, by code, from behind one on. */
export async function listOrganisations(
  querying: Querying,
  filter: OrganisationFilter,
  { after = '', limit, at }: { after?: string | undefined; limit: number; at: Date },
): Promise<ListedOrganisation[]> {
  const { rows } = await sql<ListedOrganisation>`
    select o.code, o.kind, o.name_en as "nameEn", o.name_cy as "nameCy", o.town, o.postcode, o.address, o.email,
           o.language, c.issued_at as "issuedAt", c.expires_at as "expiresAt",
           (select count(*)::integer from accounts.live_membership m
            where m.organisation = o.code and m.approver) as approvers
    from establishments.organisation o left join approvers.code c on ${isOpen(at)}
    where ${where(filter)} and o.code > ${after}
    order by o.code limit ${limit}`.execute(querying)
  return rows
}

/** How many there are of them. */
export async function countOrganisations(
  querying: Querying,
  filter: OrganisationFilter,
  at: Date,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n
    from establishments.organisation o left join approvers.code c on ${isOpen(at)}
    where ${where(filter)}`.execute(querying)
  return rows[0]!.n
}

function where({ la, codes, state, text, issuedBefore }: OrganisationFilter) {
  return sql`o.status <> 'closed' and o.inactive_since is null
    ${la === null ? sql`` : sql`and o.la = ${la}`}
    ${codes ? sql`and o.code = any(${codes}::text[])` : sql``}
    ${state ? sql`and ${isInState(state)}` : sql``}
    ${text ? sql`and ${isMeant(text)}` : sql``}
    ${issuedBefore ? sql`and (c.issued_at is null or c.issued_at < ${issuedBefore})` : sql``}`
}

function isMeant({ code, name }: { code: string; name: string }) {
  const isNamed = sql`strpos(o.name_key, ${name}) > 0 or strpos(lower(coalesce(o.name_cy, '')), ${name}) > 0`
  return sql`(starts_with(o.code, ${code}) ${name === '' ? sql`` : sql`or ${isNamed}`})`
}

function isInState(state: State) {
  switch (state) {
    case 'approver':
      return HAS_APPROVER
    case 'open':
      return sql`c.organisation is not null and not ${HAS_APPROVER}`
    case 'none':
      return sql`c.organisation is null and not ${HAS_APPROVER}`
  }
}

/** Lets nobody else issue codes for these organisations until the transaction ends. */
export async function lockForCodes(tx: Tx, codes: readonly string[]): Promise<void> {
  await sql`
    select from establishments.organisation where code = any(${codes}::text[])
    order by code for no key update`.execute(tx)
}

/** Keeps new codes, each in the place of the organisation's open one. */
export async function replaceCodes(
  tx: Tx,
  codes: readonly { organisation: string; hash: Buffer }[],
  { by, at, expiresAt }: { by: string; at: Date; expiresAt: Date },
): Promise<void> {
  const organisations = codes.map(({ organisation }) => organisation)
  await sql`
    update approvers.code set withdrawn_at = ${at}
    where organisation = any(${organisations}::text[]) and claimed_at is null and withdrawn_at is null`.execute(
    tx,
  )
  const hashes = codes.map(({ hash }) => hash.toString('hex'))
  await sql`
    insert into approvers.code (code_hash, organisation, issued_at, issued_by, expires_at)
    select decode(hash, 'hex'), organisation, ${at}, ${by}, ${expiresAt}
    from unnest(${hashes}::text[], ${organisations}::text[]) as new (hash, organisation)`.execute(tx)
}

/** Withdraws the code of an organisation that can be used now; false when there is none. */
export async function withdrawCode(tx: Tx, organisation: string, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update approvers.code set withdrawn_at = ${at}
    where organisation = ${organisation} and claimed_at is null and withdrawn_at is null and expires_at > ${at}
    returning organisation`.execute(tx)
  return rows.length > 0
}

/** Until when the code of an organisation can be used; null when there is none that can. */
export async function openUntil(querying: Querying, organisation: string, at: Date): Promise<Date | null> {
  const { rows } = await sql<{ expiresAt: Date }>`
    select expires_at as "expiresAt" from approvers.code
    where organisation = ${organisation} and claimed_at is null and withdrawn_at is null
      and expires_at > ${at}`.execute(querying)
  return rows[0]?.expiresAt ?? null
}

/** Who issued the code of an organisation that can be used now: the id of a person, or operator; null: it is none. */
export async function issuerOf(
  querying: Querying,
  { organisation, hash, at }: { organisation: string; hash: Buffer; at: Date },
): Promise<string | null> {
  const { rows } = await sql<{ issuedBy: string }>`
    select issued_by as "issuedBy" from approvers.code
    where code_hash = ${hash} and organisation = ${organisation} and claimed_at is null and withdrawn_at is null
      and expires_at > ${at}`.execute(querying)
  return rows[0]?.issuedBy ?? null
}

/** Uses the code of an organisation up for a person; false when it cannot be used: of several at once one wins. */
export async function takeCode(
  tx: Tx,
  { organisation, hash, person, at }: { organisation: string; hash: Buffer; person: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update approvers.code set claimed_at = ${at}, claimed_by = ${person}
    where code_hash = ${hash} and organisation = ${organisation} and claimed_at is null and withdrawn_at is null
      and expires_at > ${at}
    returning organisation`.execute(tx)
  return rows.length > 0
}
