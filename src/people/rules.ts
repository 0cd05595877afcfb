import { decide, type Actor } from '../permissions/decide.ts'
import { reachOf, ROLES, type Role } from '../permissions/table.ts'

/** The roles that people are given, the approver's among them: everybody is a member, and a system is nobody. */
export const GIVEN_ROLES = ROLES.filter((role) => role !== 'connected-system' && role !== 'member')

/** Whose accounts somebody sees: those of one organisation, of an LA with its schools (its number), or everybody's. */
export type PeopleReach = { organisation: string } | { la: string } | 'everywhere'

/**
 * How far somebody sees people: the furthest of the own roles. The one department stands for the whole nation, in both
 * of them (101LLLL).
 */
export function peopleReach({ roles, organisation }: Pick<Actor, 'roles' | 'organisation'>): PeopleReach {
  const reaches = roles.map((role) => reachOf(role, 'see-people'))
  if (reaches.includes('own-nation')) return 'everywhere'
  return reaches.includes('own-authority') ? { la: organisation.slice(0, 3) } : { organisation }
}

/** Which accounts a list shows: `current` are those that may sign in or soon can. */
export const STATES = ['current', 'invited', 'active', 'suspended', 'archived', 'all'] as const

/** One of them. */
export type StateFilter = (typeof STATES)[number]

/** By what a list of people is sorted: name, username, organisation, last sign-in. */
export const SORTS = ['name', 'username', 'organisation', 'seen'] as const

/** A head by which a list is sorted. */
export type Sort = (typeof SORTS)[number]

/** Whether a sort runs from the greatest to the least unless asked otherwise: who signed in last comes first. */
export function isDescendingAtFirst(sort: Sort): boolean {
  return sort === 'seen'
}

/** What somebody may do for the people of an organisation. */
export interface Rights {
  /** Adds, amends, archives, resets: `manage-people`. */
  people: boolean
  /** Systems, approvers, sessions: `manage-access`. */
  access: boolean
}

/** What somebody may do for the people of an organisation (code). */
export function rightsAt(actor: Actor, organisation: string): Rights {
  return {
    people: decide(actor, 'manage-people', [organisation]).allowed,
    access: decide(actor, 'manage-access', [organisation]).allowed,
  }
}

/** What changes where `wanted` takes the place of `held`; what is not `grantable` stays as it is. */
export function roleChanges(
  held: readonly Role[],
  wanted: readonly Role[],
  grantable: readonly Role[],
): { given: Role[]; taken: Role[] } {
  return {
    given: wanted.filter((role) => !held.includes(role)),
    taken: held.filter((role) => grantable.includes(role) && !wanted.includes(role)),
  }
}
