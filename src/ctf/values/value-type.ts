import { codeSet } from '../codes/code-sets.ts'

/** What a value must look like. */
export type ValueType =
  /** At most so many characters; `names` are parted by single blanks. */
  | { is: 'text' | 'names'; most: number }
  | { is: 'integer'; least: number; most: number }
  /** A code of a set; of an open set, whose other codes are not known, any word of at most 100 characters. */
  | { is: 'code' | 'open'; set: string }
  | { is: SimpleType }

/** The types that need nothing but their name. */
export type SimpleType = (typeof SIMPLE)[number]

const SIMPLE = [
  'date',
  'dob',
  'arrival',
  'dateTime',
  'boolean',
  'coordinate',
  'year',
  'ctf-document',
  'atf-document',
  'ctf-version',
  'la',
  'estab',
  'urn',
  'upn',
  'former-upn',
  'uln',
  'uci',
  'postcode',
  'phone',
  'email',
  'title',
  'marks',
] as const

/**
 * A value type as a row of the content model writes it: `text 35`, `integer 0-400`, `code ethnicity`, `date` …
 * @throws RangeError for a misprint
 */
export function readValueType(cell: string): ValueType {
  const [word = '', rest = ''] = cell.split(' ')
  if (word === 'text' || word === 'names') return { is: word, most: wholeAbove(rest, 0, cell) }
  if (word === 'code' || word === 'open') return { is: word, set: codeSet(rest).name }
  if (word === 'integer') {
    const [least = '', most = ''] = rest.split('-')
    const from = wholeAbove(least, -1, cell)
    return { is: 'integer', least: from, most: wholeAbove(most, from, cell) }
  }
  const simple = SIMPLE.find((one) => one === cell)
  if (simple === undefined) throw new RangeError(`the content model has no ${cell}`)
  return { is: simple }
}

function wholeAbove(digits: string, least: number, cell: string): number {
  const number = /^[0-9]{1,12}$/.test(digits) ? Number(digits) : Number.NaN
  if (number > least) return number
  throw new RangeError(`the content model has no ${cell}`)
}
