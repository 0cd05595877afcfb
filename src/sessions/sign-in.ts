import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Address } from '../kit/pages/address.ts'
import { languageAsked, languageOf } from '../kit/pages/language.ts'
import type { World } from '../world.ts'
import { admit } from './admit.ts'
import { writeSessionStep } from './audit-step.ts'
import { bindInvited } from './bind.ts'
import { CannotSignIn } from './cannot-sign-in.ts'
import { personOfIdentity, useAnswer } from './identity-store.ts'
import type { SessionFront } from './index.ts'
import type { NotSignedIn } from './not-signed-in.ts'
import type { RelyingParty, SignedIn } from './relying-party.ts'
import { cookieName, sessionId } from './visits.ts'

const SIGNING_IN = 'signing-in'
const SIGNING_IN_SECONDS = 60 * 60

/** What the browser keeps while its person is at the provider. */
const STORED = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
  anew: z.boolean(),
  begunAt: z.number(),
  /** The invitation by which the person is bound; null at every sign-in but the first at another provider. */
  join: z.string().nullable(),
  /** After which it is too late. */
  until: z.coerce.date(),
})

type Stored = z.infer<typeof STORED>

/** The longest path to come back to, in characters: it goes into a cookie, of which browsers keep 4096 bytes. */
const PATH_MAX = 1000

/**
 * A path on this service, as browsers write it and it may be asked for in an address: ASCII without spaces and
 * backslashes. Anything else is the home page.
 */
export function safePath(text: unknown): string {
  const isSafe = typeof text === 'string' && text.length <= PATH_MAX && /^\/(?!\/)[!-[\]-~]*$/.test(text)
  return isSafe ? text : '/'
}

/** The token of an invitation as it stands in an address; null where there is none. */
function readToken(text: unknown): string | null {
  return typeof text === 'string' && /^[\w-]{43}$/.test(text) ? text : null
}

/** The addresses of the sign-in: the way to the provider, and the way back. */
export function signingIn(
  world: World,
  front: SessionFront,
  party: RelyingParty,
  notSignedIn: NotSignedIn,
): readonly Address[] {
  const secure = front.publicUrl.startsWith('https:')
  const cookie = { path: '/sign-in', httpOnly: true, sameSite: 'lax', secure, signed: true } as const

  async function begin(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const language = languageOf(request, reply)
    const { to, again, join: token } = request.query as Record<string, unknown>
    const join = party.elsewhere === null ? null : readToken(token)
    // a session that is over was one of this browser: whoever sits there now types the password. So does who joins:
    // the provider may know the browser by somebody else
    const anew = again === '1' || join !== null || sessionId(request, front.publicUrl) !== null
    const asked = { to: safePath(to), anew }
    const begun = await party.begin(asked).catch((error: unknown) => {
      world.log.error({ err: error }, 'the sign-in could not be begun')
      return null
    })
    if (!begun) return notSignedIn(request, reply, new CannotSignIn('away'))
    const { url, signingIn } = begun
    url.searchParams.set('ui_locales', languageAsked(request) ?? language)
    const until = new Date(world.clock.now().getTime() + SIGNING_IN_SECONDS * 1000)
    const stored: Stored = { ...signingIn, join, until }
    void reply.setCookie(SIGNING_IN, JSON.stringify(stored), { ...cookie, maxAge: SIGNING_IN_SECONDS })
    return reply.redirect(url.href, 303)
  }

  async function callback(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const stored = readStored(request)
    void reply.clearCookie(SIGNING_IN, cookie)
    try {
      const signedIn = await complete(request, stored)
      const person = await personOf(signedIn, stored?.join ?? null, request.ip)
      const from = { request, former: sessionId(request, front.publicUrl) }
      const { id, chosen } = await admit(world, signedIn, person, from)
      const to = stored?.to ?? '/'
      void reply.setCookie(cookieName(front.publicUrl), id, {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure,
      })
      return reply.redirect(chosen ? to : `/choose-organisation?to=${encodeURIComponent(to)}`, 303)
    } catch (error) {
      if (!(error instanceof CannotSignIn)) throw error
      world.log.warn({ err: error.cause ?? error, address: request.ip }, 'sign-in could not be completed')
      return notSignedIn(request, reply, error, error.why === 'taken' ? stored?.join : null)
    }
  }

  /** Who came back, as the provider says; an answer that anything is wrong about, or that was used, is none. */
  async function complete(request: FastifyRequest, stored: Stored | null): Promise<SignedIn> {
    try {
      if (!stored) throw new Error('the browser shows no sign-in under way')
      if (stored.until <= world.clock.now()) throw new Error('the sign-in was begun too long ago')
      if (!(await useAnswer(world.db, stored))) throw new Error('the sign-in was answered before')
      return await party.complete(new URL(request.url, front.publicUrl), stored)
    } catch (error) {
      throw new CannotSignIn('failed', error)
    }
  }

  /** The person here: the built-in provider names people as this service does, another by what was bound. */
  async function personOf(signedIn: SignedIn, token: string | null, address: string): Promise<string> {
    if (party.elsewhere === null) return signedIn.sub
    if (token !== null) return bindInvited(world, signedIn, { token, address })
    const person = await personOfIdentity(world.db, signedIn)
    if (person !== null) return person
    const step = { person: null, organisation: null, refused: 'bound to nobody', address }
    await world.db
      .transaction()
      .execute((tx) => writeSessionStep(world, tx, { action: 'sessions.begin', ...step }))
    throw new CannotSignIn('unbound')
  }

  function readStored(request: FastifyRequest): Stored | null {
    const shown = request.cookies[SIGNING_IN]
    const { valid, value } = shown === undefined ? { valid: false, value: null } : request.unsignCookie(shown)
    const read = valid && value !== null ? STORED.safeParse(JSON.parse(value)) : undefined
    return read?.data ?? null
  }

  return [
    { method: 'GET', path: '/sign-in', handle: begin },
    { method: 'GET', path: '/sign-in/callback', handle: callback },
  ]
}
