import { isUtf8 } from 'node:buffer'
import type { EncodingProblem } from './limits.ts'

/** The encodings that are taken; the last two only when the XML declaration names them. */
export type XmlEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'iso-8859-1' | 'windows-1252'

/** How a document is written, as its first bytes say. */
export type Recognised =
  | {
      ok: true
      encoding: XmlEncoding
      /** Bytes of the byte order mark in front. */
      mark: number
    }
  | { ok: false; problem: EncodingProblem }

/** Bytes at the beginning that are enough to recognise an encoding: any declaration, in two bytes a character. */
export const FIRST_BYTES = 1024

/** What the first bytes can show. */
type Shown = Exclude<XmlEncoding, 'iso-8859-1' | 'windows-1252'>

const MARKS: [Shown, number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/** First bytes that tell an encoding which is never taken: UTF-32, EBCDIC and UTF-7, with a mark or by a '<'. */
const FOREIGN = [
  [0xff, 0xfe, 0x00, 0x00],
  [0x00, 0x00, 0xfe, 0xff],
  [0x3c, 0x00, 0x00, 0x00],
  [0x00, 0x00, 0x00, 0x3c],
  [0x4c, 0x6f, 0xa7, 0x94],
  [0x2b, 0x2f, 0x76],
  [0x2b, 0x41, 0x44, 0x77],
]

/** First bytes of UTF-16 without its byte order mark. */
const UNMARKED = [
  [0x3c, 0x00],
  [0x00, 0x3c],
]

/** What a declaration may name for the encoding that the bytes show. */
const AGREES: Record<Shown, readonly string[]> = {
  'utf-8': ['utf-8'],
  'utf-16le': ['utf-16', 'utf-16le'],
  'utf-16be': ['utf-16', 'utf-16be'],
}
/** What it may name when there is no mark: then only the declaration can tell. */
const SINGLE_BYTE: ReadonlyMap<string, XmlEncoding> = new Map([
  ['iso-8859-1', 'iso-8859-1'],
  ['windows-1252', 'windows-1252'],
])

// Every repetition is bounded and no two neighbours share a character, so it is linear; and it sees 400 characters.
const SPACE = '[ \\t\\r\\n]{1,20}'
const EQUALS = '[ \\t\\r\\n]{0,20}=[ \\t\\r\\n]{0,20}'
const value = (characters: string) => `(?:"(${characters})"|'(${characters})')`
const DECLARATION = new RegExp(
  `^<\\?xml${SPACE}version${EQUALS}${value('[0-9.]{1,8}')}` +
    `(?:${SPACE}encoding${EQUALS}${value('[A-Za-z][A-Za-z0-9._-]{0,40}')})?` +
    `(?:${SPACE}standalone${EQUALS}${value('yes|no')})?[ \\t\\r\\n]{0,20}\\?>`,
)

/**
 * The encoding of a document, strictly: UTF-8; UTF-16 with its mark; ISO-8859-1 and windows-1252 when declared. A
 * declaration that contradicts the mark, another encoding or XML 1.1 are refused.
 * @param bytes the beginning, FIRST_BYTES at least unless it is all
 */
export function recogniseEncoding(bytes: Buffer): Recognised {
  if (FOREIGN.some((first) => startsWith(bytes, first))) return fault('encoding-not-taken')
  const marked = MARKS.find(([, mark]) => startsWith(bytes, mark))
  if (!marked && UNMARKED.some((first) => startsWith(bytes, first))) return fault('encoding-no-mark')
  const shown: Shown = marked?.[0] ?? 'utf-8'
  const mark = marked?.[1].length ?? 0
  const declared = declaration(head(bytes.subarray(mark), shown))
  if (typeof declared === 'string') return fault(declared)
  const encoding = settle(shown, marked !== undefined, declared.encoding)
  return encoding.ok ? { ok: true, encoding: encoding.name, mark } : fault(encoding.problem)
}

/** Bytes of UTF-8 made of others; `rest` is the start of a character that is not yet whole. */
export interface Transcoded {
  utf8: Buffer
  rest: Buffer
  /** Whether bytes follow `utf8` that the encoding does not have. */
  broken: boolean
}

/** Makes UTF-8 of a piece of a document. UTF-8 itself is looked through and given as it is. */
export function transcode(piece: Buffer, encoding: XmlEncoding, last: boolean): Transcoded {
  const end = last ? piece.length : wholeCharacters(piece, piece.length, encoding)
  const whole = piece.subarray(0, end)
  const utf8 = inUtf8(whole, encoding)
  if (utf8) return { utf8, rest: piece.subarray(end), broken: false }
  return { utf8: validStart(whole, encoding), rest: Buffer.alloc(0), broken: true }
}

function inUtf8(bytes: Buffer, encoding: XmlEncoding): Buffer | null {
  if (encoding === 'utf-8') return isUtf8(bytes) ? bytes : null
  // TextDecoder reads "iso-8859-1" as windows-1252, so the true one is read by Buffer.
  if (encoding === 'iso-8859-1') return Buffer.from(bytes.toString('latin1'))
  if (encoding === 'windows-1252' && bytes.some((byte) => UNUSED_IN_1252.has(byte))) return null
  try {
    return Buffer.from(new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return null
  }
}

const UNUSED_IN_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d])

