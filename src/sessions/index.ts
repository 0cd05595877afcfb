import type { FastifyReply, FastifyRequest } from 'fastify'
import { languageOf } from '../kit/pages/language.ts'
import type { Address } from '../kit/pages/address.ts'
import { Refusal } from '../kit/refusal.ts'
import { isFromScript, type Front } from '../permissions/front.ts'
import type { Visit } from '../permissions/page.ts'
import type { AnyPage } from '../permissions/page.ts'
import type { World } from '../world.ts'
import { choosing } from './choose-organisation.ts'
import { logOff } from './log-off.ts'
import { relyingParty } from './relying-party.ts'
import { safePath, signingIn } from './sign-in.ts'
import { personOfSession } from './store.ts'
import { openVisits, sessionId, sessionLimits } from './visits.ts'

/** Pages for somebody signed in. */
export const pages: readonly AnyPage[] = []

export { endSessionsOf, purgeEnded } from './store.ts'
export { sessionLimits } from './visits.ts'

/** The sessions of people at this service. */
export interface Sessions {
  visitOf(request: FastifyRequest): Promise<Visit | null>
  /** Leads somebody who is not signed in to the sign-in, and back afterwards. A script is told 401. */
  signIn(request: FastifyRequest, reply: FastifyReply): Promise<unknown>
  addresses: readonly Address[]
}

/** What the sessions use of what stands around every page. */
export type SessionFront = Pick<Front, 'frameOf' | 'publicUrl'>

/**
 * Opens this service's own side of the sign-in: it knows people only by OpenID Connect, so that another provider can
 * stand in the place of the built-in Secure Access.
 * @param localUrl where this server answers on this machine
 */
export async function openSessions(
  world: World,
  front: SessionFront,
  issuer: string,
  localUrl: string,
): Promise<Sessions> {
  const { publicUrl } = front
  const secret = (await world.secrets.get('sessions-client')).toString('hex')
  const idleSeconds = world.config.sessionIdleMinutes * 60
  const party = relyingParty(new URL(issuer), publicUrl, localUrl, secret, idleSeconds)
  const visits = openVisits(world, publicUrl, await world.secrets.get('sessions-csrf'))
  return {
    visitOf: (request) => visits.of(request),
    async signIn(request, reply) {
      if (isFromScript(request)) throw new Refusal('unauthenticated', 'signed-out')
      languageOf(request, reply)
      const id = sessionId(request, publicUrl)
      const now = world.clock.now()
      const chosen = id === null || !(await personOfSession(world.db, id, sessionLimits(world.config, now)))
      const to = request.method === 'GET' ? request.url : refererPath(request, publicUrl)
      const query = `to=${encodeURIComponent(safePath(to))}`
      return reply.redirect(`${chosen ? '/sign-in' : '/choose-organisation'}?${query}`, 303)
    },
    addresses: [
      ...signingIn(world, front, party),
      ...choosing(world, front, visits),
      ...logOff(world, front, party, visits),
    ],
  }
}

/** The page whose form was sent, so that it is come back to; what was sent is not sent again. */
function refererPath(request: FastifyRequest, publicUrl: string): string {
  const { referer = '' } = request.headers
  return referer.startsWith(`${publicUrl}/`) ? referer.slice(publicUrl.length) : '/'
}
