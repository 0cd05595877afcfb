import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { livePerson, type LivePerson } from '../accounts/index.ts'
import type { Address } from '../kit/pages/address.ts'
import { readForm, refuseForeign } from '../kit/pages/form.ts'
import type { Authenticated } from './authenticate.ts'
import { beginAgain, findInteraction, finish, noteResult } from './interaction.ts'
import { readNewPassword, settlePassword } from './new-password.ts'
import { SECURE_ACCESS_PATH, show, writeStep, type FieldProblem, type Parts } from './parts.ts'
import { markOf } from './passwords.ts'
import { findCredential, lockCredential, type Credential } from './people-store.ts'
import { CHANGE_MINUTES } from './rules.ts'

/** What the sign-in under way remembers between a right one-time password and the new one. */
const PENDING = z.object({
  change: z.object({ person: z.string(), mark: z.string(), until: z.coerce.date() }),
})

// under the address of the sign-in, so that the browser shows its cookie here too
const pathOf = (uid: string): string => `${SECURE_ACCESS_PATH}/sign-in/${uid}/change-password`

/** Holds a sign-in by a one-time password until another is set, and leads to the page for it. */
export async function demandChange(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  { person, mark }: Authenticated,
): Promise<FastifyReply> {
  const until = new Date(parts.world.clock.now().getTime() + CHANGE_MINUTES * 60_000)
  const noted = await noteResult(parts, request, reply, { change: { person, mark, until } })
  if (noted === null) return beginAgain(parts, request, reply)
  return reply.redirect(pathOf((request.params as { uid: string }).uid), 303)
}

/** The page on which a one-time password is changed before the sign-in goes on (guidance for local authorities §2.1). */
export function forcedChange(parts: Parts): readonly Address[] {
  const { world } = parts

  async function pending(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<{ person: LivePerson; credential: Credential } | null> {
    const interaction = await findInteraction(parts, request, reply)
    const { data } = PENDING.safeParse(interaction?.result)
    if (!data || data.change.until <= world.clock.now()) return null
    const person = await livePerson(world.db, data.change.person)
    const credential = await findCredential(world.db, data.change.person)
    const holds = credential?.mustChange && markOf(credential.passwordHash) === data.change.mark
    return person && holds ? { person, credential } : null
  }

  async function ask(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const found = await pending(request, reply)
    return found ? showForm(request, reply, found.person, []) : beginAgain(parts, request, reply)
  }

  async function set(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    refuseForeign(request, parts.front.publicUrl)
    const form = await readForm(request)
    const found = await pending(request, reply)
    if (!found) return beginAgain(parts, request, reply)
    const { person, credential } = found
    const read = await readNewPassword(form, person, credential.passwordHash)
    if ('problems' in read) return showForm(request, reply, person, read.problems)
    const { passwordHash } = read
    const address = request.ip
    const done = await world.db.transaction().execute(async (tx) => {
      const now = await lockCredential(tx, person.id)
      if (now?.passwordHash !== credential.passwordHash) return false
      const action = 'secure-access.change-password'
      await settlePassword(parts, tx, { person, passwordHash, action, address })
      await writeStep(world, tx, { action: 'secure-access.sign-in', person: person.id, address })
      return true
    })
    if (!done) return beginAgain(parts, request, reply)
    return finish(parts, request, reply, { person: person.id, mark: markOf(passwordHash) })
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
    { method: 'GET', path: pathOf(':uid'), handle: ask },
    { method: 'POST', path: pathOf(':uid'), handle: set },
  ]
}
