import { ulnProblem, upnLaNumber, upnProblem } from '../learner-numbers/rules.ts'
import { CODE_SETS, inCodeSet } from './codes/code-sets.ts'
import { isKnownLa, isUpnLa } from './codes/la-numbers.ts'
import { ageAtLast31August, currentAcademicYears, isDate, readDateTime } from './dates.ts'
import type { ElementRow, ValueType } from './model.ts'

/** A rule that a value breaks, with what its words need beside the element's name. */
export type Breach = [rule: string, params?: Record<string, string | number>]

/**
 * What is wrong with the value of an element.
 * @param value trimmed, not empty
 * @param today CCYY-MM-DD
 * @returns the rules it breaks; where the row is not verified, any error becomes the warning ctf-132
 */
export function checkValue(row: ElementRow, value: string, today: string): Breach[] {
  if (row.content === 'any' || 'group' in row.content) return []
  const breaches = CHECKS[row.content.is](value, { type: row.content, row, today })
  if (row.certainty === 'V' || breaches.length === 0) return breaches
  return [['ctf-132']]
}

interface Context {
  type: ValueType
  row: ElementRow
  today: string
}

type Check = (value: string, context: Context) => Breach[]

const UPN_RULES = { length: 'ctf-304', letter: 'ctf-305', digits: 'ctf-306', 'check-letter': 'ctf-307' }

const holds = (right: boolean, rule: string, params?: Breach[1]): Breach[] =>
  right ? [] : [params ? [rule, params] : [rule]]

const CHECKS: Record<ValueType['is'], Check> = {
  text: (value, { type }) => (type.is === 'text' ? checkLength(value, type.most) : []),
  integer: (value, { type }) => (type.is === 'integer' ? checkInteger(value, type) : []),
  code: (value, { type }) =>
    type.is === 'code'
      ? holds(inCodeSet(type.set, value), 'ctf-128', { codes: CODE_SETS[type.set].join(', ') })
      : [],
  date: (value) => holds(isDate(value), 'ctf-121'),
  dob: (value, { today }) => checkBirth(value, today),
  dateTime: (value) => {
    const read = readDateTime(value)
    return read === 'zoned' ? [['ctf-123']] : holds(read !== null, 'ctf-122')
  },
  boolean: (value) => holds(/^(true|false|1|0)$/.test(value), 'ctf-124'),
  decimal: (value) => holds(/^-?[0-9]{1,12}(\.[0-9]{1,6})?$/.test(value), 'ctf-126'),
  year: (value) => holds(/^[12][0-9]{3}$/.test(value), 'ctf-127'),
  'academic-year': (value, { today }) => {
    if (!/^[12][0-9]{3}$/.test(value)) return [['ctf-127']]
    const years = currentAcademicYears(today)
    return holds(years.includes(Number(value)), 'ctf-203', { year: value, expected: years[0]! })
  },
  'document-name': (value) => holds(value === 'Common Transfer File', 'ctf-201'),
  'ctf-version': (value, { today }) => checkVersion(value, today),
  la: (value) =>
    /^([0-9]{3}|XXX|MMM|NAA)$/.test(value)
      ? holds(isKnownLa(value), 'ctf-208', { la: value })
      : [['ctf-129']],
  estab: (value) => holds(/^([0-9]{4}|XXXX|MMMM|LLLL)$/.test(value), 'ctf-130'),
  urn: (value) => holds(/^[0-9]{6}$/.test(value), 'ctf-131'),
  upn: (value, { row }) => checkUpn(value, row),
  uln: (value) => holds(ulnProblem(value) === null, 'ctf-310'),
  uci: (value) => holds(/^[0-9]{5}[0-9A-Z][0-9]{6}[A-Z]$/.test(value), 'ctf-311'),
  postcode: checkPostcode,
  phone: (value) => {
    const breaches = checkLength(value, 35)
    return breaches.length > 0 ? breaches : holds(/^\+?[0-9]+$/.test(value), 'ctf-133')
  },
  email: (value) => {
    const breaches = checkLength(value, 254)
    return breaches.length > 0 ? breaches : holds(/^[^@\s]{1,127}@[^@\s]{1,127}$/.test(value), 'ctf-134')
  },
}

/** Lengths are of characters as a person counts them, so a decomposed ŵ counts once (CBDS A(n)). */
function checkLength(value: string, most: number): Breach[] {
  if (value.length <= most) return []
  const length = value.normalize('NFC').length
  return holds(length <= most, 'ctf-120', { length, most })
}

function checkInteger(value: string, { least, most }: { least: number; most: number }): Breach[] {
  const number = /^[0-9]{1,15}$/.test(value) ? Number(value) : -1
  return holds(number >= least && number <= most, 'ctf-125', { least, most })
}

function checkBirth(value: string, today: string): Breach[] {
  if (!isDate(value)) return [['ctf-121']]
  if (value >= today) return [['ctf-312']]
  const age = ageAtLast31August(value, today)
  return holds(age >= 1 && age <= 25, 'ctf-313', { age })
}

/** The current version and the one before; in August the one about to begin too. */
function checkVersion(value: string, today: string): Breach[] {
  const years = currentAcademicYears(today)
  const accepted = [years[0]! - 1, ...years].map((year) => `${String(year).slice(2)}.0`)
  return holds(accepted.includes(value), 'ctf-202', {
    version: value.slice(0, 10),
    accepted: accepted.toReversed().join(', '),
  })
}

function checkUpn(value: string, row: ElementRow): Breach[] {
  const problem = upnProblem(value)
  if (row.name === 'FormerUPN') return holds(problem === null, 'ctf-309')
  if (problem) return [[UPN_RULES[problem]]]
  return holds(isUpnLa(upnLaNumber(value)), 'ctf-308', { la: upnLaNumber(value) })
}

/**
 * CBDS N00037: A9, A99, AA9, AA99, A9A or AA9A, a space, 9AA; or BFPO and a number. Doubled spaces, small
 * letters and an O for the 0 are told apart from what is no postcode, as are letters that do not occur there.
 */
function checkPostcode(value: string): Breach[] {
  if (value.length > 20) return [['ctf-316']]
  if (/^BFPO [0-9]{1,4}$/.test(value)) return []
  const plain = value.toUpperCase().replace(/\s+/g, '')
  if (/^BFPO[0-9]{1,4}$/.test(plain)) return [['ctf-317']]
  const parts = /^([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9O][A-Z]{2})$/.exec(plain)
  if (!parts) return [['ctf-316']]
  const written = `${parts[1]} ${parts[2]}`
  return holds(value === written && LETTERS_RIGHT.test(written), 'ctf-317')
}

const LETTERS_RIGHT =
  /^([A-PR-UWYZ][0-9]{1,2}|[A-PR-UWYZ][A-HK-Y][0-9]{1,2}|[A-PR-UWYZ][0-9][A-HJKSTUW]|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]) [0-9][ABD-HJLNP-UW-Z]{2}$/
