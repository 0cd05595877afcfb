import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Address } from '../kit/pages/address.ts'
import { readForm, refuseForeign } from '../kit/pages/form.ts'
import { languageOf } from '../kit/pages/language.ts'
import { Refusal } from '../kit/refusal.ts'
import { recognise, type Recognised } from './authenticate.ts'
import { shownBy } from './browsers.ts'
import { readNewPassword, settlePassword } from './new-password.ts'
import { DONE_PATH, SECURE_ACCESS_PATH, show, writeStep, type FieldProblem, type Parts } from './parts.ts'
import { markOf } from './passwords.ts'
import { findCredential, lockCredential } from './people-store.ts'

const ACTION = 'secure-access.change-password'

/**
 * The page on which somebody who knows the present password sets another. It asks for that password, so nobody need be
 * signed in to open it, and guesses count as at the sign-in. Where a second factor is set up, only a browser in which it
 * was shown changes the password: who merely knows it can neither sign in nor lock its person out.
 */
export function ownChange(parts: Parts): readonly Address[] {
  const { world } = parts
  const path = `${SECURE_ACCESS_PATH}/change-password`

  async function set(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    refuseForeign(request, parts.front.publicUrl)
    const form = await readForm(request)
    const username = (form.get('username') ?? '').trim()
    const again = (problems: readonly FieldProblem[]): FastifyReply =>
      showForm(request, reply, username, problems)
    const missing = missingFields(form)
    if (missing.length > 0) return again(missing)
    try {
      const browser = shownBy(request, parts.front.publicUrl)
      const typed = { username, password: form.get('current') ?? '', address: request.ip, browser }
      const problems = await change(await recognise(parts, typed, ACTION), form, request.ip)
      if (problems.length > 0) return again(problems)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return again([{ field: 'username', refusal: error }])
    }
    return reply.redirect(`${DONE_PATH}?lang=${languageOf(request, reply)}`, 303)
  }

  /** Sets the new password of a form, unless it cannot be one; gives what is wrong with it. */
  async function change(
    { person, mark, guess, hasFactor, isKnown }: Recognised,
    form: URLSearchParams,
    address: string,
  ): Promise<readonly FieldProblem[]> {
    if (hasFactor && !isKnown) {
      await world.db.transaction().execute(async (tx) => {
        await guess.wasRight(tx)
        await writeStep(world, tx, {
          action: ACTION,
          person: person.id,
          refused: 'no second factor',
          address,
        })
      })
      throw new Refusal('forbidden', 'password-change-factor')
    }
    const former = await findCredential(world.db, person.id)
    if (!former) throw new Refusal('unacceptable', 'sign-in-wrong')
    const read = await readNewPassword(form, person, former.passwordHash)
    if ('problems' in read) return read.problems
    await world.db.transaction().execute(async (tx) => {
      await guess.wasRight(tx)
      const now = await lockCredential(tx, person.id)
      if (!now || markOf(now.passwordHash) !== mark) throw new Refusal('conflict', 'password-changed')
      await settlePassword(parts, tx, { person, ...read, action: ACTION, address })
    })
    return []
  }

  function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    username: string,
    problems: readonly FieldProblem[],
  ): FastifyReply {
    return show(parts, request, reply, { view: 'own-change', data: { username }, problems })
  }

  return [
    { method: 'GET', path, handle: (request, reply) => showForm(request, reply, '', []) },
    { method: 'POST', path, handle: set },
  ]
}

const FIELDS = [
  ['username', 'sign-in-username-missing'],
  ['current', 'sign-in-password-missing'],
  ['password', 'password-missing'],
] as const

function missingFields(form: URLSearchParams): FieldProblem[] {
  return FIELDS.filter(([field]) => !form.get(field)?.trim()).map(([field, code]) => ({
    field,
    refusal: new Refusal('malformed', code),
  }))
}
