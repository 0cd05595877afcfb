import { blockIn, valueOf } from '../blocks.ts'
import type { Block } from '../block.ts'
import {
  CBDS,
  GUIDANCE,
  INFERRED,
  RIGHT,
  inBoth,
  rowsOf,
  type BlockBreach,
  type BlockRule,
  type CtfRule,
} from './rule.ts'

const { error, warning } = rowsOf('pupil')
const form = rowsOf('pupil', true)
const upn = `${CBDS} N00001`

/** The pupils of a file and what identifies them. */
export const PUPIL_RULES: readonly CtfRule[] = [
  /** No pupil. */
  form.error('ctf-301', ['Pupil'], 'a transfer file is of one pupil or more'),
  /** More than one pupil in a file for XXXXXXX or MMMMMMM. */
  error('ctf-302', ['Pupil'], `${GUIDANCE} §1.3`),
  /** The same UPN twice. */
  error('ctf-303', ['UPN'], 'census rule 1520'),
  /** UPN: length, letter, digits, check letter; the LA in it. */
  form.error('ctf-304', ['UPN'], upn),
  form.error('ctf-305', ['UPN'], upn),
  form.error('ctf-306', ['UPN'], `${upn}; census rule 1540`),
  error('ctf-307', ['UPN'], `${upn}; census rule 1510`),
  warning('ctf-308', ['UPN'], 'census rule 1530; numbers were added since'),
  /** A former UPN that is none. */
  error('ctf-309', ['FormerUPN'], `${CBDS} N00002`),
  /** A ULN that is none. */
  error('ctf-310', ['UniqueLearnerNumber'], `${CBDS} N00011`),
  /** A UCI that is none. */
  form.error('ctf-311', ['UCI'], `${CBDS} N00180`),
  /** A date of birth that is not in the past. */
  error('ctf-312', ['DOB'], `${CBDS} N00006`),
  /** An age that no pupil has. */
  warning('ctf-313', ['DOB'], `${CBDS} N00006: normally 1 to 25`),
  /** Neither sex nor gender. */
  form.error('ctf-314', ['Sex', 'Gender'], `${CBDS} N00007; s2s: core data is always exported`),
  /** Sex and gender that differ. */
  error('ctf-315', ['Sex', 'Gender'], 'one of them is followed by the other in later versions'),
  /** A former UPN that is the present one. */
  warning('ctf-320', ['FormerUPN', 'UPN'], `${CBDS} N00002; ${INFERRED}`),
  /** A permanent former UPN of other digits; a temporary one is always followed by another. */
  warning('ctf-321', ['FormerUPN', 'UPN'], `${CBDS} N00002; it cannot hold for a temporary number`),
]

/** The rules of a pupil's identity. */
export const PUPIL_CHECKS: readonly BlockRule[] = [
  { group: 'Pupil', check: checkSex },
  ...inBoth('Pupil', checkSexes),
  ...inBoth('Pupil', checkFormerUpn),
]

/** Gender was followed by Sex in a version that is not verified, so either is read in any. */
function checkSex(pupil: Block): readonly BlockBreach[] {
  const isMissing = valueOf(pupil, 'Sex') === null && valueOf(pupil, 'Gender') === null
  return isMissing ? [['ctf-314', null]] : RIGHT
}

function checkSexes(pupil: Block): readonly BlockBreach[] {
  const sex = valueOf(pupil, 'Sex')
  const gender = valueOf(pupil, 'Gender')
  return sex !== null && gender !== null && sex !== gender ? [['ctf-315', 'Sex']] : RIGHT
}

function checkFormerUpn(pupil: Block): readonly BlockBreach[] {
  const basic = blockIn(pupil, 'BasicDetails')
  // admissions files call it UPN
  const element = valueOf(basic, 'FormerUPN') === null ? 'UPN' : 'FormerUPN'
  const former = valueOf(basic, element)
  const present = valueOf(pupil, 'UPN')
  if (!basic || former === null || former.length !== 13 || present === null) return RIGHT
  if (former === present) return [['ctf-320', [basic, element]]]
  const isTemporary = former[12]! > '9'
  const sameDigits = former.slice(1) === present.slice(1)
  return isTemporary || sameDigits ? RIGHT : [['ctf-321', [basic, element]]]
}
