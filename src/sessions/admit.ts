import type { FastifyRequest } from 'fastify'
import { membershipsOf, noteSignIn } from '../accounts/index.ts'
import { browserName } from '../kit/browser-name.ts'
import { newToken } from '../kit/ids.ts'
import type { World } from '../world.ts'
import { writeSessionStep } from './audit-step.ts'
import { CannotSignIn } from './cannot-sign-in.ts'
import type { SignedIn } from './relying-party.ts'
import { insertSession, removeFormer } from './store.ts'
import { sessionLimits } from './visits.ts'

/**
 * Begins the session of somebody who signed in, in the place of the one that the browser had: where that was the same
 * person's, the organisation that was chosen in it stays chosen. Throws CannotSignIn `nowhere`.
 * @returns what the browser shows as its session, and whether an organisation is chosen
 */
export async function admit(
  world: World,
  { sid, idToken, ago }: SignedIn,
  person: string,
  { request, former }: { request: FastifyRequest; former: string | null },
): Promise<{ id: string; chosen: boolean }> {
  const at = world.clock.now()
  const id = newToken()
  const organisations = (await membershipsOf(world.db, person)).map(({ organisation }) => organisation)
  if (organisations.length === 0) throw new CannotSignIn('nowhere')
  const limits = sessionLimits(world.config, at)
  const signedInAt = new Date(at.getTime() - ago)
  const browser = browserName(request.headers['user-agent'])
  const organisation = await world.db.transaction().execute(async (tx) => {
    const before = former === null ? null : await removeFormer(tx, former, { person, limits })
    const chosen = organisations.length === 1 ? organisations[0]! : before
    const organisation = chosen !== null && organisations.includes(chosen) ? chosen : null
    await insertSession(tx, { id, person, organisation, sid, idToken, at, signedInAt, browser })
    await noteSignIn(tx, person, at)
    const step = { person, organisation, address: request.ip }
    await writeSessionStep(world, tx, { action: 'sessions.begin', ...step })
    return organisation
  })
  return { id, chosen: organisation !== null }
}
