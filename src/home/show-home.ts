import { z } from 'zod'
import { approverNotice, type ApproverNotice } from '../approvers/index.ts'
import { inactiveSchools, proposalsAwaiting } from '../establishments/index.ts'
import type { Querying } from '../kit/database.ts'
import { action } from '../permissions/action.ts'
import { mayEver, type Actor } from '../permissions/decide.ts'
import { requestsAwaiting } from '../requests/index.ts'
import { awaitingFor, filesOfClosed, type Awaiting } from '../transfers/index.ts'
import { confirmationsAwaiting } from '../user-audits/index.ts'

/** How much awaits somebody; null: not for the role to see. */
export interface Awaits extends Awaiting {
  /** Requests for access and for help. */
  requests: number | null
  /** People to confirm in the audit of users. */
  confirmations: number | null
  /** Schools of the LA that were made inactive (guidance for local authorities §3.8). */
  inactive: number | null
  /** Files for a closed school whose pupils the own one took over. */
  ofClosed: number | null
  /** Changes of the register that an authority proposed. */
  proposals: number | null
}

/** What Home shows. */
export interface HomeAnswer {
  awaits: Awaits
  /** The role has to do with files. */
  hasFiles: boolean
  approvers: ApproverNotice
}

/** What awaits somebody today. */
export const showHome = action({
  name: 'home.show',
  permission: 'own-account',
  input: z.strictObject({}),
  audited: 'refusals',
  find: () => Promise.resolve({}),
  business: () => [],
  async run({ tx, actor, now }): Promise<HomeAnswer> {
    const files = await awaitingFor(tx, actor, now)
    return {
      awaits: {
        ...files,
        requests: await requestsAwaiting(tx, actor),
        confirmations: await confirmationsAwaiting(tx, actor),
        inactive: await inactiveAwaiting(tx, actor),
        ofClosed: await filesOfClosed(tx, actor),
        proposals: await proposalsAwaiting(tx, actor),
      },
      hasFiles: Object.values(files).some((count) => count !== null),
      approvers: await approverNotice(tx, actor, now),
    }
  },
  auditSubject: () => null,
})

async function inactiveAwaiting(querying: Querying, actor: Actor): Promise<number | null> {
  const isAuthority = actor.organisation.endsWith('LLLL') && mayEver(actor, 'propose-school')
  return isAuthority ? inactiveSchools(querying, actor.organisation.slice(0, 3)) : null
}
