import { isHollow } from './results.ts'
import type { Picture, ResultSeries } from './shape.ts'
import { frame, GREY, INK, tag, TEAL, textAt, WIDTH } from './svg.ts'
import { say, type Language } from './words.ts'

const LABEL = 104
const HEAD = 20
const ROW = 52
/** Years for which there is room; of more, the latest. */
const YEARS = 8

type Point = ResultSeries['points'][number]

/** A row for each subject, a column for each year: a dot for each result, with the result beside it, joined in time. */
export function drawResults(
  picture: Extract<Picture, { is: 'results' }>,
  id: string,
  language: Language,
): string {
  const years = picture.years.slice(-YEARS)
  const column = (WIDTH - LABEL) / years.length
  const middle = (year: number): number => LABEL + (years.indexOf(year) + 0.5) * column
  const heads = years.map((year) =>
    textAt(middle(year), 14, String(years.length > 5 ? `’${year % 100}` : year), { 'text-anchor': 'middle' }),
  )
  const series = picture.series.filter(({ points }) => points.some(({ year }) => years.includes(year)))
  const rows = series.map((one, index) => drawSeries(one, HEAD + index * ROW))
  const height = HEAD + series.length * ROW + 4
  const said = series.map(
    ({ label, points }) => `${label}: ${points.map(({ year, raw }) => `${year} ${raw}`).join(', ')}`,
  )
  const title = say(language, 'resultsPicture')
  return frame({ id, title, description: said.join('. '), height }, heads.join('') + rows.join(''))

  function drawSeries({ label, points }: ResultSeries, top: number): string {
    const shown = points.filter(({ year }) => years.includes(year))
    const placed = placesOf(shown, middle, top)
    const line = placed.map(({ x, y }, index) => `${index > 0 ? 'L' : 'M'}${x} ${y}`).join('')
    const rule = tag('path', { d: `M0 ${top + ROW - 1}H${WIDTH}`, stroke: GREY, 'stroke-width': 0.5 })
    const path =
      placed.length > 1 ? tag('path', { d: line, fill: 'none', stroke: GREY, 'stroke-width': 1.5 }) : ''
    const dots = placed.map(
      ({ x, y, point }) =>
        tag('circle', {
          cx: x,
          cy: y,
          r: 5,
          fill: isHollow(point) ? '#fff' : TEAL,
          stroke: INK,
          'stroke-width': 1.5,
        }) + textAt(x, y - 9, point.raw, { 'text-anchor': 'middle', 'font-weight': 700 }),
    )
    return textAt(1, top + 30, label, { 'font-size': 12 }) + rule + path + dots.join('')
  }
}

/** Higher is more, from the least to the most of the series; several of one year stand side by side. */
function placesOf(points: readonly Point[], middle: (year: number) => number, top: number) {
  const values = points.map(({ value }) => value)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return points.map((point) => {
    const alike = points.filter(({ year }) => year === point.year)
    const aside = (alike.indexOf(point) - (alike.length - 1) / 2) * 22
    const height = most > least ? (point.value - least) / (most - least) : 0.5
    return { point, x: round(middle(point.year) + aside), y: round(top + ROW - 12 - height * 16) }
  })
}

const round = (length: number): number => Math.round(length * 10) / 10
