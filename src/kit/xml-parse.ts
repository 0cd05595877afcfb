import { XML_LIMITS } from './xml-limits.ts'
import { scanXml } from './xml-scan.ts'
import { TOKEN, textOf, type XmlTokens } from './xml-tokens.ts'

/** What a reader is told, in document order. Offsets are into the text. */
export interface XmlEvents {
  /** An element begins: its tag stands from `start` to just before `end`. */
  open(name: string, start: number, end: number): void
  /** An element ends: its closing tag (or its only one) stands just before `end`. */
  close(name: string, end: number): void
  /** Text or a CDATA section, references resolved; an element's text may come in several parts. */
  text(value: string): void
}

/**
 * Reads a document that has passed the gate (`openXml`) and tells `events` what is in it.
 * Comments, instructions and attributes are passed over; schema hints are not followed.
 * @returns null when it is well formed; else the offset just behind the first error, and nothing is told
 */
export function parseXml(text: string, events: XmlEvents): number | null {
  const scanned = scanXml(text, XML_LIMITS)
  if (scanned.fault) return scanned.fault.at
  if (scanned.error === null) tell(scanned.tokens, events)
  return scanned.error
}

function tell(tokens: XmlTokens, events: XmlEvents): void {
  const { marks, count, names } = tokens
  const open: string[] = []
  for (let token = 0; token < count; token++) {
    const kind = marks[token * 2 + 1]!
    const end = marks[token * 2 + 2]!
    if (kind >= 0) {
      open.push(names[kind]!)
      events.open(names[kind]!, marks[token * 2]!, end)
    } else if (kind === TOKEN.close) events.close(open.pop()!, end)
    else if (kind !== TOKEN.other) events.text(textOf(tokens, token))
  }
}
