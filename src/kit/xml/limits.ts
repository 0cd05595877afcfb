/** The most of everything that a document may have; bytes as in UTF-8. */
export interface XmlLimits {
  /** Elements inside each other. */
  depth: number
  /** Attributes of one element. */
  attributes: number
  /** Attributes in the whole document. */
  allAttributes: number
  /** Elements in the whole document. */
  elements: number
  /** Bytes of an element's or attribute's name, or a processing instruction's target. */
  name: number
  /** Bytes of text between two tags, or of one attribute's value. */
  text: number
  /** Bytes of a comment or a processing instruction. */
  comment: number
  /** Processing instructions in the whole document. */
  instructions: number
}

/** Far above what any transfer file has (depth 9, 400 elements a pupil), far below what would hurt a parser. */
export const XML_LIMITS: XmlLimits = {
  depth: 64,
  attributes: 32,
  allAttributes: 1_000_000,
  elements: 2_000_000,
  name: 100,
  text: 262_144,
  comment: 16_384,
  instructions: 16,
}

/** What the bytes of a document can be refused for before there is any text. */
export type EncodingProblem =
  | 'empty'
  | 'encoding-not-taken'
  | 'encoding-contradiction'
  | 'encoding-no-mark'
  | 'bytes'
  | 'declaration'
  | 'version'

/** What a document can be refused for. */
export type XmlProblem =
  | EncodingProblem
  | 'not-well-formed'
  | 'control-character'
  | 'bidi-character'
  | 'not-xml'
  | 'doctype'
  | 'entity'
  | 'ampersand'
  | 'character-reference'
  | 'markup'
  | 'truncated'
  | 'no-element'
  | 'depth'
  | 'attributes'
  | 'elements'
  | 'name-length'
  | 'text-length'
  | 'comment-length'
  | 'instructions'

/** Those that say the encoding is not taken at all; the others refuse what is in it. */
export const NOT_TAKEN: ReadonlySet<XmlProblem> = new Set<XmlProblem>([
  'encoding-not-taken',
  'encoding-contradiction',
  'encoding-no-mark',
])
