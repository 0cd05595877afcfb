import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { InBoth, Language, WordParams, Words } from '../kit/i18n.ts'
import { wordsOf } from '../kit/i18n.ts'
import { readForm, refuseForeign } from '../kit/pages/form.ts'
import { languageOf } from '../kit/pages/language.ts'
import { renderView, sendPage } from '../kit/pages/render.ts'
import { Refusal } from '../kit/refusal.ts'
import type { World } from '../world.ts'
import type { Action } from './action.ts'
import { asksNow } from './asks-again.ts'
import type { Actor } from './decide.ts'
import { isFromScript, type Front } from './front.ts'
import { perform } from './perform.ts'
import { readSentFile } from './sent-file.ts'

/** Who sits in front of a page. */
export interface Visit {
  actor: Actor
  /** The person's name. */
  name: string
  organisation: { code: string; name: InBoth }
  /** The language that the person chose. */
  language: Language
  /** Names the session among the person's own, to nobody's use but theirs. */
  session: string
  /** What forms carry, so that no other site's form is taken for theirs. */
  csrf: string
  /** When the person last showed who it is. */
  signedInAt: Date
  /** When the session ends unless something is asked for before. */
  idleEndsAt: Date
  /** When the session ends in any case. */
  endsAt: Date
}

/** What a page's answer may use beside the action's. */
export interface PageExchange {
  world: World
  visit: Visit
  request: FastifyRequest
  reply: FastifyReply
  language: Language
  words: Words
}

/** What is shown after an action. */
export type Shown =
  /** A view, by its path under src/. `errors` in its data are shown in the summary at the top. */
  | { view: string; data: object; status?: number }
  /** Where the browser goes next, and what is said there in a green banner. */
  | { to: string; notice?: { key: string; params?: WordParams } }
  /** A view without the frame, for a script that puts it into the page. */
  | { fragment: string; data: object; status?: number }
  /** A file to keep. */
  | { body: Buffer | Readable; type: string; name: string }

/** An address tied to an action, answered with a page. `{id}` in the path, the query and the form are its input. */
export interface Page<Input, Subject, Prepared, Answer> {
  method: 'GET' | 'POST'
  path: string
  action: Action<Input, Subject, Prepared, Answer>
  /** Names of input that come in the query string. */
  query?: readonly string[]
  /** Fields that may stand several times: always a list. */
  lists?: readonly string[]
  /** What is sent is a file: `body` and `name` of the input, and the other fields of its form. */
  file?: boolean
  show(answer: Answer, exchange: PageExchange): Shown | Promise<Shown>
  /** A refusal on the page that it belongs to, with what was typed; null: the page of refusals. */
  refused?(
    refusal: Refusal,
    exchange: PageExchange,
    typed: Record<string, unknown>,
  ): Shown | null | Promise<Shown | null>
}

/** A page whose types no longer matter: what the list of all pages holds. */
export type AnyPage = Page<never, never, never, never>

/** Ties an address to an action: the only way to make a page for somebody signed in. */
export function page<Input, Subject, Prepared, Answer>(
  spec: Page<Input, Subject, Prepared, Answer>,
): AnyPage {
  return spec as unknown as AnyPage
}

/** Puts pages into the web app. */
export function addPages(app: FastifyInstance, world: World, front: Front, pages: readonly AnyPage[]): void {
  for (const one of pages) addPage(app, world, front, one as unknown as UntypedPage)
}

type UntypedPage = Page<unknown, unknown, unknown, unknown>

function addPage(app: FastifyInstance, world: World, front: Front, one: UntypedPage): void {
  app.route({
    method: one.method,
    url: one.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    config: { page: true },
    async handler(request, reply) {
      const visit = await front.visitOf(request, reply)
      if (!visit) return front.signIn(request, reply)
      if (asksPerson(one, visit, world)) {
        if (one.file) request.raw.resume()
        return front.askAgain(request, reply)
      }
      const language = languageOf(request, reply, visit.language)
      const exchange = { world, visit, request, reply, language, words: wordsOf(language) }
      const typed: Record<string, unknown> = {}
      try {
        const answer = await perform(world, visit.actor, one.action, async () =>
          Object.assign(typed, await rawInput(one, exchange, front)),
        )
        return await send(await one.show(answer, exchange), exchange, front)
      } catch (error) {
        // what is still to come of a refused file is read and dropped: a browser sends all before it reads the answer
        if (one.file) request.raw.unpipe().resume()
        const shown = error instanceof Refusal ? await one.refused?.(error, exchange, typed) : null
        if (!shown) throw error
        return send(shown, exchange, front)
      }
    },
  })
}

/** Whether the step is so grave that its person shows again who it is. */
function asksPerson(
  { action, method }: UntypedPage,
  { signedInAt }: Visit,
  { clock, config: { confirmMinutes } }: World,
): boolean {
  return action.asksAgain === true && asksNow(method, { signedInAt, now: clock.now(), confirmMinutes })
}

function send(shown: Shown, exchange: PageExchange, front: Front): unknown {
  const { reply, request, visit, language } = exchange
  if ('to' in shown) {
    if (shown.notice) front.leaveNotice(reply, shown.notice)
    return reply.redirect(shown.to, 303)
  }
  if ('body' in shown) {
    return reply
      .type(shown.type)
      .header('content-disposition', `attachment; filename="${shown.name}"`)
      .send(shown.body)
  }
  const frame = front.frameOf(request, reply, { language, visit, data: shown.data })
  const status = shown.status ?? 200
  if ('view' in shown) return sendPage(reply, status, shown.view, frame)
  return reply.status(status).type('text/html; charset=utf-8').send(renderView(shown.fragment, frame))
}

/** Joins path, query and form into the raw input; empty fields are left out, as a browser sends those too. */
async function rawInput(one: UntypedPage, exchange: PageExchange, front: Front): Promise<object> {
  const { request, visit } = exchange
  const params = request.params as Record<string, string>
  const query = Object.entries(request.query as Record<string, string | string[]>).filter(([name]) =>
    one.query?.includes(name),
  )
  if (one.method === 'GET') return { ...collect(one, query), ...params }
  refuseForeign(request, front.publicUrl)
  if (isFromScript(request)) expectToken(visit, request.headers['x-csrf-token'])
  if (one.file) {
    const { fields, ...file } = await readSentFile(request, (fields) => {
      if (!isFromScript(request)) expectToken(visit, fields.get('_csrf'))
    })
    return { ...collect(one, query), ...collect(one, fields), ...file, ...params }
  }
  const form = await readForm(request)
  if (!isFromScript(request)) expectToken(visit, form.get('_csrf'))
  return { ...collect(one, query), ...collect(one, form), ...params }
}

function expectToken(visit: Visit, given: unknown): void {
  if (given !== visit.csrf) throw new Refusal('forbidden', 'form-stale')
}

function collect(
  one: UntypedPage,
  entries: Iterable<[string, string | string[]]>,
): Record<string, string | string[]> {
  const all: Record<string, string[]> = Object.create(null) as Record<string, string[]>
  for (const [name, value] of entries) {
    if (name !== '_csrf') (all[name] ??= []).push(...[value].flat().filter((text) => text !== ''))
  }
  const input: Record<string, string | string[]> = {}
  for (const [name, values] of Object.entries(all)) {
    if (one.lists?.includes(name)) input[name] = values
    else if (values.length > 1)
      throw new Refusal('malformed', 'input', { params: { field: name.slice(0, 60) } })
    else if (values[0] !== undefined) input[name] = values[0]
  }
  return input
}
