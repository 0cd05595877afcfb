import { kindOfCode, nationOf } from '../establishments/rules.ts'
import { mayEver, type Actor } from '../permissions/decide.ts'
import { reachOf, type Role } from '../permissions/table.ts'

/** Pure rules of the audit of users: how far a round goes, and who may answer for whom. */

/** Nations that a round can be of. */
export const NATIONS = ['wales', 'england', 'both'] as const

/** How far a round goes. */
export type Nation = (typeof NATIONS)[number]

/**
 * What came of a person: still valid; no longer, so that the membership ended; or not confirmed in time, so that it was
 * suspended.
 */
export type Answer = 'valid' | 'ended' | 'suspended'

/** The nations for which somebody of an organisation may open a round. */
export function nationsFor(organisation: string): readonly Nation[] {
  const own = nationOf(organisation)
  return own === 'both' ? NATIONS : [own]
}

/** LA numbers of what belongs to no LA: the department, and suppliers. */
export const OF_NO_AUTHORITY: readonly string[] = ['101', 'SUP']

/** For whom somebody answers: an LA with its schools, one organisation, and those whom only the department can. */
export interface Scope {
  person: string
  /** LA number; null without an LA. */
  la: string | null
  /** Code of the own organisation; null for who confirms nobody of it. */
  organisation: string | null
  national: boolean
}

/** The scope of somebody, by the rows `confirm-people` and `run-user-audit` of the permission table. */
export function scopeOf(actor: Pick<Actor, 'id' | 'organisation' | 'roles'>): Scope {
  const { id, organisation, roles } = actor
  const reaches = roles.map((role) => reachOf(role, 'confirm-people')).filter((reach) => reach !== null)
  const isAuthority = reaches.includes('own-authority') && kindOfCode(organisation) === 'authority'
  return {
    person: id,
    la: isAuthority ? organisation.slice(0, 3) : null,
    organisation: reaches.length > 0 ? organisation : null,
    national: mayEver({ ...actor, kind: 'person', name: '', address: null }, 'run-user-audit'),
  }
}

/** Why somebody may not answer for a person. */
export type Hindrance =
  /** Nobody confirms oneself. */
  | 'own'
  /** The database administrator is set up, and confirmed, by the national administrator (guidance §3.1). */
  | 'dba'
  /** Of an organisation that others answer for. */
  | 'elsewhere'

/** What keeps somebody of a scope from answering for a person with these roles; null: nothing. */
export function hindranceOf(
  scope: Scope,
  row: { person: string; organisation: string; la: string; roles: readonly Role[] },
): Hindrance | null {
  if (row.person === scope.person) return 'own'
  const isDba = row.roles.includes('lea-dba')
  if (scope.national && (isDba || OF_NO_AUTHORITY.includes(row.la))) return null
  if (isDba) return 'dba'
  return row.la === scope.la || row.organisation === scope.organisation ? null : 'elsewhere'
}

/** A number of days in milliseconds. */
export const days = (count: number): number => count * 24 * 60 * 60 * 1000

const IN_LONDON = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', dateStyle: 'short' })

/** The day in London so many days after a moment: CCYY-MM-DD. */
export function dayAfter(at: Date, count: number): string {
  return IN_LONDON.format(new Date(at.getTime() + days(count)))
}
