import type { FastifyReply, FastifyRequest } from 'fastify'
import { LANGUAGES, preferredLanguage, type Language } from '../i18n.ts'

const COOKIE = 'language'
const YEAR_SECONDS = 365 * 24 * 60 * 60

/** The language that a text names, or null. */
export function readLanguage(text: unknown): Language | null {
  return LANGUAGES.find((language) => language === text) ?? null
}

/** The language asked for in the address by `?lang=`, or null. */
export function languageAsked(request: FastifyRequest): Language | null {
  return readLanguage((request.query as Record<string, unknown> | undefined)?.['lang'])
}

/**
 * The language of a page: `?lang=` in its address, which a cookie keeps; else that cookie; else what the browser asks
 * for. @param own the language that the person signed in chose, before cookie and browser
 */
export function languageOf(
  request: FastifyRequest,
  reply: FastifyReply,
  own: Language | null = null,
): Language {
  const asked = languageAsked(request)
  if (asked) {
    const secure = request.protocol === 'https'
    void reply.setCookie(COOKIE, asked, {
      path: '/',
      maxAge: YEAR_SECONDS,
      sameSite: 'lax',
      httpOnly: true,
      secure,
    })
  }
  const kept = readLanguage(request.cookies[COOKIE])
  return asked ?? own ?? kept ?? preferredLanguage(request.headers['accept-language'])
}

/** The address of the same page in a language: what was asked for, with `lang` and without the rest of a form sent. */
export function addressIn(language: Language, request: FastifyRequest): string {
  const [path = '/', query = ''] = request.url.split('?', 2)
  const params = new URLSearchParams(request.method === 'GET' ? query : '')
  params.set('lang', language)
  return `${path}?${params.toString()}`
}
