/** The most of everything that a document may have. */
export interface XmlLimits {
  /** Elements inside each other. */
  depth: number
  /** Attributes of one element. */
  attributes: number
  /** Attributes in the whole document. */
  allAttributes: number
  /** Elements in the whole document. */
  elements: number
  /** Characters of an element's or attribute's name, or a processing instruction's target. */
  name: number
  /** Characters of one run of text, CDATA section or attribute value. */
  text: number
  /** Characters of a comment or a processing instruction. */
  comment: number
  /** Processing instructions in the whole document. */
  instructions: number
}

/** Far above what any transfer file has (depth 9, 400 elements a pupil), far below what would hurt a parser. */
export const XML_LIMITS: XmlLimits = {
  depth: 64,
  attributes: 32,
  allAttributes: 1_000_000,
  elements: 2_000_000,
  name: 100,
  text: 262_144,
  comment: 16_384,
  instructions: 16,
}

/** What the text of a document can be refused for. */
export type ScanProblem =
  | 'control-character'
  | 'bidi-character'
  | 'not-xml'
  | 'declaration'
  | 'doctype'
  | 'entity'
  | 'ampersand'
  | 'character-reference'
  | 'markup'
  | 'truncated'
  | 'no-element'
  | 'depth'
  | 'attributes'
  | 'elements'
  | 'name-length'
  | 'text-length'
  | 'comment-length'
  | 'instructions'

/** A problem and the offset where it is. */
export interface Fault {
  problem: ScanProblem
  at: number
}

/** The state of one walk: it only moves forward, so time is linear. */
interface Walk {
  readonly text: string
  readonly limits: XmlLimits
  at: number
  depth: number
  rootSeen: boolean
  elements: number
  attributes: number
  instructions: number
  /** Where the next '&' and the next ']]>' are, found once each: searching anew for each run would be quadratic. */
  readonly ahead: { '&': number; ']]>': number }
}

const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/
const FIVE = new Set(['amp', 'lt', 'gt', 'quot', 'apos'])

/** Walks over a document's text and gives the first thing that no parser should be given; null when there is none. */
export function scanXml(text: string, limits: XmlLimits): Fault | null {
  const forbidden = text.search(FORBIDDEN)
  const walk: Walk = {
    text,
    limits,
    at: 0,
    depth: 0,
    rootSeen: false,
    elements: 0,
    attributes: 0,
    instructions: 0,
    ahead: { '&': -1, ']]>': -1 },
  }
  const fault = scanAll(walk)
  if (forbidden < 0 || (fault && fault.at < forbidden)) return fault
  return { problem: BIDI.test(text[forbidden]!) ? 'bidi-character' : 'control-character', at: forbidden }
}

function scanAll(walk: Walk): Fault | null {
  const { text } = walk
  while (walk.at < text.length) {
    const next = text.indexOf('<', walk.at)
    const end = next < 0 ? text.length : next
    const fault = (end > walk.at ? scanText(walk, end) : null) ?? (next < 0 ? null : scanMarkup(walk, next))
    if (fault) return fault
    if (next < 0) break
  }
  if (!walk.rootSeen) return { problem: 'no-element', at: 0 }
  return walk.depth > 0 ? { problem: 'truncated', at: text.length } : null
}

function scanText(walk: Walk, end: number): Fault | null {
  const { text, at } = walk
  walk.at = end
  if (walk.depth === 0) {
    let first = at
    while (isSpace(text.charCodeAt(first))) first++
    return first < end ? { problem: walk.rootSeen ? 'markup' : 'not-xml', at: first } : null
  }
  if (end - at > walk.limits.text) return { problem: 'text-length', at }
  const closing = ahead(walk, ']]>', at)
  if (closing < end) return { problem: 'markup', at: closing }
  return scanReferences(walk, at, end)
}

function scanMarkup(walk: Walk, at: number): Fault | null {
  const { text } = walk
  const second = text[at + 1]
  if (second === '/') return scanEndTag(walk, at)
  if (second === '?') return scanInstruction(walk, at)
  if (second !== '!') return scanStartTag(walk, at)
  if (text.startsWith('--', at + 2)) return scanComment(walk, at)
  if (text.startsWith('[CDATA[', at + 2)) return scanCdata(walk, at)
  if (/^doctype/i.test(text.slice(at + 2, at + 9))) return { problem: 'doctype', at }
  return { problem: at + 9 > text.length ? 'truncated' : 'markup', at }
}

function scanComment(walk: Walk, at: number): Fault | null {
  const end = walk.text.indexOf('--', at + 4)
  if (end < 0) return { problem: 'truncated', at }
  if (end - at > walk.limits.comment) return { problem: 'comment-length', at }
  walk.at = end + 3
  return walk.text[end + 2] === '>' ? null : { problem: 'markup', at: end }
}

function scanCdata(walk: Walk, at: number): Fault | null {
  if (walk.depth === 0) return { problem: 'markup', at }
  const end = ahead(walk, ']]>', at + 9)
  if (end === walk.text.length) return { problem: 'truncated', at }
  walk.at = end + 3
  return end - at > walk.limits.text ? { problem: 'text-length', at } : null
}

