import type { OrganisationKind } from '../establishments/rules.ts'
import type { Querying, Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { decide, type Actor } from '../permissions/decide.ts'
import type { Permission, Role } from '../permissions/table.ts'
import { noteAccountEvent, type Doer } from './events-store.ts'
import {
  selectOtherMemberships,
  selectSuspendedElsewhere,
  setEnded,
  setRestored,
  type Ending,
  type EndingReason,
  type Member,
} from './members-store.ts'
import { endApprover, lockPerson } from './people-store.ts'
import { isSetUpAbove, rolesFor, SET_UP_ABOVE } from './rules.ts'

/**
 * The roles of this service that one may give at an organisation of a kind: by `set-up-dba` that of the DBA alone, by
 * any other row all that fit but those set up from above.
 */
export function grantableRoles(by: Permission, kind: OrganisationKind): readonly Role[] {
  if (by === 'set-up-dba') return kind === 'authority' ? ['lea-dba'] : []
  return rolesFor(kind).filter((role) => !SET_UP_ABOVE.includes(role))
}

/**
 * Refuses what is done to the account of whoever holds a role that is set up from above, but by who sets it up
 * (`person-above`).
 */
export function refuseAbove(by: Permission, { roles }: { roles: readonly Role[] }): void {
  if (by !== 'set-up-dba' && isSetUpAbove(roles)) throw new Refusal('conflict', 'person-above')
}

/** The same for what reaches wherever the person belongs, such as another name. */
export async function refuseAboveAnywhere(
  querying: Querying,
  by: Permission,
  { id: person, organisation, roles }: Pick<Member, 'id' | 'organisation' | 'roles'>,
): Promise<void> {
  const others = await selectOtherMemberships(querying, { person, organisation })
  refuseAbove(by, { roles: [...roles, ...others.flatMap((one) => one.roles)] })
}

/**
 * Refuses what would let somebody sign in as a person, such as a password shown once or another e-mail address: of
 * oneself (`own-account-by-others`), of whoever holds a role that is set up from above, and of whoever belongs to an
 * organisation out of the actor's reach too, or may again when it says that a suspended account still holds
 * (`person-above`, `person-elsewhere`), since it would reach there.
 */
export async function refuseTakeover(
  querying: Querying,
  { actor, by }: { actor: Actor; by: Permission },
  member: Pick<Member, 'id' | 'organisation' | 'roles'>,
): Promise<void> {
  if (actor.id === member.id) throw new Refusal('conflict', 'own-account-by-others')
  await refuseAboveAnywhere(querying, by, member)
  const { id: person, organisation } = member
  const others = await selectOtherMemberships(querying, { person, organisation })
  const suspended = await selectSuspendedElsewhere(querying, { person, organisation })
  const codes = [...others.map((one) => one.organisation), ...suspended]
  if (codes.some((code) => !decide(actor, by, [code]).allowed))
    throw new Refusal('conflict', 'person-elsewhere')
}

/**
 * Ends a membership, in order with whoever invites or restores; `by` stands in its history. Throws Refusal
 * `person-archived` (409).
 */
export async function endMembership(
  tx: Tx,
  member: Pick<Member, 'id' | 'username' | 'organisation'>,
  { as, because, by = 'service', at }: { as: Ending; because: EndingReason; by?: Doer; at: Date },
): Promise<void> {
  const { id: person, username, organisation } = member
  await lockPerson(tx, person)
  if (!(await setEnded(tx, { person, organisation, as, because, at })))
    throw new Refusal('conflict', 'person-archived', { params: { username } })
  await noteAccountEvent(tx, member, { event: as, by, at })
}

/**
 * Lets a membership hold again; gives the roles that it has again and those that did not come back: what somebody else
 * holds now and only one may, and, unless `above` says that whoever sets them up does it, those set up from above. The
 * approver's flag comes back only where `flag` says that whoever restores may give it. Throws Refusal `person-not-ended` (409).
 */
export async function restoreMembership(
  tx: Tx,
  { id, username, organisation }: Pick<Member, 'id' | 'username' | 'organisation'>,
  { above = false, flag = false, by, at }: { above?: boolean; flag?: boolean; by: Doer; at: Date },
): Promise<{ given: Role[]; missing: Role[] }> {
  await lockPerson(tx, id)
  const roles = await setRestored(tx, { person: id, organisation }, above ? [] : SET_UP_ABOVE)
  if (!roles) throw new Refusal('conflict', 'person-not-ended', { params: { username } })
  if (!flag) await endApprover(tx, { id, organisation })
  await noteAccountEvent(tx, { id, organisation }, { event: 'restored', by, at, given: roles.given })
  return roles
}
