import { blockIn, blocksIn, valueOf } from '../blocks.ts'
import { wholeNumber } from '../dates.ts'
import type { Block } from '../block.ts'
import { repeated } from './periods.ts'
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

const { error, warning } = rowsOf('needs')
const RANK = `${CBDS} N00024`

/** Special educational needs. */
export const NEEDS_RULES: readonly CtfRule[] = [
  /** Provision without the day it began. */
  error('ctf-370', ['StartDate', 'SENprovision'], `${CBDS} N00028`),
  /** Provision now, and no type of need. */
  error('ctf-371', ['SENprovision', 'SENtype'], `${CBDS} N00166`),
  /** More than two types of need at once. */
  warning('ctf-372', ['SENtype'], `${CBDS} N00166; the census takes two, a file may hold more`),
  /** Two needs of the same rank. */
  error('ctf-373', ['SENtypeRank'], RANK),
  /** A rank without the one before it. */
  error('ctf-374', ['SENtypeRank'], RANK),
  /** A type without a rank, or a rank without a type. */
  error('ctf-375', ['SENtypeRank', 'SENtype'], RANK),
  /** The same type twice. */
  warning('ctf-376', ['SENtype'], INFERRED),
]

/** The rules of special educational needs. */
export const NEEDS_CHECKS: readonly BlockRule[] = [
  { group: 'SEN', check: checkStart },
  { group: 'SENhistory', check: checkTypes },
  { group: 'SENneeds', check: checkRanks },
  { group: 'SENneed', check: checkPair },
]

function checkStart(sen: Block): readonly BlockBreach[] {
  const provision = valueOf(sen, 'SENprovision')
  const isMissing = provision !== null && provision !== 'N' && valueOf(sen, 'StartDate') === null
  return isMissing ? [['ctf-370', 'StartDate']] : RIGHT
}

/** Types that have ended count too: the DfE and NAW example of ATF 15 has no others. */
function checkTypes(history: Block, { today }: RuleContext): readonly BlockBreach[] {
  const needs = blockIn(history, 'SENneeds')
  const all = blocksIn(needs, 'SENneed')
  const present = all.filter((need) => isPresent(need, 'NeedEndDate', today))
  if (present.length > 2) return [['ctf-372', [present[2]!, 'SENtype']]]
  if (all.some((need) => valueOf(need, 'SENtype') !== null)) return RIGHT
  const sen = presentProvision(history, today)
  return sen ? [['ctf-371', [sen, 'SENprovision']]] : RIGHT
}

const isPresent = (block: Block, end: string, today: string): boolean => {
  const date = dateOf(block, end)
  return date === null || date >= today
}

/** The provision that began last and has not ended, unless it is none; N needs no date, so it may be the last. */
function presentProvision(history: Block, today: string): Block | null {
  let present: Block | null = null
  let latest = ''
  for (const sen of blocksIn(history, 'SEN')) {
    const start = dateOf(sen, 'StartDate') ?? '9999'
    if (start < latest || !isPresent(sen, 'EndDate', today)) continue
    latest = start
    present = sen
  }
  const provision = valueOf(present, 'SENprovision')
  return provision === null || provision === 'N' ? null : present
}

/** Needs that have ended keep the ranks they had, so they fill gaps and take no place. */
function checkRanks(needs: Block, { today }: RuleContext): readonly BlockBreach[] {
  const all = blocksIn(needs, 'SENneed')
  const present = all.filter((need) => isPresent(need, 'NeedEndDate', today))
  const found: BlockBreach[] = []
  for (const need of repeated(present, ['SENtypeRank'])) {
    found.push(['ctf-373', [need, 'SENtypeRank'], { rank: rankOf(need) }])
  }
  const ranks = new Set(all.map(rankOf))
  // a rank that is missing or wrong is found as such, and may be the one that the others leave out
  const areKnown = Math.min(...ranks) >= 1
  for (const need of present) {
    const rank = rankOf(need)
    if (areKnown && rank > 1 && !ranks.has(rank - 1)) {
      found.push(['ctf-374', [need, 'SENtypeRank'], { rank, before: rank - 1 }])
    }
  }
  for (const need of repeated(present, ['SENtype'])) found.push(['ctf-376', [need, 'SENtype']])
  return found
}

/** -1 where it is no number, which is found elsewhere. */
function rankOf(need: Block): number {
  const rank = valueOf(need, 'SENtypeRank') ?? ''
  return rank.length > 2 ? -1 : wholeNumber(rank, 0, rank.length)
}

function checkPair(need: Block): readonly BlockBreach[] {
  const hasRank = valueOf(need, 'SENtypeRank') !== null
  const hasType = valueOf(need, 'SENtype') !== null
  if (hasRank === hasType) return RIGHT
  const missing = hasRank ? 'SENtype' : 'SENtypeRank'
  return [['ctf-375', missing, { missing, given: hasRank ? 'SENtypeRank' : 'SENtype' }]]
}