function scanInstruction(walk: Walk, at: number): Fault | null {
  const { text, limits } = walk
  const nameEnd = endOfName(walk, at + 2)
  const target = text.slice(at + 2, nameEnd).replace(/\?$/, '')
  if (target.length > limits.name) return { problem: 'name-length', at }
  // The declaration was read with the encoding; anywhere but at the very start it is an instruction with a reserved name.
  if (/^xml$/i.test(target) && (at > 0 || target !== 'xml')) return { problem: 'declaration', at }
  const end = text.indexOf('?>', at + 2)
  if (end < 0) return { problem: 'truncated', at }
  if (end - at > limits.comment) return { problem: 'comment-length', at }
  walk.at = end + 2
  return target !== 'xml' && ++walk.instructions > limits.instructions
    ? { problem: 'instructions', at }
    : null
}

function scanEndTag(walk: Walk, at: number): Fault | null {
  const { text } = walk
  const nameEnd = endOfName(walk, at + 2)
  if (nameEnd - at - 2 > walk.limits.name) return { problem: 'name-length', at }
  const end = skipSpace(text, nameEnd)
  if (end >= text.length) return { problem: 'truncated', at }
  walk.at = end + 1
  return text[end] !== '>' || nameEnd === at + 2 || --walk.depth < 0 ? { problem: 'markup', at } : null
}

function scanStartTag(walk: Walk, at: number): Fault | null {
  const { text, limits } = walk
  let end = endOfName(walk, at + 1)
  if (end === at + 1) return { problem: end >= text.length ? 'truncated' : 'markup', at }
  if (end - at - 1 > limits.name) return { problem: 'name-length', at }
  if (walk.depth === 0 && walk.rootSeen) return { problem: 'markup', at }
  walk.rootSeen = true
  if (++walk.elements > limits.elements) return { problem: 'elements', at }
  if (walk.depth >= limits.depth) return { problem: 'depth', at }
  for (let count = 1; ; count++) {
    const next = skipSpace(text, end)
    if (next >= text.length) return { problem: 'truncated', at }
    const character = text[next]
    if (character === '>' || (character === '/' && text[next + 1] === '>')) {
      walk.at = next + (character === '>' ? 1 : 2)
      if (character === '>') walk.depth++
      return null
    }
    if (next === end || character === '/') return { problem: 'markup', at: next }
    if (count > limits.attributes || ++walk.attributes > limits.allAttributes)
      return { problem: 'attributes', at }
    walk.at = next
    const fault = scanAttribute(walk)
    if (fault) return fault
    end = walk.at
  }
}

/** One attribute, from the walk's place to behind its closing quote. */
function scanAttribute(walk: Walk): Fault | null {
  const { text, at } = walk
  const nameEnd = endOfName(walk, at)
  if (nameEnd - at > walk.limits.name) return { problem: 'name-length', at }
  const equals = skipSpace(text, nameEnd)
  const open = skipSpace(text, equals + 1)
  if (open >= text.length) return { problem: 'truncated', at }
  const quote = text[open]!
  if (nameEnd === at || text[equals] !== '=' || (quote !== '"' && quote !== "'"))
    return { problem: 'markup', at }
  const close = text.indexOf(quote, open + 1)
  if (close < 0) return { problem: 'truncated', at }
  if (close - open > walk.limits.text) return { problem: 'text-length', at }
  if (text.slice(open, close).includes('<')) return { problem: 'markup', at }
  walk.at = close + 1
  return scanReferences(walk, open, close)
}

/** Each '&' between two offsets: one of the five entities, or a character that may stand in a document. */
function scanReferences(walk: Walk, from: number, to: number): Fault | null {
  const { text } = walk
  for (let at = ahead(walk, '&', from); at < to; at = ahead(walk, '&', at + 1)) {
    const body = /^([#A-Za-z_][\w.:-]{0,40});/.exec(text.slice(at + 1, at + 43))?.[1]
    if (body === undefined) return { problem: 'ampersand', at }
    if (body[0] !== '#') {
      if (!FIVE.has(body)) return { problem: 'entity', at }
    } else if (!isAllowedReference(body)) return { problem: 'character-reference', at }
  }
  return null
}

function isAllowedReference(body: string): boolean {
  const digits = /^#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,10}))$/.exec(body)
  if (!digits) return false
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16)
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return false
  return !FORBIDDEN.test(String.fromCodePoint(code))
}

/** Where `needle` next is at or after an offset, or the text's end; the place found is kept until it is passed. */
function ahead(walk: Walk, needle: '&' | ']]>', from: number): number {
  if (walk.ahead[needle] < from) {
    const found = walk.text.indexOf(needle, from)
    walk.ahead[needle] = found < 0 ? walk.text.length : found
  }
  return walk.ahead[needle]
}

const isSpace = (code: number) => code === 32 || code === 10 || code === 13 || code === 9

function skipSpace(text: string, from: number): number {
  let at = from
  while (isSpace(text.charCodeAt(at))) at++
  return at
}

/** The end of a name: at a space, one of / > = < " ' &, or one character past the longest name allowed. */
function endOfName(walk: Walk, from: number): number {
  const last = Math.min(walk.text.length, from + walk.limits.name + 1)
  let at = from
  while (at < last && !ENDS_NAME.has(walk.text.charCodeAt(at))) at++
  return at
}

const ENDS_NAME = new Set([32, 9, 10, 13, 47, 62, 61, 60, 34, 39, 38])
