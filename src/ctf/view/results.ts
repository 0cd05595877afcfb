import { elementsIn, textIn } from '../content.ts'
import { isYear } from '../dates.ts'
import type { Picture, ResultSeries } from './shape.ts'
import type { Source } from './source.ts'

/** More than any pupil has; the others stand in the tables alone. */
const SERIES_DRAWN = 60

/**
 * The numeric results over the years, those together that can be compared: of one subject, method, component and kind
 * of result. Null where there are none. Others stand in the tables alone.
 */
export function drawnResults({ elements }: Source): Extract<Picture, { is: 'results' }> | null {
  const series = new Map<string, ResultSeries & { points: ResultSeries['points'][number][] }>()
  for (const stage of elementsIn(elements, 'KeyStage')) {
    for (const result of elementsIn(stage, 'StageAssessment')) {
      const raw = textIn(result, 'Result') ?? ''
      const year = textIn(result, 'Year') ?? ''
      if (!/^\d{1,4}(\.\d{1,2})?$/.test(raw) || !isYear(year)) continue
      const parts = ['Subject', 'Method', 'Component', 'ResultQualifier'].map(
        (name) => textIn(result, name) ?? '',
      )
      const key = parts.join(' ')
      const one = series.get(key) ?? { label: labelOf(parts), points: [] }
      series.set(key, one)
      const status = textIn(result, 'ResultStatus') ?? ''
      one.points.push({ year: Number(year), value: Number(raw), raw, status })
    }
  }
  if (series.size === 0) return null
  const labels = [...series.values()].map(({ label }) => label)
  const all = [...series].slice(0, SERIES_DRAWN).map(([key, { label, points }]) => ({
    // of two kinds of result in one subject each says which it is
    label: labels.indexOf(label) === labels.lastIndexOf(label) ? label : `${label} ${key.split(' ').at(-1)}`,
    points: points.toSorted((a, b) => a.year - b.year),
  }))
  const years = [...new Set(all.flatMap(({ points }) => points.map(({ year }) => year)))].sort(
    (a, b) => a - b,
  )
  return { is: 'results', years, series: all.toSorted((a, b) => (a.label < b.label ? -1 : 1)) }
}

/** Whether a dot is drawn hollow: estimates, interim and provisional results and targets are no results yet. */
export function isHollow({ status }: ResultSeries['points'][number]): boolean {
  return status !== '' && status !== 'R'
}

/** Subject and method, and the component where it is another than the subject. */
function labelOf([subject = '', method = '', component = '']: readonly string[]): string {
  return [subject, method, component === subject ? '' : component].filter((part) => part !== '').join(' ')
}
