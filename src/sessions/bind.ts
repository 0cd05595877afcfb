import { redeemInvitation, signOutEverywhere } from '../accounts/index.ts'
import type { World } from '../world.ts'
import { writeSessionStep } from './audit-step.ts'
import { CannotSignIn } from './cannot-sign-in.ts'
import { bindIdentity, freeOfOthers, type Identity } from './identity-store.ts'

/**
 * Binds whoever signed in at another provider to the person of an invitation, and uses the invitation up; gives the
 * person. Who was bound before, and was invited anew, is known by the new name alone: what is open ends.
 * Throws CannotSignIn, and nothing has changed: `linkGone`, `taken`.
 */
export async function bindInvited(
  world: World,
  { issuer, sub }: Identity,
  { token, address }: { token: string; address: string },
): Promise<string> {
  const at = world.clock.now()
  return world.db.transaction().execute(async (tx) => {
    const person = await redeemInvitation(tx, token, at)
    if (person === null) throw new CannotSignIn('linkGone')
    const identity = { issuer, sub, person }
    if (await freeOfOthers(tx, identity)) await signOutEverywhere(tx, person)
    if ((await bindIdentity(tx, { ...identity, at })) !== person) throw new CannotSignIn('taken')
    await writeSessionStep(world, tx, { action: 'sessions.bind', person, organisation: null, address })
    return person
  })
}
