import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { livePerson, membershipsOf, type LivePerson } from '../accounts/index.ts'
import type { Tx } from '../kit/database.ts'
import { knownAs, leaveCookie, noteBrowser, shownBy, type Shown } from './browsers.ts'
import { factorRoles, needsFactor } from './factors/rules.ts'
import { listFactors } from './factors/store.ts'
import { beginAgain, findInteraction, finish, noteResult } from './interaction.ts'
import { SECURE_ACCESS_PATH, writeStep, type Parts } from './parts.ts'
import { markOf } from './passwords.ts'
import { findCredential } from './people-store.ts'
import { STEP_MINUTES } from './rules.ts'

/** What may stand between the right password and the end of a sign-in, each with a page of its own. */
export type Step = 'second-factor' | 'change-password' | 'set-up'

/** A sign-in under way whose person has shown the right password, or a passkey in its place. */
export interface UnderWay {
  person: LivePerson
  /** The name of the password that holds. */
  mark: string
  /** It is a one-time password: another must be set (guidance for local authorities §2.1). */
  mustChange: boolean
  /** A second factor was shown, or was set up just now. */
  second: boolean
}

/** What the sign-in under way remembers between its pages. */
const NOTED = z.object({
  under: z.object({ person: z.string(), mark: z.string(), second: z.boolean(), until: z.coerce.date() }),
})

/** The address of a step, under that of the sign-in, so that the browser shows its cookie there too. */
export function stepPath(uid: string, step: Step | 'go-on'): string {
  return `${SECURE_ACCESS_PATH}/sign-in/${uid}/${step}`
}

/** The name of the sign-in under way, as its addresses have it. */
export function uidOf(request: FastifyRequest): string {
  return (request.params as { uid: string }).uid
}

/**
 * What comes next; null: the sign-in is complete. A factor that is set up is asked for before a password can be
 * changed: who only knows a one-time password changes nothing.
 * @param hasFactor whether one is set up, where that is known
 */
export async function nextStep(
  { db, config, demonstration }: Parts['world'],
  { person, mustChange, second }: Pick<UnderWay, 'person' | 'mustChange' | 'second'>,
  hasFactor?: boolean,
): Promise<Step | null> {
  const asked = second ? false : (hasFactor ?? (await listFactors(db, person.id)).length > 0)
  if (asked) return 'second-factor'
  if (mustChange) return 'change-password'
  if (second) return null
  const roles = factorRoles(config.secondFactorRoles, demonstration)
  if (roles.length === 0) return null
  const isNeeded = roles === 'all' || needsFactor(roles, await membershipsOf(db, person.id))
  return isNeeded ? 'set-up' : null
}

/** Writes down that a sign-in is complete, and from which browser. */
export async function settleSignIn(
  { world }: Pick<Parts, 'world'>,
  tx: Tx,
  { person, browser, address, isKnown }: SettledSignIn,
): Promise<void> {
  await Promise.all([
    writeStep(world, tx, { action: 'secure-access.sign-in', person: person.id, address }),
    noteBrowser({ world }, tx, person, { ...browser, isKnown }),
  ])
}

/** A sign-in that is complete. */
interface SettledSignIn {
  person: LivePerson
  browser: Shown
  /** The browser is known as the person's already. */
  isKnown: boolean
  address: string
}

/** Leads to a step, or, when all is done and settled, back to the application. */
export async function lead(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  { under, step, browser }: { under: UnderWay; step: Step | null; browser: Shown },
): Promise<FastifyReply> {
  if (step === null) {
    leaveCookie(parts, reply, browser)
    return finish(parts, request, reply, { person: under.person.id, mark: under.mark })
  }
  const noted = await note(parts, request, reply, under)
  return noted ? reply.redirect(stepPath(uidOf(request), step), 303) : beginAgain(parts, request, reply)
}

/** Remembers how far a sign-in has come; false when it is over. */
export async function note(
  parts: Pick<Parts, 'provider' | 'world'>,
  request: FastifyRequest,
  reply: FastifyReply,
  { person, mark, second }: UnderWay,
): Promise<boolean> {
  const until = new Date(parts.world.clock.now().getTime() + STEP_MINUTES * 60_000)
  const under = { person: person.id, mark, second, until }
  return (await noteResult(parts, request, reply, { under })) !== null
}

/** Goes on after a step: to the next, or to the end. */
export async function goOn(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  under: UnderWay,
): Promise<FastifyReply> {
  const step = await nextStep(parts.world, under)
  const browser = shownBy(request, parts.front.publicUrl)
  if (step === null) {
    const { db, clock } = parts.world
    const known = await knownAs(db, { person: under.person.id, token: browser.token, at: clock.now() })
    const settled = { person: under.person, browser, isKnown: known !== null, address: request.ip }
    await db.transaction().execute((tx) => settleSignIn(parts, tx, settled))
  }
  return lead(parts, request, reply, { under, step, browser })
}

/** Does what a step's page does, where that step is what comes next; else leads to what does, or says that it is over. */
export async function onStep(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  { step, work }: { step: Step; work: (under: UnderWay) => Promise<FastifyReply> },
): Promise<FastifyReply> {
  const under = await underWay(parts, request, reply)
  if (!under) return beginAgain(parts, request, reply)
  return (await nextStep(parts.world, under)) === step ? work(under) : goOn(parts, request, reply, under)
}

/** The sign-in under way of a browser, past its password; null when there is none, or it took too long. */
export async function underWay(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<UnderWay | null> {
  const { db, clock } = parts.world
  const interaction = await findInteraction(parts, request, reply)
  const { data } = NOTED.safeParse(interaction?.result)
  if (!data || data.under.until <= clock.now()) return null
  const { mark, second } = data.under
  const person = await livePerson(db, data.under.person)
  const credential = await findCredential(db, data.under.person)
  if (!person || !credential || markOf(credential.passwordHash) !== mark) return null
  return { person, mark, second, mustChange: credential.mustChange }
}
