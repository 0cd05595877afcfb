import { z } from 'zod'
import {
  approversOf,
  endMembership,
  refuseAbove,
  restoreMembership,
  sendInvitation,
  type Member,
} from '../accounts/index.ts'
import type { Tx } from '../kit/database.ts'
import { originOf } from '../kit/origin.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Role } from '../permissions/table.ts'
import { memberChange, refuseEnded } from './member-change.ts'
import { memberInput, memberShape } from './of-member.ts'
import { rightsAt } from './rules.ts'
import { rolesInWords, tellPerson } from './tell.ts'

const input = z.strictObject({
  ...memberShape,
  // what the page before said that happens: nobody approves for the organisation any more
  last: z.literal('yes').optional(),
})

/** Whether nobody approves for an organisation once this member does not. */
export async function isLastApprover(tx: Tx, { id, organisation, approver }: Member): Promise<boolean> {
  return approver && (await approversOf(tx, organisation)).every((one) => one.id === id)
}

/**
 * "Delete User" of the guidance for local authorities §3.5: ends what a person may do at an organisation, from the next
 * request on. Nothing is erased, and it can be restored. The last approver goes only where the page before said so
 * (`approver-last`).
 */
export const archivePersonHere = memberChange({
  verb: 'archive',
  permission: 'manage-people',
  input,
  refuse({ by, member }) {
    refuseEnded(member)
    refuseAbove(by, member)
  },
  async run(changing): Promise<Member> {
    const { tx, actor, member, now } = changing
    if (changing.input.last === undefined && (await isLastApprover(tx, member)))
      throw new Refusal('conflict', 'approver-last')
    const because = rightsAt(actor, member.organisation).access ? 'approver' : 'dba'
    await endMembership(tx, member, { as: 'archived', because, by: actor, at: now })
    await tellPerson(changing, member, 'account-archived')
    return member
  },
})

/** What came back with an account, and what did not. */
export interface Restored extends Member {
  given: Role[]
  missing: Role[]
  /** An invitation was sent, since the person never set a password. */
  invited: boolean
}

/**
 * Lets an account that was archived or suspended be used again, with the roles that ended with it. Those that are set up
 * from above do not come back, nor what somebody else has now and only one may; nor the approver's flag, but by who may
 * make approvers.
 */
export const restorePersonHere = memberChange({
  verb: 'restore',
  permission: 'manage-people',
  input: memberInput,
  refuse({ member }) {
    if (!member.endedAt)
      throw new Refusal('conflict', 'person-not-ended', { params: { username: member.username } })
  },
  async run(changing): Promise<Restored> {
    const { world, tx, actor, member, now } = changing
    const flag = rightsAt(actor, member.organisation).access
    const roles = await restoreMembership(tx, member, { flag, by: actor, at: now })
    const flagIsLost = member.approver && !flag
    const approver: Role[] = member.approver ? ['approver'] : []
    const given = flagIsLost ? roles.given : [...roles.given, ...approver]
    const missing = flagIsLost ? [...roles.missing, ...approver] : roles.missing
    await tellPerson(changing, member, 'account-restored', { given: rolesInWords(given) })
    const invited = member.activatedAt === null
    if (invited)
      await sendInvitation(world, tx, { person: member.id, publicUrl: originOf(world.config), now })
    return { ...member, given, missing, invited }
  },
})
