import { kindOfMark, type MarkKind } from './marks.ts'
import type { MarkWeek, Picture } from './shape.ts'
import { frame, GREY, INK, patterns, tag, TEAL, textAt, WIDTH } from './svg.ts'
import { dateInWords, say, type Language } from './words.ts'

const LABEL = 100
const ROW = 20
const HEAD = 20
const KEY = 22

/** A row for each week, a box for each morning and afternoon: its mark as a letter, and how it is filled by what it counts as. */
export function drawMarks(
  { days, weeks }: Extract<Picture, { is: 'marks' }>,
  id: string,
  language: Language,
): string {
  const cell = (WIDTH - LABEL) / (days * 2)
  const names = say(language, 'shortDays').split(' ').slice(0, days)
  const heads = names.map((name, day) =>
    textAt(LABEL + cell * (day * 2 + 1), 14, name, { 'text-anchor': 'middle', 'font-size': 12 }),
  )
  const rows = weeks.map((week, index) => drawWeek(week, HEAD + index * ROW, cell, id, language))
  const kinds = new Set(
    weeks.flatMap(({ marks }) => marks.flatMap((mark) => (mark === null ? [] : (kindOfMark(mark) ?? [])))),
  )
  const keyTop = HEAD + weeks.length * ROW + 8
  const key = [...kinds].map((kind, index) => {
    const y = keyTop + index * KEY
    return (
      drawBox(kind, id, { x: 1, y, width: 20, height: 16 }) +
      textAt(30, y + 13, say(language, `kind-${kind}`))
    )
  })
  const title = say(language, 'marksPicture')
  const description = say(language, 'marksPictureText', { from: dateInWords(weeks[0]!.monday, language) })
  const height = keyTop + kinds.size * KEY
  return frame({ id, title, description, height }, patterns(id) + [...heads, ...rows, ...key].join(''))
}

function drawWeek(
  { monday, marks }: MarkWeek,
  y: number,
  cell: number,
  id: string,
  language: Language,
): string {
  const boxes = marks.map((mark, index) => {
    const kind = mark === null ? null : kindOfMark(mark)
    if (mark === null || kind === null) return ''
    // the two halves of a day stand closer than two days
    const x = LABEL + index * cell + (index % 2 === 0 ? 1.5 : 0)
    const width = cell - 1.5
    const letter = textAt(x + width / 2, y + 13, mark, {
      'text-anchor': 'middle',
      'font-size': 12,
      'font-weight': kind === 'present' || kind === 'uncounted' ? 400 : 700,
      fill: kind === 'unauthorised' ? '#fff' : INK,
      ...(kind === 'authorised' ? { stroke: '#fff', 'stroke-width': 4, 'paint-order': 'stroke' } : {}),
    })
    return drawBox(kind, id, { x, y: y + 1, width, height: ROW - 3 }) + letter
  })
  const [day, month, year] = dateInWords(monday, language).split(' ')
  const label = textAt(1, y + 13, `${day} ${month!.slice(0, 4)} ${year!.slice(2)}`, { 'font-size': 12 })
  return label + boxes.join('')
}

/** A box by what its mark counts as: plain, edged, hatched, black or without an edge. */
function drawBox(kind: MarkKind, id: string, place: Record<string, number>): string {
  switch (kind) {
    case 'present':
      return tag('rect', { ...place, fill: '#fff', stroke: GREY, 'stroke-width': 0.75 })
    case 'elsewhere':
      return tag('rect', { ...place, fill: '#fff', stroke: TEAL, 'stroke-width': 2.5 })
    case 'authorised':
      return tag('rect', { ...place, fill: `url(#${id}-hatched)`, stroke: INK, 'stroke-width': 0.75 })
    case 'unauthorised':
      return tag('rect', { ...place, fill: INK, stroke: INK, 'stroke-width': 0.75 })
    case 'uncounted':
      return tag('path', {
        d: `M${place['x']} ${place['y']! + place['height']!}h${place['width']}`,
        stroke: GREY,
      })
  }
}
