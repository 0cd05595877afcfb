import type { FastifyReply, FastifyRequest } from 'fastify'
import { otherProviderOf } from '../kit/config.ts'
import { languageOf } from '../kit/pages/language.ts'
import type { Address } from '../kit/pages/address.ts'
import { Refusal } from '../kit/refusal.ts'
import { isFromScript, type Front } from '../permissions/front.ts'
import type { Visit } from '../permissions/page.ts'
import type { World } from '../world.ts'
import { choosing } from './choose-organisation.ts'
import { CONFIRM_PATH, confirming } from './confirm.ts'
import { joining } from './join.ts'
import { logOff } from './log-off.ts'
import { openNotSignedIn } from './not-signed-in.ts'
import { relyingParty, type Provider } from './relying-party.ts'
import { safePath, signingIn } from './sign-in.ts'
import { personOfSession } from './store.ts'
import { openVisits, sessionId, sessionLimits } from './visits.ts'

export { pages } from './own-pages.ts'
export { endSessionsOf, purgeEnded } from './store.ts'
export { sessionLimits } from './visits.ts'

/** The sessions of people at this service. */
export interface Sessions {
  visitOf(request: FastifyRequest): Promise<Visit | null>
  /** Leads somebody who is not signed in to the sign-in, and back afterwards. A script is told 401. */
  signIn(request: FastifyRequest, reply: FastifyReply): Promise<unknown>
  /** Leads somebody who is signed in to a new sign-in, and back afterwards. A script is told 401. */
  askAgain(request: FastifyRequest, reply: FastifyReply): unknown
  addresses: readonly Address[]
}

/** What the sessions use of what stands around every page. */
export type SessionFront = Pick<Front, 'frameOf' | 'publicUrl'>

/** Client of the built-in Secure Access that this service itself is. */
const OWN_CLIENT = 'common-transfer-system'

/**
 * Opens this service's own side of the sign-in: it knows people only by OpenID Connect, so that another provider can
 * stand in the place of the built-in Secure Access, by settings alone.
 * @param builtIn issuer of the built-in provider
 * @param localUrl where this server answers on this machine
 */
export async function openSessions(
  world: World,
  front: SessionFront,
  builtIn: string,
  localUrl: string,
): Promise<Sessions> {
  const { publicUrl } = front
  const provider = await providerOf(world, builtIn, localUrl)
  const party = relyingParty(provider, publicUrl, world.config.sessionIdleMinutes * 60)
  const visits = openVisits(world, publicUrl, await world.secrets.get('sessions-csrf'))
  const notSignedIn = openNotSignedIn(front, party.elsewhere)
  return {
    visitOf: (request) => visits.of(request),
    async signIn(request, reply) {
      if (isFromScript(request)) throw new Refusal('unauthenticated', 'signed-out')
      languageOf(request, reply)
      const to = `to=${encodeURIComponent(returnPath(request, publicUrl))}`
      const id = sessionId(request, publicUrl)
      const limits = sessionLimits(world.config, world.clock.now())
      if (id !== null && (await personOfSession(world.db, id, limits)))
        return reply.redirect(`/choose-organisation?${to}`, 303)
      // browsers follow a form to this service only, so it does not lead to another provider at once
      const leads = party.elsewhere === null || request.method === 'GET'
      return reply.redirect(leads ? `/sign-in?${to}` : `/signed-out?because=idle&${to}`, 303)
    },
    askAgain(request, reply) {
      if (isFromScript(request)) throw new Refusal('unauthenticated', 'sign-in-again')
      const to = encodeURIComponent(returnPath(request, publicUrl))
      const sent = request.method === 'GET' ? '' : '&sent=1'
      return reply.redirect(`${CONFIRM_PATH}?to=${to}${sent}`, 303)
    },
    addresses: [
      ...signingIn(world, front, party, notSignedIn),
      ...(party.elsewhere === null ? [] : joining(world, front, party.elsewhere, notSignedIn)),
      ...confirming(front, visits),
      ...choosing(world, front, visits),
      ...logOff(world, front, party, visits),
    ],
  }
}

async function providerOf(world: World, builtIn: string, localUrl: string): Promise<Provider> {
  const other = otherProviderOf(world.config)
  if (other) return { ...other, issuer: new URL(other.issuer), localUrl: null }
  const secret = (await world.secrets.get('sessions-client')).toString('hex')
  return { issuer: new URL(builtIn), clientId: OWN_CLIENT, secret, localUrl }
}

/** The page that was asked for, or whose form was sent, so that it is come back to; what was sent is not sent again. */
function returnPath(request: FastifyRequest, publicUrl: string): string {
  if (request.method === 'GET') return safePath(request.url)
  const { referer = '' } = request.headers
  return safePath(referer.startsWith(`${publicUrl}/`) ? referer.slice(publicUrl.length) : '/')
}
