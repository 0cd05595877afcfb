import { z } from 'zod'
import { inactiveSchools, proposalsAwaiting } from '../establishments/index.ts'
import { action } from '../permissions/action.ts'
import { mayEver } from '../permissions/decide.ts'
import type { Permission } from '../permissions/table.ts'
import { requestsAwaiting } from '../requests/index.ts'
import { confirmationsAwaiting } from '../user-audits/index.ts'
import { ownAuthority } from './list-schools.ts'

/** A place of the DBA menu. */
export interface MenuItem {
  /** Where its words stand, under pages.dba.menu. */
  words: string
  href: string
  /** How many wait there; null where none can. */
  count: number | null
}

/** The places, in their order, each for whoever may ever do this. */
const PLACES: readonly {
  words: string
  href: string
  permission: Permission
  count?: 'inactive' | 'proposals' | 'requests' | 'confirmations'
}[] = [
  { words: 'administrators', href: '/dba/administrators', permission: 'set-up-dba' },
  { words: 'people', href: '/people', permission: 'see-people' },
  { words: 'schools', href: '/dba/schools', permission: 'see-school-details', count: 'inactive' },
  { words: 'authority', href: '/dba/authority', permission: 'maintain-details' },
  { words: 'register', href: '/dba/register', permission: 'keep-register', count: 'proposals' },
  { words: 'propose', href: '/dba/register', permission: 'propose-school' },
  { words: 'requests', href: '/requests', permission: 'answer-requests', count: 'requests' },
  { words: 'codes', href: '/approver-codes', permission: 'issue-approver-codes' },
  { words: 'round', href: '/user-audit', permission: 'run-user-audit' },
  { words: 'confirm', href: '/user-audit', permission: 'confirm-people', count: 'confirmations' },
  { words: 'clients', href: '/clients', permission: 'manage-clients' },
]

/** The DBA menu (guidance for local authorities §3.1): what somebody may do there, and where something waits. */
export const showMenu = action({
  name: 'dba.show-menu',
  permission: 'see-school-details',
  input: z.strictObject({}),
  audited: 'refusals',
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (organisation) => [organisation],
  async run({ tx, actor }): Promise<{ items: MenuItem[] }> {
    const la = ownAuthority(actor)
    const counts = {
      inactive: la === null ? null : await inactiveSchools(tx, la),
      proposals: await proposalsAwaiting(tx, actor),
      requests: await requestsAwaiting(tx, actor),
      confirmations: await confirmationsAwaiting(tx, actor),
    }
    return {
      items: PLACES.filter(({ permission }) => mayEver(actor, permission)).map(({ words, href, count }) => ({
        words,
        href,
        count: (count && counts[count]) ?? null,
      })),
    }
  },
  auditSubject: () => null,
})
