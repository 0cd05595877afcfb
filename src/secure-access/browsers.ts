import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { LivePerson } from '../accounts/index.ts'
import { browserIn, browserName } from '../kit/browser-name.ts'
import type { Querying, Tx } from '../kit/database.ts'
import { newId, newToken } from '../kit/ids.ts'
import { inBoth, wordsOf, type InBoth } from '../kit/i18n.ts'
import { dateTimeInWords } from '../kit/pages/dates.ts'
import { findBrowserId, keepBrowser } from './browsers-store.ts'
import type { Parts } from './parts.ts'

const DAY_SECONDS = 24 * 60 * 60

/** A browser as it shows itself. */
export interface Shown {
  /** Its cookie, 256 random bits; a new one where it showed none. */
  token: string
  /** In words, such as Chrome on Windows; null where it does not say. */
  name: string | null
}

/** The cookie by which a browser is known again. It is the browser's, whoever sits there; over HTTPS this host's alone. */
function cookieName(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-known-browser' : 'known-browser'
}

/** How a browser shows itself. */
export function shownBy(request: FastifyRequest, publicUrl: string): Shown {
  const token = request.cookies[cookieName(publicUrl)] ?? ''
  const name = browserName(request.headers['user-agent'])
  return { token: /^[\w-]{43}$/.test(token) ? token : newToken(), name }
}

/** What is kept of a browser's cookie for a person. */
export function hashOf(person: string, token: string): Buffer {
  return hash('sha256', `${person} ${token}`, 'buffer')
}

/** The id under which a browser is known as a person's; null: the person never signed in there, or long ago. */
export function knownAs(
  querying: Querying,
  { person, token, at }: { person: string; token: string; at: Date },
): Promise<string | null> {
  return findBrowserId(querying, { person, tokenHash: hashOf(person, token), at })
}

/**
 * Notes the browser of a sign-in that was completed: it is known from now on. A person who signed in before, but never
 * from there, is told by mail when it was and what kind of browser: what others notice first of a stolen password.
 */
export async function noteBrowser(
  { world }: { world: Pick<Parts['world'], 'clock' | 'config' | 'mailer'> },
  tx: Tx,
  person: LivePerson,
  { token, name, isKnown }: Shown & { isKnown: boolean },
): Promise<void> {
  const at = world.clock.now()
  const expiresAt = new Date(at.getTime() + world.config.knownBrowserDays * DAY_SECONDS * 1000)
  const tokenHash = hashOf(person.id, token)
  const seen = { id: newId(), person: person.id, tokenHash, browser: name, at, expiresAt }
  const isFirst = await keepBrowser(tx, seen)
  if (isKnown || isFirst) return
  const to = [{ address: person.email, name: person.name, language: person.language }]
  const params = {
    at: { en: dateTimeInWords(at, 'en'), cy: dateTimeInWords(at, 'cy') },
    browser: nameInBoth(name),
  }
  await world.mailer.queue(tx, [{ template: 'new-browser', to, params, about: person.id }])
}

/** The name of a browser in each language. */
function nameInBoth(name: string | null): InBoth {
  if (name === null) return inBoth('secureAccess.someBrowser')
  return { en: browserIn('en', name), cy: browserIn('cy', name) }
}

/** The name of a browser as a page shows it. */
export function browserInWords(language: 'en' | 'cy', name: string | null): string {
  return name === null ? wordsOf(language)('secureAccess.someBrowser') : browserIn(language, name)
}

/** Leaves the cookie with the browser, for as long as it is known. */
export function leaveCookie(
  { world, front }: Pick<Parts, 'world' | 'front'>,
  reply: FastifyReply,
  { token }: Shown,
): void {
  void reply.setCookie(cookieName(front.publicUrl), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: front.publicUrl.startsWith('https:'),
    maxAge: world.config.knownBrowserDays * DAY_SECONDS,
  })
}
