import type { OrganisationKind } from '../establishments/rules.ts'
import type { Querying, Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { decide, type Actor } from '../permissions/decide.ts'
import type { Permission, Role } from '../permissions/table.ts'
import {
  selectOtherMemberships,
  setEnded,
  setRestored,
  type Ending,
  type EndingReason,
  type Member,
} from './members-store.ts'
import { lockPerson } from './people-store.ts'
import { rolesFor } from './rules.ts'

/** Roles that no approver and no DBA gives, and whose holders they do not take over (ICES Bulletin 65 §1; guidance §3.1). */
const SET_UP_ABOVE: ReadonlySet<Role> = new Set(['lea-dba', 'national-administrator'])

/**
 * The roles of this service that one may give at an organisation of a kind: by `set-up-dba` that of the DBA alone, by
 * any other row all that fit but those set up from above.
 */
export function grantableRoles(by: Permission, kind: OrganisationKind): readonly Role[] {
  if (by === 'set-up-dba') return kind === 'authority' ? ['lea-dba'] : []
  return rolesFor(kind).filter((role) => !SET_UP_ABOVE.has(role))
}

/**
 * Refuses what would let somebody sign in as a person, such as a password shown once or another e-mail address: of
 * oneself (`own-account-by-others`), of whoever holds a role that is set up from above, and of whoever belongs to an
 * organisation out of the actor's reach too (`person-above`, `person-elsewhere`), since it would reach there.
 */
export async function refuseTakeover(
  querying: Querying,
  { actor, by }: { actor: Actor; by: Permission },
  member: Pick<Member, 'id' | 'organisation' | 'roles'>,
): Promise<void> {
  if (actor.id === member.id) throw new Refusal('conflict', 'own-account-by-others')
  const { id: person, organisation } = member
  const others = await selectOtherMemberships(querying, { person, organisation })
  const roles = [...member.roles, ...others.flatMap((one) => one.roles)]
  if (by !== 'set-up-dba' && roles.some((role) => SET_UP_ABOVE.has(role)))
    throw new Refusal('conflict', 'person-above')
  const elsewhere = others.filter((one) => !decide(actor, by, [one.organisation]).allowed)
  if (elsewhere.length > 0) throw new Refusal('conflict', 'person-elsewhere')
}

/** Ends a membership, in order with whoever invites or restores. Throws Refusal `person-archived` (409). */
export async function endMembership(
  tx: Tx,
  member: Pick<Member, 'id' | 'username' | 'organisation'>,
  { as, because, at }: { as: Ending; because: EndingReason; at: Date },
): Promise<void> {
  const { id: person, username, organisation } = member
  await lockPerson(tx, person)
  if (!(await setEnded(tx, { person, organisation, as, because, at })))
    throw new Refusal('conflict', 'person-archived', { params: { username } })
}

/** Lets a membership hold again; gives the roles that it has again. Throws Refusal `person-not-ended` (409). */
export async function restoreMembership(
  tx: Tx,
  { id, username, organisation }: Pick<Member, 'id' | 'username' | 'organisation'>,
): Promise<Role[]> {
  await lockPerson(tx, id)
  const roles = await setRestored(tx, id, organisation)
  if (!roles) throw new Refusal('conflict', 'person-not-ended', { params: { username } })
  return roles
}
