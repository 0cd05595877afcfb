import { z } from 'zod'
import { memberOf } from '../accounts/index.ts'
import { findEstablishments, kindOfCode, type Establishment } from '../establishments/index.ts'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import { makeRequest, possibleRoles, reasonInput, rolesInput } from './ask.ts'
import { findChoices, type Choices } from './choices.ts'

/** Where one can ask to belong: not the department, whose people the operator adds, nor what is closed. */
function mayBeJoined({ code, status }: Establishment): boolean {
  return kindOfCode(code) !== 'department' && status !== 'closed'
}

const codeInput = z.string().regex(/^[0-9A-Z]{7}$/)

/** Another organisation is looked for, and what can be asked for there. */
export const offerJoin = action({
  name: 'requests.offer-join',
  permission: 'own-account',
  input: z.strictObject({ q: z.string().max(200).default(''), organisation: codeInput.optional() }),
  audited: 'refusals',
  find: ({ actor }) => Promise.resolve(actor.id),
  business: () => [],
  async run({ tx, input: { q, organisation: code } }): Promise<{
    q: string
    choices: Choices | null
    chosen: Establishment | null
    roles: string[]
  }> {
    const chosen = code === undefined ? null : ((await findEstablishments(tx, [code])).get(code) ?? null)
    const isChosen = chosen !== null && mayBeJoined(chosen)
    return {
      q: q.trim(),
      choices: q.trim() === '' ? null : await findChoices(tx, q),
      chosen: isChosen ? chosen : null,
      roles: isChosen ? await possibleRoles(tx, chosen.code, null) : [],
    }
  },
  auditSubject: () => null,
})

/**
 * A person asks to belong to another organisation, with roles of this service there; without one for whoever is to use
 * connected systems only.
 */
export const askJoin = action({
  name: 'requests.ask-join',
  permission: 'own-account',
  input: z.strictObject({ organisation: codeInput, role: rolesInput, details: reasonInput }),
  async find({ world, input: { organisation } }) {
    const found = (await findEstablishments(world.db, [organisation])).get(organisation)
    return found && mayBeJoined(found) ? found : null
  },
  business: () => [],
  async run({ world, tx, actor, input, subject: { code }, now }) {
    const member = await memberOf(tx, code, actor.id)
    if (member && member.endedAt === null) throw new Refusal('conflict', 'request-member-already')
    const possible = await possibleRoles(tx, code, null)
    const roles = [...new Set(input.role)]
    if (roles.some((role) => !possible.includes(role))) throw new Refusal('unacceptable', 'request-role')
    const asking = { organisation: code, system: null, roles, details: input.details }
    return makeRequest(world, tx, actor, { kind: 'join', ...asking }, now)
  },
  auditSubject: (_input, answer) => answer?.id ?? null,
})
