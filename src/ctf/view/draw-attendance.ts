import type { YearShare } from './shape.ts'
import { box, frame, patterns, textAt, WIDTH, type Fill } from './svg.ts'
import { percent, say, type Language } from './words.ts'

/** The parts of a year, in the order in which they stand, and how each is filled. */
const PARTS: readonly [keyof Omit<YearShare, 'label' | 'possible'> | 'unrecorded', Fill][] = [
  ['attended', 'solid'],
  ['authorised', 'hatched'],
  ['unauthorised', 'dotted'],
  ['unrecorded', 'empty'],
]

/** Sessions of a year by part; those that no count accounts for are not recorded. */
export function partsOf(year: YearShare): { part: (typeof PARTS)[number][0]; fill: Fill; count: number }[] {
  const unrecorded = year.possible - year.attended - year.authorised - year.unauthorised
  return PARTS.map(([part, fill]) => ({
    part,
    fill,
    count: part === 'unrecorded' ? unrecorded : year[part],
  })).filter(({ count }) => count > 0)
}

const ROW = 46
const BAR = 22
const KEY = 22

/** A bar for each year: the shares of the sessions that were possible. */
export function drawAttendance(years: readonly YearShare[], id: string, language: Language): string {
  const shown = PARTS.filter(([part]) => years.some((year) => partsOf(year).some((one) => one.part === part)))
  const bars = years.map((year, index) => drawYear(year, index * ROW, id))
  const keyTop = years.length * ROW + 4
  const key = shown.map(([part, fill], index) => {
    const y = keyTop + index * KEY
    return box(id, fill, { x: 1, y, width: 24, height: 14 }) + textAt(34, y + 12, say(language, part))
  })
  const description = years
    .map(
      (year) =>
        `${year.label}: ${partsOf(year)
          .map(({ part, count }) => inWords(part, count, year))
          .join(', ')}`,
    )
    .join('. ')
  const title = say(language, 'attendancePicture')
  const height = keyTop + shown.length * KEY
  return frame({ id, title, description, height }, patterns(id) + bars.join('') + key.join(''))

  function inWords(part: (typeof PARTS)[number][0], count: number, year: YearShare): string {
    return `${say(language, part)} ${count} (${percent(count, year.possible)})`
  }
}

function drawYear(year: YearShare, y: number, id: string): string {
  const whole = WIDTH - 2
  let x = 1
  const parts = partsOf(year).map(({ fill, count }) => {
    const width = (count / year.possible) * whole
    const drawn = box(id, fill, { x: round(x), y: y + 18, width: round(width), height: BAR })
    x += width
    return drawn
  })
  const head =
    textAt(1, y + 13, year.label, { 'font-weight': 700 }) +
    textAt(WIDTH - 1, y + 13, percent(year.attended, year.possible), { 'text-anchor': 'end' })
  return head + parts.join('')
}

const round = (length: number): number => Math.round(length * 100) / 100
