import type { FastifyReply, FastifyRequest } from 'fastify'
import { livePerson } from '../../accounts/index.ts'
import type { Address } from '../../kit/pages/address.ts'
import { readForm, refuseForeign } from '../../kit/pages/form.ts'
import { languageOf } from '../../kit/pages/language.ts'
import { Refusal } from '../../kit/refusal.ts'
import { beginAgain, findInteraction } from '../interaction.ts'
import { SECURE_ACCESS_PATH, type Parts } from '../parts.ts'
import { markOf } from '../passwords.ts'
import { findCredential } from '../people-store.ts'
import { showSignIn } from '../sign-in.ts'
import { goOn, uidOf } from '../steps.ts'
import { takePasskey } from './take.ts'

/** Where a passkey signs in alone: what its holder has, and a finger, a face or a PIN, stand for password and factor. */
export function passkeyAlone(parts: Parts): readonly Address[] {
  const { db } = parts.world

  async function given(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    refuseForeign(request, parts.front.publicUrl)
    const form = await readForm(request)
    if (!(await findInteraction(parts, request, reply))) return beginAgain(parts, request, reply)
    try {
      const shown = { offer: form.get('offer') ?? '', answer: form.get('answer') ?? '' }
      const id = await takePasskey(parts, null, { uid: uidOf(request), ...shown, address: request.ip })
      const person = await livePerson(db, id)
      const credential = await findCredential(db, id)
      if (!person || !credential) throw new Refusal('unacceptable', 'passkey-refused')
      const { passwordHash, mustChange } = credential
      return await goOn(parts, request, reply, {
        person,
        mark: markOf(passwordHash),
        mustChange,
        second: true,
      })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const problems = [{ field: 'passkey', refusal: error }]
      return showSignIn(parts, request, reply, { username: '', problems })
    }
  }

  /** The same page in the other language, after a refusal, is the sign-in. */
  function again(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const language = languageOf(request, reply)
    return reply.redirect(`${SECURE_ACCESS_PATH}/sign-in/${uidOf(request)}?lang=${language}`, 303)
  }

  const path = `${SECURE_ACCESS_PATH}/sign-in/:uid/passkey`
  return [
    { method: 'GET', path, handle: again },
    { method: 'POST', path, handle: given },
  ]
}
