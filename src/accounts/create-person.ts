import { findEstablishments, type Establishment } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import type { Language } from '../kit/i18n.ts'
import { newId } from '../kit/ids.ts'
import { isMailAddress } from '../kit/mail/address.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Role } from '../permissions/table.ts'
import { insertPerson, insertRole } from './people-store.ts'
import {
  isUsername,
  mailboxProblem,
  NAME_MAX,
  readPersonName,
  rolesFor,
  USERNAME,
  type MailboxLists,
} from './rules.ts'

/** An id for a new person. */
export function newPersonId(): string {
  return `person-${newId()}`
}

/** A person as one is asked for. */
export interface NewPerson {
  /** From `newPersonId`. */
  id: string
  username: string
  name: string
  email: string
  /** 7-character code of the organisation, in any letter case. */
  organisation: string
  /** A role's slug; null for an approver without a role. */
  role: string | null
  approver: boolean
  /** That of pages and e-mails; English unless asked otherwise. */
  language?: Language
}

/**
 * Adds a person to one organisation, with a role, the approver's flag or both; `invite` is what lets the person in.
 * Refuses a username that cannot be one or was ever given, in any letter case; a name that cannot be shown; an address
 * that is none, is private or is read by several; an organisation that the register does not have; a role that does
 * not belong to its kind; and a second LEA database administrator or LEA school user of an LA (guidance for local
 * authorities §1.6, §3.1, §3.3, §3.7). Who may give which role is for the caller to decide.
 */
export async function createPerson(
  tx: Tx,
  asked: NewPerson,
  now: Date,
  lists: MailboxLists,
): Promise<{ organisation: Establishment }> {
  const username = readUsername(asked.username)
  const name = readPersonName(asked.name)
  if (name === null) throw new Refusal('unacceptable', 'person-name', { params: { max: NAME_MAX } })
  const email = readMailbox(asked.email, lists)
  const organisation = await findOrganisation(tx, asked.organisation)
  const role = readRole(asked, organisation)
  const { id, approver, language = 'en' } = asked
  const { code } = organisation
  const person = { id, username, name, email, language, organisation: code, approver, createdAt: now }
  if (!(await insertPerson(tx, person)))
    throw new Refusal('conflict', 'person-username-taken', { params: { username } })
  if (role !== null && !(await insertRole(tx, { person: id, organisation: code, role, givenAt: now })))
    throw new Refusal('conflict', 'person-role-held', { params: { code, role } })
  return { organisation }
}

function readUsername(text: string): string {
  const username = text.trim()
  if (!isUsername(username)) throw new Refusal('unacceptable', 'person-username', { params: USERNAME })
  return username
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

async function findOrganisation(tx: Tx, text: string): Promise<Establishment> {
  const code = text.trim().toUpperCase()
  const organisation = (await findEstablishments(tx, [code])).get(code)
  if (!organisation)
    throw new Refusal('unacceptable', 'organisation-unknown', { params: { code: code.slice(0, 20) } })
  return organisation
}

function readRole({ role: asked, approver }: NewPerson, { code, kind }: Establishment): Role | null {
  const roles = rolesFor(kind)
  const role = roles.find((role) => role === asked)
  if (role) return role
  if (asked === null && approver) return null
  const fitting = roles.join(', ')
  if (asked === null) throw new Refusal('unacceptable', 'person-role-none', { params: { roles: fitting } })
  const params = { code, role: asked.slice(0, 40), roles: fitting }
  throw new Refusal('unacceptable', 'person-role', { params })
}
