import { blockIn, blocksIn, valueOf } from '../blocks.ts'
import { codeSet } from '../codes/code-sets.ts'
import { ageAtLast31August } from '../dates.ts'
import type { Block } from '../block.ts'
import {
  CBDS,
  INFERRED,
  RIGHT,
  dateOf,
  inBoth,
  rowsOf,
  type BlockBreach,
  type BlockRule,
  type CtfRule,
  type RuleContext,
} from './rule.ts'

const { error, warning } = rowsOf('details')
const ETHNICITY = ['Ethnicity', 'EthnicitySource']

/** The basic details. */
export const DETAILS_RULES: readonly CtfRule[] = [
  /** Ethnicity without who said it. */
  error('ctf-330', ETHNICITY, `${CBDS} N00198`),
  /** Ethnicity refused, yet neither by the child nor by a parent. */
  error('ctf-331', ETHNICITY, `${CBDS} N00198`),
  /** A year group that does not fit the age. */
  warning('ctf-332', ['NCyearActual', 'DOB'], `${CBDS} N00182`),
  /** Several proficiencies in English, one without a date: which is the present one? */
  warning('ctf-333', ['ProficiencyInEnglishDate'], `${CBDS} N00197; ${INFERRED}`),
]

/** The rules of the basic details. */
export const DETAILS_CHECKS: readonly BlockRule[] = [
  ...inBoth('BasicDetails', checkEthnicity),
  ...inBoth('Pupil', checkYearGroup),
  { group: 'EnglishProficiencies', check: checkProficiencies },
]

function checkEthnicity(basic: Block): readonly BlockBreach[] {
  const ethnicity = valueOf(basic, 'Ethnicity')
  const source = valueOf(basic, 'EthnicitySource')
  if (source === null) return ethnicity === null ? RIGHT : [['ctf-330', 'EthnicitySource']]
  const isOwn = source === 'C' || source === 'P'
  return ethnicity === 'REFU' && !isOwn ? [['ctf-331', 'EthnicitySource']] : RIGHT
}

/** Year groups of the youngest, by age on the last 31 August (CBDS N00182). */
const YOUNGEST: Readonly<Record<number, readonly string[]>> = {
  2: ['N1', 'N2', 'R'],
  3: ['N1', 'N2', 'R', '1'],
  4: ['N1', 'N2', 'R', '1', '2'],
  5: ['N1', 'N2', 'R', '1', '2', '3'],
  6: ['R', '1', '2', '3', '4'],
}

/** The early years E1 and E2 are younger than the rule, so they are not judged by it. */
const ANY_AGE = new Set(['X', 'E1', 'E2'])

const YEAR_GROUPS = codeSet('nc-year').codes

/** Over 6: from six less than the age to two less. */
function checkYearGroup(pupil: Block, { today }: RuleContext): readonly BlockBreach[] {
  const basic = blockIn(pupil, 'BasicDetails')
  const year = basic && valueOf(basic, 'NCyearActual')
  const dob = dateOf(pupil, 'DOB')
  if (!basic || year === null || dob === null || dob >= today) return RIGHT
  // a code that is none is found as such
  if (ANY_AGE.has(year) || !YEAR_GROUPS.has(year)) return RIGHT
  const age = ageAtLast31August(dob, today)
  if (age < 2) return RIGHT
  const fits = age > 6 ? Number(year) >= age - 6 && Number(year) <= age - 2 : YOUNGEST[age]!.includes(year)
  if (fits) return RIGHT
  const allowed = age > 6 ? `${age - 6} – ${age - 2}` : YOUNGEST[age]!.join(', ')
  return [['ctf-332', [basic, 'NCyearActual'], { allowed }]]
}

function checkProficiencies(proficiencies: Block): readonly BlockBreach[] {
  const all = blocksIn(proficiencies, 'EnglishProficiency')
  if (all.length < 2) return RIGHT
  const undated = all.find((one) => valueOf(one, 'ProficiencyInEnglishDate') === null)
  return undated ? [['ctf-333', [undated, 'ProficiencyInEnglishDate']]] : RIGHT
}
