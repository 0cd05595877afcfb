import { openXml, type OpenedXml } from '../kit/xml-gate.ts'
import { parseXml } from '../kit/xml-parse.ts'

/** A change to a text: what stands from one offset to another is replaced. */
interface Splice {
  from: number
  to: number
  by: string
}

/**
 * The same file for another establishment: LEA and Estab of DestSchool rewritten, its URN (the old school's)
 * dropped, every other byte as it was, in the file's own encoding.
 * @param destination seven characters, e.g. 6804020 or 680LLLL
 * @throws RangeError when the file has no DestSchool with LEA and Estab, or is not read at all
 */
export function readdressCtf(bytes: Uint8Array, destination: string): Uint8Array {
  if (!/^[0-9A-Z]{7}$/.test(destination)) throw new RangeError('a destination is seven characters')
  const opened = openXml(bytes)
  if (!opened.ok) throw new RangeError(`not a file that is read: ${opened.problem}`)
  const splices = findDestination(opened.text, destination)
  if (!splices) throw new RangeError('no DestSchool with LEA and Estab')
  const parts: Uint8Array[] = []
  let done = 0
  for (const { from, to, by } of splices) {
    const start = byteOffset(opened, from)
    parts.push(bytes.subarray(done, start), encode(opened, by))
    done = byteOffset(opened, to)
  }
  return Buffer.concat([...parts, bytes.subarray(done)])
}

/** The changes, in order; null when LEA or Estab is not there. */
function findDestination(text: string, destination: string): Splice[] | null {
  const path: string[] = []
  const splices: Splice[] = []
  const found = new Set<string>()
  let start = 0
  let inside = 0
  const error = parseXml(text, {
    open(name, tagStart, tagEnd) {
      path.push(name)
      if (path.length === 4) [start, inside] = [tagStart, tagEnd]
    },
    close(name, end) {
      const here = path.join('/')
      path.pop()
      if (here !== `CTfile/Header/DestSchool/${name}` || found.has(name)) return
      const closing = text.lastIndexOf('<', end - 1)
      if (name === 'URN') splices.push({ from: endOfBlank(text, start), to: end, by: '' })
      else if ((name === 'LEA' || name === 'Estab') && closing >= inside) {
        splices.push({
          from: inside,
          to: closing,
          by: name === 'LEA' ? destination.slice(0, 3) : destination.slice(3),
        })
      } else return
      found.add(name)
    },
    text() {},
  })
  return error === null && found.has('LEA') && found.has('Estab') ? splices : null
}

/** Where the blank in front of an offset begins. */
function endOfBlank(text: string, offset: number): number {
  let at = offset
  while (at > 0 && ' \t\r\n'.includes(text[at - 1]!)) at--
  return at
}

type Opened = Extract<OpenedXml, { ok: true }>

function byteOffset({ text, encoding, bom }: Opened, offset: number): number {
  if (encoding === 'utf-8') return (bom ? 3 : 0) + Buffer.byteLength(text.slice(0, offset))
  return encoding.startsWith('utf-16') ? 2 + offset * 2 : offset
}

/** Digits and capitals, in the file's encoding. */
function encode({ encoding }: Opened, ascii: string): Uint8Array {
  if (!encoding.startsWith('utf-16')) return Buffer.from(ascii, 'latin1')
  const little = Buffer.from(ascii, 'utf16le')
  return encoding === 'utf-16le' ? little : little.swap16()
}
