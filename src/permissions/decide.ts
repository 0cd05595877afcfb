import { reachOf, type Permission, type Reach, type Role } from './table.ts'

/** Whoever acts: a person, a machine client, or the service itself by its clock. */
export interface Actor {
  kind: 'person' | 'client' | 'service'
  /** Identifier of the person or client. */
  id: string
  /** As shown in a file's history and in the audit. */
  name: string
  /** 7-character code of the organisation acted for: 6804020 a school, 680LLLL an LA, 101LLLL the department. */
  organisation: string
  roles: readonly Role[]
  /** Address the request came from; null for the service itself. */
  address: string | null
}

/** Yes, with a reach that said so; or no, and whether the role or only the reach was lacking. */
export type Decision = { allowed: true; reach: Reach } | { allowed: false; lacking: 'role' | 'reach' }

/** The LA number of an organisation's code: its first three digits. */
function authority(code: string): string {
  return code.slice(0, 3)
}

/** LA numbers 660 to 681 are the Welsh ones (DfE code set CS003); department 101 stands for both nations. */
function sameNation(own: string, other: string): boolean {
  const welsh = (code: string): boolean => code >= '660' && code < '682'
  return own.startsWith('101') || welsh(own) === welsh(other)
}

function reaches(reach: Reach, own: string, other: string): boolean {
  switch (reach) {
    case 'own-organisation':
      return own === other
    case 'own-authority':
      return own === other || (own.endsWith('LLLL') && authority(own) === authority(other))
    case 'own-nation':
      return sameNation(own, other)
    case 'anywhere':
      return true
  }
}

/** Whether any role of `actor` has the permission at all, however far. */
export function mayEver(actor: Actor, permission: Permission): boolean {
  return actor.roles.some((role) => reachOf(role, permission) !== null)
}

/**
 * Whether `actor` may use `permission` on a matter that is the business of `organisations` (codes).
 * One organisation within reach is enough: a file is its sender's and its receiver's business.
 */
export function decide(actor: Actor, permission: Permission, organisations: readonly string[]): Decision {
  const held = actor.roles.map((role) => reachOf(role, permission)).filter((reach) => reach !== null)
  if (held.length === 0) return { allowed: false, lacking: 'role' }
  const reach = held.find(
    (reach) => reach === 'anywhere' || organisations.some((code) => reaches(reach, actor.organisation, code)),
  )
  return reach ? { allowed: true, reach } : { allowed: false, lacking: 'reach' }
}
