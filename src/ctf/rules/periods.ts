import { valueOf } from '../blocks.ts'
import type { Block } from '../block.ts'
import { dateOf } from './rule.ts'

/** What is still open, or begins at no known day, is on the far side of every date. */
const NEVER = '9999-12-31'

/**
 * Periods that begin before one with an earlier beginning has ended, in the order of their beginnings. A period
 * without a beginning is left out.
 * @param blocks one a period
 * @param open whether a period without an end lasts on; else its end is not known and it overlaps nothing
 */
export function overlapping(
  blocks: readonly Block[],
  start: string,
  end: string,
  open: boolean,
): readonly Block[] {
  if (blocks.length < 2) return blocks.slice(0, 0)
  const periods: { block: Block; first: string; last: string }[] = []
  for (const block of blocks) {
    const first = dateOf(block, start)
    if (first === null) continue
    const last = dateOf(block, end) ?? (open ? NEVER : first)
    periods.push({ block, first, last })
  }
  periods.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))
  let latest = ''
  const found: Block[] = []
  for (const { block, first, last } of periods) {
    if (first < latest) found.push(block)
    if (last > latest) latest = last
  }
  return found
}

/** Up to so many blocks are compared each with each, which needs no memory; a pupil has a dozen of anything. */
const FEW = 16

/**
 * Blocks that say the same as one before them.
 * @param names the values that make them the same; where all are missing, there is nothing to compare
 */
export function repeated(blocks: readonly Block[], names: readonly string[]): readonly Block[] {
  if (blocks.length < 2 || (blocks.length <= FEW && !anyAlike(blocks, names))) return blocks.slice(0, 0)
  const seen = new Set<string>()
  return blocks.filter((block) => {
    const values = names.map((name) => valueOf(block, name))
    if (values.every((value) => value === null)) return false
    const key = JSON.stringify(values)
    return seen.has(key) || !seen.add(key)
  })
}

function anyAlike(blocks: readonly Block[], names: readonly string[]): boolean {
  for (let one = 1; one < blocks.length; one++)
    for (let other = 0; other < one; other++) if (areAlike(blocks[one]!, blocks[other]!, names)) return true
  return false
}

/** The last values are compared first: of results and schools they are the ones that differ. */
function areAlike(one: Block, other: Block, names: readonly string[]): boolean {
  for (let at = names.length - 1; at >= 0; at--)
    if (valueOf(one, names[at]!) !== valueOf(other, names[at]!)) return false
  return true
}
