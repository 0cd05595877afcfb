import {
  noteAccountEvent,
  refuseTakeover,
  sendInvitation,
  signOutEverywhere,
  type Member,
} from '../accounts/index.ts'
import { originOf } from '../kit/origin.ts'
import { memberChange, refuseEnded } from './member-change.ts'
import { memberInput } from './of-member.ts'
import { tellPerson } from './tell.ts'

/**
 * Sends a person the link to set a password: the invitation once more, or, to who has one already, what the guidance for
 * local authorities §3.6 calls Change Password. It goes to the person's own address only, so whoever asks learns nothing.
 */
export const invitePerson = memberChange({
  verb: 'invite',
  permission: ['manage-people', 'manage-access'],
  input: memberInput,
  refuse({ member }) {
    refuseEnded(member)
  },
  async run({ world, tx, actor, member, now }): Promise<Member & { hours: number }> {
    await sendInvitation(world, tx, { person: member.id, publicUrl: originOf(world.config), now })
    await noteAccountEvent(tx, member, { event: 'invited', by: actor, at: now })
    return { ...member, hours: world.config.invitationHours }
  },
})

/** Ends all that a person has open, everywhere: sessions, tokens, downloads. The person signs in anew. */
export const endSessions = memberChange({
  verb: 'end-sessions',
  permission: 'manage-access',
  input: memberInput,
  // it reaches wherever the person belongs
  async refuse({ tx, actor, by, member }) {
    refuseEnded(member)
    await refuseTakeover(tx, { actor, by }, member)
  },
  async run(changing): Promise<Member> {
    const { tx, actor, member, now } = changing
    await signOutEverywhere(tx, member.id)
    await noteAccountEvent(tx, member, { event: 'sessions-ended', by: actor, at: now })
    await tellPerson(changing, member, 'account-sessions-ended')
    return member
  },
})
