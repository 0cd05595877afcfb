import { readPhone as readPhoneNumber, wordsOfText, type OrganisationKind } from '../establishments/rules.ts'
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

/** Roles that no approver and no DBA gives (ICES Bulletin 65 §1; guidance for local authorities §3.1). */
export const SET_UP_ABOVE: readonly Role[] = ['lea-dba', 'national-administrator']

/** Whether one of these roles is set up from above. */
export function isSetUpAbove(roles: readonly Role[]): boolean {
  return roles.some((role) => SET_UP_ABOVE.includes(role))
}

/** What a person acts by at an organisation: the roles held there, the approver's flag, and that of every member. */
export function rolesOfMember({ roles, approver }: { roles: readonly Role[]; approver: boolean }): Role[] {
  return [...roles, ...(approver ? (['approver'] as const) : []), 'member']
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

/**
 * A username as the guidance for local authorities §3.3 makes one, 681bjones: the LA number, the first letter of the
 * first name, the last name. `tries` is how many such were taken: the next has a number behind it.
 * @param organisation 7-character code
 */
export function proposedUsername(name: string, organisation: string, tries = 0): string {
  const words = wordsOfText(name)
  const last = words.length > 1 ? words.at(-1)! : ''
  const person = words.length > 1 ? `${words[0]!.slice(0, 1)}${last}` : (words[0] ?? 'user')
  const number = tries === 0 ? '' : String(tries + 1)
  return `${organisation.slice(0, 3).toLowerCase()}${person.slice(0, USERNAME.max - 8)}${number}`
}

/** A telephone number as it is kept; null when nothing was typed, undefined when it is none. */
export function readPhone(text: string): string | null | undefined {
  return text.trim() === '' ? null : (readPhoneNumber(text) ?? undefined)
}

/** How an account stands: invited until its first password is set; ended by somebody or by the clock. */
export type AccountState = 'invited' | 'active' | 'suspended' | 'archived'

/** How a membership stands. */
export function stateOf({
  endedAs,
  activatedAt,
}: {
  endedAs: 'archived' | 'suspended' | null
  activatedAt: Date | null
}): AccountState {
  return endedAs ?? (activatedAt === null ? 'invited' : 'active')
}

/** What can be done to somebody's account, as its history tells it. */
export const ACCOUNT_EVENTS = [
  'created',
  'joined',
  'invited',
  'details',
  'roles',
  'systems',
  'sessions-ended',
  'approver-made',
  'approver-taken',
  'handed-over',
  'claimed',
  'one-time-password',
  'factors-reset',
  'archived',
  'suspended',
  'restored',
] as const

/** One of them. */
export type AccountEvent = (typeof ACCOUNT_EVENTS)[number]

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
