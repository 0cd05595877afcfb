import { Refusal } from '../kit/refusal.ts'
import { csvRows, encodingOf, type Encoding } from './csv-rows.ts'
import type { RegisterRow } from './differences.ts'
import { GIAS_COLUMNS, readGiasRow } from './gias.ts'
import { LINK_COLUMNS, readLinkRow, type UrnLink } from './links.ts'
import { kindOfCode } from './rules.ts'
import { plainHead, readWelshRow, WELSH_COLUMNS, type Cell } from './welsh-list.ts'

/** A row that could not be taken; `reason` is a key of `register.reasons` in the locales. */
export interface BadRow {
  line: number
  reason: 'columns' | 'code' | 'name' | 'quotes'
}

/** A list of schools as read. */
export interface RegisterFile {
  format: 'gias' | 'welsh'
  encoding: Encoding
  /** By code; of several rows with one number the one that is open. */
  rows: Map<string, RegisterRow>
  /** The code of every URN in the file, those of rows that gave way among them. */
  urns: Map<string, string>
  /** Rows read, whatever became of them. */
  read: number
  /** Rows without an establishment number. */
  withoutNumber: number
  /** Rows that gave way to another with the same number. */
  duplicates: number
  /** The first thousand. */
  bad: BadRow[]
  badRows: number
}

function hasAll(heads: ReadonlyMap<string, number>, wanted: readonly string[]): boolean {
  return wanted.every((head) => heads.has(plainHead(head)) || (head === 'School Name' && heads.has('name')))
}

/** A form that a file may have, by the columns that it must have. */
interface Shape<Name> {
  name: Name
  columns: readonly string[]
}

/** Titles may stand above the row of heads. */
const ROWS_ABOVE_HEADS = 10

/**
 * Goes through the rows below the heads, which are the first row that has every column of one of `shapes`; gives the
 * name of that shape, or null when there is none.
 */
async function eachRow<Name>(
  path: string,
  encoding: Encoding,
  shapes: readonly Shape<Name>[],
  take: (shape: Name, line: number, row: Cell | 'quotes' | 'columns') => void,
): Promise<Name | null> {
  let heads = new Map<string, number>()
  let width = 0
  let shape: Shape<Name> | undefined
  let above = 0
  for await (const { line, cells } of csvRows(path, encoding)) {
    if (shape === undefined) {
      heads = new Map((cells ?? []).map((head, index) => [plainHead(head), index]))
      width = cells?.length ?? 0
      shape = shapes.find(({ columns }) => hasAll(heads, columns))
      if (shape === undefined && ++above === ROWS_ABOVE_HEADS) return null
      continue
    }
    if (cells === null) take(shape.name, line, 'quotes')
    else if (cells.length !== width) take(shape.name, line, 'columns')
    else take(shape.name, line, (head) => cells[heads.get(plainHead(head)) ?? -1]?.replaceAll(/\s+/g, ' '))
  }
  return shape?.name ?? null
}

const LISTS = [
  { name: 'gias', columns: GIAS_COLUMNS },
  { name: 'welsh', columns: WELSH_COLUMNS },
] as const

/**
 * Reads a list of schools, of any size: a GIAS extract or a Welsh address list, as its columns say.
 * Throws Refusal `register-columns` when it is neither, and the system's error when it cannot be opened.
 */
export async function readRegisterFile(path: string): Promise<RegisterFile> {
  const file: RegisterFile = {
    format: 'gias',
    encoding: await encodingOf(path),
    rows: new Map(),
    urns: new Map(),
    read: 0,
    withoutNumber: 0,
    duplicates: 0,
    bad: [],
    badRows: 0,
  }
  const shape = await eachRow(path, file.encoding, LISTS, (shape, line, cell) => {
    file.format = shape
    file.read++
    if (typeof cell === 'string') return addBad(file, { line, reason: cell })
    const row = shape === 'gias' ? readGiasRow(cell) : readWelshRow(cell)
    const problem = row && problemOf(row)
    if (!row) file.withoutNumber++
    else if (problem) addBad(file, { line, reason: problem })
    else addRow(file, row)
  })
  if (shape === null) {
    const [gias, welsh] = LISTS.map(({ columns }) => columns.join(', '))
    throw new Refusal('unacceptable', 'register-columns', { params: { gias: gias!, welsh: welsh! } })
  }
  return file
}

function addBad(file: RegisterFile, bad: BadRow): void {
  file.badRows++
  if (file.bad.length < 1000) file.bad.push(bad)
}

const NAME_MAX = 200

function problemOf(row: RegisterRow): BadRow['reason'] | null {
  if (kindOfCode(row.code) !== 'school' || row.code.startsWith('000')) return 'code'
  const name = row.fields.nameEn ?? row.whenNew.nameEn ?? ''
  return name === '' || name.length > NAME_MAX || /\p{C}/u.test(name) ? 'name' : null
}

const BY_STATUS = { open: 2, proposed: 1, closed: 0 }

/** An old school and the one that took over its number share it: the open one counts, else the one that closed last. */
function addRow(file: RegisterFile, row: RegisterRow): void {
  if (row.urn !== null) file.urns.set(row.urn, row.code)
  const other = file.rows.get(row.code)
  if (other) file.duplicates++
  if (!other || isRather(row, other)) file.rows.set(row.code, row)
}

function isRather(row: RegisterRow, other: RegisterRow): boolean {
  const [here, there] = [row, other].map((one) => BY_STATUS[one.fields.status ?? 'open'])
  if (here !== there) return here! > there!
  return `${row.fields.closed ?? ''} ${row.urn ?? ''}` > `${other.fields.closed ?? ''} ${other.urn ?? ''}`
}

/** A links file as read. */
export interface LinksFile {
  links: UrnLink[]
  read: number
  /** Rows that are no succession, or not whole. */
  skipped: number
}

/** Reads GIAS's file of links. Throws Refusal `links-columns`, and the system's error when it cannot be opened. */
export async function readLinksFile(path: string): Promise<LinksFile> {
  const file: LinksFile = { links: [], read: 0, skipped: 0 }
  const shapes = [{ name: 'links', columns: LINK_COLUMNS }]
  const shape = await eachRow(path, await encodingOf(path), shapes, (_, _line, cell) => {
    file.read++
    const link = typeof cell === 'string' ? null : readLinkRow(cell)
    if (link) file.links.push(link)
    else file.skipped++
  })
  if (shape === null) {
    throw new Refusal('unacceptable', 'links-columns', { params: { columns: LINK_COLUMNS.join(', ') } })
  }
  return file
}
