/** Pure rules of the codes by which an organisation's approver role is claimed (ICES Bulletin 65 §1). */

/** Characters that nobody takes for one another, on paper or on a screen. */
export const ALPHABET = '46789BCDFGHJKLMNPRSTVWXY'

/** A code is five groups of four characters: 91 random bits. */
export const GROUPS = { count: 5, length: 4 }

const CODE = new RegExp(`^[${ALPHABET}]{${GROUPS.count * GROUPS.length}}$`)

/** A code as it was typed, without hyphens and spaces and in capitals; null when it can be none. */
export function readCode(typed: string): string | null {
  const code = typed.replaceAll(/[\s\p{Pd}]/gu, '').toUpperCase()
  return CODE.test(code) ? code : null
}

/** A code as letters show it: in groups. */
export function showCode(code: string): string {
  return (code.match(new RegExp(`.{1,${GROUPS.length}}`, 'g')) ?? []).join('-')
}

/** How many wrong codes an hour are taken from one person, and from one network address, which many may share. */
export const WRONG_CODES = { ofPerson: 10, fromAddress: 50 }

/** Organisations that are issued codes at once in the pages; whoever has more to do does so again. */
export const ISSUED_AT_ONCE = 2000

/** How an organisation stands: it has an approver; a code that can be used; or neither. */
export const STATES = ['none', 'open', 'approver'] as const

/** One of `STATES`. */
export type State = (typeof STATES)[number]

/** An organisation without at least this many approvers is warned: nobody stands in for the only one. */
export const APPROVERS_WANTED = 2
