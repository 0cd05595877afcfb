import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Address } from '../../kit/pages/address.ts'
import { readForm, refuseForeign } from '../../kit/pages/form.ts'
import { Refusal } from '../../kit/refusal.ts'
import { knownAs, shownBy } from '../browsers.ts'
import { show, type Parts } from '../parts.ts'
import { goOn, onStep, stepPath, uidOf, type UnderWay } from '../steps.ts'
import { listFactors } from './store.ts'
import { askForPasskey, takeCode, takePasskey } from './take.ts'

/** The page on which a second factor is shown: a code of the app, a passkey, or a recovery code. */
export function secondFactor(parts: Parts): readonly Address[] {
  const { world } = parts
  const { publicUrl } = parts.front
  const path = stepPath(':uid', 'second-factor')
  const step = 'second-factor'

  function ask(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    return onStep(parts, request, reply, { step, work: (under) => showForm(request, reply, under, null) })
  }

  async function given(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    refuseForeign(request, publicUrl)
    const form = await readForm(request)
    return onStep(parts, request, reply, { step, work: (under) => take(request, reply, { under, form }) })
  }

  async function take(
    request: FastifyRequest,
    reply: FastifyReply,
    { under, form }: { under: UnderWay; form: URLSearchParams },
  ): Promise<FastifyReply> {
    const { person } = under
    const answer = form.get('answer')
    const address = request.ip
    try {
      if (answer !== null) {
        const passkey = { uid: uidOf(request), offer: form.get('offer') ?? '', answer, address }
        await takePasskey(parts, person, passkey)
      } else {
        const { token } = shownBy(request, publicUrl)
        const knownBrowser = await knownAs(world.db, { person: person.id, token, at: world.clock.now() })
        await takeCode(parts, person, { code: (form.get('code') ?? '').trim(), knownBrowser, address })
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return showForm(request, reply, under, error)
    }
    return goOn(parts, request, reply, { ...under, second: true })
  }

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    { person }: UnderWay,
    refusal: Refusal | null,
  ): Promise<FastifyReply> {
    const factors = await listFactors(world.db, person.id)
    const passkey = await askForPasskey(parts, uidOf(request), person)
    const hasApp = factors.some(({ kind }) => kind === 'authenticator')
    const problems = refusal ? [{ field: 'code', refusal }] : []
    return show(parts, request, reply, { view: 'second-factor', data: { passkey, hasApp }, problems })
  }

  return [
    { method: 'GET', path, handle: ask },
    { method: 'POST', path, handle: given },
  ]
}
