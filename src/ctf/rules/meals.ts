import { blocksIn, valueOf } from '../blocks.ts'
import type { Block } from '../block.ts'
import { overlapping } from './periods.ts'
import {
  CBDS,
  INFERRED,
  RIGHT,
  dateOf,
  rowsOf,
  type BlockBreach,
  type BlockRule,
  type CtfRule,
  type RuleContext,
} from './rule.ts'

const { warning } = rowsOf('meals')

/** Free school meals. */
export const MEALS_RULES: readonly CtfRule[] = [
  /** Two periods at the same time. */
  warning('ctf-350', ['FSMstartDate', 'FSMendDate'], INFERRED),
  /** A period without an end, and no day on which it is looked at again. */
  warning('ctf-351', ['FSMendDate', 'FSMreviewDate'], `${CBDS} N00143; open periods without either occur`),
  /** A review that is over. */
  warning('ctf-352', ['FSMreviewDate'], `${CBDS} N00012; it passes while a file waits`),
  /** A country for a time before countries were recorded. */
  warning('ctf-353', ['UKcountry'], `${CBDS} N00277: programs fill it in, not schools`),
  /** No country since. */
  warning('ctf-354', ['UKcountry'], `${CBDS} N00277: programs fill it in, not schools`),
]

/** The rules of free school meals. */
export const MEALS_CHECKS: readonly BlockRule[] = [
  { group: 'FSMhistory', check: checkPeriods },
  { group: 'FSMhistory', check: checkReview },
  { group: 'FSMinstance', check: checkCountry },
]

function checkPeriods(history: Block): readonly BlockBreach[] {
  const found = overlapping(blocksIn(history, 'FSMinstance'), 'FSMstartDate', 'FSMendDate', true)
  return found.length === 0 ? RIGHT : found.map((period) => ['ctf-350', [period, 'FSMstartDate']])
}

/** The end of a period is not required where there is a review date, and the other way round. */
function checkReview(history: Block, { today }: RuleContext): readonly BlockBreach[] {
  if (valueOf(history, 'FSMreviewDate') !== null) {
    const review = dateOf(history, 'FSMreviewDate')
    return review !== null && review <= today ? [['ctf-352', 'FSMreviewDate']] : RIGHT
  }
  for (const period of blocksIn(history, 'FSMinstance')) {
    if (valueOf(period, 'FSMendDate') === null) return [['ctf-351', [period, 'FSMendDate']]]
  }
  return RIGHT
}

/** The day on which open periods got a country, and the version of the file that first had it. */
const COUNTRIES_SINCE = { date: '2012-09-01', version: 12 }

function checkCountry(period: Block, { header }: RuleContext): readonly BlockBreach[] {
  const country = valueOf(period, 'UKcountry')
  const end = valueOf(period, 'FSMendDate')
  const isBefore = end !== null && end < COUNTRIES_SINCE.date
  if (country !== null) return isBefore ? [['ctf-353', 'UKcountry']] : RIGHT
  const version = Number.parseInt(valueOf(header, 'CTFversion') ?? '', 10)
  return isBefore || version < COUNTRIES_SINCE.version ? RIGHT : [['ctf-354', 'UKcountry']]
}
