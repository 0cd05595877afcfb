import {
  createPerson,
  endMembership,
  memberOf,
  newPersonId,
  noteAccountEvent,
  sendInvitation,
  signOutEverywhere,
} from '../accounts/index.ts'
import type { Tx } from '../kit/database.ts'
import { originOf } from '../kit/origin.ts'
import type { Actor } from '../permissions/decide.ts'
import type { World } from '../world.ts'

/** The account of somebody who was signed in by a shared one. */
export interface OwnAccount {
  person: string
  /** Path of the page on which its password is set; the same link is mailed. */
  path: string
}

/**
 * Makes an approver's own account for whoever is signed in by a shared one, with its roles, and archives that one, so
 * that no password known by several opens anything any more. Throws what `createPerson` throws.
 */
export async function claimForShared(
  world: Pick<World, 'config' | 'mailer' | 'audit'>,
  tx: Tx,
  {
    actor,
    asked,
    now,
  }: { actor: Actor; asked: { name: string; email: string; username: string }; now: Date },
): Promise<OwnAccount> {
  const { organisation } = actor
  const shared = (await memberOf(tx, organisation, actor.id))!
  // its roles end first: some only one person of an LA may hold
  await endMembership(tx, shared, { as: 'archived', because: 'claimed', by: actor, at: now })
  await signOutEverywhere(tx, shared.id)
  await world.audit.write(tx, {
    at: now,
    actorKind: 'person',
    actor: actor.id,
    organisation,
    action: 'approvers.retire-shared',
    outcome: 'done',
    reason: null,
    subject: shared.id,
    address: actor.address,
  })
  const id = newPersonId()
  const role = shared.roles.length > 0 ? shared.roles : null
  const person = { ...asked, id, organisation, role, approver: true, language: shared.language }
  await createPerson(tx, person, now, world.config)
  await noteAccountEvent(tx, { id, organisation }, { event: 'created', by: actor, at: now })
  const origin = originOf(world.config)
  const { link } = await sendInvitation(world, tx, { person: id, publicUrl: origin, now })
  return { person: id, path: link.slice(origin.length) }
}
