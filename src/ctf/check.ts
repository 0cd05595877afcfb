import { ulnProblem, upnLaNumber, upnProblem } from '../learner-numbers/rules.ts'
import { CODE_SETS, inCodeSet, type CodeSet } from './codes/code-sets.ts'
import { isKnownLa, isUpnLa } from './codes/la-numbers.ts'
import {
  ageAtLast31August,
  currentAcademicYears,
  isDate,
  isYear,
  readDateTime,
  wholeNumber,
} from './dates.ts'
import type { ElementRow, ValueType } from './model.ts'

/** A rule that a value breaks, with what its words need beside the element's name. */
export type Breach = [rule: string, params?: Record<string, string | number>]

/** What is wrong with a value that is trimmed and not empty; `today` is CCYY-MM-DD. */
export type ValueCheck = (value: string, today: string) => readonly Breach[]

const RIGHT: readonly Breach[] = []
const UNVERIFIED: readonly Breach[] = [['ctf-132']]

/**
 * The check of an element's value, made once for each row of the model; null where it has no value.
 * Where the row is not verified, any error is the warning ctf-132.
 */
export function checkOf(row: ElementRow): ValueCheck | null {
  if (row.content === 'any' || 'group' in row.content) return null
  const check = checkOfType(row.content, row)
  if (row.certainty === 'V') return check
  return (value, today) => (check(value, today).length === 0 ? RIGHT : UNVERIFIED)
}

function checkOfType(type: ValueType, row: ElementRow): ValueCheck {
  switch (type.is) {
    case 'text':
      return (value) => (value.length <= type.most ? RIGHT : checkLength(value, type.most))
    case 'integer':
      return (value) => checkInteger(value, type)
    case 'code':
      return (value) => checkCode(value, type.set)
    case 'upn':
      return row.name === 'FormerUPN' ? checkFormerUpn : checkUpn
    default:
      return CHECKS[type.is]
  }
}

const UPN_RULES = { length: 'ctf-304', letter: 'ctf-305', digits: 'ctf-306', 'check-letter': 'ctf-307' }

const holds = (right: boolean, rule: string): readonly Breach[] => (right ? RIGHT : [[rule]])

const CHECKS: Record<Exclude<ValueType['is'], 'text' | 'integer' | 'code' | 'upn'>, ValueCheck> = {
  date: (value) => holds(isDate(value), 'ctf-121'),
  dob: checkBirth,
  dateTime: (value) => {
    const read = readDateTime(value)
    return read === 'zoned' ? [['ctf-123']] : holds(read !== null, 'ctf-122')
  },
  boolean: (value) =>
    holds(value === 'true' || value === 'false' || value === '1' || value === '0', 'ctf-124'),
  decimal: (value) => holds(/^-?[0-9]{1,12}(\.[0-9]{1,6})?$/.test(value), 'ctf-126'),
  year: (value) => holds(isYear(value), 'ctf-127'),
  'academic-year': (value, today) => {
    if (!isYear(value)) return [['ctf-127']]
    const years = currentAcademicYears(today)
    return years.includes(Number(value)) ? RIGHT : [['ctf-203', { year: value, expected: years[0]! }]]
  },
  'document-name': (value) => holds(value === 'Common Transfer File', 'ctf-201'),
  'ctf-version': checkVersion,
  la: (value) => {
    if (!/^([0-9]{3}|XXX|MMM|NAA)$/.test(value)) return [['ctf-129']]
    return isKnownLa(value) ? RIGHT : [['ctf-208', { la: value }]]
  },
  estab: (value) => holds(/^([0-9]{4}|XXXX|MMMM|LLLL)$/.test(value), 'ctf-130'),
  urn: (value) => holds(/^[0-9]{6}$/.test(value), 'ctf-131'),
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
function checkLength(value: string, most: number): readonly Breach[] {
  if (value.length <= most) return RIGHT
  const length = value.normalize('NFC').length
  return length <= most ? RIGHT : [['ctf-120', { length, most }]]
}

function checkInteger(value: string, { least, most }: { least: number; most: number }): readonly Breach[] {
  const number = value.length <= 15 ? wholeNumber(value, 0, value.length) : -1
  return number >= least && number <= most ? RIGHT : [['ctf-125', { least, most }]]
}

function checkCode(value: string, set: CodeSet): readonly Breach[] {
  return inCodeSet(set, value) ? RIGHT : [['ctf-128', { codes: CODE_SETS[set].join(', ') }]]
}

function checkBirth(value: string, today: string): readonly Breach[] {
  if (!isDate(value)) return [['ctf-121']]
  if (value >= today) return [['ctf-312']]
  const age = ageAtLast31August(value, today)
  return age >= 1 && age <= 25 ? RIGHT : [['ctf-313', { age }]]
}

/** The current version and the one before; in August the one about to begin too. */
function checkVersion(value: string, today: string): readonly Breach[] {
  const years = currentAcademicYears(today)
  const accepted = [years[0]! - 1, ...years].map((year) => `${String(year).slice(2)}.0`)
  if (accepted.includes(value)) return RIGHT
  return [['ctf-202', { version: value.slice(0, 10), accepted: accepted.toReversed().join(', ') }]]
}

function checkUpn(value: string): readonly Breach[] {
  const problem = upnProblem(value)
  if (problem) return [[UPN_RULES[problem]]]
  const la = upnLaNumber(value)
  return isUpnLa(la) ? RIGHT : [['ctf-308', { la }]]
}

const checkFormerUpn = (value: string): readonly Breach[] => holds(upnProblem(value) === null, 'ctf-309')

/**
 * CBDS N00037: A9, A99, AA9, AA99, A9A or AA9A, a space, 9AA; or BFPO and a number. Doubled spaces, small
 * letters and an O for the 0 are told apart from what is no postcode, as are letters that do not occur there.
 */
function checkPostcode(value: string): readonly Breach[] {
  if (value.length > 20) return [['ctf-316']]
  if (/^BFPO [0-9]{1,4}$/.test(value)) return RIGHT
  const plain = value.toUpperCase().replace(/\s+/g, '')
  if (/^BFPO[0-9]{1,4}$/.test(plain)) return [['ctf-317']]
  const parts = /^([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9O][A-Z]{2})$/.exec(plain)
  if (!parts) return [['ctf-316']]
  const written = `${parts[1]} ${parts[2]}`
  return holds(value === written && LETTERS_RIGHT.test(written), 'ctf-317')
}

const LETTERS_RIGHT =
  /^([A-PR-UWYZ][0-9]{1,2}|[A-PR-UWYZ][A-HK-Y][0-9]{1,2}|[A-PR-UWYZ][0-9][A-HJKSTUW]|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]) [0-9][ABD-HJLNP-UW-Z]{2}$/
