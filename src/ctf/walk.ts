import { parseXml } from '../kit/xml-parse.ts'
import { checkValue } from './check.ts'
import type { Finding, Findings } from './findings.ts'
import { GROUPS, type ElementRow } from './model.ts'

/** An element with children, as it is read. */
export interface Block {
  name: string
  /** Null for the root. */
  row: ElementRow | null
  parent: Block | null
  /** Offset of its tag. */
  at: number
  /** Its values that are not empty: the first of each name, trimmed. */
  values: Map<string, { value: string; at: number }>
  /** The first of each block in it that stands once. */
  blocks: Map<string, Block>
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

/** How the walk ended: the root's name, and the offset at which the text is not well formed, if so. */
export interface Walked {
  root: string | null
  error: number | null
}

/** A block while it is open. */
interface OpenBlock extends Block {
  parent: OpenBlock | null
  children: ReadonlyMap<string, ElementRow>
  seen: Set<string>
  /** The order of the last child that stood in its place. */
  last: number
  textSeen: boolean
}

/** A value while it is open. */
interface OpenValue {
  row: ElementRow
  at: number
  text: string
}

/** The state of one walk. */
interface Walk {
  readonly events: WalkEvents
  /** The root that is read. */
  readonly wanted: string
  root: string | null
  block: OpenBlock | null
  value: OpenValue | null
  /** How many elements are open that are passed over. */
  skipped: number
}

/**
 * Walks over a document by the content model, in one pass: what is there, in which order, how often, and each
 * value. An element that the model does not know is passed over with all that is in it.
 * @param text as the gate gave it
 * @param wanted the only root that is read; the elements of another are only parsed
 */
export function walkModel(text: string, wanted: string, events: WalkEvents): Walked {
  const walk: Walk = { events, wanted, root: null, block: null, value: null, skipped: 0 }
  const error = parseXml(text, {
    open: (name, at) => openElement(walk, name, at),
    close: () => closeElement(walk),
    text: (part) => takeText(walk, part),
  })
  return { root: walk.root, error }
}

function found(walk: Walk, rule: string, at: number, name: string | null, params?: Finding['params']): void {
  const { block, events } = walk
  events.findings.add(rule, at, () => pathOf(block, name), events.pupil(), params)
}

function openElement(walk: Walk, name: string, at: number): void {
  if (walk.skipped > 0) walk.skipped++
  else if (walk.root === null) openRoot(walk, name, at)
  else openChild(walk, name, at, walk.value ? undefined : walk.block!.children.get(name))
}

function openRoot(walk: Walk, name: string, at: number): void {
  walk.root = name
  if (name === walk.wanted) walk.block = openBlock(name, name, null, null, at)
  else walk.skipped = 1
}

function openChild(walk: Walk, name: string, at: number, row: ElementRow | undefined): void {
  if (!row) {
    found(walk, 'ctf-102', at, name, { element: name })
    walk.skipped = 1
    return
  }
  checkStanding(walk, row, at)
  if (row.content === 'any') walk.skipped = 1
  else if ('group' in row.content) {
    walk.block = openBlock(name, row.content.group, row, walk.block, at)
    walk.events.opened(walk.block)
  } else walk.value = { row, at, text: '' }
}

/** Whether a child stands where and as often as the model has it. */
function checkStanding(walk: Walk, row: ElementRow, at: number): void {
  const block = walk.block!
  if (row.max === 1 && block.seen.has(row.name)) {
    found(walk, row.certainty === 'V' ? 'ctf-106' : 'ctf-107', at, row.name, { element: row.name })
  } else if (row.order < block.last) found(walk, 'ctf-103', at, row.name, { element: row.name })
  else block.last = row.order
  block.seen.add(row.name)
}

function takeText(walk: Walk, part: string): void {
  const { block, value, skipped } = walk
  if (skipped > 0) return
  if (value) value.text += part
  else if (block && !block.textSeen && part.trim() !== '') {
    block.textSeen = true
    found(walk, 'ctf-109', block.at, null, { element: block.name })
  }
}

function closeElement(walk: Walk): void {
  if (walk.skipped > 0) walk.skipped--
  else if (walk.value) closeValue(walk, walk.value)
  else if (walk.block) closeBlock(walk, walk.block)
}

function closeValue(walk: Walk, { row, at, text }: OpenValue): void {
  const { values } = walk.block!
  const value = text.trim()
  walk.value = null
  if (value === '') {
    found(walk, row.min === 0 ? 'ctf-108' : missing(row), at, row.name, { element: row.name })
    return
  }
  if (!values.has(row.name)) values.set(row.name, { value, at })
  for (const [rule, params] of checkValue(row, value, walk.events.today)) {
    found(walk, rule, at, row.name, { element: row.name, ...params })
  }
}

function closeBlock(walk: Walk, closing: OpenBlock): void {
  const { row, parent, name, at, seen } = closing
  if (seen.size === 0 && row?.min === 0) found(walk, 'ctf-108', at, null, { element: name })
  else {
    for (const child of closing.children.values()) {
      if (child.min === 1 && !seen.has(child.name))
        found(walk, missing(child), at, null, { element: child.name })
    }
  }
  walk.events.closed(closing)
  walk.block = parent
  if (row?.max === 1 && !parent!.blocks.has(name)) parent!.blocks.set(name, closing)
}

function openBlock(
  name: string,
  group: string,
  row: ElementRow | null,
  parent: OpenBlock | null,
  at: number,
): OpenBlock {
  const empty = { values: new Map(), blocks: new Map(), seen: new Set<string>(), last: 0, textSeen: false }
  return { name, row, parent, at, children: GROUPS.get(group)!, ...empty }
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
