import {
  currentAcademicYears,
  isDate,
  isYear,
  readDateTime,
  ageAtLast31August,
  wholeNumber,
} from '../dates.ts'
import { RIGHT, areDigits, breach, isDigitAt, patterned, type Breach, type ValueKind } from './value-kind.ts'

/** A whole number in digits alone, within a range. */
export function integer(least: number, most: number): ValueKind {
  const wrong: readonly Breach[] = [['ctf-125', { least, most }]]
  return {
    base: 'xs:integer',
    facets: [
      ['pattern', '[0-9]{1,15}'],
      ['minInclusive', String(least)],
      ['maxInclusive', String(most)],
    ],
    form(value) {
      const number = value.length <= 15 ? wholeNumber(value, 0, value.length) : -1
      return number >= least && number <= most ? RIGHT : wrong
    },
  }
}

const NO_BOOLEAN = breach('ctf-124')

/** true, false, 1 or 0. */
export const BOOLEAN: ValueKind = {
  base: 'xs:boolean',
  facets: [],
  form: (value) =>
    value === 'true' || value === 'false' || value === '1' || value === '0' ? RIGHT : NO_BOOLEAN,
}

const NO_DATE = breach('ctf-121')

/** A calendar date of the years 1000 to 2999. */
export const DATE: ValueKind = {
  base: 'xs:date',
  facets: [['pattern', '[12][0-9]{3}-[0-9]{2}-[0-9]{2}']],
  form: (value) => (isDate(value) ? RIGHT : NO_DATE),
}

const NOT_PAST = breach('ctf-312')

/** CBDS N00006: in the past, and of an age that pupils have. */
export const BIRTH: ValueKind = {
  ...DATE,
  item(value, today) {
    if (value >= today) return NOT_PAST
    const age = ageAtLast31August(value, today)
    return age >= 1 && age <= 25 ? RIGHT : [['ctf-313', { age: Math.max(age, 0) }]]
  },
}

const NO_ARRIVAL = breach('ctf-150')

/** CBDS N00016: the day of arrival in the United Kingdom, after 1 September 2002 and not in the future. */
export const ARRIVAL: ValueKind = {
  ...DATE,
  item: (value, today) => (value > '2002-09-01' && value <= today ? RIGHT : NO_ARRIVAL),
}

const NO_TIME = breach('ctf-122')
const ZONED = breach('ctf-123')

/** CBDS N00609: date and time without fraction and zone, which only warn. */
export const DATE_TIME: ValueKind = {
  base: 'xs:dateTime',
  facets: [
    [
      'pattern',
      '[12][0-9]{3}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?' +
        '(Z|[+\\-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?',
    ],
  ],
  form: (value) => (readDateTime(value) === null ? NO_TIME : RIGHT),
  item: (value) => (value.length === 19 ? RIGHT : ZONED),
}

const YEAR_PATTERN = '[12][0-9]{3}'

/** A year of four digits. */
export const YEAR: ValueKind = patterned(YEAR_PATTERN, isYear, 'ctf-127')

/** Two digits and .0: the last digits of the year in which the academic year of its validity began. */
export const VERSION: ValueKind = {
  ...patterned('[0-9]{2}\\.0', (value) => value.length === 4 && /^[0-9]{2}\.0$/.test(value), 'ctf-142'),
  item(value, today) {
    const years = currentAcademicYears(today)
    const accepted = [years[0]! - 1, ...years].map((year) => `${String(year).slice(2)}.0`)
    if (accepted.includes(value)) return RIGHT
    return [['ctf-202', { version: value, accepted: accepted.toReversed().join(' / ') }]]
  },
}

const OFF_THE_MAP = breach('ctf-141')
/** North of Shetland, in metres on the National Grid. */
const NORTHMOST = 1_300_000

/** CBDS N00038, N00039: 999999.9, metres on the National Grid, whose northings reach seven digits in Shetland. */
export const COORDINATE: ValueKind = {
  ...patterned('-?[0-9]{1,12}(\\.[0-9]{1,6})?', isDecimal, 'ctf-126'),
  item(value) {
    const point = value.indexOf('.')
    const decimals = point < 0 ? 0 : value.length - point - 1
    const number = Number(value)
    return number >= 0 && number <= NORTHMOST && decimals <= 1 ? RIGHT : OFF_THE_MAP
  },
}

function isDecimal(value: string): boolean {
  const first = value.charCodeAt(0) === 45 ? 1 : 0
  const point = value.indexOf('.')
  const whole = point < 0 ? value.length : point
  const decimals = value.length - whole - 1
  if (whole - first < 1 || whole - first > 12 || !areDigits(value, first, whole)) return false
  return point < 0 || (decimals >= 1 && decimals <= 6 && areDigits(value, point + 1, value.length))
}

/** CBDS N00278: six digits. */
export const URN: ValueKind = patterned(
  '[0-9]{6}',
  (value) => value.length === 6 && isDigitAt(value, 0) && areDigits(value, 1, 6),
  'ctf-131',
)
