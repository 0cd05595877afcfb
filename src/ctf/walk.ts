import { TEXT, columnOf, textAt, type XmlName, type XmlScan, type XmlSink } from '../kit/xml/index.ts'
import { newBlock, packed, pathOf, type Block } from './block.ts'
import type { Finding } from './findings.ts'
import { isCarried, type ElementRow } from './model.ts'
import type { Child, Plan, Plans } from './plan.ts'
import { rememberRight } from './right-values.ts'

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
  /** The value of the open child, so far. */
  let value = ''
  let valueLine = 0
  let valueColumn = 0
  const rights = rememberRight()
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
      const meant = child ? undefined : spelledAs(block.plan, text)
      const [rule, params] = meant ? ['ctf-112', { element: text, meant }] : ['ctf-102', { element: text }]
      found(rule, scan.line, columnOf(scan), child ? `${child.row.name}/${text}` : text, params)
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
    else {
      // the next is compared with this one, so that one that stands too early is told once and not with all behind it
      if (order < inside.last) found('ctf-103', scan.line, columnOf(scan), name, { element: name })
      inside.last = order
    }
    if (version !== null && !isCarried(row, version, rootName))
      found('ctf-111', scan.line, columnOf(scan), name, { element: name, version: `${version}.0` })
    if (!stands) inside.places[order] = packed(scan.line - inside.line, columnOf(scan))
  }

  function takeText(scan: XmlScan, from: number, to: number, kind: number): void {
    if (passing > 0 || !block) return
    if (child) value += textAt(scan, from, to, kind)
    else if (kind & TEXT.notBlank && !block.textSeen && textAt(scan, from, to, kind).trim() !== '') {
      block.textSeen = true
      found('ctf-109', block.line, block.column, null, { element: block.name })
    }
  }

  function close(scan: XmlScan, end: number): void {
    if (passing > 0) {
      if (--passing === 0 && kept) keepRaw(scan, end)
    } else if (child) {
      const trimmed = value.trim()
      if (trimmed === '') findEmpty(child.row)
      else takeValue(child, trimmed, valueLine, valueColumn)
      child = null
    } else if (block) closeBlock(block)
  }

  function findEmpty(row: ElementRow): void {
    const { min, name } = row
    found(min === 0 ? 'ctf-108' : missing(row), valueLine, valueColumn, name, { element: name })
  }

  /** A whole element of plain text, as nearly all are. */
  function takePlain(scan: XmlScan, { number }: XmlName, from: number, to: number): boolean {
    const next = child || passing > 0 ? undefined : block?.plan.children[number]
    if (!next?.check) return false
    checkStanding(scan, block!, next.row)
    const known = rights.find(next, scan.view, from, to)
    if (known !== null) {
      keepValue(block!, next.row, known, scan.line, columnOf(scan))
      return true
    }
    const text = textAt(scan, from, to, TEXT.notBlank)
    if (takeValue(next, text, scan.line, columnOf(scan))) rights.keep(text)
    return true
  }

  /** A value without blanks at its ends. Whether it is right. */
  function takeValue({ row, check }: Child, trimmed: string, line: number, column: number): boolean {
    keepValue(block!, row, trimmed, line, column)
    const breaches = check!(trimmed, events.today)
    for (let index = 0; index < breaches.length; index++) {
      const [rule, params] = breaches[index]!
      found(rule, line, column, row.name, { element: row.name, ...params })
    }
    return breaches.length === 0
  }

  function keepValue(
    inside: Block,
    { order, max, name }: ElementRow,
    trimmed: string,
    line: number,
    column: number,
  ): void {
    if (inside.values[order] === null) {
      inside.values[order] = trimmed
      inside.places[order] = packed(line - inside.line, column)
    }
    if (max > 1) {
      const list = ((inside.lists ??= [])[order] ??= [])
      if (events.whole || list.length < KEPT) list.push(trimmed)
    }
    if (inside.name === 'Header' && VERSION.has(name))
      version = /^[0-9]{2}\.0$/.test(trimmed) ? Number(trimmed.slice(0, 2)) : null
  }

  function closeBlock(closing: Block): void {
    const { row, parent, name, line, column, places, plan, last } = closing
    if (row?.min === 0 && last === 0) found('ctf-108', line, column, null, { element: name })
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
    plain: takePlain,
    attribute(scan, name) {
      // declarations of namespaces and hints for a schema say nothing of the pupil
      if (passing > 0 || /^(xmlns:|xsi:)/.test(name)) return
      const at = child?.row.name ?? null
      found('ctf-110', scan.line, columnOf(scan), at, { element: at ?? block?.name ?? '', attribute: name })
    },
    forget(scan) {
      if (!kept) return
      kept.push(scan.bytes.toString('utf8', keptFrom, scan.at))
      keptFrom = 0
    },
  }
}

/** The child that a name would be if letter case did not count; real files have Postcode. */
function spelledAs({ rows }: Plan, name: string): string | undefined {
  const lower = name.toLowerCase()
  return [...rows.keys()].find((one) => one.toLowerCase() === lower)
}

function missing(row: ElementRow): string {
  if (row.name === 'Pupil') return 'ctf-301'
  return row.core ? 'ctf-104' : 'ctf-105'
}
