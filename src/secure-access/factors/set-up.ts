import type { FastifyReply, FastifyRequest } from 'fastify'
import { wordsOf } from '../../kit/i18n.ts'
import type { Address } from '../../kit/pages/address.ts'
import { readForm, refuseForeign } from '../../kit/pages/form.ts'
import { Refusal } from '../../kit/refusal.ts'
import { beginAgain } from '../interaction.ts'
import { show, writeStep, type Parts } from '../parts.ts'
import { goOn, note, onStep, stepPath, uidOf, underWay, type UnderWay } from '../steps.ts'
import { addFactor, offerAuthenticator, offerPasskey, readFactor } from './add.ts'

/** The pages on which a sign-in that needs a second factor has one set up, and gives the recovery codes. */
export function setUp(parts: Parts): readonly Address[] {
  const { world } = parts
  const { publicUrl } = parts.front
  const path = stepPath(':uid', 'set-up')
  const step = 'set-up'

  function ask(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    return onStep(parts, request, reply, { step, work: (under) => showForm(request, reply, under) })
  }

  async function given(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    refuseForeign(request, publicUrl)
    const form = await readForm(request)
    return onStep(parts, request, reply, { step, work: (under) => add(request, reply, { under, form }) })
  }

  async function add(
    request: FastifyRequest,
    reply: FastifyReply,
    { under, form }: { under: UnderWay; form: URLSearchParams },
  ): Promise<FastifyReply> {
    const { person } = under
    const offer = form.get('offer') ?? ''
    try {
      const typed = { offer, answer: form.get('answer'), code: form.get('code') ?? '' }
      const read = await readFactor(world, publicUrl, { person: person.id, ...typed })
      const kind = 'passkey' in read ? 'passkey' : 'authenticator'
      const name = wordsOf(person.language)(`secureAccess.factorNames.${kind}`)
      const codes = await world.db.transaction().execute(async (tx) => {
        const action = `secure-access.set-up-${kind}`
        await writeStep(world, tx, { action, person: person.id, address: request.ip })
        return addFactor(world, tx, person, name, read)
      })
      const noted = await note(parts, request, reply, { ...under, second: true })
      if (!noted) return beginAgain(parts, request, reply)
      const data = { codes, next: stepPath(uidOf(request), 'go-on') }
      return show(parts, request, reply, { view: 'recovery-codes', data })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return showForm(request, reply, under, { refusal: error, offer })
    }
  }

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    { person }: UnderWay,
    wrong?: { refusal: Refusal; offer: string },
  ): Promise<FastifyReply> {
    const app = await offerAuthenticator(world, person, wrong?.offer)
    const passkey = await offerPasskey(world, world.db, { person, publicUrl })
    const problems = wrong ? [{ field: 'code', refusal: wrong.refusal }] : []
    return show(parts, request, reply, { view: 'set-up', data: { app, passkey }, problems })
  }

  async function onward(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    refuseForeign(request, publicUrl)
    const under = await underWay(parts, request, reply)
    return under ? goOn(parts, request, reply, under) : beginAgain(parts, request, reply)
  }

  return [
    { method: 'GET', path, handle: ask },
    { method: 'POST', path, handle: given },
    { method: 'POST', path: stepPath(':uid', 'go-on'), handle: onward },
  ]
}
