import { blocksIn, valueOf } from '../blocks.ts'
import type { Block } from '../block.ts'
import { overlapping, repeated } from './periods.ts'
import { CBDS, INFERRED, RIGHT, rowsOf, type BlockBreach, type BlockRule, type CtfRule } from './rule.ts'

const { error, warning } = rowsOf('schools')

/** The schools that a pupil was at. */
export const SCHOOLS_RULES: readonly CtfRule[] = [
  /** A school without a number and without a name. */
  error('ctf-701', ['SchoolName', 'Estab'], `${CBDS} N00057`),
  /** Two schools at the same time. */
  warning('ctf-702', ['EntryDate', 'LeavingDate'], `${INFERRED}; a pupil may be at two schools`),
  /** The same time at the same school twice. */
  warning('ctf-703', ['School'], INFERRED),
]

/** The rules of the school history; the years of attendance name their school too. */
export const SCHOOLS_CHECKS: readonly BlockRule[] = [
  { group: 'School', check: checkName },
  { group: 'YearData', check: checkName },
  { group: 'SchoolHistory', check: checkHistory },
]

function checkName(school: Block): readonly BlockBreach[] {
  const isNameless = valueOf(school, 'Estab') === 'XXXX' && valueOf(school, 'SchoolName') === null
  return isNameless ? [['ctf-701', 'SchoolName']] : RIGHT
}

function checkHistory(history: Block): readonly BlockBreach[] {
  const schools = blocksIn(history, 'School')
  if (schools.length < 2) return RIGHT
  const same = new Set(repeated(schools, ['LEA', 'Estab', 'SchoolName', 'EntryDate']))
  const found: BlockBreach[] = []
  for (const school of same) found.push(['ctf-703', [school, null]])
  for (const school of overlapping(schools, 'EntryDate', 'LeavingDate', false)) {
    if (!same.has(school)) found.push(['ctf-702', [school, 'EntryDate']])
  }
  return found
}
