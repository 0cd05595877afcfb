import { textIn } from '../content.ts'
import { titleOf } from '../labels.ts'
import { addRest, emptyBlock, inOrderOf, tableOf, type Draft } from './layout.ts'
import { addMarks } from './marks.ts'
import type { Line, Value, YearShare } from './shape.ts'
import { pathIn, takeSources, takeValues, type Source } from './source.ts'
import { derived, percent, say } from './words.ts'

const COUNTS = ['SessionsAttended', 'SessionsAuthorised', 'SessionsUnauthorised']

/** Attendance year by year, the latest first: a picture, a table with percentages, and the marks of each term. */
export function addAttendance(block: Draft, pupil: Source): void {
  for (const attendance of takeSources(pupil, 'Attendance')) {
    const years = inOrderOf(takeSources(attendance, 'YearData'), 'Year', (a, b) => Number(b) - Number(a))
    if (years.length > 0) addYears(block, attendance, years)
    addRest(block, attendance)
  }
}

function addYears(block: Draft, attendance: Source, years: readonly Source[]): void {
  const shares = years.flatMap((year) => shareOf(year) ?? [])
  if (shares.length > 0) block.pictures.push({ is: 'attendance', years: shares })
  const withPercent = (name: string, values: readonly Value[], year: Source): Line => {
    const [count] = values
    const possible = countOf(year, 'SessionsPossible')
    if (!count || !COUNTS.includes(name) || !possible) return values
    const share = percent(Number(count.raw), possible)
    return [...values, derived(`(${share})`)]
  }
  const path = pathIn(attendance, 'YearData')
  block.tables.push(tableOf(titleOf('YearData', attendance.making.language), path, years, withPercent))
  years.forEach((year, index) => {
    const terms = inOrderOf(takeSources(year, 'AttendSessions'), 'AttendanceStartDate')
    for (const term of terms) addTerm(block, term, index === 0 ? 'open' : 'closed')
    addRest(block, year)
  })
}

/** The marks of a term; those of the latest year are open from the beginning. */
function addTerm(block: Draft, term: Source, fold: 'closed' | 'open'): void {
  const { language } = term.making
  const start = takeValues(term, 'AttendanceStartDate')
  const one = emptyBlock(term.path, [
    derived(say(language, start.length > 0 ? 'marksFrom' : 'marks')),
    ...start,
  ])
  one.fold = fold
  const marks = takeValues(term, 'AttendanceMarks')
  if (marks.length > 0) addMarks(one, term, start[0]?.raw ?? '', marks)
  addRest(one, term)
  block.blocks.push(one)
}

function countOf({ elements }: Source, name: string): number | null {
  const text = textIn(elements, name) ?? ''
  return /^[0-9]{1,4}$/.test(text) ? Number(text) : null
}

/** What can be drawn of a year: its counts are numbers, and no more sessions than were possible. */
function shareOf(year: Source): YearShare | null {
  const [possible, attended, authorised, unauthorised] = ['SessionsPossible', ...COUNTS].map((name) =>
    countOf(year, name),
  )
  if (!possible || attended === null || attended === undefined) return null
  const share = { possible, attended, authorised: authorised ?? 0, unauthorised: unauthorised ?? 0 }
  if (share.attended + share.authorised + share.unauthorised > possible) return null
  return { label: textIn(year.elements, 'Year') ?? '', ...share }
}
