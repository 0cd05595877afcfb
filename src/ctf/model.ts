import { CONTENT_MODEL } from './model-table.ts'
import { readValueType, type ValueType } from './values/value-type.ts'

export type { ValueType } from './values/value-type.ts'

const CERTAINTIES = ['V', 'I', 'U'] as const

/** One element of the file: a row of the content model. */
export interface ElementRow {
  parent: string
  name: string
  /** Its place among its parent's children. */
  order: number
  min: 0 | 1
  /** 1 or Infinity. */
  max: number
  /** A file without it is refused, where others without a mandatory element are warned about. */
  core: boolean
  /** The children it has, a value, or anything at all. */
  content: { group: string } | ValueType | 'any'
  /** CBDS item number, where there is one. */
  cbds: string | null
  /** CTF versions that carry it, the first and the last. */
  versions: { from: number; to: number }
  certainty: (typeof CERTAINTIES)[number]
  sources: readonly string[]
  note: string | null
}

/**
 * Whether a version carries an element. The ranges are of the CTF: of the parts that an Admissions Transfer File has
 * in common with it, nothing says since when it has them.
 * @param version null or undefined where it is not known: then everything is carried
 */
export function isCarried(
  { versions, parent }: ElementRow,
  version: number | null | undefined,
  root: string,
): boolean {
  if (version === null || version === undefined || (root === 'ATfile' && !parent.startsWith('AT')))
    return true
  return version >= versions.from && version <= versions.to
}

/** A content model: what stands in a file, from which reader, checker, writer, schema, view and manual are derived. */
export interface Model {
  /** All rows, in order. */
  rows: readonly ElementRow[]
  /** The children of each element that has any, by name, in order; the roots stand under their own names. */
  groups: ReadonlyMap<string, ReadonlyMap<string, ElementRow>>
}

/** A model from the text of its table, as model-table.ts explains it. Throws RangeError for a misprint. */
export function readModel(table: string): Model {
  const rows = readTable(table)
  return { rows, groups: group(rows) }
}

/** The model of the Common Transfer File. */
export const CTF_MODEL: Model = readModel(CONTENT_MODEL)

function readTable(table: string): ElementRow[] {
  const rowsOf = new Map<string, number>()
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim())
      const [parent = '', name = '', often = '', type = '', cbds, versions = ''] = cells
      const [certainty = '', sources, note] = cells.slice(6)
      const order = (rowsOf.get(parent) ?? 0) + 1
      rowsOf.set(parent, order)
      return Object.assign(readOften(often), {
        parent,
        name,
        order,
        content: readContent(type),
        cbds: cbds || null,
        versions: readVersions(versions),
        certainty: oneOf(CERTAINTIES, certainty),
        sources: sources ? sources.split(' ') : [],
        note: note || null,
      })
    })
}

/** A cell that must be one of a list; a misprint in the table stops the start. */
function oneOf<T extends string>(list: readonly T[], cell: string): T {
  const found = list.find((one) => one === cell)
  if (found === undefined) throw new RangeError(`the content model has no ${cell}`)
  return found
}

function readOften(often: string): Pick<ElementRow, 'min' | 'max' | 'core'> {
  const sign = often[0]!
  return {
    min: sign === '1' || sign === '+' ? 1 : 0,
    max: sign === '*' || sign === '+' ? Infinity : 1,
    core: often.endsWith('!'),
  }
}

function readContent(type: string): ElementRow['content'] {
  if (type.startsWith('> ')) return { group: type.slice(2) }
  return type === 'any' ? 'any' : readValueType(type)
}

function readVersions(versions: string): ElementRow['versions'] {
  const [from, to] = versions.split('-')
  return { from: Number(from || 0), to: to ? Number(to) : Infinity }
}

function group(rows: readonly ElementRow[]): Map<string, Map<string, ElementRow>> {
  const groups = new Map<string, Map<string, ElementRow>>()
  for (const row of rows) {
    if (!groups.has(row.parent)) groups.set(row.parent, new Map())
    groups.get(row.parent)!.set(row.name, row)
  }
  return groups
}
