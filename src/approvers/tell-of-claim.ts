import { holdersOf, livePerson } from '../accounts/index.ts'
import { authorityOf } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import type { MailAddress } from '../kit/mail/mailer.ts'
import type { World } from '../world.ts'
import type { Offer } from './offer.ts'

/**
 * Tells the organisation's own address, the LA's database administrator and the new approver that the role was claimed
 * and by whom: whoever did not expect it can have it ended.
 * @param isNew the account was made by the claim: its invitation says so already
 */
export async function tellOfClaim(
  { mailer }: Pick<World, 'mailer'>,
  tx: Tx,
  { offer: { organisation, name }, person, isNew }: { offer: Offer; person: string; isNew: boolean },
): Promise<void> {
  const approver = (await livePerson(tx, person))!
  const administrators = await holdersOf(tx, authorityOf(organisation.code), 'lea-dba')
  const to: MailAddress[] = [
    ...administrators.filter(({ id }) => id !== person).map(addressOf),
    ...(organisation.email === null
      ? []
      : [{ address: organisation.email, name: organisation.nameEn, language: organisation.language }]),
  ]
  const params = { organisation: name, name: approver.name }
  const mails = [{ template: 'claim-claimed', to, params, about: person }]
  if (!isNew) mails.push({ template: 'claim-yours', to: [addressOf(approver)], params, about: person })
  await mailer.queue(tx, mails)
}

function addressOf({
  email,
  name,
  language,
}: {
  email: string
  name: string
  language: 'en' | 'cy'
}): MailAddress {
  return { address: email, name, language }
}
