import { openXml, type XmlEncoding, type XmlLimits, type XmlSink } from '../kit/xml/index.ts'

/** A change to a document: what stands from one byte to another is replaced. */
interface Splice {
  from: number
  to: number
  by: string
}

/**
 * The same file for another establishment: LEA and Estab of DestSchool rewritten, its URN (the old school's)
 * dropped, every other byte as it was, in the file's own encoding.
 * @param destination seven characters, e.g. 6804020 or 680LLLL
 * @param limits in place of the gate's own
 * @throws RangeError when the file has no DestSchool with LEA and Estab, or is not read at all
 */
export function readdressCtf(
  bytes: Uint8Array,
  destination: string,
  limits?: Partial<XmlLimits>,
): Uint8Array {
  if (!/^[0-9A-Z]{7}$/.test(destination)) throw new RangeError('a destination is seven characters')
  const finder = findDestination(destination)
  const reading = openXml(finder.sink, { limits })
  reading.write(bytes)
  const fault = reading.end()
  if (fault) throw new RangeError(`not a file that is read: ${fault.problem}`)
  const splices = finder.splices()
  if (!splices) throw new RangeError('no DestSchool with LEA and Estab')
  const own = ownBytes(bytes, reading.encoding!)
  const parts: Uint8Array[] = []
  let done = 0
  for (const { from, to, by } of splices) {
    const start = by === '' ? own.behindText(own.offset(from)) : own.offset(from)
    parts.push(bytes.subarray(done, start), own.encode(by))
    done = own.offset(to)
  }
  return Buffer.concat([...parts, bytes.subarray(done)])
}

/** Finds what is to be changed, in bytes of UTF-8 without a mark; null when LEA or Estab is not there. */
function findDestination(destination: string): { sink: XmlSink; splices: () => Splice[] | null } {
  const path: string[] = []
  const splices: Splice[] = []
  const found = new Set<string>()
  let start = 0
  let inside = 0
  return {
    splices: () => (found.has('LEA') && found.has('Estab') ? splices : null),
    sink: {
      open(scan, { text }, end) {
        path.push(text)
        if (path.length !== 4) return
        start = scan.base + scan.at
        inside = scan.base + end
      },
      close(scan, end) {
        const here = path.join('/')
        const name = path.pop()!
        if (here !== `${path[0]}/Header/DestSchool/${name}` || found.has(name)) return
        const closing = scan.base + scan.at
        if (name === 'URN') splices.push({ from: start, to: scan.base + end, by: '' })
        else if ((name === 'LEA' || name === 'Estab') && closing >= inside) {
          const by = name === 'LEA' ? destination.slice(0, 3) : destination.slice(3)
          splices.push({ from: inside, to: closing, by })
        } else return
        found.add(name)
      },
      attribute() {},
      text() {},
      forget() {},
    },
  }
}

/** A document's own bytes, found by bytes of UTF-8 without a mark. */
function ownBytes(bytes: Uint8Array, encoding: XmlEncoding) {
  const unit = encoding.startsWith('utf-16') ? 2 : 1
  const marked = encoding === 'utf-8' && bytes[0] === 0xef && bytes[1] === 0xbb
  const mark = unit === 2 ? 2 : marked ? 3 : 0
  const text = encoding === 'utf-8' ? null : decode(bytes.subarray(mark), encoding)

  function offset(inUtf8: number): number {
    if (text === null) return mark + inUtf8
    let units = 0
    for (let passed = 0; passed < inUtf8; units++) passed += lengthInUtf8(text.charCodeAt(units))
    return mark + units * unit
  }

  function isBlank(at: number): boolean {
    const [first, second] = [bytes[at]!, bytes[at + 1]!]
    const low = encoding === 'utf-16be' ? second : first
    const high = unit === 1 ? 0 : encoding === 'utf-16be' ? first : second
    return high === 0 && ' \t\r\n'.includes(String.fromCharCode(low))
  }

  return {
    offset,
    /** Where the blank in front of a place begins. */
    behindText(place: number): number {
      let at = place
      while (at > mark && isBlank(at - unit)) at -= unit
      return at
    },
    /** Digits and capitals, in the document's encoding. */
    encode(ascii: string): Uint8Array {
      if (unit === 1) return Buffer.from(ascii, 'latin1')
      const little = Buffer.from(ascii, 'utf16le')
      return encoding === 'utf-16le' ? little : little.swap16()
    },
  }
}

// TextDecoder reads "iso-8859-1" as windows-1252
const decode = (bytes: Uint8Array, encoding: XmlEncoding): string =>
  encoding === 'iso-8859-1' ? Buffer.from(bytes).toString('latin1') : new TextDecoder(encoding).decode(bytes)

/** Bytes that a UTF-16 unit takes in UTF-8; each half of a pair two. */
function lengthInUtf8(code: number): number {
  if (code < 0x80) return 1
  return code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3
}
