import { knowNames, type XmlNames } from '../kit/xml/index.ts'
import { checkOf, type ValueCheck } from './values/index.ts'
import { BLOCK_RULES } from './rules/index.ts'
import type { BlockRule } from './rules/rule.ts'
import { CTF_MODEL, type ElementRow, type Model } from './model.ts'

/** The content model as a walk needs it: what an element may have in it. */
export interface Plan {
  group: string
  /** By the number of their names; nothing for a name that does not stand here. */
  children: (Child | undefined)[]
  /** The same by name, in order. */
  rows: ReadonlyMap<string, ElementRow>
  /** Their orders. */
  orders: Readonly<Record<string, number>>
  /** Those that must stand, in order. */
  required: readonly ElementRow[]
  /** A block's values and places while nothing stands in it, to be copied. */
  noValues: readonly null[]
  noPlaces: readonly number[]
  /** The rules that are asked when such a block closes. */
  rules: readonly BlockRule[]
}

/** What a child is: a row, and its value's check or its own plan; neither where it may hold anything. */
export interface Child {
  /** Its place among all rows, from 1. */
  number: number
  row: ElementRow
  check: ValueCheck | null
  plan: Plan | null
}

/** The plans of a model. */
export interface Plans {
  /** All element names, numbered. */
  names: XmlNames
  /** By the name of the group; the roots by theirs. */
  groups: ReadonlyMap<string, Plan>
}

const made = new WeakMap<Model, Plans>()

/** The plans of a model; made once. */
export function plansOf(model: Model = CTF_MODEL): Plans {
  let plans = made.get(model)
  if (!plans) made.set(model, (plans = makePlans(model)))
  return plans
}

function makePlans({ rows, groups }: Model): Plans {
  const roots = [...groups.keys()]
  const names = [...new Set([...roots, ...rows.map(({ name }) => name)])]
  const numbers = new Map(names.map((name, number) => [name, number]))
  const plans = new Map<string, Plan>()
  for (const [group, children] of groups) {
    const required = [...children.values()].filter(({ min }) => min === 1)
    // as long as the list of names, so that looking a name up never leaves it
    plans.set(group, {
      group,
      children: Array.from({ length: names.length }),
      rows: children,
      orders: Object.fromEntries([...children.values()].map(({ name, order }) => [name, order])),
      required,
      // orders count from 1
      noValues: Array.from({ length: children.size + 1 }, () => null),
      // -0 is kept as a double, as places are, so that a block's places need not be made anew for the first of them
      noPlaces: Array.from({ length: children.size + 1 }, () => -0),
      rules: BLOCK_RULES.get(group) ?? [],
    })
  }
  for (const [index, row] of rows.entries()) {
    const { content } = row
    const plan = content !== 'any' && 'group' in content ? plans.get(content.group)! : null
    plans.get(row.parent)!.children[numbers.get(row.name)!] = {
      number: index + 1,
      row,
      check: checkOf(row),
      plan,
    }
  }
  return { names: knowNames(names), groups: plans }
}
