/** Whether a value is a calendar date written CCYY-MM-DD. */
export function isDate(value: string): boolean {
  const parts = /^([12][0-9]{3})-([0-9]{2})-([0-9]{2})$/.exec(value)
  if (!parts) return false
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number)
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Whether a value is a time written CCYY-MM-DDThh:mm:ss; `zoned` when a fraction or a zone follows it. */
export function readDateTime(value: string): 'plain' | 'zoned' | null {
  const parts = /^(.{10})T([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})?$/.exec(
    value,
  )
  if (!parts || !isDate(parts[1]!)) return null
  if (Number(parts[2]) > 23 || Number(parts[3]) > 59 || Number(parts[4]) > 59) return null
  return parts[5] || parts[6] ? 'zoned' : 'plain'
}

/** The year in which the academic year of a date (CCYY-MM-DD) began; it turns on 1 September. */
export function academicYearOf(date: string): number {
  return Number(date.slice(0, 4)) - (date.slice(5, 7) >= '09' ? 0 : 1)
}

/** The academic years a file of that date may name: its own, and in August the one about to begin too. */
export function currentAcademicYears(date: string): number[] {
  const year = academicYearOf(date)
  return date.slice(5, 7) === '08' ? [year, year + 1] : [year]
}

/** Age in whole years on the 31 August before (or on) a date; both dates CCYY-MM-DD. */
export function ageAtLast31August(dob: string, today: string): number {
  const reference = Number(today.slice(0, 4)) - (today.slice(5) >= '08-31' ? 0 : 1)
  return reference - Number(dob.slice(0, 4)) - (dob.slice(5) > '08-31' ? 1 : 0)
}
