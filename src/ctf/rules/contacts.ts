import { blockIn, blocksIn, valueOf } from '../blocks.ts'
import type { Block } from '../block.ts'
import { repeated } from './periods.ts'
import { CBDS, INFERRED, RIGHT, rowsOf, type BlockBreach, type BlockRule, type CtfRule } from './rule.ts'

const { error, warning } = rowsOf('contacts')
const SOCIAL_WORKER = ['TelephoneType', 'Relationship']

/** Contacts. */
export const CONTACTS_RULES: readonly CtfRule[] = [
  /** Some contacts have an order, others none; the same order twice is allowed. */
  warning('ctf-411', ['Order'], `${CBDS} N00045; ${INFERRED}`),
  /** The same contact twice. */
  warning('ctf-412', ['Contact'], INFERRED),
  /** A social worker's telephone without its type. */
  error('ctf-413', SOCIAL_WORKER, `${CBDS} N00090`),
  /** A social worker without a telephone. */
  warning('ctf-414', SOCIAL_WORKER, `${CBDS} N00090; ${INFERRED}`),
]

/** The rules of contacts. */
export const CONTACTS_CHECKS: readonly BlockRule[] = [
  { group: 'Contact', check: checkSocialWorker },
  { group: 'Contacts', check: checkContacts },
]

function checkSocialWorker(contact: Block): readonly BlockBreach[] {
  if (valueOf(contact, 'Relationship') !== 'SWR') return RIGHT
  const phones = blocksIn(blockIn(contact, 'Phones'), 'Phone')
  if (phones.length === 0) return [['ctf-414', null]]
  const untyped = phones.find((phone) => valueOf(phone, 'TelephoneType') === null)
  return untyped ? [['ctf-413', [untyped, 'TelephoneType']]] : RIGHT
}

/** Full names and relationships: a family shares a surname, and a mother and a daughter a name. */
const SAME = ['Title', 'Surname', 'Forename', 'MiddleNames', 'Relationship']

function checkContacts(contacts: Block): readonly BlockBreach[] {
  const all = blocksIn(contacts, 'Contact')
  if (all.length < 2) return RIGHT
  const found: BlockBreach[] = repeated(all, SAME).map((contact) => ['ctf-412', [contact, null]])
  const isOrdered = all.some((contact) => valueOf(contact, 'Order') !== null)
  const unordered = isOrdered && all.find((contact) => valueOf(contact, 'Order') === null)
  if (unordered) found.push(['ctf-411', [unordered, 'Order']])
  return found
}
