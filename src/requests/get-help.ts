import { createHmac } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { memberOf } from '../accounts/index.ts'
import type { Tx } from '../kit/database.ts'
import { otherProviderOf } from '../kit/config.ts'
import { wordsOf, type Language } from '../kit/i18n.ts'
import type { Address } from '../kit/pages/address.ts'
import { readForm, refuseForeign } from '../kit/pages/form.ts'
import { languageOf } from '../kit/pages/language.ts'
import { sendPage } from '../kit/pages/render.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Front } from '../permissions/front.ts'
import type { Visit } from '../permissions/page.ts'
import type { World } from '../world.ts'
import { putRequest, refuseMany } from './ask.ts'
import type { Choices } from './choices.ts'
import { HELP_FIELDS, readHelp, type HelpProblem, type ReadHelp, type TypedHelp } from './help-form.ts'
import { countForms, openRequestsOf } from './own-store.ts'
import { HELP_LIMITS, TOPICS } from './rules.ts'

const PATH = '/get-help'
const HOUR = 60 * 60_000
const DAY = 24 * HOUR

type HelpWorld = Pick<World, 'db' | 'clock' | 'config' | 'secrets' | 'audit' | 'mailer'>
type HelpFront = Pick<Front, 'publicUrl' | 'frameOf' | 'visitOf'>

/** Somebody before the page. */
interface Exchange {
  world: HelpWorld
  front: HelpFront
  request: FastifyRequest
  reply: FastifyReply
  visit: Visit | null
  language: Language
}

/**
 * Get help, the Service Request Form (guidance for local authorities §2.1). Nobody need be signed in, the answer is the
 * same whoever asks, and nothing is looked up about whoever is named. It goes to those who look after accounts at the
 * organisation that is named, or above it.
 */
export function helpRequestAddresses(world: HelpWorld, front: HelpFront): readonly Address[] {
  async function exchangeOf(request: FastifyRequest, reply: FastifyReply): Promise<Exchange> {
    const visit = await front.visitOf(request, reply)
    return { world, front, request, reply, visit, language: languageOf(request, reply, visit?.language) }
  }
  return [
    {
      method: 'GET',
      path: PATH,
      handle: async (request, reply) => show(await exchangeOf(request, reply)),
    },
    {
      method: 'POST',
      path: PATH,
      async handle(request, reply) {
        refuseForeign(request, front.publicUrl)
        return ask(await exchangeOf(request, reply), await readForm(request))
      },
    },
  ]
}

async function show(exchange: Exchange): Promise<FastifyReply> {
  const isSent = (exchange.request.query as Record<string, unknown>)['sent'] === 'yes'
  if (isSent) return send(exchange, { view: 'get-help-sent', data: {} })
  return form(exchange, { typed: await ownFields(exchange) })
}

async function ask(exchange: Exchange, sent: URLSearchParams): Promise<FastifyReply> {
  const { world, reply } = exchange
  const entries = HELP_FIELDS.map((name) => [name, (sent.get(name) ?? '').slice(0, 5000)])
  const typed = Object.fromEntries(entries) as TypedHelp
  const key = await world.secrets.get('requests-forms')
  try {
    const reading = await world.db.transaction().execute(async (tx) => {
      const reading = await readHelp(tx, typed)
      if ('read' in reading) await keep(exchange, tx, reading.read, key)
      return reading
    })
    return 'read' in reading
      ? await reply.redirect(`${PATH}?sent=yes`, 303)
      : form(exchange, { typed, ...reading })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return form(exchange, { typed, refusal: error })
  }
}

/** Keeps the request with its row of the audit; who is signed in has one's own limit, others that of their address. */
async function keep(
  { world, request, visit, language }: Exchange,
  tx: Tx,
  { organisation, ...read }: ReadHelp,
  key: Buffer,
): Promise<void> {
  const now = world.clock.now()
  const address = request.ip
  const askedFrom = createHmac('sha256', key).update(address).digest()
  if (visit) refuseMany((await openRequestsOf(tx, visit.actor.id)).length)
  else await refuseFlood(tx, { askedFrom, organisation: organisation.code }, now)
  const asked = { kind: 'help', organisation: organisation.code, askedAt: now, ...read } as const
  const { id } = visit
    ? await putRequest(world, tx, { ...asked, person: visit.actor.id }, visit.name)
    : await putRequest(world, tx, { ...asked, person: null, language, askedFrom }, null)
  await world.audit.write(tx, {
    at: now,
    actorKind: 'person',
    actor: visit?.actor.id ?? 'unknown',
    organisation: visit?.actor.organisation ?? null,
    action: 'requests.ask-help',
    outcome: 'done',
    reason: null,
    subject: id,
    address,
  })
}

async function refuseFlood(
  tx: Tx,
  of: { askedFrom: Buffer; organisation: string },
  now: Date,
): Promise<void> {
  const since = { hour: new Date(now.getTime() - HOUR), day: new Date(now.getTime() - DAY) }
  const { fromAddress, first, ofOrganisation } = await countForms(tx, of, since)
  if (first && fromAddress >= HELP_LIMITS.fromAddressAnHour) {
    const retryAfter = Math.ceil((first.getTime() - since.hour.getTime()) / 1000)
    throw new Refusal('too-many', 'help-throttled', { retryAfter })
  }
  if (ofOrganisation >= HELP_LIMITS.ofOrganisationADay)
    throw new Refusal('too-many', 'help-organisation-throttled')
}

/** The form as whoever is signed in finds it. */
async function ownFields({ world, visit }: Exchange): Promise<Partial<TypedHelp>> {
  const member = visit && (await memberOf(world.db, visit.organisation.code, visit.actor.id))
  if (!member) return {}
  const { organisation: q, name, username, email } = member
  return { q, name, username, email }
}

/** The field that a problem is said at, where it is called otherwise. */
const FIELD_OF: Partial<Record<HelpProblem, string>> = { qNone: 'q' }

function form(
  exchange: Exchange,
  shown: {
    typed: Partial<TypedHelp>
    problems?: readonly HelpProblem[]
    choices?: Choices | null
    refusal?: Refusal
  },
): FastifyReply {
  const { typed, problems = [], choices = null, refusal } = shown
  const words = wordsOf(exchange.language)
  if (refusal?.detail.retryAfter) void exchange.reply.header('retry-after', refusal.detail.retryAfter)
  const said = (part: string): string => words(`refusals.${refusal!.code}.${part}`, refusal!.detail.params)
  const found = problems.map((one) => ({
    field: FIELD_OF[one] ?? one,
    text: words(`pages.requests.getHelp.wrong.${one}`),
  }))
  const errors = [
    ...(refusal ? [{ text: `${said('title')}. ${said('detail')}` }] : []),
    ...found.map(({ field, text }) => ({ href: `#${field}`, text })),
  ]
  const data = {
    typed,
    choices,
    topics: TOPICS,
    // another provider has pages of its own for what was forgotten
    isBuiltIn: otherProviderOf(exchange.world.config) === null,
    wrong: Object.fromEntries(found.map(({ field, text }) => [field, text])),
    ...(errors.length > 0 ? { errors } : {}),
  }
  const status = refusal?.status ?? (problems.length > 0 ? 400 : 200)
  return send(exchange, { view: 'get-help', data, status })
}

function send(
  { front, request, reply, visit, language }: Exchange,
  { view, data, status = 200 }: { view: string; data: object; status?: number },
): FastifyReply {
  const frame = front.frameOf(request, reply, { language, visit, data })
  return sendPage(reply, status, `requests/views/${view}.njk`, frame)
}
