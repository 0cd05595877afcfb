import { kindOfMark, MARK_KINDS, type MarkKind } from './marks.ts'
import type { Picture } from './shape.ts'
import { escapeXml, frame, GREY, INK, patterns, tag, TEAL, textAt, WIDTH } from './svg.ts'
import { dateInWords, say, type Language } from './words.ts'

const LABEL = 100
const ROW = 20
const HEAD = 20
const KEY = 22
/** Room between two days; the halves of a day touch one another. */
const GAP = 1.5

/** A mark in its place. */
interface Cell {
  mark: string
  x: number
  y: number
}

/**
 * A row for each week, a box for each morning and afternoon: its mark as a letter, and how it is filled by what it
 * counts as. All boxes of a kind are one path, and all their letters one text: a year has hundreds.
 */
export function drawMarks(
  { days, weeks }: Extract<Picture, { is: 'marks' }>,
  id: string,
  language: Language,
): string {
  const width = (WIDTH - LABEL) / (days * 2)
  const names = say(language, 'shortDays').split(' ').slice(0, days)
  const heads = names.map((name, day) =>
    textAt(LABEL + width * (day * 2 + 1), 14, name, { 'text-anchor': 'middle', 'font-size': 12 }),
  )
  const labels = weeks.map(({ monday }, week) =>
    textAt(1, HEAD + week * ROW + 13, shortDate(monday, language), { 'font-size': 12 }),
  )
  const cells = new Map<MarkKind, Cell[]>()
  weeks.forEach(({ marks }, week) => {
    marks.forEach((mark, session) => {
      const kind = mark === null ? null : kindOfMark(mark)
      if (mark === null || kind === null) return
      const x = LABEL + session * width + (session % 2 === 0 ? GAP : 0)
      const alike = cells.get(kind) ?? []
      cells.set(kind, alike)
      alike.push({ mark, x, y: HEAD + week * ROW + 1 })
    })
  })
  const kinds = MARK_KINDS.filter((kind) => cells.has(kind))
  const drawn = kinds.map((kind) => {
    const all = cells.get(kind)!
    return boxes(kind, all, width - GAP, id) + letters(kind, all, width - GAP)
  })
  const keyTop = HEAD + weeks.length * ROW + 8
  const key = kinds.map((kind, index) => {
    const y = keyTop + index * KEY
    return boxes(kind, [{ mark: '', x: 1, y }], 20, id) + textAt(30, y + 13, say(language, `kind-${kind}`))
  })
  const title = say(language, 'marksPicture')
  const description = say(language, 'marksPictureText', { from: dateInWords(weeks[0]!.monday, language) })
  const height = keyTop + kinds.length * KEY
  return frame(
    { id, title, description, height },
    patterns(id, 0.7) + [...heads, ...labels, ...drawn, ...key].join(''),
  )
}

function shortDate(date: string, language: Language): string {
  const [day, month = '', year = ''] = dateInWords(date, language).split(' ')
  return `${day} ${month.slice(0, 3)} ${year.slice(2)}`
}

const HEIGHT = ROW - 3

/** Boxes by what their marks count as: plain, edged, hatched, black or without an edge. */
function boxes(kind: MarkKind, cells: readonly Cell[], width: number, id: string): string {
  const w = round(width)
  const outline = ({ x, y }: Cell): string =>
    kind === 'uncounted' ? `M${round(x)} ${y + HEIGHT}h${w}` : `M${round(x)} ${y}h${w}v${HEIGHT}h-${w}z`
  const fills = {
    present: '#fff',
    elsewhere: '#fff',
    authorised: `url(#${id}-hatched)`,
    unauthorised: INK,
    uncounted: 'none',
  }
  const edges = { present: GREY, elsewhere: TEAL, authorised: INK, unauthorised: INK, uncounted: GREY }
  return tag('path', {
    d: cells.map(outline).join(''),
    fill: fills[kind],
    stroke: edges[kind],
    'stroke-width': kind === 'elsewhere' ? 2.5 : 0.75,
  })
}

function letters(kind: MarkKind, cells: readonly Cell[], width: number): string {
  const attributes = {
    x: cells.map(({ x }) => round(x + width / 2)).join(' '),
    y: cells.map(({ y }) => y + 13).join(' '),
    'text-anchor': 'middle',
    'font-size': 13,
    'font-weight': kind === 'present' || kind === 'uncounted' ? 400 : 700,
    fill: kind === 'unauthorised' ? '#fff' : INK,
    // on hatching a letter has a white edge
    ...(kind === 'authorised' ? { stroke: '#fff', 'stroke-width': 3, 'paint-order': 'stroke' } : {}),
  }
  return tag('text', attributes, escapeXml(cells.map(({ mark }) => mark).join('')))
}

const round = (length: number): number => Math.round(length * 10) / 10
