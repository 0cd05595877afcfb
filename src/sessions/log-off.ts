import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Address } from '../kit/pages/address.ts'
import { readForm, refuseForeign } from '../kit/pages/form.ts'
import { languageOf } from '../kit/pages/language.ts'
import { sendPage } from '../kit/pages/render.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Visit } from '../permissions/page.ts'
import type { World } from '../world.ts'
import { writeSessionStep } from './audit-step.ts'
import type { SessionFront } from './index.ts'
import type { RelyingParty } from './relying-party.ts'
import { safePath } from './sign-in.ts'
import { endSession } from './store.ts'
import { cookieName, sessionId, type Visits } from './visits.ts'

/** Logging off (guidance for local authorities §8), and what the page asks of the session while it is open. */
export function logOff(
  world: World,
  front: SessionFront,
  party: RelyingParty,
  visits: Visits,
): readonly Address[] {
  const { publicUrl } = front

  async function end(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    refuseForeign(request, publicUrl)
    const language = languageOf(request, reply)
    const form = await readForm(request)
    const visit = await visits.of(request, true)
    const id = sessionId(request, publicUrl)
    void reply.clearCookie(cookieName(publicUrl), { path: '/' })
    if (!visit || id === null) return reply.redirect('/signed-out', 303)
    if (form.get('_csrf') !== visit.csrf) throw new Refusal('forbidden', 'form-stale')
    const ended = await world.db.transaction().execute(async (tx) => {
      const step = { person: visit.actor.id, organisation: visit.actor.organisation, address: request.ip }
      await writeSessionStep(world, tx, { action: 'sessions.end', ...step })
      return endSession(tx, id)
    })
    // the provider ends its own side: nobody who comes to this browser next is signed in without a password
    const url = ended && (await endUrl(ended.idToken, language))
    if (party.elsewhere === null) return reply.redirect(url?.href ?? '/signed-out', 303)
    return url ? leave(reply, url, request) : reply.redirect('/signed-out?because=here', 303)
  }

  /** Null where the provider has no such address, or does not answer: it is over here in any case. */
  async function endUrl(idToken: string, language: string): Promise<URL | null> {
    try {
      return await party.endUrl(idToken, language)
    } catch (error) {
      world.log.error({ err: error }, 'the provider could not be asked where it ends a sign-in')
      return null
    }
  }

  /** Sends the browser on by a page: it follows a form to this service only. */
  function leave(reply: FastifyReply, { href }: URL, request: FastifyRequest): unknown {
    const language = languageOf(request, reply)
    const data = { href, provider: party.elsewhere }
    const frame = front.frameOf(request, reply, { language, visit: null, data })
    void reply.header('refresh', `0; url=${href}`)
    return sendPage(reply, 200, 'sessions/views/leaving.njk', frame)
  }

  function signedOut(request: FastifyRequest, reply: FastifyReply): unknown {
    const language = languageOf(request, reply)
    const { because, to } = request.query as { because?: unknown; to?: unknown }
    const why = because === 'idle' || because === 'here' ? because : 'text'
    const data = { why, to: safePath(to), provider: party.elsewhere }
    const frame = front.frameOf(request, reply, { language, visit: null, data })
    return sendPage(reply, 200, 'sessions/views/signed-out.njk', frame)
  }

  /** Seconds until the session ends; null answers 401. */
  function secondsOf(visit: Visit | null): { seconds: number } {
    if (!visit) throw new Refusal('unauthenticated', 'signed-out')
    const end = Math.min(visit.idleEndsAt.getTime(), visit.endsAt.getTime())
    return { seconds: Math.max(0, Math.floor((end - world.clock.now().getTime()) / 1000)) }
  }

  return [
    { method: 'POST', path: '/log-off', handle: end },
    { method: 'GET', path: '/signed-out', handle: signedOut },
    { method: 'GET', path: '/session', handle: async (request) => secondsOf(await visits.of(request, true)) },
    {
      method: 'POST',
      path: '/session/keep',
      async handle(request) {
        refuseForeign(request, publicUrl)
        return secondsOf(await visits.of(request))
      },
    },
  ]
}
