import { columnOf, type XmlScan } from '../kit/xml/index.ts'
import type { RawXml } from './content.ts'
import type { ElementRow } from './model.ts'
import type { Plan } from './plan.ts'

/** An element with children, as it is read. */
export interface Block {
  /** The name of the element; its group is the plan's. */
  name: string
  /** Null for the root. */
  row: ElementRow | null
  parent: Block | null
  /** Where its tag is. */
  line: number
  column: number
  plan: Plan
  /** Of each child, by its order: the first value that is not empty, trimmed. */
  values: (string | null)[]
  /** Where that value is, or else the first of the name: lines behind the block's own and column; 0 where none stands. */
  places: number[]
  /** Where there may be several of a child: all its values that are not empty; its blocks; it as it stood. */
  lists: (string[] | undefined)[] | null
  blocks: (Block[] | undefined)[] | null
  raw: (RawXml[] | undefined)[] | null
  /** What the model does not know in it, by name; only where all is kept. */
  unknown: Map<string, RawXml[]> | null
  /** The order of the last child. */
  last: number
  textSeen: boolean
}

/** A block at its start tag. */
export function newBlock(
  name: string,
  plan: Plan,
  row: ElementRow | null,
  parent: Block | null,
  scan: XmlScan,
): Block {
  return {
    name,
    row,
    parent,
    line: scan.line,
    column: columnOf(scan),
    plan,
    values: plan.noValues.slice(),
    places: plan.noPlaces.slice(),
    lists: null,
    blocks: null,
    raw: null,
    unknown: null,
    last: 0,
    textSeen: false,
  }
}

/** Lines and column as one number; exact for any file that could be on a disk. */
const COLUMNS = 2 ** 29

/** A place in a block as one number. */
export const packed = (lines: number, column: number): number => lines * COLUMNS + column

/** Where the value of a child is, or the first child of that order: line and column. */
export function placeInBlock({ line, places }: Block, order: number): { line: number; column: number } {
  const place = places[order]!
  return { line: line + Math.floor(place / COLUMNS), column: place % COLUMNS }
}

/** Element names from the root to a block, or to a child of it; the second of its name and those behind it have their number. */
export function pathOf(block: Block | null, name: string | null): string {
  const names = name === null ? [] : [name]
  for (let at = block; at; at = at.parent) {
    const number = numberOf(at)
    names.unshift(number > 1 ? `${at.name}[${number}]` : at.name)
  }
  return names.join('/')
}

/** The place of a block among those of its name, from 1; one that is still open is not among them yet. */
function numberOf(block: Block): number {
  const beside = block.row ? block.parent?.blocks?.[block.row.order] : undefined
  if (!beside) return 1
  const at = beside.indexOf(block)
  return (at < 0 ? beside.length : at) + 1
}
