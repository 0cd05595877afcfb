import type { FastifyReply, FastifyRequest } from 'fastify'
import type { LivePerson } from '../accounts/index.ts'
import type { Address } from '../kit/pages/address.ts'
import { readForm, refuseForeign } from '../kit/pages/form.ts'
import { beginAgain } from './interaction.ts'
import { readNewPassword, settlePassword } from './new-password.ts'
import { show, type FieldProblem, type Parts } from './parts.ts'
import { markOf } from './passwords.ts'
import { findCredential, lockCredential } from './people-store.ts'
import { goOn, onStep, stepPath, type UnderWay } from './steps.ts'

/** The page on which a one-time password is changed before the sign-in goes on (guidance for local authorities §2.1). */
export function forcedChange(parts: Parts): readonly Address[] {
  const { world } = parts
  const path = stepPath(':uid', 'change-password')
  const step = 'change-password'

  function ask(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const work = async ({ person }: UnderWay): Promise<FastifyReply> => showForm(request, reply, person, [])
    return onStep(parts, request, reply, { step, work })
  }

  async function set(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    refuseForeign(request, parts.front.publicUrl)
    const form = await readForm(request)
    return onStep(parts, request, reply, { step, work: (under) => change(request, reply, { under, form }) })
  }

  async function change(
    request: FastifyRequest,
    reply: FastifyReply,
    { under, form }: { under: UnderWay; form: URLSearchParams },
  ): Promise<FastifyReply> {
    const { person } = under
    const credential = await findCredential(world.db, person.id)
    const former = credential?.passwordHash ?? null
    const read = await readNewPassword(form, person, former)
    if ('problems' in read) return showForm(request, reply, person, read.problems)
    const { passwordHash } = read
    const done = await world.db.transaction().execute(async (tx) => {
      const now = await lockCredential(tx, person.id)
      if (now?.passwordHash !== former) return false
      const action = 'secure-access.change-password'
      await settlePassword(parts, tx, { person, passwordHash, action, address: request.ip })
      return true
    })
    if (!done) return beginAgain(parts, request, reply)
    return goOn(parts, request, reply, { ...under, mark: markOf(passwordHash), mustChange: false })
  }

  function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    { username }: LivePerson,
    problems: readonly FieldProblem[],
  ): FastifyReply {
    return show(parts, request, reply, {
      view: 'new-password',
      data: { about: 'change', username },
      problems,
    })
  }

  return [
    { method: 'GET', path, handle: ask },
    { method: 'POST', path, handle: set },
  ]
}
