import { join } from 'node:path'
import type { FastifyReply } from 'fastify'
import nunjucks from 'nunjucks'
import { LANGUAGES, wordsOf, type Language } from '../i18n.ts'
import { assetPath, GOVUK } from './assets.ts'
import { agoInWords, dateInWords, dateTimeInWords, sizeInWords } from './dates.ts'

/** Everything that a page shows. */
export interface Frame {
  language: Language
  /** Address of the same page in each language. */
  inLanguage: Record<Language, string>
  /** What the view itself shows; `errors` ({ href: '#field', text }) in it are summed up at the top. */
  data: object
  now: Date
  /** Path of the page. */
  path?: string | undefined
  /** The installation shows invented data. */
  demonstration?: boolean
  /** A sentence in a green banner. */
  notice?: string | undefined
  /** Who is signed in, with the navigation; see src/front.ts. */
  visit?: object | undefined
  /** Origins beside this service to which its forms lead. */
  formsTo?: readonly string[] | undefined
}

const SRC = join(import.meta.dirname, '../..')

/** Nothing but our own files; forms go to this service, or where it sends the browser on, and nobody frames it. */
function contentSecurityPolicy(formsTo: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    ["form-action 'self'", ...formsTo].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

type At = Date | string

function environment(language: Language): nunjucks.Environment {
  const loader = new nunjucks.FileSystemLoader([SRC, join(GOVUK, 'dist')])
  const env = new nunjucks.Environment(loader, { autoescape: true, trimBlocks: true, lstripBlocks: true })
  const at = (value: At): Date => new Date(value)
  env.addGlobal('t', wordsOf(language))
  env.addGlobal('asset', assetPath)
  env.addFilter('date', (value: At) => dateInWords(at(value), language))
  env.addFilter('dateTime', (value: At) => dateTimeInWords(at(value), language))
  env.addFilter('ago', (value: At, now: At) => agoInWords(at(value), at(now), language))
  env.addFilter('size', (bytes: number) => sizeInWords(bytes, language))
  return env
}

const ENVIRONMENTS = Object.fromEntries(
  LANGUAGES.map((language) => [language, environment(language)]),
) as Record<Language, nunjucks.Environment>

/** Compiles a view now; throws at a mistake in its syntax. */
export function compileView(view: string): void {
  ENVIRONMENTS.en.getTemplate(view, true)
}

/** The HTML of a view, a path under src/ such as transfers/views/inbox.njk. Throws when it cannot be rendered. */
export function renderView(view: string, frame: Frame): string {
  const { data, ...rest } = frame
  return ENVIRONMENTS[frame.language].render(view, { ...data, ...rest })
}

/** Answers with a page. */
export function sendPage(reply: FastifyReply, status: number, view: string, frame: Frame): FastifyReply {
  return reply
    .status(status)
    .header('content-security-policy', contentSecurityPolicy(frame.formsTo))
    .header('content-language', frame.language)
    .header('vary', 'Accept-Language, Cookie')
    .type('text/html; charset=utf-8')
    .send(renderView(view, frame))
}
