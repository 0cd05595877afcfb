import { forbiddenAt, isSpace, lengthOf } from './characters.ts'
import { findName, standsAt, type XmlName } from './names.ts'
import { advance, refuse, type XmlScan } from './scan.ts'
import { endOfName, nameFaultAt, passed } from './tag-names.ts'
import { checkCharacters } from './text.ts'

const GREATER = 62
const SLASH = 47

/** An end tag. */
export function scanEndTag(scan: XmlScan): void {
  const { bytes, at, end } = scan
  const nameEnd = endOfName(scan, at + 2)
  if (nameEnd - at - 2 > scan.limits.name) {
    refuse(scan, 'name-length', at)
    return
  }
  const close = skipSpace(scan, nameEnd)
  if (close >= end) return
  if (bytes[close] !== GREATER || nameEnd === at + 2 || scan.depth === 0) {
    refuse(scan, forbiddenIn(scan, at, close + 1) ?? 'markup', at)
    return
  }
  if (!checkName(scan, at + 2, nameEnd, false)) return
  const name = scan.open[scan.depth - 1]!.bytes
  if (nameEnd - at - 2 !== name.length || !standsAt(bytes, at + 2, name)) {
    refuse(scan, 'not-well-formed', close + 1)
    return
  }
  closeElement(scan, close + 1)
  advance(scan, close + 1)
}

function closeElement(scan: XmlScan, end: number): void {
  scan.sink.close(scan, end)
  scan.depth--
  scan.run = 0
  scan.broken = false
}

function mayOpen(scan: XmlScan): boolean {
  const { limits, at } = scan
  if (++scan.elements > limits.elements) refuse(scan, 'elements', at)
  else if (scan.depth >= limits.depth) refuse(scan, 'depth', at)
  return scan.fault === null
}

function openElement(scan: XmlScan, name: XmlName, end: number): void {
  scan.rootSeen = true
  scan.sink.open(scan, name, end)
  scan.open[scan.depth++] = name
  // of known names only: each other name would hold on to the one behind it, and so to all that ever came
  if (scan.latest && name.number >= 0 && scan.latest.next !== name) {
    scan.latest.other = scan.latest.next
    scan.latest.next = name
  }
  scan.latest = name
  scan.run = 0
  scan.broken = false
}

/** A start tag or an empty element. */
export function scanStartTag(scan: XmlScan): void {
  const { bytes, at, end } = scan
  if (scan.depth === 0 && scan.rootSeen) {
    refuse(scan, 'markup', at)
    return
  }
  const nameEnd = endOfName(scan, at + 1)
  if (nameEnd - at - 1 > scan.limits.name) {
    refuse(scan, 'name-length', at)
    return
  }
  if (nameEnd >= end) return
  if (nameEnd === at + 1) {
    refuse(scan, 'markup', at)
    return
  }
  const { hash, plain } = passed
  if (!plain && !checkName(scan, at + 1, nameEnd, true)) return
  const attributes: string[] = []
  const close = bytes[nameEnd] === GREATER ? nameEnd : scanAttributes(scan, nameEnd, attributes)
  if (close < 0 || !mayOpen(scan)) return
  const empty = bytes[close] === SLASH
  const tagEnd = close + (empty ? 2 : 1)
  openElement(scan, findName(scan.names, bytes, at + 1, nameEnd, hash), tagEnd)
  for (const attribute of attributes) scan.sink.attribute(scan, attribute)
  if (empty) closeElement(scan, tagEnd)
  advance(scan, tagEnd)
}

/** The place of the `>` or `/>` that ends a tag; -1 when it is refused or not all in the window. */
function scanAttributes(scan: XmlScan, from: number, names: string[]): number {
  const { bytes, end, limits, at } = scan
  for (let before = from; ;) {
    const next = skipSpace(scan, before)
    if (next + 1 >= end && !(next < end && bytes[next] === GREATER)) return -1
    const empty = bytes[next] === SLASH && bytes[next + 1] === GREATER
    if (empty || bytes[next] === GREATER) {
      if (new Set(names).size === names.length) return next
      return refused(scan, 'not-well-formed', next + (empty ? 2 : 1))
    }
    if (next === before || bytes[next] === SLASH)
      return refused(scan, forbiddenIn(scan, next, next + 1) ?? 'markup', next)
    if (names.length >= limits.attributes || scan.attributes + names.length >= limits.allAttributes)
      return refused(scan, 'attributes', at)
    before = scanAttribute(scan, next, names)
    if (before < 0) return -1
  }
}

/** One attribute; the place behind its closing quote, or -1. */
function scanAttribute(scan: XmlScan, from: number, names: string[]): number {
  const { bytes, end, limits, text } = scan
  const nameEnd = endOfName(scan, from)
  const { plain } = passed
  if (nameEnd - from > limits.name) return refused(scan, 'name-length', from)
  const equals = skipSpace(scan, nameEnd)
  const open = skipSpace(scan, equals + 1)
  if (equals >= end || open >= end) return -1
  const quote = text[open]!
  if (nameEnd === from || text[equals] !== '=' || (quote !== '"' && quote !== "'"))
    return refused(scan, forbiddenIn(scan, from, open + 1) ?? 'markup', from)
  if (!plain && !checkName(scan, from, nameEnd, true)) return -1
  const close = text.indexOf(quote, open + 1)
  if ((close < 0 ? end : close) - open > limits.text) return refused(scan, 'text-length', from)
  if (close < 0 || !checkCharacters(scan, open + 1, close, true)) return -1
  names.push(bytes.toString('utf8', from, nameEnd))
  return close + 1
}

/** Whether a name is one; else it is refused. */
function checkName(scan: XmlScan, from: number, to: number, begins: boolean): boolean {
  const fault = nameFaultAt(scan, from, to, begins)
  const forbidden = forbiddenIn(scan, from, to)
  if (forbidden) refuse(scan, forbidden, from)
  else if (fault >= 0) refuse(scan, 'not-well-formed', fault)
  return scan.fault === null
}

/** What no document may have, if it stands between two places. */
function forbiddenIn({ bytes, end }: XmlScan, from: number, to: number) {
  for (let at = from; at < Math.min(to, end); at += lengthOf(bytes[at]!)) {
    const forbidden = forbiddenAt(bytes, at)
    if (forbidden) return forbidden
  }
  return null
}

function refused(scan: XmlScan, problem: Parameters<typeof refuse>[1], at: number): -1 {
  refuse(scan, problem, at)
  return -1
}

/** The place of the first byte that is no space; at most the window's end. */
function skipSpace({ bytes, end }: XmlScan, from: number): number {
  let at = from
  while (at < end && isSpace(bytes[at]!)) at++
  return at
}
