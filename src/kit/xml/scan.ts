import { shorterBy } from './characters.ts'
import type { XmlLimits, XmlProblem } from './limits.ts'
import type { XmlName, XmlNames } from './names.ts'

/**
 * Who is told what is in a document, in its order. While it is told, the scan stands at the first byte of what it is
 * told about.
 */
export interface XmlSink {
  /** An element begins; `end` is behind its start tag, in the window. */
  open(scan: XmlScan, name: XmlName, end: number): void
  /** An attribute of the element that has just begun. */
  attribute(scan: XmlScan, name: string): void
  /**
   * Text or a CDATA section stands from one place of the window to another; an element's text may come in several
   * parts. Blanks between two tags are not told.
   * @param kind what is in it: see TEXT
   */
  text(scan: XmlScan, from: number, to: number, kind: number): void
  /**
   * In place of open, text and close: an element with nothing but text in it, from one place of the window to another,
   * in ASCII and without references, line ends and blanks at either end. False: it shall be told by those.
   */
  plain?(scan: XmlScan, name: XmlName, from: number, to: number): boolean
  /** The innermost element ends; `end` is behind its end tag, in the window. */
  close(scan: XmlScan, end: number): void
  /** The window moves on: what stands in front of the scan is forgotten, and places in the window change. */
  forget(scan: XmlScan): void
}

/** What is in a text, added up. */
export const TEXT = { references: 1, wide: 2, returns: 4, cdata: 8, notBlank: 16 } as const

/** The state of a scan: it goes over a window of the document, which moves on when more bytes come. */
export interface XmlScan {
  readonly sink: XmlSink
  readonly limits: XmlLimits
  readonly names: XmlNames
  /** The window, in UTF-8; behind `end` stands a `<`, so that loops over text need no other bound. */
  bytes: Buffer
  /** The same; some bytes behind `end` may be looked at. */
  view: DataView
  end: number
  /** The window, a character for each byte. */
  text: string
  /** Whether no more bytes come. */
  last: boolean
  /** Where the scan stands in the window. */
  at: number
  /** What comes before the window. */
  base: number
  /** The line it stands in, counted from 1; where that begins in the window (below 0: before it). */
  line: number
  lineStart: number
  /** By how much the line up to here is shorter in UTF-16 units than in bytes. */
  shorter: number
  /** The elements that are open; only the first `depth` count. */
  readonly open: XmlName[]
  depth: number
  rootSeen: boolean
  elements: number
  attributes: number
  instructions: number
  /** Bytes of text since the last tag, and whether something else than text stood since. */
  run: number
  broken: boolean
  /** The name of the last start tag. */
  latest: XmlName | null
  /** How much must be in the window in front of the scan before it is worth trying again. */
  enough: number
  /** Set when the document is refused: nothing more is told. */
  fault: XmlFault | null
}

/** Why a document is refused, and where. */
export interface XmlFault {
  problem: XmlProblem
  /** Counted from 1. */
  line: number
  /** Counted from 1, in UTF-16 code units. */
  column: number
  /** Bytes in front of it, in UTF-8. */
  offset: number
}

/** The column in which the scan stands. */
export function columnOf({ at, lineStart, shorter }: XmlScan): number {
  return at - lineStart - shorter + 1
}

/** Moves the scan on, counting lines. */
export function advance(scan: XmlScan, to: number): void {
  const { bytes } = scan
  for (let at = scan.at; at < to; at++) {
    const byte = bytes[at]!
    if (byte === 10) {
      scan.line++
      scan.lineStart = at + 1
      scan.shorter = 0
    } else if (byte >= 0xc0) scan.shorter += shorterBy(byte)
  }
  scan.at = to
}

/** Refuses the document for what is at a place in the window, not before where the scan stands. */
export function refuse(scan: XmlScan, problem: XmlProblem, at: number): void {
  advance(scan, Math.min(at, scan.end))
  scan.fault = { problem, line: scan.line, column: columnOf(scan), offset: scan.base + scan.at }
}
