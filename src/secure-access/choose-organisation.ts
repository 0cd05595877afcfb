import type { FastifyReply, FastifyRequest } from 'fastify'
import type { InteractionResults } from 'oidc-provider'
import { membershipsOf, type Membership } from '../accounts/index.ts'
import type { Address } from '../kit/pages/address.ts'
import { readForm, refuseForeign } from '../kit/pages/form.ts'
import { Refusal } from '../kit/refusal.ts'
import { findSystemClient, organisationsWith, type SystemClient } from '../systems/index.ts'
import { CHOOSING } from './access.ts'
import { beginAgain, findInteraction, noteResult } from './interaction.ts'
import { SECURE_ACCESS_PATH, show, type FieldProblem, type Parts } from './parts.ts'

/** A person who signs in to a system, and for which organisations that can be. */
interface Opening {
  system: Pick<SystemClient, 'nameEn' | 'nameCy'>
  memberships: Membership[]
}

/**
 * Where a person says for which organisation to open a connected system, and where one without access to it learns where
 * to ask. The system is told `access_denied` only when the person goes back to it: whoever asks for access stays here.
 */
export function chooseOrganisation(parts: Parts): readonly Address[] {
  const { world, front } = parts
  const path = `${SECURE_ACCESS_PATH}/organisation/:uid`

  async function openingOf(request: FastifyRequest, reply: FastifyReply): Promise<Opening | null> {
    const interaction = await findInteraction(parts, request, reply)
    const person = interaction?.session?.accountId
    if (interaction?.prompt.name !== CHOOSING || person === undefined) return null
    const clientId = String(interaction.params['client_id'])
    const system = await findSystemClient(world.db, clientId, world.clock.now())
    if (!system) return null
    const open = await organisationsWith(world.db, { person, clientId })
    const memberships = await membershipsOf(world.db, person)
    return { system, memberships: memberships.filter(({ organisation }) => open.includes(organisation)) }
  }

  async function ask(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const opening = await openingOf(request, reply)
    if (!opening) return beginAgain(parts, request, reply)
    const [only, ...others] = opening.memberships
    // access came or went in the meantime
    if (only && others.length === 0) return goOn(request, reply, chosen(only.organisation))
    return showForm(request, reply, opening, [])
  }

  async function answered(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    refuseForeign(request, front.publicUrl)
    const form = await readForm(request)
    const opening = await openingOf(request, reply)
    if (!opening) return beginAgain(parts, request, reply)
    if (form.get('do') === 'back') return goOn(request, reply, REFUSED)
    const found = opening.memberships.find(({ organisation }) => organisation === form.get('organisation'))
    if (found) return goOn(request, reply, chosen(found.organisation))
    const refusal = new Refusal('unacceptable', 'organisation-not-chosen')
    return showForm(request, reply, opening, [{ field: 'organisation', refusal }])
  }

  function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    { system, memberships }: Opening,
    problems: readonly FieldProblem[],
  ): FastifyReply {
    const name = { en: system.nameEn, cy: system.nameCy }
    if (memberships.length === 0)
      return show(parts, request, reply, { status: 403, view: 'no-access', data: { system: name } })
    return show(parts, request, reply, {
      view: 'organisation',
      data: { system: name, memberships },
      problems,
    })
  }

  async function goOn(
    request: FastifyRequest,
    reply: FastifyReply,
    result: InteractionResults,
  ): Promise<FastifyReply> {
    const to = await noteResult(parts, request, reply, result, true)
    return to === null ? beginAgain(parts, request, reply) : reply.redirect(to, 303)
  }

  return [
    { method: 'GET', path, handle: ask },
    { method: 'POST', path, handle: answered },
  ]
}

const REFUSED = { error: 'access_denied', error_description: 'the person has no access to this application' }

function chosen(organisation: string): InteractionResults {
  return { [CHOOSING]: { organisation } }
}
