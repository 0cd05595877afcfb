import { otherProviderOf } from '../kit/config.ts'
import type { Querying, Tx } from '../kit/database.ts'
import { newToken } from '../kit/ids.ts'
import { Refusal } from '../kit/refusal.ts'
import type { World } from '../world.ts'
import { replaceInvitation, selectInvitation, useInvitation, type Invited } from './invitations-store.ts'
import { livePerson, lockPerson } from './people-store.ts'
import { membershipsOf } from './people.ts'
import { hashSecret } from './secret.ts'

const HOUR = 3_600_000

/** Hours in which the link of an invitation can be used where no setting says otherwise (INVITATION_HOURS). */
const HOURS = 48

/**
 * Makes the token of a link by which a person sets a password: it works once, for `hours`, and earlier ones end. It
 * stands nowhere else. Refuses a person who is unknown or archived.
 */
export async function invite(
  tx: Tx,
  person: string,
  now: Date,
  hours: number = HOURS,
): Promise<{ token: string; expiresAt: Date }> {
  const found = await lockPerson(tx, person)
  if (!found) throw new Refusal('not-found', 'person-unknown')
  if (found.archivedAt)
    throw new Refusal('conflict', 'person-archived', { params: { username: found.username } })
  const token = newToken()
  const expiresAt = new Date(now.getTime() + hours * HOUR)
  await replaceInvitation(tx, { tokenHash: hashSecret(token), person, expiresAt })
  return { token, expiresAt }
}

/** Whom a token lets in now, without using it up; null when it is none, used, too old or replaced. */
export function invitationOf(querying: Querying, token: string, now: Date): Promise<Invited | null> {
  return selectInvitation(querying, hashSecret(token), now)
}

/** Uses a token up and marks its person as activated; gives the person, or null: of several at once one wins. */
export async function redeemInvitation(tx: Tx, token: string, now: Date): Promise<string | null> {
  const invited = await invitationOf(tx, token, now)
  if (!invited) return null
  // the person first, as whoever invites or archives does, so that none waits for another in a circle
  await lockPerson(tx, invited.person)
  return useInvitation(tx, hashSecret(token), now)
}

/**
 * Invites a person by e-mail, in the person's language, and gives the link too: to a password here, or to the sign-in at
 * the other provider of the settings. The username is never in that mail: the
 * page of the link tells it (guidance for local authorities §3.7).
 * @param publicUrl where the service is reached, without a slash at its end
 */
export async function sendInvitation(
  { mailer, config }: Pick<World, 'mailer' | 'config'>,
  tx: Tx,
  { person, publicUrl, now }: { person: string; publicUrl: string; now: Date },
): Promise<{ link: string; expiresAt: Date }> {
  const hours = config.invitationHours
  const { token, expiresAt } = await invite(tx, person, now, hours)
  const other = otherProviderOf(config)
  const link = `${publicUrl}${other ? '/join' : '/secure-access/activate'}/${token}`
  const receiver = await livePerson(tx, person)
  if (!receiver) throw new Refusal('conflict', 'person-nowhere')
  const organisations = (await membershipsOf(tx, person)).map(({ name }) => name)
  const organisation = {
    en: organisations.map(({ en }) => en).join(', '),
    cy: organisations.map(({ cy }) => cy).join(', '),
  }
  const to = [{ address: receiver.email, name: receiver.name, language: receiver.language }]
  const template = other ? 'invitation-elsewhere' : 'invitation'
  const provider = other ? new URL(other.issuer).host : ''
  const params = { link, organisation, hours, provider }
  await mailer.queue(tx, [{ template, to, params, about: person }])
  return { link, expiresAt }
}
