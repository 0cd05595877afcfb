import { TEXT, columnOf, textAt, type XmlName, type XmlScan, type XmlSink } from '../kit/xml/index.ts'
import type { RawXml } from './content.ts'
import type { Finding } from './findings.ts'
import { isCarried, type ElementRow } from './model.ts'
import type { Child, Plan, Plans } from './plan.ts'

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
  /** The order of the last child that stood in its place. */
  last: number
  textSeen: boolean
}

/** What the walk asks and tells. */
export interface WalkEvents {
  today: string
  /** Roots that are read; another is passed over. */
  roots: readonly string[]
  /** Keep all that a file has; else of one kind in a block the first thousand, and nothing that is not modelled. */
  whole: boolean
  root(name: string, line: number, column: number): void
  found(rule: string, line: number, column: number, path: () => string, params?: Finding['params']): void
  opened(block: Block): void
  closed(block: Block): void
}

/** Of one kind in one block so many are kept for the rules that compare them; a pupil has a dozen of anything. */
const KEPT = 1000

/** The elements that have the version of a file in them. */
const VERSION = new Set(['CTFversion', 'ATFversion'])

/**
 * A sink that walks over a document by the content model: what is there, in which order, how often, and each value.
 * What the model does not know is passed over.
 */
export function walkModel({ groups }: Plans, events: WalkEvents): XmlSink {
  let block: Block | null = null
  let child: Child | null = null
  /** Elements open within one that is passed over, with itself. */
  let passing = 0
  let version: number | null = null
  let rootName = ''
  // the value of the open child: settled text, and the part that still stands in the window
  let value = ''
  let valueFrom = -1
  let valueTo = 0
  let valueKind = 0
  let valueLine = 0
  let valueColumn = 0
  // the element that is passed over, where it is kept: what the window no longer has, and where the rest begins in it
  let kept: string[] | null = null
  let keptFrom = 0
  let keptName = ''
  let keptRow: ElementRow | null = null

  function found(
    rule: string,
    line: number,
    column: number,
    name: string | null,
    params?: Finding['params'],
  ): void {
    const where = block
    events.found(rule, line, column, () => pathOf(where, name), params)
  }

  function pass(scan: XmlScan, name: string, row: ElementRow | null): void {
    passing = 1
    if (!events.whole || !block) return
    kept = []
    keptFrom = scan.at
    keptName = name
    keptRow = row
  }

  function open(scan: XmlScan, { number, text }: XmlName): void {
    if (passing > 0) {
      passing++
      return
    }
    if (!block) return openRoot(scan, text)
    const next = child || number < 0 ? undefined : block.plan.children[number]
    if (!next) {
      found('ctf-102', scan.line, columnOf(scan), text, { element: text })
      return pass(scan, text, null)
    }
    const { row, plan } = next
    checkStanding(scan, block, row)
    if (plan) {
      block = newBlock(row.name, plan, row, block, scan)
      events.opened(block)
    } else if (next.check) {
      child = next
      valueLine = scan.line
      valueColumn = columnOf(scan)
      value = ''
      valueFrom = -1
    } else pass(scan, text, row)
  }

  function openRoot(scan: XmlScan, name: string): void {
    events.root(name, scan.line, columnOf(scan))
    rootName = name
    const plan = events.roots.includes(name) ? groups.get(name) : undefined
    if (plan) block = newBlock(name, plan, null, null, scan)
    else passing = 1
  }

  /** Whether a child stands where and as often as the model has it, in a version that has it. */
  function checkStanding(scan: XmlScan, inside: Block, row: ElementRow): void {
    const { order, name } = row
    const stands = inside.places[order] !== 0
    if (stands && row.max === 1)
      found(row.certainty === 'V' ? 'ctf-106' : 'ctf-107', scan.line, columnOf(scan), name, { element: name })
    else if (order < inside.last) found('ctf-103', scan.line, columnOf(scan), name, { element: name })
    else inside.last = order
    if (version !== null && !isCarried(row, version, rootName))
      found('ctf-111', scan.line, columnOf(scan), name, { element: name, version: `${version}.0` })
    if (!stands) inside.places[order] = packed(scan.line - inside.line, columnOf(scan))
  }

  function takeText(scan: XmlScan, from: number, to: number, kind: number): void {
    if (passing > 0 || !block) return
    if (child) {
      settle(scan)
      valueFrom = from
      valueTo = to
      valueKind = kind
    } else if (kind & TEXT.notBlank && !block.textSeen && textAt(scan, from, to, kind).trim() !== '') {
      block.textSeen = true
      found('ctf-109', block.line, block.column, null, { element: block.name })
    }
  }

  /** Takes what stands of the value in the window. */
  function settle(scan: XmlScan): void {
    if (valueFrom >= 0) value += textAt(scan, valueFrom, valueTo, valueKind)
    valueFrom = -1
  }

  function close(scan: XmlScan, end: number): void {
    if (passing > 0) {
      if (--passing === 0 && kept) keepRaw(scan, end)
    } else if (child) {
      settle(scan)
      closeValue(block!, child)
    } else if (block) closeBlock(block)
  }

  function closeValue(inside: Block, { row, check }: Child): void {
    const { order } = row
    const trimmed = isTrimmed(value) ? value : value.trim()
    child = null
    if (trimmed === '') {
      found(row.min === 0 ? 'ctf-108' : missing(row), valueLine, valueColumn, row.name, { element: row.name })
      return
    }
    if (inside.values[order] === null) {
      inside.values[order] = trimmed
      inside.places[order] = packed(valueLine - inside.line, valueColumn)
    }
    if (row.max > 1) {
      const list = ((inside.lists ??= [])[order] ??= [])
      if (events.whole || list.length < KEPT) list.push(trimmed)
    }
    if (inside.name === 'Header' && VERSION.has(row.name))
      version = /^[0-9]{2}\.0$/.test(trimmed) ? Number(trimmed.slice(0, 2)) : null
    const breaches = check!(trimmed, events.today)
    for (let index = 0; index < breaches.length; index++) {
      const [rule, params] = breaches[index]!
      found(rule, valueLine, valueColumn, row.name, { element: row.name, ...params })
    }
  }

  function closeBlock(closing: Block): void {
    const { row, parent, name, line, column, places, plan } = closing
    if (row?.min === 0 && places.every((place) => place === 0))
      found('ctf-108', line, column, null, { element: name })
    else {
      for (const one of plan.required)
        if (places[one.order] === 0 && isCarried(one, version, rootName))
          found(missing(one), line, column, null, { element: one.name })
    }
    events.closed(closing)
    block = parent
    // pupils are handed over one by one: kept together they would be the whole file
    if (!parent || name === 'Pupil') return
    const beside = ((parent.blocks ??= [])[row!.order] ??= [])
    if (events.whole || beside.length < KEPT) beside.push(closing)
  }

  function keepRaw(scan: XmlScan, end: number): void {
    const xml = { xml: kept!.join('') + scan.bytes.toString('utf8', keptFrom, end) }
    kept = null
    if (keptRow) ((block!.raw ??= [])[keptRow.order] ??= []).push(xml)
    else {
      block!.unknown ??= new Map()
      const same = block!.unknown.get(keptName)
      if (same) same.push(xml)
      else block!.unknown.set(keptName, [xml])
    }
  }

  return {
    open,
    close,
    text: takeText,
    attribute(scan, name) {
      // declarations of namespaces and hints for a schema say nothing of the pupil
      if (passing > 0 || /^(xmlns:|xsi:)/.test(name)) return
      const at = child?.row.name ?? null
      found('ctf-110', scan.line, columnOf(scan), at, { element: at ?? block?.name ?? '', attribute: name })
    },
    forget(scan) {
      settle(scan)
      if (!kept) return
      kept.push(scan.bytes.toString('utf8', keptFrom, scan.at))
      keptFrom = 0
    },
  }
}

function newBlock(
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

const packed = (lines: number, column: number): number => lines * COLUMNS + column

/** Where the value of a child is, or the first child of that order: line and column. */
export function placeInBlock({ line, places }: Block, order: number): { line: number; column: number } {
  const place = places[order]!
  return { line: line + Math.floor(place / COLUMNS), column: place % COLUMNS }
}

/** Whether nothing that is or may be a blank stands at either end. */
function isTrimmed(value: string): boolean {
  const [first, last] = [value.charCodeAt(0), value.charCodeAt(value.length - 1)]
  return first > 32 && first < 127 && last > 32 && last < 127
}

function missing(row: ElementRow): string {
  if (row.name === 'Pupil') return 'ctf-301'
  return row.core ? 'ctf-104' : 'ctf-105'
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
