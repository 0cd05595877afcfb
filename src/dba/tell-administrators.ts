import { livePerson } from '../accounts/index.ts'
import { bothNames, type OrganisationDetails } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import type { MailToQueue } from '../kit/mail/mailer.ts'
import type { World } from '../world.ts'

/** Tells who has become an LA's database administrator, who was it before, and the LA at its own address. */
export async function tellAdministrators(
  { mailer }: Pick<World, 'mailer'>,
  tx: Tx,
  { authority, former, next }: { authority: OrganisationDetails; former: string | null; next: string },
): Promise<void> {
  const { code, email, nameEn, language } = authority
  const nextPerson = (await livePerson(tx, next))!
  const params = { organisation: bothNames(authority), name: nextPerson.name }
  const mails: MailToQueue[] = [
    { template: 'authority-dba-given', to: [addressOf(nextPerson)], params, about: next },
  ]
  // one who holds nothing else and is inactive elsewhere cannot sign in, and has nothing to be told of
  const formerPerson = former === null ? null : await livePerson(tx, former)
  if (formerPerson)
    mails.push({ template: 'authority-dba-taken', to: [addressOf(formerPerson)], params, about: former! })
  if (email) {
    const to = [{ address: email, name: nameEn, language }]
    mails.push({ template: 'authority-dba-changed', to, params, about: code })
  }
  await mailer.queue(tx, mails)
}

const addressOf = ({ email, name, language }: NonNullable<Awaited<ReturnType<typeof livePerson>>>) => ({
  address: email,
  name,
  language,
})
