import { ORDINARY, isMark } from './characters.ts'
import type { Tag, XmlName } from './names.ts'
import { TEXT, type XmlScan } from './scan.ts'

const [NEWLINE, RETURN, BLANK, SLASH, OPENING] = [10, 13, 32, 47, 60]
/** Four blanks. */
const BLANKS = 0x20202020

/**
 * What nearly all of a file is, and faster: line ends and blanks between tags, start tags that follow the one before
 * as they did last time, values in plain ASCII, and end tags. It stops in front of anything else.
 */
export function scanUsual(scan: XmlScan): void {
  const { bytes, end, limits } = scan
  while (scan.depth > 0) {
    const { at } = scan
    if (bytes[at] !== OPENING) {
      const tag = endOfBlanks(scan)
      if (bytes[tag] !== OPENING || tag + 1 >= end || isMark(bytes[tag + 1]!)) return
      if (scan.broken || tag - at > limits.text) return
      scan.at = tag
      scan.line++
      scan.lineStart = at + (bytes[at] === RETURN ? 2 : 1)
      scan.shorter = 0
    }
    if (bytes[scan.at + 1] === SLASH ? !passEndTag(scan) : !passElement(scan)) return
  }
}

/** Behind a line end and the blanks that follow it; where there is no line end, where the scan stands. */
function endOfBlanks({ bytes, view, at }: XmlScan): number {
  let to = bytes[at] === RETURN ? at + 1 : at
  if (bytes[to] !== NEWLINE) return at
  to++
  while (view.getInt32(to) === BLANKS) to += 4
  while (bytes[to] === BLANK) to++
  return to
}

function passEndTag(scan: XmlScan): boolean {
  const { at } = scan
  const { endTag } = scan.open[scan.depth - 1]!
  if (!stands(scan, at, endTag)) return false
  const after = at + endTag.length
  scan.sink.close(scan, after)
  scan.depth--
  scan.run = 0
  scan.broken = false
  scan.at = after
  return true
}

/** A start tag that was expected, and if it has a plain value, that and the end tag too. */
function passElement(scan: XmlScan): boolean {
  const { bytes, limits, sink } = scan
  const name = expected(scan)
  if (!name || scan.elements >= limits.elements || scan.depth >= limits.depth) return false
  const from = scan.at + name.startTag.length
  scan.elements++
  scan.latest = name
  scan.run = 0
  scan.broken = false
  let to = from
  while (ORDINARY[bytes[to]!] === 1) to++
  const isTrimmed = to > from && bytes[from] !== BLANK && bytes[to - 1] !== BLANK
  if (!isTrimmed || to - from > limits.text || !stands(scan, to, name.endTag)) {
    sink.open(scan, name, from)
    scan.open[scan.depth++] = name
    scan.at = from
    return true
  }
  const after = to + name.endTag.length
  if (!sink.plain?.(scan, name, from, to)) {
    sink.open(scan, name, from)
    scan.at = from
    sink.text(scan, from, to, TEXT.notBlank)
    scan.at = to
    sink.close(scan, after)
  }
  scan.at = after
  return true
}

/** The name of the start tag where the scan stands, if it is one of the two that followed the latest before. */
function expected(scan: XmlScan): XmlName | null {
  const { latest, at } = scan
  if (!latest) return null
  const { next, other } = latest
  if (next && stands(scan, at, next.startTag)) return next
  if (!other || !stands(scan, at, other.startTag)) return null
  latest.next = other
  latest.other = next
  return other
}

/** Whether a tag stands in the window. */
function stands({ view, end }: XmlScan, at: number, { length, words }: Tag): boolean {
  if (at + length > end) return false
  const last = words.length - 1
  for (let index = 0; index < last; index++) if (view.getInt32(at + index * 4) !== words[index]) return false
  return view.getInt32(at + length - 4) === words[last]
}
