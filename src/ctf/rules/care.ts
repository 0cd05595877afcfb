import { blockIn, blocksIn, valueOf } from '../blocks.ts'
import type { Block } from '../block.ts'
import {
  CBDS,
  RIGHT,
  inBoth,
  isTrue,
  rowsOf,
  type BlockBreach,
  type BlockRule,
  type CtfRule,
  type RuleContext,
} from './rule.ts'

const { error, warning } = rowsOf('care')

/** Looked after children. */
export const CARE_RULES: readonly CtfRule[] = [
  /** No authority that looks after the child. */
  error('ctf-360', ['InCare', 'CareAuthority'], `${CBDS} N00014`),
  /** No social worker among the contacts. */
  warning(
    'ctf-361',
    ['InCare', 'Relationship'],
    `${CBDS} N00092; the DfE and NAW example of ATF 15 has none`,
  ),
]

/** The rules of looked after children. */
export const CARE_CHECKS: readonly BlockRule[] = [
  { group: 'LookedAfter', check: checkAuthority },
  ...inBoth('Pupil', checkSocialWorker),
]

/** What stands for no LA where a school is not known (CBDS CS003). */
const NO_AUTHORITY = new Set(['XXX', 'MMM', 'NAA'])

function checkAuthority(care: Block): readonly BlockBreach[] {
  if (!isTrue(care, 'InCare')) return RIGHT
  const authority = valueOf(care, 'CareAuthority')
  return authority === null || NO_AUTHORITY.has(authority) ? [['ctf-360', 'CareAuthority']] : RIGHT
}

/** A partial file may leave the contacts out altogether. */
function checkSocialWorker(pupil: Block, { header }: RuleContext): readonly BlockBreach[] {
  const care = blockIn(pupil, 'LookedAfter')
  if (!care || !isTrue(care, 'InCare')) return RIGHT
  const contacts = blockIn(pupil, 'Contacts')
  const isFull = valueOf(header, 'DocumentQualifier')?.toUpperCase() === 'FULL'
  if (!contacts && !isFull) return RIGHT
  const has = blocksIn(contacts, 'Contact').some((one) => valueOf(one, 'Relationship') === 'SWR')
  return has ? RIGHT : [['ctf-361', [care, 'InCare']]]
}
