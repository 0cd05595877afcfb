/** A rule that a value breaks, with what its words need beside the element's name. */
export type Breach = [rule: string, params?: Record<string, string | number>]

/** What is wrong with a value that is trimmed and not empty; `today` is CCYY-MM-DD. */
export type ValueCheck = (value: string, today: string) => readonly Breach[]

/** A facet of XML Schema, e.g. ['maxLength', '35']. */
export type Facet = readonly [name: string, value: string]

/** A kind of value. */
export interface ValueKind {
  /** Its XML Schema type, of those that take blanks at both ends away and doubled ones together. */
  base: string
  facets: readonly Facet[]
  /** What breaks its form: says the same as base and facets, and its rules are structural. */
  form(value: string): readonly Breach[]
  /** What else is wrong with a value of the right form; its rules are not structural. */
  item?: ValueCheck
}

/** Nothing wrong; one array for all, since checks run for each value of a file. */
export const RIGHT: readonly Breach[] = []

/** A rule without parameters, made once. */
export const breach = (rule: string): readonly Breach[] => [[rule]]

/** A value as XML Schema's token has it: doubled blanks are one. */
export function collapsed(value: string): string {
  return value.replace(/[ \t\n\r]+/g, ' ').trim()
}

/** A kind of one pattern, written alike in XML Schema and here, and the rule that says it. */
export function patterned(pattern: string, matches: (value: string) => boolean, rule: string): ValueKind {
  const wrong = breach(rule)
  return {
    base: 'xs:token',
    facets: [['pattern', pattern]],
    form: (value) => (matches(value) ? RIGHT : wrong),
  }
}

const [ZERO, NINE, A, Z] = [48, 57, 65, 90]

/** Whether the character at a place is a digit 0 to 9. */
export function isDigitAt(value: string, at: number): boolean {
  const code = value.charCodeAt(at)
  return code >= ZERO && code <= NINE
}

/** Whether the character at a place is a letter A to Z. */
export function isCapitalAt(value: string, at: number): boolean {
  const code = value.charCodeAt(at)
  return code >= A && code <= Z
}

/** Whether all characters between two places are digits. */
export function areDigits(value: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isDigitAt(value, at)) return false
  return true
}
