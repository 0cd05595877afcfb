import { labelOf, titleOf } from '../labels.ts'
import type { ElementRow, Model } from '../model.ts'
import { anchorOf, codeSpan, markdownTable } from './markdown.ts'
import { BLOCK_PROSE } from './blocks.ts'
import { ELEMENT_PROSE } from './elements.ts'
import { formOf } from './forms.ts'

/** A section of the manual: a block with everything in it that has no section of its own. */
interface Section {
  group: string
  homes: ReadonlyMap<string, string>
  rows: readonly Shown[]
}

/** An element in a section: how deep it stands, and in which versions, which those of its block bound. */
interface Shown {
  row: ElementRow
  depth: number
  versions: ElementRow['versions']
}

/** The blocks that have a section: those of the frame, the pupil, and each block of a pupil; of every root. */
function sectionsOf(model: Model): Section[] {
  const own = new Set<string>()
  for (const root of rootsOf(model)) {
    for (const frame of groupsIn(model, root)) {
      own.add(frame)
      for (const pupil of groupsIn(model, frame)) {
        if (frame.endsWith('pupilData'))
          for (const block of [pupil, ...groupsIn(model, pupil)]) own.add(block)
      }
    }
  }
  const shown = [...own].filter((group) => !group.endsWith('pupilData'))
  const homes: Homes = new Map(shown.map((group) => [group, group]))
  return shown.map((group) => ({ group, homes, rows: [...within(model, group, homes, group)] }))
}

/** The section in which a group is told; each is told once, however many elements open it. */
type Homes = Map<string, string>

/** The groups that no element opens. */
function rootsOf(model: Model): string[] {
  const opened = new Set(model.rows.map(groupOf))
  return [...model.groups.keys()].filter((group) => !opened.has(group))
}

const groupOf = ({ content }: ElementRow): string | null =>
  content !== 'any' && 'group' in content ? content.group : null

const groupsIn = (model: Model, group: string): string[] =>
  [...(model.groups.get(group)?.values() ?? [])].flatMap((row) => groupOf(row) ?? [])

const ALWAYS = { from: 0, to: Infinity }

function* within(
  model: Model,
  group: string,
  homes: Homes,
  home: string,
  depth = 0,
  bounds: ElementRow['versions'] = ALWAYS,
): Generator<Shown> {
  for (const row of model.groups.get(group)!.values()) {
    const { from, to } = row.versions
    const versions = { from: Math.max(from, bounds.from), to: Math.min(to, bounds.to) }
    yield { row, depth, versions }
    const inner = groupOf(row)
    if (inner === null || homes.has(inner)) continue
    homes.set(inner, home)
    yield* within(model, inner, homes, home, depth + 1, versions)
  }
}

const INTRODUCTION = `
Elements stand in the order of these tables; one behind an arrow (›) stands in the element above it.

- **How often**: _needed_ means that a file without it is refused, _expected_ that it is warned about.
- **Form**: the kind of value, or its [code set](#code-sets). Lengths are in characters as a person counts them.
- **Versions**: those known to carry it.
- **How sure**: verified, inferred or unverified, and by which source: see [How sure, and why](#how-sure-and-why).
`.trim()

/** The chapter of the content: the tree of blocks, then each block with its table. */
export function contentChapter(model: Model): string {
  const sections = sectionsOf(model)
  return [
    '## The content, block by block',
    INTRODUCTION,
    ...rootsOf(model).map((root) => `\`\`\`text\n${treeOf(model, root, '').join('\n')}\n\`\`\``),
    ...sections.map(sectionText),
  ].join('\n\n')
}

/** The blocks of a root, one a line, to the blocks of a pupil. */
function treeOf(model: Model, group: string, indent: string): string[] {
  const lines = indent === '' ? [group] : []
  for (const row of model.groups.get(group)!.values()) {
    const inner = groupOf(row)
    if (inner === null && !/pupil$/i.test(group)) continue
    const label = inner === null ? labelOf(group, row.name, 'en') : titleOf(inner, 'en')
    lines.push(`${indent}  ${row.name.padEnd(26 - indent.length)}${label}`)
    if (inner !== null && indent.length < 4) lines.push(...treeOf(model, inner, `${indent}  `))
  }
  return lines
}

const headingOf = (group: string): string => `${titleOf(group, 'en')} (\`${group}\`)`

function sectionText({ group, homes, rows }: Section): string {
  const head = ['element', 'what it is', 'how often', 'form', 'versions', 'how sure']
  const body = rows.map(({ row, depth, versions }) => [
    `${'› '.repeat(depth)}${codeSpan(row.name)}`,
    describe(row),
    oftenOf(row),
    shownForm(row, group, homes),
    versionsOf(versions),
    certaintyOf(row),
  ])
  const prose = BLOCK_PROSE[group]
  return [`### ${headingOf(group)}`, ...(prose ? [prose] : []), markdownTable([head, ...body])].join('\n\n')
}

function describe(row: ElementRow): string {
  const label = labelOf(row.parent, row.name, 'en')
  const more = [ELEMENT_PROSE.get(`${row.parent}.${row.name}`), row.note]
    .flatMap((one) => one ?? [])
    .filter((one) => one.replace('the ', '').toLowerCase() !== label.toLowerCase())
  return [label, ...more.map((one) => `${one[0]!.toUpperCase()}${one.slice(1)}`)].join('. ')
}

function oftenOf({ min, max, core }: ElementRow): string {
  const sign = max > 1 ? (min > 0 ? 'one or more' : 'any number') : min > 0 ? 'once' : 'at most once'
  return min === 0 ? sign : `${sign}, ${core ? 'needed' : 'expected'}`
}

function shownForm(row: ElementRow, section: string, homes: ReadonlyMap<string, string>): string {
  const inner = groupOf(row)
  if (inner === null) return formOf(row)
  const home = homes.get(inner)!
  return home === section ? 'elements' : `see [${home}](#${anchorOf(headingOf(home))})`
}

function versionsOf({ from, to }: ElementRow['versions']): string {
  if (from === 0 && to === Infinity) return 'all'
  if (to === Infinity) return `${from} on`
  return from === 0 ? `to ${to}` : from === to ? String(from) : `${from} to ${to}`
}

function certaintyOf({ certainty, cbds, sources }: ElementRow): string {
  const named = sources.map((source) => (source === 'CBDS' && cbds !== null ? `CBDS ${cbds}` : source))
  return named.length > 0 ? `${certainty}: ${named.join(', ')}` : certainty
}
