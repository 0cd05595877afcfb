import { elementsIn, textIn } from '../content.ts'
import type { Picture, ResultSeries } from './shape.ts'
import type { Source } from './source.ts'

/**
 * The numeric results over the years, those together that can be compared: of one subject, method, component and kind
 * of result. Null where there are none. Others stand in the tables alone.
 */
export function drawnResults({ elements }: Source): Extract<Picture, { is: 'results' }> | null {
  const series = new Map<string, ResultSeries & { points: ResultSeries['points'][number][] }>()
  for (const stage of elementsIn(elements, 'KeyStage')) {
    for (const result of elementsIn(stage, 'StageAssessment')) {
      const raw = textIn(result, 'Result') ?? ''
      const year = Number(textIn(result, 'Year'))
      if (!/^\d{1,4}(\.\d{1,4})?$/.test(raw) || !Number.isInteger(year) || year < 1000) continue
      const parts = ['Subject', 'Method', 'Component', 'ResultQualifier'].map(
        (name) => textIn(result, name) ?? '',
      )
      const key = parts.join(' ')
      const [subject = '', method = '', component = ''] = parts
      const label = [subject, method, component === subject ? '' : component].filter(Boolean).join(' ')
      const one = series.get(key) ?? { label, points: [] }
      series.set(key, one)
      one.points.push({ year, value: Number(raw), raw, status: textIn(result, 'ResultStatus') ?? '' })
    }
  }
  if (series.size === 0) return null
  const all = [...series.values()].map((one) => ({
    ...one,
    points: one.points.toSorted((a, b) => a.year - b.year),
  }))
  const years = [...new Set(all.flatMap(({ points }) => points.map(({ year }) => year)))].sort(
    (a, b) => a - b,
  )
  return { is: 'results', years, series: all.toSorted((a, b) => (a.label < b.label ? -1 : 1)) }
}
