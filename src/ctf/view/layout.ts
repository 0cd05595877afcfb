import { textIn } from '../content.ts'
import type { ElementRow } from '../model.ts'
import type { Block, Fact, Line, Picture, Table, Value } from './shape.ts'
import { labelIn, pathIn, putRestAside, rowOf, takeSources, takeValues, type Source } from './source.ts'
import { derived } from './words.ts'

/** A block of the view that is being put together. */
export interface Draft extends Block {
  facts: Fact[]
  pictures: Picture[]
  tables: Table[]
  notes: string[]
  blocks: Block[]
}

/** A block of the view without anything in it. */
export function emptyBlock(path: string, title: Line): Draft {
  return { path, title, facts: [], pictures: [], tables: [], notes: [], blocks: [] }
}

/** Whether anything is in a block of the view. */
export function hasAnything({ facts, pictures, tables, blocks, title }: Block): boolean {
  return [facts, pictures, tables, blocks].some((list) => list.length > 0) || title.some(({ path }) => path)
}

/** Adds the values of an element as a fact, a line each, where it has any. */
export function addFact(block: Draft, source: Source, name: string, label = labelIn(source, name)): void {
  const values = takeValues(source, name)
  if (values.length > 0)
    block.facts.push({ label, path: pathIn(source, name), lines: values.map((one) => [one]) })
}

/** Adds one fact out of several elements, which are read in one line. */
export function addLine(
  block: Draft,
  source: Source,
  names: readonly string[],
  label: string,
  join: string | null = null,
): void {
  const values = names.flatMap((name) => takeValues(source, name))
  const line =
    join === null ? values : values.flatMap((one, index) => (index > 0 ? [derived(join), one] : [one]))
  if (values.length > 0) block.facts.push({ label, path: pathIn(source, names[0]!), lines: [line] })
}

/**
 * Adds what is left of a block of the file as the model says: values as facts, blocks with values alone that stand
 * several times as a table, other blocks as blocks. What the model does not know goes to what no section has a place for.
 */
export function addRest(block: Draft, source: Source): void {
  addRows(block, source, () => true)
  putRestAside(source)
}

/** As `addRest`, of the elements with a name that is meant. */
export function addRows(block: Draft, source: Source, isMeant: (name: string) => boolean): void {
  for (const row of source.making.model.groups.get(source.group)?.values() ?? []) {
    if (!source.left.has(row.name) || row.content === 'any' || !isMeant(row.name)) continue
    if ('group' in row.content) addGroup(block, source, row)
    else addFact(block, source, row.name)
  }
}

function addGroup(block: Draft, source: Source, row: ElementRow): void {
  const { name } = row
  const sources = takeSources(source, name)
  if (sources.length === 0) return
  const label = labelIn(source, name)
  const list = onlyRow(sources[0]!)
  if (row.max > 1) addSeveral(block, label, pathIn(source, name), sources)
  else if (list) addList(block, label, sources[0]!, list)
  else block.blocks.push(wholeBlock(sources[0]!, label))
}

/** The row of a block that holds nothing but several of one element, such as Languages. */
function onlyRow({ making, group }: Source): ElementRow | null {
  const rows = [...making.model.groups.get(group)!.values()].filter(({ content }) => content !== 'any')
  return rows.length === 1 && rows[0]!.max > 1 ? rows[0]! : null
}

function addList(block: Draft, label: string, source: Source, { name, content }: ElementRow): void {
  if (content !== 'any' && 'group' in content) {
    const sources = takeSources(source, name)
    if (sources.length > 0) addSeveral(block, label, pathIn(source, name), sources)
  } else addFact(block, source, name, label)
  putRestAside(source)
}

/** Adds blocks of the same kind: as a table where they hold values alone, else a block each. */
export function addSeveral(block: Draft, title: string, path: string, sources: readonly Source[]): void {
  const rows = [...sources[0]!.making.model.groups.get(sources[0]!.group)!.values()]
  const isFlat = rows.every(({ content }) => content === 'any' || !('group' in content))
  if (isFlat) block.tables.push(tableOf(title, path, sources))
  else
    sources.forEach((one, index) => {
      block.blocks.push(wholeBlock(one, sources.length > 1 ? `${title} ${index + 1}` : title))
    })
}

function wholeBlock(source: Source, title: string): Block {
  const block = emptyBlock(source.path, [derived(title)])
  addRest(block, source)
  return block
}

/** How a cell of a table is shown otherwise than as its values. */
export type CellOf = (name: string, values: readonly Value[], source: Source) => Line

/**
 * Takes the values of blocks of the same kind into a table, a row each, a column for each element that any of them
 * has; blocks within them are left.
 */
export function tableOf(
  title: string,
  path: string,
  sources: readonly Source[],
  cellOf: CellOf = (_, values) => values,
): Table {
  const first = sources[0]!
  const names = [...first.making.model.groups.get(first.group)!.values()]
    .filter(({ content }) => content !== 'any' && !('group' in content))
    .map(({ name }) => name)
    .filter((name) => sources.some(({ left }) => left.has(name)))
  const rows = sources.map((source) => names.map((name) => cellOf(name, takeValues(source, name), source)))
  for (const source of sources) if (!hasBlocks(source)) putRestAside(source)
  return { title, path, heads: names.map((name) => labelIn(first, name)), rows }
}

const hasBlocks = (source: Source): boolean =>
  [...source.left].some((name) => {
    const content = rowOf(source, name)?.content
    return content !== undefined && content !== 'any' && 'group' in content
  })

/** Blocks in the order of a value, those without it last; in the order of the file where it is alike. */
export function inOrderOf(
  sources: readonly Source[],
  name: string,
  compare: (a: string, b: string) => number = (a, b) => (a < b ? -1 : Number(a > b)),
): Source[] {
  return sources.toSorted((a, b) => {
    const [one, other] = [textIn(a.elements, name), textIn(b.elements, name)]
    if (one === null || other === null) return Number(one === null) - Number(other === null)
    return compare(one, other)
  })
}
