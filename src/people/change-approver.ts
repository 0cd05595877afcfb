import { z } from 'zod'
import { becomeApprover, endApprover, memberOf, noteAccountEvent, type Member } from '../accounts/index.ts'
import { Refusal } from '../kit/refusal.ts'
import { memberChange, refuseEnded, type Changing } from './member-change.ts'
import { memberShape } from './of-member.ts'
import { tellPerson } from './tell.ts'

const input = z.strictObject({ ...memberShape, do: z.enum(['make', 'take', 'hand-over']) })

type Input = z.infer<typeof input>

/**
 * Makes another approver, takes the flag from one, or hands over: the other becomes approver and whoever hands over steps
 * down, the one way in which approvers change their own access (ICES Bulletin 65 §1). Whoever takes a flag is an approver,
 * so by this nobody leaves an organisation without one.
 */
export const changeApprover = memberChange({
  verb: 'change-approver',
  permission: 'manage-access',
  asksAgain: true,
  input,
  refuse({ member }) {
    refuseEnded(member)
  },
  async run(changing): Promise<Member & { did: Input['do'] }> {
    const { member } = changing
    const did = changing.input.do
    if (did === 'take') await take(changing)
    else {
      // else nobody could approve until the other comes
      if (did === 'hand-over' && !member.activatedAt) throw new Refusal('conflict', 'approver-not-yet')
      if (!member.approver) await make(changing)
      else if (did === 'make') throw new Refusal('conflict', 'approver-already')
      if (did === 'hand-over') await stepDown(changing)
    }
    return { ...member, did }
  },
})

async function make(changing: Changing<Input>): Promise<void> {
  const { tx, actor, member, now } = changing
  await becomeApprover(tx, { person: member.id, organisation: member.organisation })
  await noteAccountEvent(tx, member, { event: 'approver-made', by: actor, at: now })
  await tellPerson(changing, member, 'approver-made')
}

async function take(changing: Changing<Input>): Promise<void> {
  const { tx, actor, member, now } = changing
  if (!member.approver) throw new Refusal('conflict', 'approver-none')
  await endApprover(tx, member)
  await noteAccountEvent(tx, member, { event: 'approver-taken', by: actor, at: now })
  await tellPerson(changing, member, 'approver-taken')
}

async function stepDown(changing: Changing<Input>): Promise<void> {
  const { tx, actor, member, now } = changing
  const self = (await memberOf(tx, actor.organisation, actor.id))!
  await endApprover(tx, self)
  await noteAccountEvent(tx, self, { event: 'handed-over', by: actor, at: now })
  await tellPerson(changing, self, 'approver-handed-over', { other: member.name })
}
