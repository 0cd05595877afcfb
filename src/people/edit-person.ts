import { z } from 'zod'
import {
  noteAccountEvent,
  readDetails,
  refuseAboveAnywhere,
  refuseTakeover,
  revokeInvitation,
  sendInvitation,
  setDetails,
  type Member,
} from '../accounts/index.ts'
import { inBoth, LANGUAGES } from '../kit/i18n.ts'
import { originOf } from '../kit/origin.ts'
import { markOf, memberChange, refuseEnded, refuseStale, type Changing } from './member-change.ts'
import { memberShape } from './of-member.ts'
import { refuseTakenAddress } from './address.ts'
import { listed, tellPerson } from './tell.ts'

const input = z.strictObject({
  ...memberShape,
  name: z.string().max(300).default(''),
  email: z.string().max(300).default(''),
  phone: z.string().max(100).optional(),
  language: z.enum(LANGUAGES),
  seen: z.string().max(100),
})

/** What of a person's details changed. */
type Detail = 'name' | 'email' | 'phone' | 'language'

/**
 * Corrects what an account says of its person. Another e-mail address would let whoever reads it in, so it is held to
 * what holds for taking an account over, and every link that was sent to the former one ends with it.
 */
export const editPerson = memberChange({
  verb: 'edit',
  permission: 'manage-people',
  asksAgain: true,
  input,
  async refuse({ tx, by, member }) {
    refuseEnded(member)
    await refuseAboveAnywhere(tx, by, member)
  },
  async run(changing): Promise<Member & { changed: Detail[]; invited: boolean }> {
    const { world, tx, actor, member, now } = changing
    refuseStale(changing.input.seen, markOf(member))
    const details = readDetails(changing.input, world.config)
    const { language } = changing.input
    const next = { ...details, language }
    const changed = (['name', 'email', 'phone', 'language'] as const).filter(
      (one) => member[one] !== next[one],
    )
    const edited = { ...member, ...next, changed, invited: false }
    if (changed.length === 0) return edited
    if (changed.includes('email')) await refuseAddress(changing, next.email)
    await setDetails(tx, member.id, next)
    await noteAccountEvent(tx, member, { event: 'details', by: actor, at: now, given: changed })
    const what = listed(changed.map((one) => inBoth(`pages.people.details.${one}`)))
    if (!changed.includes('email')) await tellPerson(changing, edited, 'account-details', { what })
    else edited.invited = await moveMail(changing, edited)
    return edited
  },
})

async function refuseAddress({ tx, actor, by, member }: Changing<unknown>, email: string): Promise<void> {
  await refuseTakeover(tx, { actor, by }, member)
  const { organisation, id: but } = member
  await refuseTakenAddress(tx, { organisation, email, but })
}

/** Both addresses are told; whoever never came is invited at the new one. */
async function moveMail(changing: Changing<unknown>, edited: Member): Promise<boolean> {
  const { world, tx, member, now } = changing
  await tellPerson(changing, edited, 'account-email-old', { address: member.email })
  await tellPerson(changing, edited, 'account-email-new')
  await revokeInvitation(tx, member.id)
  if (member.activatedAt) return false
  await sendInvitation(world, tx, { person: member.id, publicUrl: originOf(world.config), now })
  return true
}
