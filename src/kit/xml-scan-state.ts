import type { Fault, XmlLimits } from './xml-limits.ts'
import { FORBIDDEN, isSpace } from './xml-characters.ts'
import { ENTITIES, putToken, type TokenDraft } from './xml-tokens.ts'

/** The state of one scan: it only moves forward, so time is linear. */
export interface Scan {
  readonly text: string
  readonly limits: XmlLimits
  at: number
  depth: number
  rootSeen: boolean
  elements: number
  attributes: number
  instructions: number
  /** Where the next '&' and the next ']]>' are, found once each: searching anew for each run would be quadratic. */
  nextAmpersand: number
  nextClosing: number
  readonly draft: TokenDraft
  /** The numbers of the names of the elements that are open. */
  readonly open: number[]
  /** Of the name just passed: its hash, and whether it is of ASCII alone and right; its number once it is taken. */
  hash: number
  plain: boolean
  name: number
  error: number | null
}

/** Keeps a token while the text is well formed. */
export function put(scan: Scan, at: number, kind: number): void {
  if (scan.error === null) putToken(scan.draft, at, kind)
}

/** Keeps the first error, the offset just behind it. */
export function notWellFormed(scan: Scan, at: number): void {
  scan.error ??= at
}

/** Each '&' between two offsets: one of the five entities, or a character that may stand in a document. */
export function scanReferences(scan: Scan, from: number, to: number): Fault | null {
  const { text } = scan
  for (let at = ampersandFrom(scan, from); at < to; at = ampersandFrom(scan, at + 1)) {
    const body = /^([#A-Za-z_][\w.:-]{0,40});/.exec(text.slice(at + 1, at + 43))?.[1]
    if (body === undefined) return { problem: 'ampersand', at }
    if (body[0] !== '#') {
      if (!ENTITIES.has(body)) return { problem: 'entity', at }
    } else if (!isAllowedReference(body)) return { problem: 'character-reference', at }
  }
  return null
}

function isAllowedReference(body: string): boolean {
  const digits = /^#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,10}))$/.exec(body)
  if (!digits) return false
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16)
  return (
    code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) && !FORBIDDEN.test(String.fromCodePoint(code))
  )
}

/** Where the next '&' is at or after an offset, or the text's end; the place found is kept until it is passed. */
export function ampersandFrom(scan: Scan, from: number): number {
  if (scan.nextAmpersand < from) scan.nextAmpersand = find(scan.text, '&', from)
  return scan.nextAmpersand
}

/** The same for ']]>'. */
export function closingFrom(scan: Scan, from: number): number {
  if (scan.nextClosing < from) scan.nextClosing = find(scan.text, ']]>', from)
  return scan.nextClosing
}

function find(text: string, needle: string, from: number): number {
  const found = text.indexOf(needle, from)
  return found < 0 ? text.length : found
}

/** The offset of the first character that is no space. */
export function skipSpace(text: string, from: number): number {
  let at = from
  while (isSpace(text.charCodeAt(at))) at++
  return at
}
