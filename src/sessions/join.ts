import type { FastifyReply, FastifyRequest } from 'fastify'
import { invitationOf, membershipsOf } from '../accounts/index.ts'
import type { Address } from '../kit/pages/address.ts'
import { languageOf } from '../kit/pages/language.ts'
import { sendPage } from '../kit/pages/render.ts'
import type { World } from '../world.ts'
import { CannotSignIn } from './cannot-sign-in.ts'
import type { SessionFront } from './index.ts'
import type { NotSignedIn } from './not-signed-in.ts'

/**
 * The page behind the link of an invitation where people sign in at another provider: who is invited, and the way to
 * that sign-in. Opening it changes nothing: scanners of mail open every link.
 */
export function joining(
  world: World,
  front: SessionFront,
  elsewhere: string,
  notSignedIn: NotSignedIn,
): readonly Address[] {
  async function show(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { token } = request.params as { token: string }
    const invited = await invitationOf(world.db, token, world.clock.now())
    if (!invited) return notSignedIn(request, reply, new CannotSignIn('linkGone'))
    const language = languageOf(request, reply, invited.language)
    const memberships = await membershipsOf(world.db, invited.person)
    const data = { name: invited.name, memberships, token, elsewhere }
    const frame = front.frameOf(request, reply, { language, visit: null, data })
    return sendPage(reply, 200, 'sessions/views/join.njk', frame)
  }

  return [{ method: 'GET', path: '/join/:token', handle: show }]
}
