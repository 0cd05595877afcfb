import { decodeXml, type EncodingProblem, type XmlEncoding } from './xml-encoding.ts'
import { placesIn } from './xml-place.ts'
import { XML_LIMITS, scanXml, type ScanProblem, type XmlLimits } from './xml-scan.ts'

export type { XmlLimits }

/** What can be wrong with a document before anyone asks what it says. */
export type XmlProblem = EncodingProblem | ScanProblem | 'empty'

/** A document that may be given to a parser, or why it may not, and where. */
export type OpenedXml =
  | { ok: true; text: string; encoding: XmlEncoding; bom: boolean }
  | { ok: false; problem: XmlProblem; kind: 'encoding' | 'content'; line: number; column: number }

const ENCODING_KIND: ReadonlySet<XmlProblem> = new Set<XmlProblem>([
  'encoding-not-taken',
  'encoding-contradiction',
  'encoding-no-mark',
])

/**
 * The gate in front of every XML parser: the encoding is on the list and true, it is XML 1.0, there is no
 * DOCTYPE and no entity but the five of XML, no control or bidirectional character, and nothing is
 * absurdly deep, long or many. Names are not matched: that is the parser's part.
 * Time is linear in the size; it reads only the bytes it is given.
 * @param bytes the whole document
 * @param limits to put in place of XML_LIMITS, one by one
 * @returns the text without its byte order mark; or the first problem: `encoding` when the encoding is not
 *   taken at all, `content` when what is in it is refused
 */
export function openXml(bytes: Uint8Array, limits: Partial<XmlLimits> = {}): OpenedXml {
  if (bytes.length === 0) return refuse('empty', '', 0)
  const decoded = decodeXml(bytes)
  if (!decoded.ok) return refuse(decoded.problem, decoded.read, decoded.read.length)
  const fault = scanXml(decoded.text, { ...XML_LIMITS, ...limits })
  return fault ? refuse(fault.problem, decoded.text, fault.at) : decoded
}

function refuse(problem: XmlProblem, text: string, at: number): OpenedXml {
  const kind = ENCODING_KIND.has(problem) ? 'encoding' : 'content'
  return { ok: false, problem, kind, ...placesIn(text, [at])[0]! }
}
