import { partsOf } from './draw-attendance.ts'
import type { Block, Fact, Line, Picture, PupilView, Table } from './shape.ts'
import { percent, say, type Language } from './words.ts'

/** Widest label that facts are aligned to. */
const LABEL = 48
const BAR = 40

const SIGNS = { attended: '█', authorised: '▒', unauthorised: '!', unrecorded: '·' } as const

/** A pupil as lines of text for a terminal: headings, labels and values in columns, bars made of characters. */
export function pupilAsText(view: PupilView, language: Language): string[] {
  return [
    ...heading(view.name, '='),
    ...factLines(view.file),
    ...view.sections.flatMap((section) => ['', ...blockLines(section, language, '-')]),
  ]
}

function heading(title: string, under: string): string[] {
  return title === '' ? [] : [title, under.repeat(Array.from(title).length)]
}

function blockLines(block: Block, language: Language, under: string | null): string[] {
  const title = lineText(block.title)
  return [
    ...(under === null ? (title === '' ? [] : ['', `* ${title}`]) : heading(title, under)),
    ...factLines(block.facts),
    ...block.pictures.flatMap((picture) => pictureLines(picture, language)),
    ...block.tables.flatMap(tableLines),
    ...block.notes,
    ...block.blocks.flatMap((one) => blockLines(one, language, null)),
  ]
}

/** A line as text: the values, and the codes behind them. */
export function lineText(line: Line): string {
  return line.map(({ text, code }) => (code === null ? text : `${text} (${code})`)).join(' ')
}

function factLines(facts: readonly Fact[]): string[] {
  const width = Math.min(LABEL, Math.max(0, ...facts.map(({ label }) => lengthOf(label))))
  return facts.flatMap(({ label, lines }) =>
    lines.flatMap((line, index) => {
      const head = index === 0 ? label : ''
      // XML as it stood has lines of its own
      const [first = '', ...more] = lineText(line).split('\n')
      const begin = `${padded(head, width)}  ${first}`.trimEnd()
      return [begin, ...more.map((one) => `${' '.repeat(width)}  ${one}`)]
    }),
  )
}

function tableLines({ title, heads, rows }: Table): string[] {
  const cells = [heads, ...rows.map((row) => row.map(lineText))]
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => lengthOf(row[column] ?? ''))))
  const lines = cells.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column]!))
      .join('  ')
      .trimEnd(),
  )
  return ['', title, ...lines.map((line) => `  ${line}`)]
}

function pictureLines(picture: Picture, language: Language): string[] {
  if (picture.is === 'marks') return []
  if (picture.is === 'results') {
    const most = (points: readonly { value: number }[]): number =>
      Math.max(1, ...points.map(({ value }) => value))
    return picture.series.flatMap(({ label, points }) =>
      points.map(
        ({ year, value, raw }, index) =>
          `  ${padded(index === 0 ? label : '', 12)}  ${year}  ${'■'.repeat(Math.round((value / most(points)) * 20))} ${raw}`,
      ),
    )
  }
  const bars = picture.years.map((year) => {
    const bar = partsOf(year).map(({ part, count }) =>
      SIGNS[part].repeat(Math.max(1, Math.round((count / year.possible) * BAR))),
    )
    return `  ${year.label}  ${bar.join('')}  ${percent(year.attended, year.possible)}`
  })
  const parts = new Set(picture.years.flatMap((year) => partsOf(year).map(({ part }) => part)))
  return [...bars, ...[...parts].map((part) => `  ${SIGNS[part]} ${say(language, part)}`)]
}

const lengthOf = (text: string): number => Array.from(text).length

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - lengthOf(text)))