/** The longest start of the bytes that is valid: halving, since a valid start has only valid starts. */
function validStart(bytes: Buffer, encoding: XmlEncoding): Buffer {
  let low = 0
  let high = bytes.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (inUtf8(bytes.subarray(0, wholeCharacters(bytes, middle, encoding)), encoding)) low = middle
    else high = middle - 1
  }
  return inUtf8(bytes.subarray(0, wholeCharacters(bytes, low, encoding)), encoding) ?? Buffer.alloc(0)
}

/** `end`, moved back so that it does not cut a character. */
function wholeCharacters(bytes: Buffer, end: number, encoding: XmlEncoding): number {
  if (encoding === 'iso-8859-1' || encoding === 'windows-1252') return end
  if (encoding !== 'utf-8') {
    const even = end - (end % 2)
    const high = even < 2 ? 0 : bytes[encoding === 'utf-16le' ? even - 1 : even - 2]!
    return high >= 0xd8 && high <= 0xdb ? even - 2 : even
  }
  let start = end
  while (start > 0 && end - start < 3 && (bytes[start - 1]! & 0xc0) === 0x80) start--
  if (start === 0) return end
  const first = bytes[start - 1]!
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1
  return end - start + 1 < length ? start - 1 : end
}

const fault = (problem: EncodingProblem): Recognised => ({ ok: false, problem })

function startsWith(bytes: Buffer, first: readonly number[]): boolean {
  return bytes.length >= first.length && first.every((byte, index) => bytes[index] === byte)
}

/** The first characters, enough for any declaration; every encoding taken writes them as ASCII does. */
function head(body: Buffer, shown: XmlEncoding): string {
  if (shown === 'utf-8') return body.toString('latin1', 0, 400)
  return new TextDecoder(shown).decode(body.subarray(0, 800))
}

function declaration(start: string): { encoding: string | null } | 'declaration' | 'version' {
  if (!/^<\?xml[ \t\r\n?]/.test(start)) return { encoding: null }
  const found = DECLARATION.exec(start)
  if (!found) return 'declaration'
  if ((found[1] ?? found[2]) !== '1.0') return 'version'
  return { encoding: (found[3] ?? found[4])?.toLowerCase() ?? null }
}

function settle(
  shown: Shown,
  marked: boolean,
  declared: string | null,
): { ok: true; name: XmlEncoding } | { ok: false; problem: EncodingProblem } {
  if (declared === null || AGREES[shown].includes(declared)) return { ok: true, name: shown }
  const single = SINGLE_BYTE.get(declared)
  if (single && !marked) return { ok: true, name: single }
  if (!single && !Object.values(AGREES).some((names) => names.includes(declared)))
    return { ok: false, problem: 'encoding-not-taken' }
  return { ok: false, problem: marked ? 'encoding-contradiction' : 'encoding-no-mark' }
}
