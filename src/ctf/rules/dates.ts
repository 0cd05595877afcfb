import { valueOf } from '../blocks.ts'
import { academicYearOf, isDate, isYear, wholeNumber } from '../dates.ts'
import type { Block } from '../block.ts'
import {
  CBDS,
  INFERRED,
  RIGHT,
  dateOf,
  rowsOf,
  type BlockBreach,
  type BlockRule,
  type CtfRule,
  type RuleContext,
} from './rule.ts'

/** Periods, by the group they stand in: which date begins and which ends them. */
const PERIODS: Readonly<Record<string, readonly [start: string, end: string]>> = {
  FSMinstance: ['FSMstartDate', 'FSMendDate'],
  SEN: ['StartDate', 'EndDate'],
  SENneed: ['NeedStartDate', 'NeedEndDate'],
  Address: ['AddressStartDate', 'AddressEndDate'],
  School: ['EntryDate', 'LeavingDate'],
}

/** Dates that are of the pupil's own life. */
const IN_LIFE: Readonly<Record<string, readonly string[]>> = {
  EnglishProficiency: ['ProficiencyInEnglishDate'],
  FSMinstance: ['FSMstartDate', 'FSMendDate'],
  NAWdetails: ['DateEntry'],
  SEN: ['StartDate', 'EndDate'],
  SENneed: ['NeedStartDate', 'NeedEndDate'],
  AttendSessions: ['AttendanceStartDate'],
  StageAssessment: ['ResultDate'],
  School: ['EntryDate', 'LeavingDate'],
}

/** Dates of what has happened; a school may be left, and meals or support begin, on a day to come. */
const HAPPENED: Readonly<Record<string, readonly string[]>> = {
  Header: ['DateTime'],
  ATFheader: ['DateTime'],
  EnglishProficiency: ['ProficiencyInEnglishDate'],
  FSMinstance: ['FSMEligibilityVerificationDate'],
  AttendSessions: ['AttendanceStartDate'],
  StageAssessment: ['ResultDate'],
}

const itemsOf = (dates: Readonly<Record<string, readonly string[]>>): string[] => [
  ...new Set(Object.values(dates).flat()),
]

const { warning } = rowsOf('dates')

/** Dates among each other. */
export const DATES_RULES: readonly CtfRule[] = [
  /** A period that ends before it begins. */
  warning('ctf-340', itemsOf(PERIODS), INFERRED),
  /** A date before the pupil was born. */
  warning('ctf-341', itemsOf(IN_LIFE), INFERRED),
  /** A date to come of what has happened. */
  warning('ctf-342', itemsOf(HAPPENED), INFERRED),
  /** A year in which the pupil cannot have been at school. */
  warning('ctf-343', ['Year'], `${CBDS} N00602; ${INFERRED}`),
]

/** The rules of dates, for each group that has any. */
export const DATES_CHECKS: readonly BlockRule[] = [
  ...Object.entries(PERIODS).map(([group, [start, end]]) => ({
    group,
    check: (block: Block) => checkPeriod(block, start, end),
  })),
  ...Object.entries(IN_LIFE).map(([group, names]) => ({
    group,
    check: (block: Block, context: RuleContext) => checkAfterBirth(block, context, names),
  })),
  ...Object.entries(HAPPENED).map(([group, names]) => ({
    group,
    check: (block: Block, context: RuleContext) => checkPast(block, context, names),
  })),
  { group: 'YearData', check: checkYear },
  { group: 'StageAssessment', check: checkYear },
]

/** One day is a period: free meals before 2012 are known by the days of the census (CBDS N00142). */
function checkPeriod(block: Block, start: string, end: string): readonly BlockBreach[] {
  const first = dateOf(block, start)
  const last = dateOf(block, end)
  return first === null || last === null || first <= last ? RIGHT : [['ctf-340', end, { start, end }]]
}

function checkAfterBirth(
  block: Block,
  { dob }: RuleContext,
  names: readonly string[],
): readonly BlockBreach[] {
  if (dob === null) return RIGHT
  for (const name of names) {
    const date = dateOf(block, name)
    if (date !== null && date < dob) return [['ctf-341', name, { element: name }]]
  }
  return RIGHT
}

function checkPast(block: Block, { today }: RuleContext, names: readonly string[]): readonly BlockBreach[] {
  for (const name of names) {
    const value = valueOf(block, name)
    // a date and time begins with its date
    const day = value?.slice(0, 10) ?? ''
    if (day > today && isDate(day)) return [['ctf-342', name, { element: name }]]
  }
  return RIGHT
}

/** Targets and estimates (CBDS CS014) are of years to come, at most of a whole school life. */
const YEARS_AHEAD = 14

/** From the second birthday to the end of this academic year, which has two calendar years (CBDS N00602). */
function checkYear(block: Block, { today, dob }: RuleContext): readonly BlockBreach[] {
  const value = valueOf(block, 'Year')
  if (value === null || !isYear(value)) return RIGHT
  const year = wholeNumber(value, 0, 4)
  const status = valueOf(block, 'ResultStatus')
  const ahead = status === 'T' || status === 'E' ? YEARS_AHEAD : 0
  // in August the academic year to come may have begun already
  const last = academicYearOf(today) + (today.slice(5, 7) === '08' ? 2 : 1) + ahead
  const isPlausible = year <= last && (dob === null || year >= wholeNumber(dob, 0, 4) + 2)
  return isPlausible ? RIGHT : [['ctf-343', 'Year']]
}
