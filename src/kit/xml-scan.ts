import { BIDI, FORBIDDEN, isSpace, nameFault } from './xml-characters.ts'
import type { Fault, XmlLimits } from './xml-limits.ts'
import {
  ampersandFrom,
  closingFrom,
  notWellFormed,
  put,
  scanReferences,
  type Scan,
} from './xml-scan-state.ts'
import { endOfName, scanEndTag, scanStartTag } from './xml-scan-tags.ts'
import { TOKEN, draftTokens, putToken, type XmlTokens } from './xml-tokens.ts'

/** What a scan gave: why the text is refused; or else its tokens, and where it is not well formed. */
export type Scanned =
  | { fault: Fault }
  | {
      fault: null
      /** All tokens; of a text that is not well formed only those in front of the error. */
      tokens: XmlTokens
      /** The offset just behind the first thing that is not well formed. */
      error: number | null
    }

/**
 * Goes over a document's text once: finds the first thing that no reader should be given, and else the tokens
 * and the first thing that is not well formed: a name that is none, an end tag of another element, an attribute twice.
 */
export function scanXml(text: string, limits: XmlLimits): Scanned {
  const scan: Scan = {
    text,
    limits,
    at: 0,
    depth: 0,
    rootSeen: false,
    elements: 0,
    attributes: 0,
    instructions: 0,
    nextAmpersand: -1,
    nextClosing: -1,
    draft: draftTokens(text.length),
    open: [],
    hash: 0,
    plain: true,
    name: 0,
    error: null,
  }
  const fault = scanAll(scan)
  const forbidden = text.search(FORBIDDEN)
  if (forbidden >= 0 && (!fault || fault.at >= forbidden)) {
    const problem = BIDI.test(text[forbidden]!) ? 'bidi-character' : 'control-character'
    return { fault: { problem, at: forbidden } }
  }
  if (fault) return { fault }
  const { draft, error } = scan
  const { count, names } = draft
  putToken(draft, text.length, TOKEN.other)
  return {
    fault,
    tokens: { text, marks: draft.marks, count, names, returns: text.includes('\r') },
    error,
  }
}

function scanAll(scan: Scan): Fault | null {
  const { text } = scan
  while (scan.at < text.length) {
    const next = text.indexOf('<', scan.at)
    const end = next < 0 ? text.length : next
    const fault = (end > scan.at ? scanText(scan, end) : null) ?? (next < 0 ? null : scanMarkup(scan, next))
    if (fault) return fault
    if (next < 0) break
  }
  if (!scan.rootSeen) return { problem: 'no-element', at: 0 }
  return scan.depth > 0 ? { problem: 'truncated', at: text.length } : null
}

function scanText(scan: Scan, end: number): Fault | null {
  const { text, at } = scan
  scan.at = end
  if (scan.depth === 0) {
    put(scan, at, TOKEN.other)
    let first = at
    while (isSpace(text.charCodeAt(first))) first++
    return first < end ? { problem: scan.rootSeen ? 'markup' : 'not-xml', at: first } : null
  }
  if (end - at > scan.limits.text) return { problem: 'text-length', at }
  const closing = closingFrom(scan, at)
  if (closing < end) return { problem: 'markup', at: closing }
  const references = ampersandFrom(scan, at) < end
  put(scan, at, references ? TOKEN.textWithReferences : TOKEN.text)
  return references ? scanReferences(scan, at, end) : null
}

function scanMarkup(scan: Scan, at: number): Fault | null {
  const { text } = scan
  const second = text.charCodeAt(at + 1)
  if (second === SLASH) return scanEndTag(scan, at)
  if (second === QUESTION) return scanInstruction(scan, at)
  if (second !== EXCLAMATION) return scanStartTag(scan, at)
  if (text.startsWith('--', at + 2)) return scanComment(scan, at)
  if (text.startsWith('[CDATA[', at + 2)) return scanCdata(scan, at)
  if (/^doctype/i.test(text.slice(at + 2, at + 9))) return { problem: 'doctype', at }
  return { problem: at + 9 > text.length ? 'truncated' : 'markup', at }
}

const EXCLAMATION = 33
const SLASH = 47
const QUESTION = 63

function scanComment(scan: Scan, at: number): Fault | null {
  const end = scan.text.indexOf('--', at + 4)
  if (end < 0) return { problem: 'truncated', at }
  if (end - at > scan.limits.comment) return { problem: 'comment-length', at }
  put(scan, at, TOKEN.other)
  scan.at = end + 3
  return scan.text[end + 2] === '>' ? null : { problem: 'markup', at: end }
}

function scanCdata(scan: Scan, at: number): Fault | null {
  if (scan.depth === 0) return { problem: 'markup', at }
  const end = closingFrom(scan, at + 9)
  if (end === scan.text.length) return { problem: 'truncated', at }
  put(scan, at, TOKEN.cdata)
  scan.at = end + 3
  return end - at > scan.limits.text ? { problem: 'text-length', at } : null
}

function scanInstruction(scan: Scan, at: number): Fault | null {
  const { text, limits } = scan
  const nameEnd = endOfName(scan, at + 2)
  const target = text.slice(at + 2, nameEnd).replace(/\?$/, '')
  if (target.length > limits.name) return { problem: 'name-length', at }
  // The declaration was read with the encoding; anywhere but at the very start it is an instruction with a reserved name.
  if (/^xml$/i.test(target) && (at > 0 || target !== 'xml')) return { problem: 'declaration', at }
  const end = text.indexOf('?>', at + 2)
  if (end < 0) return { problem: 'truncated', at }
  if (end - at > limits.comment) return { problem: 'comment-length', at }
  scan.at = end + 2
  put(scan, at, TOKEN.other)
  checkTarget(scan, at + 2, end)
  return target !== 'xml' && ++scan.instructions > limits.instructions
    ? { problem: 'instructions', at }
    : null
}

/** The target of an instruction is a name other than "xml", and a space or the end is behind it (XML 1.0 §2.6). */
function checkTarget(scan: Scan, from: number, end: number): void {
  const { text } = scan
  const stop = from + text.slice(from, end + 1).search(/[ \t\r\n?]/)
  const fault = nameFault(text, from, stop, true)
  const target = text.slice(from, stop)
  if (stop === from) notWellFormed(scan, from + (text.startsWith('\r\n', from) ? 2 : 1))
  else if (fault >= 0) notWellFormed(scan, fault)
  else if (text[stop] === '?' && /^xml$/i.test(target))
    notWellFormed(scan, target === 'xml' ? stop + 1 : end + 2)
}
