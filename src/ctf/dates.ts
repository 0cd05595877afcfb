/** Whether a value is a calendar date written CCYY-MM-DD. */
export function isDate(value: string): boolean {
  if (value.length !== 10 || value.charCodeAt(4) !== HYPHEN || value.charCodeAt(7) !== HYPHEN) return false
  const year = wholeNumber(value, 0, 4)
  const month = wholeNumber(value, 5, 7)
  const day = wholeNumber(value, 8, 10)
  return year >= 1000 && year < 3000 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

const HYPHEN = 45

/** Whether a value is a year of four digits, from 1000 to 2999. */
export function isYear(value: string): boolean {
  return value.length === 4 && value < '3' && wholeNumber(value, 0, 4) >= 1000
}

/** The number that the digits 0 to 9 between two offsets write, at most 15 of them; -1 when there is anything else or nothing. */
export function wholeNumber(value: string, from: number, to: number): number {
  let number = from < to ? 0 : -1
  for (let at = from; at < to; at++) {
    const digit = value.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return -1
    number = number * 10 + digit
  }
  return number
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/**
 * Whether a value is a time written CCYY-MM-DDThh:mm:ss; `zoned` when a fraction of at most nine digits or a zone
 * (Z, or at most 14 hours from it) follows.
 */
export function readDateTime(value: string): 'plain' | 'zoned' | null {
  const parts = DATE_TIME.exec(value)
  if (!parts || !isDate(parts[1]!)) return null
  return value.length === 19 ? 'plain' : 'zoned'
}

const DATE_TIME =
  /^(.{10})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?$/

/** The year in which the academic year of a date (CCYY-MM-DD) began; it turns on 1 September. */
export function academicYearOf(date: string): number {
  return wholeNumber(date, 0, 4) - (wholeNumber(date, 5, 7) >= 9 ? 0 : 1)
}

/** The academic years a file of that date may name: its own, and in August the one about to begin too. */
export function currentAcademicYears(date: string): number[] {
  const year = academicYearOf(date)
  return date.slice(5, 7) === '08' ? [year, year + 1] : [year]
}

/** Age in whole years on the 31 August before (or on) a date; both dates CCYY-MM-DD. */
export function ageAtLast31August(dob: string, today: string): number {
  const reference = wholeNumber(today, 0, 4) - (today.slice(5) >= '08-31' ? 0 : 1)
  return reference - wholeNumber(dob, 0, 4) - (dob.slice(5) > '08-31' ? 1 : 0)
}
