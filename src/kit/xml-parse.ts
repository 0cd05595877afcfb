import { SaxesParser } from 'saxes'

/** What a reader is told, in document order. Offsets are into the text. */
export interface XmlEvents {
  /** An element begins: its tag stands from `start` to just before `end`. */
  open(name: string, start: number, end: number): void
  /** An element ends: its closing tag (or its only one) stands just before `end`. */
  close(name: string, end: number): void
  /** Text or a CDATA section, references resolved; an element's text may come in several parts. */
  text(value: string): void
}

/** Stops the parser at the first error. */
class NotWellFormed extends Error {}

/**
 * Reads a document that has passed the gate (`openXml`), in one pass, and tells `events` what is in it.
 * Comments, instructions and attributes are passed over; schema hints are not followed.
 * @returns null when it is well formed; else the offset of the first error, at which reading has stopped
 */
export function parseXml(text: string, events: XmlEvents): number | null {
  const parser = new SaxesParser({ position: false })
  parser.on('error', () => {
    throw new NotWellFormed()
  })
  let start = 0
  parser.on('opentagstart', () => {
    // The parser stands one character past the name, and no name holds a '<'.
    start = text.lastIndexOf('<', parser.position - 2)
  })
  parser.on('opentag', (tag) => events.open(tag.name, start, parser.position))
  parser.on('closetag', (tag) => events.close(tag.name, parser.position))
  parser.on('text', (value) => events.text(value))
  parser.on('cdata', (value) => events.text(value))
  try {
    parser.write(text).close()
    return null
  } catch (error) {
    if (error instanceof NotWellFormed) return Math.min(parser.position, text.length)
    throw error
  }
}
