import type { Elements } from './content.ts'
import type { Child, SampleFrame, Term } from './sample-frame.ts'
import type { Stay } from './sample-schools.ts'

const DAY = 86_400_000
const dayOf = (date: string) => Date.parse(date) / DAY
const dateOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10)
/** 1 Monday … 7 Sunday; 1 January 1970 was a Thursday. */
const weekday = (day: number) => ((day + 3) % 7) + 1

/** Where terms usually lie: first day, the Monday from which half-term is, last day; months and days. */
const TERMS = [
  ['09-02', '10-28', '12-19'],
  ['01-05', '02-16', '03-27'],
  ['04-13', '05-25', '07-20'],
] as const

/** The terms of an academic year up to the day before a date, with marks for every day of the week from their first on. */
export function termsOf(frame: SampleFrame, year: number): readonly Term[] {
  const known = frame.terms.get(year)
  if (known) return known
  const before = dayOf(frame.today)
  const made = TERMS.flatMap(([from, half, to], index) => {
    const dated = (day: string) => dayOf(`${index === 0 ? year : year + 1}-${day}`)
    let first = dated(from)
    while (weekday(first) > 5) first++
    const last = Math.min(dated(to), before - 1)
    const holiday = dated(half) - weekday(dated(half)) + 1
    let marks = ''
    for (let day = first; day <= last; day++) {
      const isOpen = weekday(day) <= 5 && (day < holiday || day > holiday + 6)
      marks += isOpen ? '/\\' : '##'
    }
    return marks.includes('/') ? [{ start: dateOf(first), marks }] : []
  })
  frame.terms.set(year, made)
  return made
}

/** Reasons of absence by how often they occur: I ill, M doctor, C other reason, R religion; O and G not authorised. */
const REASONS = ['I', 'I', 'I', 'I', 'I', 'M', 'M', 'C', 'R', 'O', 'O', 'G']
const AUTHORISED = new Set(['I', 'M', 'C', 'R'])

/** What a child attended in an academic year at a school, or null where no term has begun. */
export function yearOfAttendance(
  frame: SampleFrame,
  child: Child,
  stay: Stay,
  year: number,
): Elements | null {
  const terms = termsOf(frame, year)
  if (terms.length === 0) return null
  const counts = { possible: 0, authorised: 0, unauthorised: 0 }
  const often = 30 + Math.round(child.bent * 90)
  const marked = terms.map(({ start, marks }) => ({
    AttendanceStartDate: start,
    AttendanceMarks: mark(frame, marks, often, counts),
  }))
  return {
    Year: year,
    ...stay.school,
    SessionsPossible: counts.possible,
    SessionsAuthorised: counts.authorised,
    SessionsAttended: counts.possible - counts.authorised - counts.unauthorised,
    SessionsUnauthorised: counts.unauthorised,
    AttendSessions: marked,
  }
}

/** A term's marks with absences of some days each, begun once in `often` days. */
function mark(
  { luck }: SampleFrame,
  open: string,
  often: number,
  counts: { possible: number; authorised: number; unauthorised: number },
): string {
  let marks = ''
  let absent: string | null = null
  for (let at = 0; at < open.length; at += 2) {
    if (open[at] === '#') {
      marks += '##'
      continue
    }
    counts.possible += 2
    if (absent === null && luck.once(often)) absent = luck.pick(REASONS)
    if (absent === null) {
      marks += luck.once(60) ? 'L\\' : '/\\'
      continue
    }
    const isWhole = absent !== 'M'
    marks += isWhole ? absent + absent : `/${absent}`
    counts[AUTHORISED.has(absent) ? 'authorised' : 'unauthorised'] += isWhole ? 2 : 1
    if (!isWhole || luck.once(3)) absent = null
  }
  return marks
}
