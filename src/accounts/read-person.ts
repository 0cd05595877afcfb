import { isMailAddress } from '../kit/mail/address.ts'
import { Refusal } from '../kit/refusal.ts'
import {
  isUsername,
  mailboxProblem,
  NAME_MAX,
  readPersonName,
  readPhone,
  USERNAME,
  type MailboxLists,
} from './rules.ts'

/** A username as it is kept. Throws Refusal `person-username` (guidance for local authorities §3.3). */
export function readUsername(text: string): string {
  const username = text.trim()
  if (!isUsername(username)) throw new Refusal('unacceptable', 'person-username', { params: USERNAME })
  return username
}

/** What a person's account says of the person, as somebody typed it; an empty telephone number is none. */
export interface TypedDetails {
  name: string
  email: string
  phone?: string | undefined
}

/**
 * A person's details as they are kept. Throws Refusal: a name that cannot be shown, an address that is none, is private
 * or is read by several (guidance for local authorities §3.7), a telephone number that is none.
 */
export function readDetails(
  typed: TypedDetails,
  lists: MailboxLists,
): { name: string; email: string; phone: string | null } {
  const name = readPersonName(typed.name)
  if (name === null) throw new Refusal('unacceptable', 'person-name', { params: { max: NAME_MAX } })
  const phone = readPhone(typed.phone ?? '')
  if (phone === undefined) throw new Refusal('unacceptable', 'person-phone')
  return { name, email: readMailbox(typed.email, lists), phone }
}

function readMailbox(text: string, lists: MailboxLists): string {
  const email = text.trim()
  if (!isMailAddress(email)) throw new Refusal('unacceptable', 'email-address')
  const problem = mailboxProblem(email, lists)
  const [mailbox = '', domain = ''] = email.split('@')
  if (problem === 'personal')
    throw new Refusal('unacceptable', 'person-email-personal', { params: { domain } })
  if (problem === 'generic')
    throw new Refusal('unacceptable', 'person-email-generic', { params: { mailbox } })
  return email
}
