import { sql, type Querying, type Tx } from '../kit/database.ts'
import { ESTABLISHMENT, type Organisation } from './store.ts'

/** What those who maintain an organisation see of it. */
export interface OrganisationDetails extends Organisation {
  /** Since when its people and machine clients are refused; null while it is active. */
  inactiveSince: Date | null
  /** Of an LA: whether it gets copies of the CTFs to and from its schools. */
  copies: boolean
  /** Of an LA: school days after which it counts a pupil whose new school is not known as lost. */
  lostAfterDays: number
}

/** The details of an organisation; null when the register does not have it. */
export async function findDetails(querying: Querying, code: string): Promise<OrganisationDetails | null> {
  const { rows } = await sql<OrganisationDetails>`
    select ${ESTABLISHMENT}, o.address, o.phone, o.corrected, o.inactive_since as "inactiveSince", o.copies,
           o.lost_after_days as "lostAfterDays"
    from establishments.organisation o where o.code = ${code}`.execute(querying)
  return rows[0] ?? null
}

/** Makes a school inactive from `at` on or, with null, active again; false when it is so already. */
export async function setInactive(tx: Tx, code: string, at: Date | null): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update establishments.organisation set inactive_since = ${at}
    where code = ${code} and kind = 'school' and (inactive_since is null) = ${at !== null}`.execute(tx)
  return numAffectedRows === 1n
}

/** Keeps what an LA decided for itself. */
export async function saveSettings(
  tx: Tx,
  code: string,
  { copies, lostAfterDays }: Pick<OrganisationDetails, 'copies' | 'lostAfterDays'>,
): Promise<void> {
  await sql`
    update establishments.organisation set copies = ${copies}, lost_after_days = ${lostAfterDays}
    where code = ${code} and kind = 'authority'`.execute(tx)
}

/**
 * Whether an LA (its number, such as 680) gets copies of the CTFs to and from its schools: on unless it switched that
 * off (guidance for local authorities §3.9). Off: no new copies and no mail of them; earlier ones stay.
 */
export async function copiesOf(querying: Querying, la: string): Promise<boolean> {
  const { rows } = await sql<{ copies: boolean }>`
    select copies from establishments.organisation where code = ${`${la}LLLL`}`.execute(querying)
  return rows[0]?.copies ?? false
}

/** How many schools of an LA (its number) are inactive, which none should need to be (§3.8). */
export async function inactiveSchools(querying: Querying, la: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from establishments.organisation
    where la = ${la} and kind = 'school' and inactive_since is not null`.execute(querying)
  return rows[0]!.n
}
