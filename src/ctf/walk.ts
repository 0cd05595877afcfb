import { TOKEN, isBlank, textOf, type XmlTokens } from '../kit/xml-tokens.ts'
import type { Finding, Findings } from './findings.ts'
import type { ElementRow } from './model.ts'
import { PLANS, type Child, type Plan } from './plan.ts'

/** An element with children, as it is read. */
export interface Block {
  name: string
  /** Null for the root. */
  row: ElementRow | null
  parent: Block | null
  /** Offset of its tag. */
  at: number
  plan: Plan
  /** What stands in it, by the order of the rows; nothing for what does not stand. */
  standing: (Standing | undefined)[]
  /** The order of the last child that stood in its place. */
  last: number
  textSeen: boolean
}

/** Of the elements of one name in a block: the first that is not empty, trimmed, with its offset; or the first block. */
export interface Standing {
  value: string | null
  at: number
  block: Block | null
}

/** What the walk asks and tells. */
export interface WalkEvents {
  today: string
  findings: Findings
  /** The pupil that is being read. */
  pupil(): Finding['pupil']
  opened(block: Block): void
  closed(block: Block): void
}

/** The state of one walk. */
interface Walk {
  readonly tokens: XmlTokens
  readonly events: WalkEvents
  block: Block
  /** The child of the block whose value is open. */
  child: Child | null
  valueAt: number
  value: string
}

/**
 * Walks over a document by the content model, in one pass: what is there, in which order, how often, and each
 * value. An element that the model does not know is passed over with all that is in it.
 * @param tokens of a well-formed document, as the gate gave them
 * @param wanted the only root that is read
 */
export function walkModel(tokens: XmlTokens, wanted: string, events: WalkEvents): void {
  const { marks, count, names } = tokens
  let token = 0
  while (marks[token * 2 + 1]! < 0) token++
  if (names[marks[token * 2 + 1]!] !== wanted) return
  const root = openBlock(wanted, PLANS.get(wanted)!, null, null, marks[token * 2]!)
  const walk: Walk = { tokens, events, block: root, child: null, valueAt: 0, value: '' }
  for (token++; token < count; token++) {
    const kind = marks[token * 2 + 1]!
    if (kind === TOKEN.close) {
      if (walk.child) closeValue(walk, walk.child)
      else if (closeBlock(walk)) return
    } else if (kind >= 0) {
      if (!openElement(walk, names[kind]!, marks[token * 2]!)) token = closing(tokens, token)
    } else if (kind !== TOKEN.other) takeText(walk, token)
  }
}

/** The token that closes the element which a token opens. */
function closing({ marks }: XmlTokens, opening: number): number {
  let token = opening
  for (let depth = 1; depth > 0;) {
    const kind = marks[++token * 2 + 1]!
    if (kind >= 0) depth++
    else if (kind === TOKEN.close) depth--
  }
  return token
}

function found(walk: Walk, rule: string, at: number, name: string | null, params?: Finding['params']): void {
  const { block, events } = walk
  events.findings.add(rule, at, () => pathOf(block, name), events.pupil(), params)
}

/** Whether what is in the element is read. */
function openElement(walk: Walk, name: string, at: number): boolean {
  const child = walk.child ? undefined : walk.block.plan.children.get(name)
  if (!child) {
    found(walk, 'ctf-102', at, name, { element: name })
    return false
  }
  checkStanding(walk, child.row, at)
  if (child.plan) {
    walk.block = openBlock(child.row.name, child.plan, child.row, walk.block, at)
    walk.events.opened(walk.block)
    return true
  }
  if (!child.check) return false
  walk.child = child
  walk.valueAt = at
  walk.value = ''
  return true
}

/** Whether a child stands where and as often as the model has it. */
function checkStanding(walk: Walk, row: ElementRow, at: number): void {
  const { block } = walk
  const stands = block.standing[row.order] !== undefined
  if (row.max === 1 && stands) {
    found(walk, row.certainty === 'V' ? 'ctf-106' : 'ctf-107', at, row.name, { element: row.name })
  } else if (row.order < block.last) found(walk, 'ctf-103', at, row.name, { element: row.name })
  else block.last = row.order
  if (!stands) block.standing[row.order] = { value: null, at, block: null }
}

function takeText(walk: Walk, token: number): void {
  const { block, child, tokens } = walk
  if (child) walk.value += textOf(tokens, token)
  else if (!block.textSeen && !isBlank(tokens, token)) {
    block.textSeen = true
    found(walk, 'ctf-109', block.at, null, { element: block.name })
  }
}

function closeValue(walk: Walk, { row, check }: Child): void {
  const at = walk.valueAt
  const value = walk.value.trim()
  walk.child = null
  if (value === '') {
    found(walk, row.min === 0 ? 'ctf-108' : missing(row), at, row.name, { element: row.name })
    return
  }
  const standing = walk.block.standing[row.order]!
  if (standing.value === null) {
    standing.value = value
    standing.at = at
  }
  for (const [rule, params] of check!(value, walk.events.today)) {
    found(walk, rule, at, row.name, { element: row.name, ...params })
  }
}

/** Whether it was the root. */
function closeBlock(walk: Walk): boolean {
  const { block } = walk
  const { row, parent, name, at, standing, plan } = block
  if (standing.length === 0 && row?.min === 0) found(walk, 'ctf-108', at, null, { element: name })
  else {
    for (const child of plan.required) {
      if (standing[child.order] === undefined) found(walk, missing(child), at, null, { element: child.name })
    }
  }
  walk.events.closed(block)
  if (!parent) return true
  walk.block = parent
  parent.standing[row!.order]!.block ??= block
  return false
}

function openBlock(
  name: string,
  plan: Plan,
  row: ElementRow | null,
  parent: Block | null,
  at: number,
): Block {
  return { name, row, parent, at, plan, standing: [], last: 0, textSeen: false }
}

function missing(row: ElementRow): string {
  if (row.name === 'Pupil') return 'ctf-301'
  return row.core ? 'ctf-104' : 'ctf-105'
}

/** Element names from the root to a block, or to a child of it. */
export function pathOf(block: Block | null, name: string | null): string {
  const names = name === null ? [] : [name]
  for (let at = block; at; at = at.parent) names.unshift(at.name)
  return names.join('/')
}
