import { FIRST_BYTES, recogniseEncoding, transcode, type XmlEncoding } from './encoding.ts'
import { XML_LIMITS, type EncodingProblem, type XmlLimits } from './limits.ts'
import { scanMarkup } from './markup.ts'
import { knowNames, type XmlNames } from './names.ts'
import { refuse, type XmlFault, type XmlScan, type XmlSink } from './scan.ts'
import { scanText } from './text.ts'
import { scanUsual } from './usual.ts'

/** A document that is being read. */
export interface XmlReading {
  /** The next bytes of the document; after a fault they are passed over. */
  write(chunk: Uint8Array): void
  /** The document is whole. Gives why it is refused, or null when all of it is well formed and taken. */
  end(): XmlFault | null
  /** The first thing for which the document is refused, as far as it has been read. */
  readonly fault: XmlFault | null
  /** Null until the first bytes have been seen. */
  readonly encoding: XmlEncoding | null
}

/** How to read. */
export interface XmlOptions {
  /** In place of XML_LIMITS, one by one. */
  limits?: Partial<XmlLimits> | undefined
  /** Names that the sink knows by number; of `knowNames`. */
  names?: XmlNames | undefined
}

/** Bytes that are scanned at a time: small enough to stay near the processor, so memory is that of the window. */
const PIECE = 65_536

/**
 * Reads XML 1.0 from bytes as they come, in one pass, and tells a sink what is in it. It is the gate in front of every
 * reader: the encoding is on the list and true, there is no DOCTYPE and no entity but the five of XML, no control or
 * bidirectional character, nothing is absurdly deep, long or many, and all is well formed. At the first thing that is
 * refused it stops. Schema hints and inclusions are not followed.
 * Time is linear in the size; memory is that of a window, of the limits and of the open elements.
 */
export function openXml(sink: XmlSink, { limits, names = knowNames([]) }: XmlOptions = {}): XmlReading {
  const scan = newScan(sink, { ...XML_LIMITS, ...limits }, names)
  let encoding: XmlEncoding | null = null
  let waiting: Buffer = Buffer.alloc(0)

  /** Takes bytes of the document's own encoding, whatever was held back before them. */
  function take(piece: Buffer, last: boolean): void {
    const { utf8, rest, broken } = transcode(
      waiting.length > 0 ? Buffer.concat([waiting, piece]) : piece,
      encoding!,
      last,
    )
    waiting = rest.length > 0 ? Buffer.from(rest) : rest
    // what breaks off here must be looked at now, lest the fault that is told hang on the pieces
    if (broken) scan.enough = 0
    scanMore(scan, utf8, last && !broken)
    if (broken && !scan.fault) refuse(scan, 'bytes', scan.end)
  }

  /** Settles the encoding by the first bytes and takes them. */
  function begin(first: Buffer): void {
    waiting = Buffer.alloc(0)
    const found = recogniseEncoding(first)
    if (!found.ok) scan.fault = atStart(found.problem)
    else {
      encoding = found.encoding
      takeAll(first.subarray(found.mark))
    }
  }

  function takeAll(bytes: Buffer): void {
    for (let from = 0; from < bytes.length && !scan.fault; from += PIECE)
      take(bytes.subarray(from, from + PIECE), false)
  }

  return {
    write(chunk) {
      if (scan.fault) return
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      if (encoding) return takeAll(bytes)
      const first = waiting.length > 0 ? Buffer.concat([waiting, bytes]) : bytes
      if (first.length >= FIRST_BYTES) begin(first)
      else waiting = Buffer.from(first)
    },
    end() {
      if (!encoding && !scan.fault) {
        if (waiting.length === 0) scan.fault = atStart('empty')
        else begin(waiting)
      }
      if (!scan.fault) take(Buffer.alloc(0), true)
      return scan.fault
    },
    get fault() {
      return scan.fault
    },
    get encoding() {
      return encoding
    },
  }
}

/** Reads a document that is all there. Gives why it is refused, or null. */
export function readXml(bytes: Uint8Array, sink: XmlSink, options: XmlOptions = {}): XmlFault | null {
  const reading = openXml(sink, options)
  reading.write(bytes)
  return reading.end()
}

const atStart = (problem: EncodingProblem | 'no-element'): XmlFault => ({
  problem,
  line: 1,
  column: 1,
  offset: 0,
})

function newScan(sink: XmlSink, limits: XmlLimits, names: XmlNames): XmlScan {
  return {
    sink,
    limits,
    names,
    bytes: Buffer.alloc(0),
    view: new DataView(new ArrayBuffer(0)),
    end: 0,
    text: '',
    last: false,
    at: 0,
    base: 0,
    line: 1,
    lineStart: 0,
    shorter: 0,
    open: [],
    depth: 0,
    rootSeen: false,
    elements: 0,
    attributes: 0,
    instructions: 0,
    run: 0,
    broken: false,
    latest: null,
    fault: null,
    enough: 0,
  }
}

/** Moves the window on by more bytes and scans it. */
function scanMore(scan: XmlScan, more: Buffer, last: boolean): void {
  moveWindow(scan, more)
  scan.last = last
  // a token that is longer than the window is tried again only when the window has doubled, so that time stays linear
  if (scan.end - scan.at < scan.enough && !last) return
  scan.text = scan.bytes.toString('latin1', 0, scan.end)
  scanWindow(scan)
  scan.enough = scan.end - scan.at > 256 ? (scan.end - scan.at) * 2 : 0
}

function moveWindow(scan: XmlScan, more: Buffer): void {
  const from = scan.at
  if (from > 0) {
    scan.sink.forget(scan)
    scan.bytes.copyWithin(0, from, scan.end)
    scan.base += from
    scan.at = 0
    scan.end -= from
    scan.lineStart -= from
  }
  const end = scan.end + more.length
  if (end + BEHIND > scan.bytes.length) {
    const larger = Buffer.allocUnsafeSlow(Math.max(end + BEHIND, scan.bytes.length * 2))
    scan.bytes.copy(larger, 0, 0, scan.end)
    scan.bytes = larger
    scan.view = new DataView(larger.buffer)
  }
  more.copy(scan.bytes, scan.end)
  scan.end = end
  scan.bytes[end] = 60
}

/** Bytes behind the window that may be looked at: a `<`, and what else four blanks would be. */
const BEHIND = 4

/** Scans what is in the window, as far as whole tokens go. */
function scanWindow(scan: XmlScan): void {
  while (scan.at < scan.end && !scan.fault) {
    scanUsual(scan)
    const before = scan.at
    if (scan.bytes[before] === 60) scanMarkup(scan)
    else scanText(scan)
    if (scan.at === before) break
  }
  if (scan.fault || !scan.last) return
  if (!scan.rootSeen && scan.at === scan.end) scan.fault = atStart('no-element')
  else if (scan.depth > 0 || scan.at < scan.end)
    refuse(scan, 'truncated', scan.at < scan.end ? scan.at : scan.end)
}
