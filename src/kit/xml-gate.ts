import { decodeXml, type EncodingProblem, type XmlEncoding } from './xml-encoding.ts'
import { placesIn } from './xml-place.ts'
import { XML_LIMITS, type ScanProblem, type XmlLimits } from './xml-limits.ts'
import { scanXml } from './xml-scan.ts'
import type { XmlTokens } from './xml-tokens.ts'

export type { XmlLimits }

/** What can be wrong with a document before anyone asks what it says. */
export type XmlProblem = EncodingProblem | ScanProblem | 'empty'

/** A document that may be read, or why it may not, and where. */
export type OpenedXml =
  | {
      ok: true
      text: string
      encoding: XmlEncoding
      bom: boolean
      /** What it consists of, for a reader. */
      tokens: XmlTokens
      /** Where it is not well formed: the offset just behind the first error, up to which the tokens go. */
      error: number | null
    }
  | { ok: false; problem: XmlProblem; kind: 'encoding' | 'content'; line: number; column: number }

const ENCODING_KIND: ReadonlySet<XmlProblem> = new Set<XmlProblem>([
  'encoding-not-taken',
  'encoding-contradiction',
  'encoding-no-mark',
])

/**
 * The gate in front of every reader of XML: the encoding is on the list and true, it is XML 1.0, there is no
 * DOCTYPE and no entity but the five of XML, no control or bidirectional character, and nothing is
 * absurdly deep, long or many. Only when all of it has passed are there tokens to read; what is merely not
 * well formed (names that are none or do not match, an attribute twice) is told with them.
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
  const scanned = scanXml(decoded.text, { ...XML_LIMITS, ...limits })
  if (scanned.fault) return refuse(scanned.fault.problem, decoded.text, scanned.fault.at)
  const { tokens, error } = scanned
  return { ...decoded, tokens, error }
}

function refuse(problem: XmlProblem, text: string, at: number): OpenedXml {
  const kind = ENCODING_KIND.has(problem) ? 'encoding' : 'content'
  return { ok: false, problem, kind, ...placesIn(text, [at])[0]! }
}
