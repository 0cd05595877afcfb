import { z } from 'zod'
import { membershipsOf, type Membership } from '../accounts/index.ts'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import { grantsOf, listSystems, systemRolesFor, type Grant, type System } from '../systems/index.ts'
import { kindOfCode } from '../establishments/index.ts'
import { listOwnRequests } from './own-store.ts'
import { KEPT_DAYS } from './rules.ts'
import { endRequest, findRequest, type RequestRow } from './store.ts'

const DAY = 24 * 60 * 60_000

/** What a person may do, and what the person asked for. */
export interface OwnAccess {
  memberships: (Membership & { grants: Grant[] })[]
  /** Every one that is configured. */
  systems: System[]
  /** Codes of those that have roles for the organisation acted for. */
  askable: string[]
  requests: RequestRow[]
}

/** A person's own access everywhere, with the requests of the last year. */
export const showOwnAccess = action({
  name: 'requests.show-own',
  permission: 'own-account',
  input: z.strictObject({}),
  audited: 'refusals',
  find: ({ actor }) => Promise.resolve(actor),
  business: () => [],
  async run({ tx, subject: { id: person, organisation: present }, now }): Promise<OwnAccess> {
    const memberships: OwnAccess['memberships'] = []
    for (const one of await membershipsOf(tx, person)) {
      const { organisation } = one
      memberships.push({ ...one, grants: await grantsOf(tx, { person, organisation }) })
    }
    const systems = await listSystems(tx)
    const kind = kindOfCode(present)
    return {
      memberships,
      systems,
      askable: systems
        .filter((one) => kind !== null && systemRolesFor(one, kind).length > 0)
        .map(({ code }) => code),
      requests: await listOwnRequests(tx, person, new Date(now.getTime() - KEPT_DAYS * DAY)),
    }
  },
  auditSubject: () => null,
})

/** A person takes an own request back. */
export const withdrawRequest = action({
  name: 'requests.withdraw',
  permission: 'own-account',
  input: z.strictObject({ id: z.string().regex(/^[\w-]{1,64}$/) }),
  async find({ world, actor, input: { id } }) {
    const found = await findRequest(world.db, id)
    return found?.person === actor.id ? found : null
  },
  business: () => [],
  async run({ tx, actor, subject: { id }, now }) {
    const end = { state: 'withdrawn', what: 'withdrawn', at: now, by: actor.id } as const
    if (!(await endRequest(tx, id, end))) throw new Refusal('conflict', 'request-ended')
    return { id }
  },
  auditSubject: ({ id }) => id,
})
