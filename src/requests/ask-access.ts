import { z } from 'zod'
import { memberOf } from '../accounts/index.ts'
import type { Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import { grantsOf, listSystems, type System } from '../systems/index.ts'
import { makeRequest, possibleRoles, reasonInput, rolesInput } from './ask.ts'

const systemInput = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/)
  .optional()
  .describe('A connected system; left out: this service')

/** What a person can ask for in one system, or in this service, at the organisation acted for. */
export interface Askable {
  organisation: string
  /** Null: this service. */
  system: System | null
  /** Codes of the roles that the person has not. */
  roles: string[]
}

/** What can be asked for: the form of it. */
export const offerAsk = action({
  name: 'requests.offer-ask',
  permission: 'own-account',
  input: z.strictObject({ system: systemInput }),
  audited: 'refusals',
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: () => [],
  run: ({ tx, actor, input, subject }) => askable(tx, actor.id, subject, input.system),
  auditSubject: () => null,
})

async function askable(
  tx: Tx,
  person: string,
  organisation: string,
  code: string | undefined,
): Promise<Askable> {
  const system =
    code === undefined ? null : ((await listSystems(tx)).find((one) => one.code === code) ?? undefined)
  if (system === undefined) throw new Refusal('not-found', 'not-found', { because: 'system unknown' })
  const held =
    system === null
      ? ((await memberOf(tx, organisation, person))?.roles ?? [])
      : (await grantsOf(tx, { person, organisation }))
          .filter((one) => one.system === system.code)
          .map(({ role }) => role)
  const possible = await possibleRoles(tx, organisation, system?.code ?? null)
  return { organisation, system, roles: possible.filter((role) => !held.some((one) => one === role)) }
}

/** A person asks for roles of this service or of a connected system, at the organisation acted for. */
export const askAccess = action({
  name: 'requests.ask-access',
  permission: 'own-account',
  input: z.strictObject({ system: systemInput, role: rolesInput, details: reasonInput }),
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: () => [],
  async run({ world, tx, actor, input, subject: organisation, now }) {
    const { system, roles: possible } = await askable(tx, actor.id, organisation, input.system)
    const roles = [...new Set(input.role)]
    if (roles.length === 0) throw new Refusal('unacceptable', 'request-roles-none')
    if (roles.some((role) => !possible.includes(role))) throw new Refusal('unacceptable', 'request-role')
    const asking = { organisation, system: system?.code ?? null, roles, details: input.details }
    return makeRequest(world, tx, actor, { kind: 'access', ...asking }, now)
  },
  auditSubject: (_input, answer) => answer?.id ?? null,
})
