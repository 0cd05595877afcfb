import { ENDS, NAME_KIND, START, nameFault } from './xml-characters.ts'
import type { Fault } from './xml-limits.ts'
import { notWellFormed, put, scanReferences, skipSpace, type Scan } from './xml-scan-state.ts'
import { TOKEN, numberOfName, putToken } from './xml-tokens.ts'

const GREATER = 62

/** An end tag, from its `<`. */
export function scanEndTag(scan: Scan, at: number): Fault | null {
  const { text, draft, open } = scan
  if (scan.depth > 0 && scan.error === null) {
    const name = draft.names[open[scan.depth - 1]!]!
    const end = at + 2 + name.length
    if (text.charCodeAt(end) === GREATER && text.startsWith(name, at + 2)) {
      scan.depth--
      scan.at = end + 1
      putToken(draft, at, TOKEN.close)
      return null
    }
  }
  return scanOddEndTag(scan, at)
}

/** An end tag with spaces in it, or with another name than the element's. */
function scanOddEndTag(scan: Scan, at: number): Fault | null {
  const { text } = scan
  const nameEnd = endOfName(scan, at + 2)
  if (nameEnd - at - 2 > scan.limits.name) return { problem: 'name-length', at }
  const end = skipSpace(text, nameEnd)
  if (end >= text.length) return { problem: 'truncated', at }
  scan.at = end + 1
  if (text[end] !== '>' || nameEnd === at + 2 || --scan.depth < 0) return { problem: 'markup', at }
  const fault = nameFault(text, at + 2, nameEnd, false)
  if (fault >= 0) notWellFormed(scan, fault)
  else if (text.slice(at + 2, nameEnd) !== scan.draft.names[scan.open[scan.depth]!])
    notWellFormed(scan, end + 1)
  put(scan, at, TOKEN.close)
  return null
}

/** A start tag or an empty element, from its `<`. */
export function scanStartTag(scan: Scan, at: number): Fault | null {
  const { text, limits } = scan
  const nameEnd = endOfName(scan, at + 1)
  if (nameEnd === at + 1) return { problem: nameEnd >= text.length ? 'truncated' : 'markup', at }
  if (nameEnd - at - 1 > limits.name) return { problem: 'name-length', at }
  if (scan.depth === 0 && scan.rootSeen) return { problem: 'markup', at }
  scan.rootSeen = true
  if (++scan.elements > limits.elements) return { problem: 'elements', at }
  if (scan.depth >= limits.depth) return { problem: 'depth', at }
  const name = takeName(scan, at + 1, nameEnd)
  if (text.charCodeAt(nameEnd) === GREATER) return openElement(scan, at, name, nameEnd)
  return scanAttributes(scan, at, name, nameEnd)
}

/** The tag's '>' is at `close`. */
function openElement(scan: Scan, at: number, name: number, close: number): null {
  scan.at = close + 1
  scan.open[scan.depth++] = name
  put(scan, at, name)
  return null
}

/** What is in a tag behind its name; the tag itself began at `at`. */
function scanAttributes(scan: Scan, at: number, name: number, nameEnd: number): Fault | null {
  const { text, limits, draft } = scan
  const seen: string[] = []
  let end = nameEnd
  for (let count = 1; ; count++) {
    const next = skipSpace(text, end)
    if (next >= text.length) return { problem: 'truncated', at }
    const character = text[next]
    if (character === '>' || (character === '/' && text[next + 1] === '>')) {
      const alone = character === '/'
      if (new Set(seen).size < seen.length) notWellFormed(scan, next + (alone ? 2 : 1))
      if (!alone) return openElement(scan, at, name, next)
      scan.at = next + 2
      put(scan, at, name)
      put(scan, next + 2, TOKEN.close)
      return null
    }
    if (next === end || character === '/') return { problem: 'markup', at: next }
    if (count > limits.attributes || ++scan.attributes > limits.allAttributes)
      return { problem: 'attributes', at }
    scan.at = next
    const fault = scanAttribute(scan)
    if (fault) return fault
    seen.push(draft.names[scan.name]!)
    end = scan.at
  }
}

/** One attribute, from the scan's place to behind its closing quote. */
function scanAttribute(scan: Scan): Fault | null {
  const { text, at } = scan
  const nameEnd = endOfName(scan, at)
  if (nameEnd - at > scan.limits.name) return { problem: 'name-length', at }
  const equals = skipSpace(text, nameEnd)
  const open = skipSpace(text, equals + 1)
  if (open >= text.length) return { problem: 'truncated', at }
  const quote = text[open]!
  if (nameEnd === at || text[equals] !== '=' || (quote !== '"' && quote !== "'"))
    return { problem: 'markup', at }
  const close = text.indexOf(quote, open + 1)
  if (close < 0) return { problem: 'truncated', at }
  if (close - open > scan.limits.text) return { problem: 'text-length', at }
  if (text.slice(open, close).includes('<')) return { problem: 'markup', at }
  scan.at = close + 1
  scan.name = takeName(scan, at, nameEnd)
  return scanReferences(scan, open, close)
}

/** The end of a name: at a space, one of / > = < " ' &, or one character past the longest name allowed. */
export function endOfName(scan: Scan, from: number): number {
  const { text } = scan
  const last = Math.min(text.length, from + scan.limits.name + 1)
  let hash = 0
  let plain = true
  let at = from
  for (; at < last; at++) {
    const code = text.charCodeAt(at)
    const kind = code < 128 ? NAME_KIND[code]! : 0
    if (kind === ENDS) break
    if (kind === 0) plain = false
    hash = (Math.imul(hash, 31) + code) | 0
  }
  scan.hash = hash
  scan.plain = plain && NAME_KIND[text.charCodeAt(from)] === START
  return at
}

/** The number of the name just passed; a wrong one is kept as an error. */
function takeName(scan: Scan, from: number, to: number): number {
  if (!scan.plain) {
    const fault = nameFault(scan.text, from, to, true)
    if (fault >= 0) notWellFormed(scan, fault)
  }
  return numberOfName(scan.draft, scan.text, from, to, scan.hash)
}
