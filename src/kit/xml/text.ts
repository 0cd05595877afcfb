import { ORDINARY, forbiddenAt, isMark, isSpace, lengthOf, shorterBy } from './characters.ts'
import { endOfReference, resolveReferences } from './references.ts'
import { TEXT, advance, refuse, type XmlScan } from './scan.ts'

const NEWLINE = 10
const RETURN = 13
const AMPERSAND = 38
const OPENING = 60
const CLOSING = 93

/** Text up to the next tag, or to the end of the window. */
export function scanText(scan: XmlScan): void {
  if (scan.depth === 0) return passOutside(scan)
  const { bytes, end, sink } = scan
  let { at, line, lineStart, shorter } = scan
  const longest = at + scan.limits.text - scan.run
  let kind = 0
  for (;;) {
    while (bytes[at] === 32) at++
    if (ORDINARY[bytes[at]!] === 1) {
      kind |= TEXT.notBlank
      while (ORDINARY[bytes[at]!] === 1) at++
    }
    const byte = bytes[at]!
    if (byte === OPENING) break
    if (byte === NEWLINE) {
      at++
      line++
      lineStart = at
      shorter = 0
    } else if (byte === 9) at++
    else {
      // behind the longest text nothing is looked at: what is told must not hang on where a piece ended
      const next = at > longest ? -1 : passOdd(scan, at, byte)
      if (next < 0) break
      kind |= kindOf(byte)
      shorter += shorterBy(byte)
      at = next
    }
  }
  if (scan.fault || at === scan.at) return
  const from = scan.at
  scan.run += at - from
  if (scan.run > scan.limits.text) {
    // where it is too much, so that the place does not hang on the pieces that the document came in
    refuse(scan, 'text-length', at - (scan.run - scan.limits.text))
    return
  }
  if ((kind & TEXT.notBlank) !== 0 || scan.broken || at === end || isMark(bytes[at + 1]!)) {
    sink.text(scan, from, at, kind)
    scan.broken = true
  }
  scan.at = at
  scan.line = line
  scan.lineStart = lineStart
  scan.shorter = shorter
}

function kindOf(byte: number): number {
  if (byte === AMPERSAND) return TEXT.references | TEXT.notBlank
  if (byte === RETURN) return TEXT.returns
  return byte >= 128 ? TEXT.wide | TEXT.notBlank : TEXT.notBlank
}

/** The place behind a character or reference that is not ordinary; -1 when it is refused, or may go on behind the window. */
function passOdd(scan: XmlScan, at: number, byte: number): number {
  const { bytes, end, last } = scan
  if (byte === AMPERSAND) return passReference(scan, at)
  if (byte === RETURN) return last || at + 1 < end ? at + 1 : -1
  if (byte === CLOSING) {
    if (bytes[at + 1] === CLOSING && bytes[at + 2] === 62 && at + 2 < end) return refused(scan, 'markup', at)
    return last || at + 2 < end ? at + 1 : -1
  }
  const forbidden = forbiddenAt(bytes, at)
  return forbidden ? refused(scan, forbidden, at) : at + lengthOf(byte)
}

function passReference(scan: XmlScan, at: number): number {
  const found = endOfReference(scan.text, at)
  if (typeof found === 'number') return found
  return found === null && !scan.last ? -1 : refused(scan, found ?? 'ampersand', at)
}

function refused(scan: XmlScan, problem: Parameters<typeof refuse>[1], at: number): -1 {
  refuse(scan, problem, at)
  return -1
}

/** Outside the root nothing but blanks may stand. */
function passOutside(scan: XmlScan): void {
  const { bytes, end, rootSeen } = scan
  let { at } = scan
  while (isSpace(bytes[at]!)) at++
  if (at === end || bytes[at] === OPENING) return advance(scan, Math.min(at, end))
  refuse(scan, forbiddenAt(bytes, at) ?? (rootSeen ? 'markup' : 'not-xml'), at)
}

/**
 * Each character between two places of the window, where nothing but characters counts; in an attribute's value
 * references do too. False when it is refused.
 */
export function checkCharacters(scan: XmlScan, from: number, to: number, inAttribute: boolean): boolean {
  const { bytes } = scan
  for (let at = from; at < to;) {
    const byte = bytes[at]!
    if (inAttribute && byte === AMPERSAND) {
      const found = endOfReference(scan.text, at)
      if (typeof found !== 'number' || found > to) {
        refuse(scan, typeof found === 'string' ? found : 'ampersand', at)
        return false
      }
    } else if (inAttribute && byte === OPENING) {
      refuse(scan, 'markup', at)
      return false
    }
    const forbidden = ORDINARY[byte] === 1 ? null : forbiddenAt(bytes, at)
    if (forbidden) {
      refuse(scan, forbidden, at)
      return false
    }
    at += lengthOf(byte)
  }
  return true
}

/**
 * What a text that the sink was told says: line ends as XML has them, references resolved. It is no part of the window,
 * which it would keep in memory: a slice of so few characters is a copy.
 */
export function textAt({ bytes, text }: XmlScan, from: number, to: number, kind: number): string {
  const isWide = (kind & TEXT.wide) !== 0
  const plain =
    to - from < 13 && !isWide ? text.slice(from, to) : bytes.toString(isWide ? 'utf8' : 'latin1', from, to)
  const lines = kind & TEXT.returns ? plain.replace(/\r\n?/g, '\n') : plain
  return kind & TEXT.references ? resolveReferences(lines) : lines
}
