import { audienceOf, type Audience } from '../accounts/index.ts'
import {
  authorityOf,
  bothNames,
  establishmentName,
  findEstablishments,
  type Establishment,
} from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import { wordsOf, type InBoth, type Language, type WordParams } from '../kit/i18n.ts'
import type { MailAddress, MailToQueue } from '../kit/mail/mailer.ts'
import type { Permission } from '../permissions/table.ts'
import type { World } from '../world.ts'
import type { Addressing } from './accept-file.ts'
import type { FileRow } from './store.ts'

/** A school's name with that of the LA that sent for it. */
function sentBy(school: Establishment, authority: Establishment): InBoth {
  const inOne = (language: Language): string =>
    wordsOf(language)('transfers.sentBy', {
      school: establishmentName(school, language),
      authority: establishmentName(authority, language),
    })
  return { en: inOne('en'), cy: inOne('cy') }
}

/** Where an organisation gets its mail about a matter: its people who may see to it, and its own address if it has one. */
export function addressesOf(
  organisation: Establishment | undefined,
  audience: Audience,
  permission: Permission,
): MailAddress[] {
  if (!organisation) return []
  const { code, email, nameEn, language } = organisation
  const people = audience.recipients(code, permission)
  // last: where a person has this address too, the one mail that goes there is the organisation's
  return email ? [...people, { address: email, name: nameEn, language }] : people
}

/**
 * Queues what is told of an upload (guidance for local authorities §4.2): the destination that a file awaits it, the
 * sender that it arrived; the LA where nobody at the destination will see it; of a deposit the owning LA.
 */
export async function announceUpload(
  world: World,
  tx: Tx,
  { name, source, destination, sender, authority, audience, warnings }: Addressing,
  file: { id: string; name: string },
): Promise<void> {
  const params = {
    file: file.name,
    source: source.code === sender.code ? bothNames(source) : sentBy(source, sender),
    destination: destination ? bothNames(destination) : name.destination,
  }
  const senders = source.code === sender.code ? [source] : [source, sender]
  const toSenders = senders.flatMap((one) => addressesOf(one, audience, 'see-sent-files'))
  const toAuthority = addressesOf(authority, audience, 'collect-ctf')
  const mails: Omit<MailToQueue, 'about' | 'params'>[] = [
    { template: destination ? 'sent' : 'deposited', to: toSenders },
  ]
  if (!destination) mails.push({ template: 'deposited-la', to: toAuthority })
  else mails.push({ template: 'awaiting', to: addressesOf(destination, audience, 'collect-ctf') })
  const unseen = warnings.find(({ rule }) => rule === 'nobody-there' || rule === 'nobody-told')
  if (unseen && authority?.code !== destination?.code) mails.push({ template: unseen.rule, to: toAuthority })
  await world.mailer.queue(
    tx,
    mails.filter((mail) => mail.to.length > 0).map((mail) => ({ ...mail, params, about: file.id })),
  )
}

/**
 * Queues what the parties are told when a file is downloaded, rejected, recalled or taken over; of a deposit that was
 * recalled the owning LA too, since it was told of the deposit. Never the reason: it may name a pupil.
 * @param more what else the wording names
 */
export async function announceChange(
  world: World,
  tx: Tx,
  file: FileRow,
  template: 'downloaded' | 'rejected' | 'recalled' | 'deposit-recalled' | 'taken-over',
  more: WordParams = {},
): Promise<void> {
  const told: [code: string, permission: Permission][] = [
    [file.source, 'see-sent-files'],
    [file.sender, 'see-sent-files'],
  ]
  if (template === 'recalled') told.push([file.destination, 'collect-ctf'])
  if (template === 'deposit-recalled') told.push([authorityOf(file.source), 'collect-ctf'])
  const codes = [...told.map(([code]) => code), file.destination]
  const found = await findEstablishments(tx, codes)
  const audience = await audienceOf(tx, codes)
  const name = (code: string): string | InBoth => (found.has(code) ? bothNames(found.get(code)!) : code)
  const to = told.flatMap(([code, permission]) => addressesOf(found.get(code), audience, permission))
  if (to.length === 0) return
  const params = { ...more, file: file.name, source: name(file.source), destination: name(file.destination) }
  await world.mailer.queue(tx, [{ template, to, params, about: file.id }])
}
