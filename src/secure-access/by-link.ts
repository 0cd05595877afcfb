import type { FastifyReply, FastifyRequest } from 'fastify'
import { invitationOf, livePerson, redeemInvitation, type LivePerson } from '../accounts/index.ts'
import type { Querying, Tx } from '../kit/database.ts'
import type { Address } from '../kit/pages/address.ts'
import { readForm, refuseForeign } from '../kit/pages/form.ts'
import { languageOf } from '../kit/pages/language.ts'
import { readNewPassword, settlePassword } from './new-password.ts'
import { DONE_PATH, SECURE_ACCESS_PATH, show, type FieldProblem, type Parts } from './parts.ts'
import { findCredential, findResetLink, useResetLink } from './people-store.ts'

/** A kind of link by which a person sets a password, once. */
interface LinkKind {
  name: 'activate' | 'reset'
  /** The person whom a link lets in now, which uses nothing up. */
  find(querying: Querying, token: string, now: Date): Promise<string | null>
  /** Uses it up; null when somebody did before. */
  use(tx: Tx, token: string, now: Date): Promise<string | null>
}

const KINDS: readonly LinkKind[] = [
  {
    name: 'activate',
    find: async (querying, token, now) => (await invitationOf(querying, token, now))?.person ?? null,
    use: redeemInvitation,
  },
  { name: 'reset', find: findResetLink, use: useResetLink },
]

/**
 * The pages behind the links of invitations and forgotten passwords. Opening one changes nothing: scanners of mail open
 * every link.
 */
export function byLink(parts: Parts): readonly Address[] {
  return [
    ...KINDS.flatMap((kind) => pagesOf(parts, kind)),
    {
      method: 'GET',
      path: DONE_PATH,
      handle: (request, reply) => show(parts, request, reply, { view: 'password-set' }),
    },
  ]
}

function pagesOf(parts: Parts, { name, find, use }: LinkKind): readonly Address[] {
  const { world } = parts
  const path = `${SECURE_ACCESS_PATH}/${name}/:token`
  const tokenOf = (request: FastifyRequest): string => (request.params as { token: string }).token

  async function holder(request: FastifyRequest): Promise<LivePerson | null> {
    const id = await find(world.db, tokenOf(request), world.clock.now())
    return id === null ? null : livePerson(world.db, id)
  }

  async function ask(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const person = await holder(request)
    return person ? showForm(request, reply, person, []) : gone(request, reply)
  }

  async function set(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    refuseForeign(request, parts.front.publicUrl)
    const form = await readForm(request)
    const person = await holder(request)
    if (!person) return gone(request, reply)
    const former = await findCredential(world.db, person.id)
    const read = await readNewPassword(form, person, former?.passwordHash ?? null)
    if ('problems' in read) return showForm(request, reply, person, read.problems)
    const done = await world.db.transaction().execute(async (tx) => {
      if ((await use(tx, tokenOf(request), world.clock.now())) !== person.id) return false
      const set = { person, ...read, action: `secure-access.${name}`, address: request.ip }
      await settlePassword(parts, tx, set)
      return true
    })
    if (!done) return gone(request, reply)
    return reply.redirect(`${DONE_PATH}?lang=${languageOf(request, reply, person.language)}`, 303)
  }

  function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    { username, language }: LivePerson,
    problems: readonly FieldProblem[],
  ): FastifyReply {
    const data = { about: name, username }
    return show(parts, request, reply, { view: 'new-password', data, problems, language })
  }

  function gone(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    return show(parts, request, reply, { status: 410, view: 'link-gone', data: { about: name } })
  }

  return [
    { method: 'GET', path, handle: ask },
    { method: 'POST', path, handle: set },
  ]
}
