import { isSpace } from './characters.ts'
import { nameFaultAt } from './tag-names.ts'
import { TEXT, advance, refuse, type XmlScan } from './scan.ts'
import { scanEndTag, scanStartTag } from './tags.ts'
import { checkCharacters } from './text.ts'

const EXCLAMATION = 33
const SLASH = 47
const QUESTION = 63

/** What begins with a `<`. The scan does not move when it is not all in the window. */
export function scanMarkup(scan: XmlScan): void {
  const { bytes, at, end, text } = scan
  if (at + 1 >= end) return
  const second = bytes[at + 1]!
  if (second === SLASH) return scanEndTag(scan)
  if (second === QUESTION) return scanInstruction(scan)
  if (second !== EXCLAMATION) return scanStartTag(scan)
  if (text.startsWith('--', at + 2)) return scanComment(scan)
  if (text.startsWith('[CDATA[', at + 2)) return scanCdata(scan)
  if (/^doctype/i.test(text.slice(at + 2, at + 9))) refuse(scan, 'doctype', at)
  else if (at + 9 <= end) refuse(scan, 'markup', at)
}

function scanComment(scan: XmlScan): void {
  const { at, text, limits } = scan
  const end = text.indexOf('--', at + 4)
  if ((end < 0 ? scan.end : end) - at > limits.comment) refuse(scan, 'comment-length', at)
  else if (end >= 0 && end + 2 < scan.end) {
    if (text[end + 2] !== '>') refuse(scan, 'markup', end)
    else if (checkCharacters(scan, at + 4, end, false)) pass(scan, end + 3)
  }
}

function scanCdata(scan: XmlScan): void {
  const { at, text, limits, sink } = scan
  if (scan.depth === 0) {
    refuse(scan, 'markup', at)
    return
  }
  const end = text.indexOf(']]>', at + 9)
  if (scan.run + (end < 0 ? scan.end : end) - at > limits.text) {
    refuse(scan, 'text-length', at)
    return
  }
  if (end < 0 || !checkCharacters(scan, at + 9, end, false)) return
  scan.run += end - at
  const inside = text.slice(at + 9, end)
  // Bytes beyond ASCII show as characters beyond it here
  const wide = /[\x80-\xff]/.test(inside) ? TEXT.wide : 0
  const returns = inside.includes('\r') ? TEXT.returns : 0
  const notBlank = /[^ \t\r\n]/.test(inside) ? TEXT.notBlank : 0
  sink.text(scan, at + 9, end, TEXT.cdata | wide | returns | notBlank)
  pass(scan, end + 3)
}

function scanInstruction(scan: XmlScan): void {
  const { at, text, limits } = scan
  const targetEnd = endOfTarget(text, at + 2, limits.name)
  const target = text.slice(at + 2, targetEnd)
  if (target.length > limits.name) {
    refuse(scan, 'name-length', at)
    return
  }
  const end = text.indexOf('?>', at + 2)
  // The declaration was read with the encoding; anywhere but at the very start it is an instruction with a reserved name.
  const reserved = /^xml$/i.test(target) && (scan.base + at > 0 || target !== 'xml')
  if (reserved && (targetEnd < text.length || end >= 0)) refuse(scan, 'declaration', at)
  else if ((end < 0 ? scan.end : end) - at > limits.comment) refuse(scan, 'comment-length', at)
  else if (end >= 0 && checkTarget(scan, end) && checkCharacters(scan, at + 2, end, false)) {
    if (target !== 'xml' && ++scan.instructions > limits.instructions) refuse(scan, 'instructions', at)
    else pass(scan, end + 2)
  }
}

function endOfTarget(text: string, from: number, most: number): number {
  let at = from
  while (at < text.length && at <= from + most && !isSpace(text.charCodeAt(at)) && text[at] !== '?') at++
  return at
}

/** The target of an instruction is a name other than "xml", and a space or the end is behind it (XML 1.0 §2.6). */
function checkTarget(scan: XmlScan, end: number): boolean {
  const { text, at } = scan
  const from = at + 2
  const stop = from + text.slice(from, end + 1).search(/[ \t\r\n?]/)
  const target = text.slice(from, stop)
  const fault = nameFaultAt(scan, from, stop, true)
  if (stop === from) refuse(scan, 'not-well-formed', from + (text.startsWith('\r\n', from) ? 2 : 1))
  else if (fault >= 0) refuse(scan, 'not-well-formed', fault)
  else if (text[stop] === '?' && /^xml$/i.test(target))
    refuse(scan, 'not-well-formed', target === 'xml' ? stop + 1 : end + 2)
  return scan.fault === null
}

function pass(scan: XmlScan, to: number): void {
  scan.broken = true
  advance(scan, to)
}
