/** The most of everything that a document may have. */
export interface XmlLimits {
  /** Elements inside each other. */
  depth: number
  /** Attributes of one element. */
  attributes: number
  /** Attributes in the whole document. */
  allAttributes: number
  /** Elements in the whole document. */
  elements: number
  /** Characters of an element's or attribute's name, or a processing instruction's target. */
  name: number
  /** Characters of one run of text, CDATA section or attribute value. */
  text: number
  /** Characters of a comment or a processing instruction. */
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

/** What the text of a document can be refused for. */
export type ScanProblem =
  | 'control-character'
  | 'bidi-character'
  | 'not-xml'
  | 'declaration'
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

/** A problem and the offset where it is. */
export interface Fault {
  problem: ScanProblem
  at: number
}
