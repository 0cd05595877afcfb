import type { FastifyReply, FastifyRequest } from 'fastify'
import { personByUsername } from '../accounts/index.ts'
import { newToken } from '../kit/ids.ts'
import type { Address } from '../kit/pages/address.ts'
import { readForm, refuseForeign } from '../kit/pages/form.ts'
import { Refusal } from '../kit/refusal.ts'
import { SECURE_ACCESS_PATH, show, writeStep, type Parts } from './parts.ts'
import { findCredential, insertResetLink } from './people-store.ts'
import { RESET } from './rules.ts'

const MINUTE = 60_000

/** The page for a forgotten password. Its answer is the same for every name, and comes before anything is looked up. */
export function forgotten(parts: Parts): readonly Address[] {
  const path = `${SECURE_ACCESS_PATH}/forgotten`

  async function asked(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    refuseForeign(request, parts.front.publicUrl)
    const username = ((await readForm(request)).get('username') ?? '').trim()
    if (username === '') {
      const refusal = new Refusal('malformed', 'sign-in-username-missing')
      return show(parts, request, reply, { view: 'forgotten', problems: [{ field: 'username', refusal }] })
    }
    parts.world.follow(sendResetLink(parts, username, request.ip))
    return show(parts, request, reply, { view: 'forgotten-sent', data: { minutes: RESET.minutes } })
  }

  return [
    { method: 'GET', path, handle: (request, reply) => show(parts, request, reply, { view: 'forgotten' }) },
    { method: 'POST', path, handle: asked },
  ]
}

/** Sends the person with a username a link for a new password, unless there never was one or too many were sent. */
async function sendResetLink(
  { world, guesses, front }: Parts,
  username: string,
  address: string,
): Promise<void> {
  const found = await personByUsername(world.db, username)
  if (!found || !(await findCredential(world.db, found.id))) return
  const now = world.clock.now()
  const token = newToken()
  const person = found.id
  const step = { action: 'secure-access.forgotten-password', person, byAnybody: true, address }
  await world.db.transaction().execute(async (tx) => {
    if (!(await guesses.mayReset(tx, person))) return writeStep(world, tx, { ...step, refused: 'throttled' })
    const expiresAt = new Date(now.getTime() + RESET.minutes * MINUTE)
    await insertResetLink(tx, { token, person, sentTo: found.email, expiresAt })
    const to = [{ address: found.email, name: found.name, language: found.language }]
    const params = { link: `${front.publicUrl}${SECURE_ACCESS_PATH}/reset/${token}`, minutes: RESET.minutes }
    await world.mailer.queue(tx, [{ template: 'reset-password', to, params, about: person }])
    await writeStep(world, tx, step)
  })
}
