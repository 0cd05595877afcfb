import { Marked, type RendererObject, type Token, type Tokens } from 'marked'

/** A picture as a page loads it. */
export interface Picture {
  src: string
  /** In pixels, so that the page does not jump when it comes. */
  width: number
  height: number
}

/** What the names in a text stand for on the page that shows it. */
export interface Places {
  /** Where a relative link leads; null: nowhere, so its words stand without it. */
  link(href: string): string | null
  /** The picture by its name in the text; null: it is not there, so nothing is shown. */
  picture(href: string): Picture | null
}

/** A text in Markdown as a page shows it. */
export interface Rendered {
  /** Words of its only heading of the first level, which is not in `html`. */
  title: string
  /** The headings of the second level, in their order. */
  sections: readonly { id: string; text: string }[]
  /** HTML with the classes of GOV.UK Frontend. */
  html: string
}

const HEADINGS = ['', 'govuk-heading-l', 'govuk-heading-m']

/**
 * Renders Markdown (GitHub's). HTML in the text is shown as it stands, never passed on; links lead to where `places`
 * says or to an https address, and pictures come from `places` alone. Throws when the text does not begin with a
 * heading of the first level.
 */
export function renderMarkdown(text: string, places: Places): Rendered {
  const marked = new Marked({ gfm: true, renderer: rendererFor(places) })
  const [first, ...rest] = marked.lexer(text)
  if (first?.type !== 'heading' || first['depth'] !== 1)
    throw new Error('a text begins with its title: # Title')
  const sections = rest.filter((token) => isHeading(token)).filter(({ depth }) => depth === 2)
  return {
    title: first['text'] as string,
    sections: sections.map((heading) => ({ id: headingId(heading.text), text: heading.text })),
    html: marked.parser(rest),
  }
}

/** The place of a heading in its page, as code hosts name it too: "Sign in again" is #sign-in-again. */
export function headingId(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

function isHeading(token: Token): token is Tokens.Heading {
  return token.type === 'heading'
}

function rendererFor(places: Places): RendererObject {
  return {
    html: ({ text }) => escaped(text),
    heading({ tokens, depth, text }) {
      const id = escaped(headingId(text))
      const size = HEADINGS[depth] ?? 'govuk-heading-s'
      return `<h${depth} class="${size}" id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`
    },
    paragraph({ tokens }) {
      const inner = this.parser.parseInline(tokens)
      const isFigure = tokens.length === 1 && tokens[0]?.type === 'image'
      if (isFigure) return inner && `<figure class="cts-figure">${inner}</figure>\n`
      return `<p class="govuk-body">${inner}</p>\n`
    },
    list({ ordered, items }) {
      const [tag, kind] = ordered ? ['ol', 'number'] : ['ul', 'bullet']
      const inner = items.map((item) => this.listitem(item)).join('')
      return `<${tag} class="govuk-list govuk-list--${kind} govuk-list--spaced">\n${inner}</${tag}>\n`
    },
    blockquote({ tokens }) {
      return `<div class="govuk-inset-text">${this.parser.parse(tokens)}</div>\n`
    },
    hr: () => '<hr class="govuk-section-break govuk-section-break--l govuk-section-break--visible">\n',
    codespan: ({ text }) => `<code class="cts-code">${escaped(text)}</code>`,
    table({ header, rows }) {
      const heads = header.map(({ text }) => escaped(text))
      // where a table is too wide, its cells stand one below the other: the roles keep it a table, and each says its head
      const row = (cells: Tokens.TableCell[], tag: string, open: (at: number) => string): string =>
        `<tr class="govuk-table__row" role="row">${cells
          .map(({ tokens }, at) => `<${tag} ${open(at)}>${this.parser.parseInline(tokens)}</${tag}>`)
          .join('')}</tr>\n`
      const label = (at: number): string => (at > 0 && heads.length > 2 ? ` data-head="${heads[at]}"` : '')
      const head = row(header, 'th', () => 'scope="col" role="columnheader" class="govuk-table__header"')
      const body = rows.map((cells) =>
        row(cells, 'td', (at) => `role="cell" class="govuk-table__cell"${label(at)}`),
      )
      return `<table class="govuk-table cts-table" role="table">
<thead class="govuk-table__head" role="rowgroup">${head}</thead>
<tbody class="govuk-table__body" role="rowgroup">${body.join('')}</tbody></table>\n`
    },
    link({ href, tokens }) {
      const words = this.parser.parseInline(tokens)
      const to = leadsTo(href, places)
      return to === null ? words : `<a class="govuk-link" href="${escaped(to)}">${words}</a>`
    },
    image({ href, text }) {
      const picture = places.picture(href)
      if (!picture) return ''
      const { src, width, height } = picture
      return `<img src="${escaped(src)}" alt="${escaped(text)}" width="${width}" height="${height}">`
    },
  }
}

function leadsTo(href: string, places: Places): string | null {
  if (/^https:\/\//i.test(href)) return href
  return /^[a-z][a-z\d+.-]*:|^[/\\]/i.test(href) ? null : places.link(href)
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
