import { reachOf, ROLES, type Permission, type Role } from '../src/permissions/table.ts'
import { CARDIFF_HIGH, JOHN_FROST } from './api.ts'
import type { Example } from './examples.ts'

/** The roles that people hold: of the columns all but those of connected systems and of everybody. */
export const PEOPLE_ROLES = ROLES.filter((role) => role !== 'connected-system' && role !== 'member')

/** The supplier of the tests. */
export const SUPPLIER = 'SUP0001'

/** Organisations whose members try each call: both parties, others of both authorities, and of a third. */
export function organisationsOf(role: Role): readonly string[] {
  if (role.startsWith('lea-')) return ['681LLLL', '680LLLL', '670LLLL']
  if (role === 'supplier-user') return [SUPPLIER]
  if (role === 'national-administrator') return ['101LLLL']
  return [CARDIFF_HIGH, JOHN_FROST, '6814049', '6804025', '6704031']
}

/** One who tries a call that must be refused, and how. */
export interface Try {
  role: Role
  organisation: string
  status: 403 | 404
  because: string
}

/** Everybody who may not do what an example does. Written apart from decide.ts, which it checks. */
export function refusedOf({ rows, foreign }: Pick<Example, 'rows' | 'foreign'>): Try[] {
  const named = Object.keys(rows) as Permission[]
  return PEOPLE_ROLES.flatMap((role) =>
    organisationsOf(role).flatMap((organisation): Try[] => {
      const held = named.filter((row) => reachOf(role, row) !== null)
      const one = { role, organisation }
      if (held.length === 0) return [{ ...one, status: 403, because: `${named.join(', ')}: role` }]
      if (foreign === null || held.some((row) => isReached(role, organisation, row, rows[row]!))) return []
      return [{ ...one, status: foreign, because: `${held.join(', ')}: out of reach` }]
    }),
  )
}

function isReached(role: Role, organisation: string, row: Permission, business: readonly string[]): boolean {
  const reach = reachOf(role, row)
  // the department of the tests stands for both nations
  if (reach === 'anywhere' || (reach === 'own-nation' && organisation === '101LLLL')) return true
  return business.some(
    (code) =>
      code === organisation || (reach === 'own-authority' && `${code.slice(0, 3)}LLLL` === organisation),
  )
}
