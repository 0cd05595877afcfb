import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Address } from '../kit/pages/address.ts'
import { readForm, refuseForeign } from '../kit/pages/form.ts'
import { Refusal } from '../kit/refusal.ts'
import { authenticate } from './authenticate.ts'
import { shownBy } from './browsers.ts'
import { beginAgain, findInteraction } from './interaction.ts'
import { SECURE_ACCESS_PATH, show, type FieldProblem, type Parts } from './parts.ts'
import { askForPasskey } from './factors/take.ts'
import { lead, uidOf } from './steps.ts'

/** Shows the form for signing in, with what was typed but the password, and the button for a passkey. */
export async function showSignIn(
  parts: Pick<Parts, 'world' | 'front'>,
  request: FastifyRequest,
  reply: FastifyReply,
  { username, problems }: { username: string; problems: readonly FieldProblem[] },
): Promise<FastifyReply> {
  const uid = uidOf(request)
  const passkey = await askForPasskey(parts, uid, null)
  const data = { username, passkey, signInPath: `${SECURE_ACCESS_PATH}/sign-in/${uid}` }
  return show(parts, request, reply, { view: 'sign-in', data, problems })
}

/** The page on which people sign in: username and password, both case-sensitive (guidance for local authorities §2.1). */
export function signIn(parts: Parts): readonly Address[] {
  const path = `${SECURE_ACCESS_PATH}/sign-in/:uid`

  async function ask(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const interaction = await findInteraction(parts, request, reply)
    return interaction ? showForm(request, reply, '', []) : beginAgain(parts, request, reply)
  }

  async function typed(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    refuseForeign(request, parts.front.publicUrl)
    const form = await readForm(request)
    const interaction = await findInteraction(parts, request, reply)
    if (!interaction) return beginAgain(parts, request, reply)
    // no username has a space, and keyboards of phones add one
    const username = (form.get('username') ?? '').trim()
    const password = form.get('password') ?? ''
    const missing = missingFields(username, password)
    if (missing.length > 0) return showForm(request, reply, username, missing)
    try {
      const browser = shownBy(request, parts.front.publicUrl)
      const read = await authenticate(parts, { username, password, address: request.ip, browser })
      return await lead(parts, request, reply, { ...read, browser })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return showForm(request, reply, username, [{ field: 'username', refusal: error }])
    }
  }

  function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    username: string,
    problems: readonly FieldProblem[],
  ): Promise<FastifyReply> {
    return showSignIn(parts, request, reply, { username, problems })
  }

  return [
    { method: 'GET', path, handle: ask },
    { method: 'POST', path, handle: typed },
  ]
}

function missingFields(username: string, password: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (username === '')
    problems.push({ field: 'username', refusal: new Refusal('malformed', 'sign-in-username-missing') })
  if (password === '')
    problems.push({ field: 'password', refusal: new Refusal('malformed', 'sign-in-password-missing') })
  return problems
}
