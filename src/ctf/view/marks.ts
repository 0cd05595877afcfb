import { isDate } from '../dates.ts'
import type { Draft } from './layout.ts'
import type { MarkWeek, Value } from './shape.ts'
import { labelIn, pathIn, type Source } from './source.ts'
import { wordOf } from './value.ts'
import { dateInWords, derived, say, type Language } from './words.ts'

/** What a mark counts as: present, at an approved activity elsewhere, absent with or without leave, or not counted. */
export type MarkKind = 'present' | 'elsewhere' | 'authorised' | 'unauthorised' | 'uncounted'

/** CBDS CS066, state of 2018; F of files before it, K and Q of England since August 2024 (not verified). */
const KINDS: Readonly<Record<MarkKind, string>> = {
  present: '/\\L',
  elsewhere: 'BJKPVW',
  authorised: 'CEFHIMRST',
  unauthorised: 'GNOU',
  uncounted: '#DQXYZ',
}

/** What marks can count as. */
export const MARK_KINDS = Object.keys(KINDS) as MarkKind[]

const KIND_OF: ReadonlyMap<string, MarkKind> = new Map(
  MARK_KINDS.flatMap((kind) => Array.from(KINDS[kind], (mark) => [mark, kind] as const)),
)

/** No more fit into the element (CBDS N00165). */
const MARKS_DRAWN = 999

/** What a mark counts as; null for one that is not known. */
export function kindOfMark(mark: string): MarkKind | null {
  return KIND_OF.get(mark) ?? null
}

/** The marks of a term: as they stand, how often each, and week by week as a picture and a table. */
export function addMarks(block: Draft, term: Source, start: string, marks: readonly Value[]): void {
  const { language } = term.making
  const name = 'AttendanceMarks'
  block.facts.push({ label: labelIn(term, name), path: pathIn(term, name), lines: marks.map((one) => [one]) })
  const raw = marks[0]!.raw
  // marks of two characters, such as C1 and Y2, cannot be told apart from two marks
  if (Array.from(raw).some((mark) => kindOfMark(mark) === null)) {
    block.notes.push(say(language, 'marksUnknown'))
    return
  }
  block.tables.push(countTable(term, raw))
  const days = raw.length > MARKS_DRAWN ? null : daysOfWeek(raw, start)
  if (days === null) return
  const weeks = weeksOf(raw, start, days)
  block.pictures.push({ is: 'marks', days, weeks })
  block.tables.push(weekTable(weeks, language))
  block.notes.push(say(language, days === 5 ? 'marksFiveDays' : 'marksSevenDays'))
}

function countTable(term: Source, raw: string): Draft['tables'][number] {
  const { language } = term.making
  const counts = new Map<string, number>()
  for (const mark of raw) counts.set(mark, (counts.get(mark) ?? 0) + 1)
  const rows = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([mark, count]) => {
      const word = wordOf('attendance', mark, language) ?? say(language, `kind-${kindOfMark(mark)!}`)
      return [[derived(mark)], [derived(word)], [derived(String(count))]]
    })
  const heads = (['mark', 'meaning', 'count'] as const).map((key) => say(language, key))
  return { title: say(language, 'markCounts'), path: '', heads, rows }
}

const DAY = 24 * 60 * 60 * 1000

const dayAt = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)

/** Days since Monday, 0 to 6. */
const weekdayOf = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7

/**
 * Whether the marks go on through weekends or leave them out: CBDS does not say. Through, where every weekend that they
 * would meet is marked as closed; null where no date says where they begin, or they begin on a weekend and leave it out.
 */
function daysOfWeek(raw: string, start: string): 5 | 7 | null {
  if (!isDate(start)) return null
  const first = weekdayOf(start)
  const weekend = Array.from(raw).filter((_, index) => (first + Math.floor(index / 2)) % 7 > 4)
  if (weekend.length > 0 && weekend.every((mark) => mark === '#')) return 7
  return first > 4 ? null : 5
}

function weeksOf(raw: string, start: string, days: 5 | 7): MarkWeek[] {
  const first = weekdayOf(start)
  const before = Array.from({ length: first * 2 }, () => null)
  const all: (string | null)[] = [...before, ...Array.from(raw)]
  const weeks: MarkWeek[] = []
  for (let at = 0; at < all.length; at += days * 2) {
    const marks = Array.from({ length: days * 2 }, (_, index) => all[at + index] ?? null)
    weeks.push({ monday: dayAt(start, weeks.length * 7 - first), marks })
  }
  return weeks
}

function weekTable(weeks: readonly MarkWeek[], language: Language): Draft['tables'][number] {
  const names = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
  const days = weeks[0]!.marks.length / 2
  const rows = weeks.map(({ monday, marks }) => [
    [derived(dateInWords(monday, language))],
    ...Array.from({ length: days }, (_, day) => [
      derived(
        marks
          .slice(day * 2, day * 2 + 2)
          .map((mark) => mark ?? '·')
          .join(' '),
      ),
    ]),
  ])
  const heads = [say(language, 'weekFrom'), ...names.slice(0, days).map((name) => say(language, name))]
  return { title: say(language, 'markWeeks'), path: '', heads, rows, folded: true }
}
