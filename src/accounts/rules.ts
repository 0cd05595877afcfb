import type { OrganisationKind } from '../establishments/rules.ts'
import { ROLES, type Role } from '../permissions/table.ts'

const LA_ROLES = ROLES.filter((role) => role.startsWith('lea-'))

/** The roles by the kind of organisation they belong to: guidance for local authorities §1.6; suppliers §5.5. */
const ROLES_OF: Record<OrganisationKind, readonly Role[]> = {
  school: ['school-user'],
  authority: LA_ROLES,
  department: ['national-administrator'],
  supplier: ['supplier-user'],
}

/**
 * The roles that a person or a machine client of such an organisation may have. Approver is none of them: a person is
 * one beside any role or without, and a client never, since approving is a person's judgement (ICES Bulletin 65 §1).
 */
export function rolesFor(kind: OrganisationKind): readonly Role[] {
  return ROLES_OF[kind]
}

/** The longest name of a person or a client, in characters. */
export const NAME_MAX = 100

/**
 * A client's name as it is kept: trimmed, composed (NFC). Null when it is empty, too long, or holds control or
 * direction characters, which would mislead in a file's history and in the audit.
 */
export function readClientName(text: string): string | null {
  const name = text.trim().normalize('NFC')
  return name === '' || name.length > NAME_MAX || /[\p{C}\p{Zl}\p{Zp}]/u.test(name) ? null : name
}

/** A person's name as it is kept: as a client's, with at least one letter, of any alphabet; else null. */
export function readPersonName(text: string): string | null {
  const name = readClientName(text)
  return name !== null && /\p{L}/u.test(name) ? name : null
}

/** The shortest and the longest username, in characters. */
export const USERNAME = { min: 3, max: 40 }

/** Whether a text can be a username: letters and digits, such as 681bjones (guidance for local authorities §3.3). */
export function isUsername(text: string): boolean {
  return text.length >= USERNAME.min && text.length <= USERNAME.max && /^[A-Za-z0-9]+$/.test(text)
}

/** Usernames of one key are the same name: no two may differ by case only. */
export function usernameKey(username: string): string {
  return username.toLowerCase()
}

/** Hours in which the link of an invitation can be used. */
export const INVITATION_HOURS = 48

/** Which addresses no account may have, by settings. */
export interface MailboxLists {
  personalMailDomains: readonly string[]
  genericMailboxes: readonly string[]
}

/**
 * What is wrong with an e-mail address for one person's account: `personal`, a domain for private mail, which is
 * strictly prohibited; `generic`, a mailbox that several people read (guidance for local authorities §3.7). A domain
 * of the list without a dot stands for that name under any ending: yahoo for yahoo.com and yahoo.co.uk. Mailboxes are
 * compared without dots, hyphens, underlines and what follows a plus sign.
 */
export function mailboxProblem(email: string, lists: MailboxLists): 'personal' | 'generic' | null {
  const [local = '', domain = ''] = email.toLowerCase().split('@')
  const name = domain.replace(/(\.com?)?\.[^.]+$/, '').replace(/^.*\./, '')
  const isPersonal = lists.personalMailDomains.some((one) =>
    one.includes('.') ? `.${domain}`.endsWith(`.${one}`) : name === one,
  )
  if (isPersonal) return 'personal'
  const plain = (mailbox: string): string => mailbox.replace(/\+.*$/, '').replaceAll(/[._-]/g, '')
  return lists.genericMailboxes.some((one) => plain(one) === plain(local)) ? 'generic' : null
}
