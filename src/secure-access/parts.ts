import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Provider } from 'oidc-provider'
import type { Tx } from '../kit/database.ts'
import { wordsOf, type Language } from '../kit/i18n.ts'
import { languageOf } from '../kit/pages/language.ts'
import { sendPage } from '../kit/pages/render.ts'
import type { Refusal } from '../kit/refusal.ts'
import type { Front } from '../permissions/front.ts'
import type { World } from '../world.ts'
import { targetsOf } from './form-targets.ts'
import type { Guesses } from './guesses.ts'

/** Where Secure Access stands on this server. */
export const SECURE_ACCESS_PATH = '/secure-access'

/** The page that says that a password was set. */
export const DONE_PATH = `${SECURE_ACCESS_PATH}/password-set`

/** What Secure Access uses of the world. */
export type SecureAccessWorld = Pick<
  World,
  'db' | 'clock' | 'log' | 'secrets' | 'follow' | 'audit' | 'mailer' | 'config' | 'demonstration'
>

/** What the pages of Secure Access work with. */
export interface Parts {
  world: SecureAccessWorld
  front: Pick<Front, 'publicUrl' | 'frameOf'>
  provider: Provider
  guesses: Guesses
  /** Ends what a person has open at the service itself. */
  endSessionsOf(tx: Tx, person: string): Promise<void>
}

/** What is written down of a step of sign-in. */
export interface Step {
  /** room.verb, such as `secure-access.sign-in`. */
  action: string
  /** Identifier of the person it is about; null when nobody has the username. Never what was typed. */
  person: string | null
  /** Nobody has shown yet to be that person. */
  byAnybody?: boolean
  /** The organisation and the connected system's client that it was for. */
  organisation?: string | undefined
  system?: string
  /** Why it was refused; left out where it was done. */
  refused?: string
  address: string | null
}

/** Writes a step into the audit. */
export function writeStep(
  { audit, clock }: Pick<World, 'audit' | 'clock'>,
  tx: Tx,
  { action, person, byAnybody = false, organisation, system, refused, address }: Step,
): Promise<void> {
  return audit.write(tx, {
    at: clock.now(),
    actorKind: 'person',
    actor: byAnybody || person === null ? 'unknown' : person,
    organisation: organisation ?? null,
    action,
    outcome: refused === undefined ? 'done' : 'refused',
    reason: refused ?? system ?? null,
    subject: person,
    address,
  })
}

/** A field that was filled in wrongly: which, and the refusal that says why. */
export interface FieldProblem {
  field: string
  refusal: Refusal
}

/** A page to show: a view of this room by its name, and what it shows. */
export interface ShownPage {
  /** Else that of the first problem; 200 without any. */
  status?: number
  view: string
  data?: object
  problems?: readonly FieldProblem[]
  /** Origins beside this service to which its forms lead; else those of the sign-in under way. */
  formsTo?: readonly string[]
  /** That of the person it is for; the reader's own choice goes before it. */
  language?: Language | null
}

/** Answers with a page; what the problems say stands at their fields too, as `wrong.<field>`. */
export function show(
  { front }: Pick<Parts, 'front'>,
  request: FastifyRequest,
  reply: FastifyReply,
  { status, view, data, problems = [], formsTo = targetsOf(request), language: own = null }: ShownPage,
): FastifyReply {
  const first = problems[0]?.refusal
  if (first?.detail.retryAfter) void reply.header('retry-after', first.detail.retryAfter)
  const language = languageOf(request, reply, own)
  const errors = problems.map(({ field, refusal }) => ({
    href: `#${field}`,
    text: sentences(refusal, language),
  }))
  const wrong = Object.fromEntries(problems.map(({ field }, at) => [field, errors[at]!.text]))
  const shown = { ...data, wrong, ...(errors.length > 0 ? { errors } : {}) }
  const frame = front.frameOf(request, reply, { language, visit: null, data: shown })
  return sendPage(reply, status ?? first?.status ?? 200, `secure-access/views/${view}.njk`, {
    ...frame,
    formsTo,
  })
}

/** What is wrong and what to do. */
function sentences({ code, detail }: Refusal, language: Language): string {
  const words = wordsOf(language)
  return `${words(`refusals.${code}.title`, detail.params)}. ${words(`refusals.${code}.detail`, detail.params)}`
}
