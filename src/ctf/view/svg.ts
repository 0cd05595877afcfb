/** Width of every picture, in its own units. */
export const WIDTH = 320

/** Colours: each has a contrast of at least 3 to 1 on white, and none tells anything by itself. */
export const INK = '#0b0c0c'
/** For lines that stand back. */
export const GREY = '#595959'
/** The colour of the service. */
export const TEAL = '#0f4c5c'

/** Text for XML. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

type Attributes = Readonly<Record<string, string | number>>

/** An element with attributes and what is in it, which must be XML already. */
export function tag(name: string, attributes: Attributes, content = ''): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
  return content === '' ? `<${name}${given.join('')}/>` : `<${name}${given.join('')}>${content}</${name}>`
}

/** A text; `y` is its base line. */
export function textAt(x: number, y: number, text: string, attributes: Attributes = {}): string {
  return tag('text', { x, y, 'font-size': 13, fill: INK, ...attributes }, escapeXml(text))
}

/** What a picture is framed with. */
export interface Frame {
  id: string
  title: string
  /** The same facts in a sentence or more. */
  description: string
  height: number
}

/** The picture itself: an image with title and description. */
export function frame({ id, title, description, height }: Frame, body: string): string {
  const attributes = {
    class: 'cts-picture',
    role: 'img',
    viewBox: `0 0 ${WIDTH} ${height}`,
    'aria-labelledby': `${id}-title ${id}-text`,
  }
  const said =
    tag('title', { id: `${id}-title` }, escapeXml(title)) +
    tag('desc', { id: `${id}-text` }, escapeXml(description))
  return tag('svg', attributes, said + body)
}

/** How an area is filled. */
export type Fill = 'solid' | 'hatched' | 'dotted' | 'empty'

/** The patterns of a picture, by ids of its own. @param weight of the hatching: thin where letters stand on it */
export function patterns(id: string, weight = 1.5): string {
  const size = { patternUnits: 'userSpaceOnUse', width: 6, height: 6 }
  const lines =
    tag('rect', { width: 6, height: 6, fill: '#fff' }) +
    tag('path', { d: HATCH, stroke: INK, 'stroke-width': weight })
  const dots =
    tag('rect', { width: 6, height: 6, fill: INK }) + tag('circle', { cx: 3, cy: 3, r: 1.4, fill: '#fff' })
  return tag(
    'defs',
    {},
    tag('pattern', { id: `${id}-hatched`, ...size }, lines) +
      tag('pattern', { id: `${id}-dotted`, ...size }, dots),
  )
}

const HATCH = 'M-1 1L1 -1M0 6L6 0M5 7L7 5'

/** A box filled by a pattern, with an edge that is seen on white. */
export function box(id: string, fill: Fill, place: Attributes): string {
  const paint = fill === 'solid' ? TEAL : fill === 'empty' ? '#fff' : `url(#${id}-${fill})`
  return tag('rect', { ...place, fill: paint, stroke: INK, 'stroke-width': 1 })
}
