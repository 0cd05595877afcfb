import { checkOf, type ValueCheck } from './check.ts'
import { ELEMENTS, GROUPS, type ElementRow } from './model.ts'

/** The content model as a walk needs it: what an element may have in it. */
export interface Plan {
  children: ReadonlyMap<string, Child>
  /** Those that must stand, in order. */
  required: readonly ElementRow[]
}

/** What a child is: a row, and its value's check or its own plan; neither where it may hold anything. */
export interface Child {
  row: ElementRow
  check: ValueCheck | null
  plan: Plan | null
}

/** The plan of each element that has children, by the name of its group. */
export const PLANS: ReadonlyMap<string, Plan> = makePlans()

function makePlans(): Map<string, Plan> {
  const plans = new Map<string, { children: Map<string, Child>; required: readonly ElementRow[] }>()
  for (const [group, rows] of GROUPS) {
    const required = [...rows.values()].filter((row) => row.min === 1)
    plans.set(group, { children: new Map(), required })
  }
  for (const row of ELEMENTS) {
    const { content } = row
    const plan = content !== 'any' && 'group' in content ? plans.get(content.group)! : null
    plans.get(row.parent)!.children.set(row.name, { row, check: checkOf(row), plan })
  }
  return plans
}
