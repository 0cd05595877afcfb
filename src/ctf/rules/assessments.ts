import { blocksIn, valueOf } from '../blocks.ts'
import { codeSet } from '../codes/code-sets.ts'
import { academicYearOf, isYear, wholeNumber } from '../dates.ts'
import type { Block } from '../block.ts'
import { repeated } from './periods.ts'
import {
  CBDS,
  INFERRED,
  RIGHT,
  dateOf,
  purposeOf,
  rowsOf,
  type BlockBreach,
  type BlockRule,
  type CtfRule,
  type RuleContext,
} from './rule.ts'

const { warning } = rowsOf('assessments')
const MTC = 'DfE Multiplication Tables Check, which writes these results; codes may be added'

/** Assessments. */
export const ASSESSMENTS_RULES: readonly CtfRule[] = [
  /** A result that the multiplication tables check does not have. */
  warning('ctf-601', ['Result', 'Component'], MTC),
  /** A multiplication tables check that is filed as something else. */
  warning('ctf-602', ['Stage', 'Subject', 'Method', 'ResultQualifier', 'Component'], MTC),
  /** A result that the phonics screening check does not have. */
  warning('ctf-603', ['Result', 'Component'], 'help pages of a school system, not verified with the DfE'),
  /** A date that is not near the year of the result. */
  warning('ctf-604', ['ResultDate', 'Year'], `${CBDS} N00094, N00602; ${INFERRED}`),
  /** The same result twice. */
  warning('ctf-605', ['StageAssessment'], INFERRED),
  /** The same stage twice. */
  warning('ctf-606', ['KeyStage', 'Stage'], 'the DfE and supplier exporters write one KeyStage a stage'),
]

/** The rules of assessments. */
export const ASSESSMENTS_CHECKS: readonly BlockRule[] = [
  { group: 'StageAssessment', check: checkTables },
  { group: 'StageAssessment', check: checkPhonics },
  { group: 'StageAssessment', check: checkDate },
  { group: 'KeyStage', check: checkResults },
  { group: 'StageAssessments', check: checkStages },
]

/** Where a result is out of a number of points, or a code that says why there is none. */
interface Points {
  most: number
  codes: ReadonlySet<string>
}

const TABLES: Points = { most: 25, codes: new Set('A B H J L NAA Q U X Z'.split(' ')) }
const PHONICS: Points = { most: 40, codes: new Set('A D L Q'.split(' ')) }

function isOf(points: Points, result: string): boolean {
  const score = result.length > 2 ? -1 : wholeNumber(result, 0, result.length)
  return score < 0 ? points.codes.has(result) : score <= points.most
}

const pointsOf = ({ most, codes }: Points) => ({ most, codes: [...codes].join(', ') })

/** What stands beside the component MTC. */
const TABLES_ARE = { Subject: 'MAT', Method: 'TT', ResultQualifier: 'MT' } as const

function checkTables(assessment: Block): readonly BlockBreach[] {
  if (valueOf(assessment, 'Component') !== 'MTC') return RIGHT
  const found: BlockBreach[] = []
  const result = valueOf(assessment, 'Result')
  const isResult = valueOf(assessment, 'ResultStatus') === 'R'
  if (result !== null && isResult && fits('Result', result) && !isOf(TABLES, result)) {
    found.push(['ctf-601', 'Result', pointsOf(TABLES)])
  }
  const wrong = Object.entries(TABLES_ARE).find(([name, is]) => {
    const value = valueOf(assessment, name) ?? is
    return value !== is && fits(name, value)
  })
  const stage = valueOf(assessment.parent, 'Stage')
  if (wrong || (stage !== null && stage !== 'KS2' && fits('Stage', stage))) {
    const [element, expected] = wrong ?? ['Stage', 'KS2']
    found.push(['ctf-602', element, { element, expected }])
  }
  return found
}

const CODES: Readonly<Record<string, ReadonlyMap<string, unknown>>> = {
  Stage: codeSet('stage').codes,
  ResultQualifier: codeSet('result-qualifier').codes,
}

/** Whether a value has the form of its element; one that has not is found as such. */
function fits(element: string, value: string): boolean {
  return CODES[element]?.has(value) ?? value.length <= (element === 'Result' ? 9 : 3)
}

/** Which component it is filed as is not known, so it is known by its name or by the file's purpose. */
function checkPhonics(assessment: Block, { header, name }: RuleContext): readonly BlockBreach[] {
  const isPhonics =
    valueOf(assessment, 'Component') === 'PHO' ||
    valueOf(assessment, 'Subject') === 'PHO' ||
    purposeOf(header, name) === 'PHO'
  const result = valueOf(assessment, 'Result')
  if (!isPhonics || result === null || !fits('Result', result) || isOf(PHONICS, result)) return RIGHT
  return [['ctf-603', 'Result', pointsOf(PHONICS)]]
}

/** Year is the last of the academic year; a date is entered at times a year late. */
function checkDate(assessment: Block): readonly BlockBreach[] {
  const date = dateOf(assessment, 'ResultDate')
  const year = valueOf(assessment, 'Year')
  if (date === null || year === null || !isYear(year)) return RIGHT
  return Math.abs(academicYearOf(date) + 1 - wholeNumber(year, 0, 4)) > 1
    ? [['ctf-604', 'ResultDate']]
    : RIGHT
}

const SAME = [
  'Locale',
  'Year',
  'Subject',
  'Method',
  'Component',
  'ResultStatus',
  'ResultQualifier',
  'ResultDate',
]

function checkResults(stage: Block): readonly BlockBreach[] {
  const found = repeated(blocksIn(stage, 'StageAssessment'), SAME)
  return found.length === 0 ? RIGHT : found.map((assessment) => ['ctf-605', [assessment, null]])
}

function checkStages(assessments: Block): readonly BlockBreach[] {
  const found = repeated(blocksIn(assessments, 'KeyStage'), ['Stage'])
  return found.length === 0 ? RIGHT : found.map((stage) => ['ctf-606', [stage, 'Stage']])
}
