import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { livePerson, membershipsOf } from '../accounts/index.ts'
import type { Address } from '../kit/pages/address.ts'
import { languageAsked, languageOf } from '../kit/pages/language.ts'
import { sendPage } from '../kit/pages/render.ts'
import { newToken } from '../kit/ids.ts'
import type { World } from '../world.ts'
import { writeSessionStep } from './audit-step.ts'
import type { SessionFront } from './index.ts'
import type { RelyingParty, SignedIn, SigningIn } from './relying-party.ts'
import { insertSession } from './store.ts'
import { cookieName, sessionId } from './visits.ts'

const SIGNING_IN = 'signing-in'
const SIGNING_IN_SECONDS = 60 * 60

const STORED = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), to: z.string() })

/** A path on this service, as it may be asked for in an address; anything else is the home page. */
export function safePath(text: unknown): string {
  return typeof text === 'string' && /^\/(?![/\\])[^\\\s]*$/.test(text) ? text : '/'
}

/** The addresses of the sign-in: the way to the provider, and the way back. */
export function signingIn(world: World, front: SessionFront, party: RelyingParty): readonly Address[] {
  const secure = front.publicUrl.startsWith('https:')
  const cookie = { path: '/sign-in', httpOnly: true, sameSite: 'lax', secure, signed: true } as const

  async function begin(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const language = languageOf(request, reply)
    // a session that is over was one of this browser: whoever sits there now types the password
    const anew = sessionId(request, front.publicUrl) !== null
    const { url, signingIn } = await party.begin(safePath((request.query as { to?: unknown }).to), anew)
    url.searchParams.set('ui_locales', languageAsked(request) ?? language)
    void reply.setCookie(SIGNING_IN, JSON.stringify(signingIn), { ...cookie, maxAge: SIGNING_IN_SECONDS })
    return reply.redirect(url.href, 303)
  }

  async function callback(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const stored = readStored(request)
    void reply.clearCookie(SIGNING_IN, cookie)
    let signedIn: SignedIn
    try {
      if (!stored) throw new Error('the browser shows no sign-in under way')
      signedIn = await party.complete(new URL(request.url, front.publicUrl), stored)
    } catch (error) {
      world.log.warn({ err: error, address: request.ip }, 'sign-in could not be completed')
      return failed(request, reply, 400, 'failed')
    }
    const to = await admit(signedIn, request, reply)
    return to === null
      ? failed(request, reply, 403, 'nowhere')
      : reply.redirect(
          to === 'choose' ? `/choose-organisation?to=${encodeURIComponent(stored.to)}` : stored.to,
          303,
        )
  }

  /** Begins the session; null when the person belongs nowhere. */
  async function admit(
    { person, sid, idToken }: SignedIn,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<'go' | 'choose' | null> {
    const at = world.clock.now()
    const id = newToken()
    const memberships = (await livePerson(world.db, person)) ? await membershipsOf(world.db, person) : []
    if (memberships.length === 0) return null
    const organisation = memberships.length === 1 ? memberships[0]!.organisation : null
    await world.db.transaction().execute(async (tx) => {
      await insertSession(tx, { id, person, organisation, sid, idToken, at })
      const step = { person, organisation, address: request.ip }
      await writeSessionStep(world, tx, { action: 'sessions.begin', ...step })
    })
    void reply.setCookie(cookieName(front.publicUrl), id, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure,
    })
    return organisation === null ? 'choose' : 'go'
  }

  function failed(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    why: 'failed' | 'nowhere',
  ): unknown {
    const language = languageOf(request, reply)
    const frame = front.frameOf(request, reply, { language, visit: null, data: { why } })
    return sendPage(reply, status, 'sessions/views/not-signed-in.njk', frame)
  }

  return [
    { method: 'GET', path: '/sign-in', handle: begin },
    { method: 'GET', path: '/sign-in/callback', handle: callback },
  ]
}

function readStored(request: FastifyRequest): SigningIn | null {
  const shown = request.cookies[SIGNING_IN]
  const { valid, value } = shown === undefined ? { valid: false, value: null } : request.unsignCookie(shown)
  return valid && value !== null ? STORED.parse(JSON.parse(value)) : null
}
