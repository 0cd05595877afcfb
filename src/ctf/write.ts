import { FORBIDDEN, readXml, type XmlSink } from '../kit/xml/index.ts'
import {
  isRaw,
  listOf,
  type Content,
  type CtfFile,
  type Elements,
  type RawXml,
  type Single,
} from './content.ts'
import { CTF_MODEL, isCarried, type ElementRow, type Model } from './model.ts'
import { groupOf, pupilPlace } from './pupil-place.ts'

/** How to write. */
export interface WriteOptions {
  /**
   * The CTF version of the readers that the file is for, e.g. 26: CTFversion says it, elements that it does not
   * carry are left out, and Gender or Sex is written as it has it. Without it everything is written as it stands.
   */
  version?: number | undefined
  model?: Model | undefined
}

/**
 * Writes a Common Transfer File: elements in the order of the model; those that it does not know behind them, by
 * name, but before SuppInfo; no empty ones; two spaces of indent, LF, for UTF-8. The same data gives the same
 * characters, and what `readCtf` reads from them is written as them again.
 * @throws RangeError for an element that the model does not have there and that is no RawXml, for RawXml that is
 *   not one well-formed element of its name, and for characters that no file may have (controls, and what
 *   changes the direction of text); its message has names of elements, no values
 */
export function writeCtf(file: CtfFile, options: WriteOptions = {}): string {
  const [before, behind] = writeFrame(file, options)
  return before + file.pupils.map((pupil) => writePupil(file.root, pupil, options)).join('') + behind
}

/** What stands before the first pupil and behind the last, of a file that is written pupil by pupil. Throws as writeCtf does. */
export function writeFrame(
  file: Omit<CtfFile, 'pupils'>,
  { version, model = CTF_MODEL }: WriteOptions = {},
): [before: string, behind: string] {
  const { root, rest } = file
  const { data } = pupilPlace(root, model)
  const header = headerOf(file, version, model)
  const writing = { root, version, model }
  const standing = inOrder(root, { ...rest, Header: header }, writing)
  const isBefore = ({ row }: Standing) => row !== null && row.order < data.order
  const write = (list: readonly Standing[]) => writeAll(root, list, writing, 1)
  const before = write(standing.filter(isBefore))
  const behind = write(standing.filter((one) => !isBefore(one)))
  return [
    `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>\n${before}  <${data.name}>\n`,
    `  </${data.name}>\n${behind}</${root}>\n`,
  ]
}

/** One pupil, as it stands in the frame. Throws as writeCtf does. */
export function writePupil(
  root: CtfFile['root'],
  pupil: Elements,
  { version, model = CTF_MODEL }: WriteOptions = {},
): string {
  const { group } = pupilPlace(root, model)
  const writing = { root, version, model }
  return writeAll(group, inOrder(group, { Pupil: pupil }, writing), writing, 2)
}

/** The header; its version is the one that is asked for, or else the file's where it names none. */
function headerOf(
  { root, version, header }: Omit<CtfFile, 'pupils'>,
  asked: number | undefined,
  model: Model,
): Elements {
  const group = groupOf(model.groups.get(root)?.get('Header'))
  const row = [...(model.groups.get(group ?? '')?.values() ?? [])].find(({ name }) =>
    name.endsWith('version'),
  )
  const said = asked ?? version
  if (!row || said === null) return header
  return asked === undefined ? { [row.name]: `${said}.0`, ...header } : { ...header, [row.name]: `${said}.0` }
}

/** How this file is written. */
interface Writing {
  root: CtfFile['root']
  version: number | undefined
  model: Model
}

/** A child with what it holds; no row where the model does not know it. */
interface Standing {
  name: string
  row: ElementRow | null
  content: Content
}

/** The children of an element in the order they are written in. */
function inOrder(group: string, elements: Elements, writing: Writing): Standing[] {
  const { root, version, model } = writing
  const rows = model.groups.get(group)!
  const known: Standing[] = []
  const open: Standing[] = []
  for (const [name, row] of rows) {
    const content = contentFor(row, rows, elements, writing)
    if (content === undefined || !isCarried(row, version, root)) continue
    const list = row.content === 'any' ? open : known
    list.push({ name, row, content })
  }
  const unknown: Standing[] = []
  for (const name of Object.keys(elements).toSorted()) {
    const content = elements[name]
    if (content !== undefined && !rows.has(name)) unknown.push({ name, row: null, content })
  }
  return [...known, ...unknown, ...open]
}

/** What an element holds; Sex followed Gender, so a version that has but one of them takes what the other holds. */
function contentFor(
  { name }: ElementRow,
  rows: ReadonlyMap<string, ElementRow>,
  elements: Elements,
  { root, version }: Writing,
): Content | undefined {
  const other = rows.get(name === 'Sex' ? 'Gender' : name === 'Gender' ? 'Sex' : '')
  return elements[name] ?? (other && !isCarried(other, version, root) ? elements[other.name] : undefined)
}

function writeAll(group: string, standing: readonly Standing[], writing: Writing, depth: number): string {
  let written = ''
  for (const { name, row, content } of standing) {
    for (const one of listOf(content)) {
      if (row === null && !isRaw(one)) throw new RangeError(`${group} has no element ${name}`)
      written += writeSingle(name, row, one, writing, depth)
    }
  }
  return written
}

function writeSingle(
  name: string,
  row: ElementRow | null,
  content: Single,
  writing: Writing,
  depth: number,
): string {
  const indent = '  '.repeat(depth)
  if (typeof content !== 'object') {
    const value = escapeText(name, String(content).trim())
    return value === '' ? '' : `${indent}<${name}>${value}</${name}>\n`
  }
  if (isRaw(content)) return `${indent}${checkRaw(name, content)}\n`
  const group = groupOf(row)
  if (group === null) throw new RangeError(`${name} has no children`)
  const children = writeAll(group, inOrder(group, content, writing), writing, depth + 1)
  return children === '' ? '' : `${indent}<${name}>\n${children}${indent}</${name}>\n`
}

/** XML as it stood, if it is that: one element of the name, which the gate lets pass. */
function checkRaw(name: string, { xml }: RawXml): string {
  const begins = xml.startsWith(`<${name}`) && /^[\s/>]/.test(xml.slice(name.length + 1))
  const isRead = begins && xml.isWellFormed() && readXml(new TextEncoder().encode(xml), DEAF) === null
  if (!isRead) throw new RangeError(`what stands as ${name} is no such element`)
  return xml
}

const DEAF: XmlSink = { open() {}, attribute() {}, text() {}, close() {}, forget() {} }

function escapeText(name: string, value: string): string {
  if (FORBIDDEN.test(value) || !value.isWellFormed())
    throw new RangeError(`${name} has a character that no file may have`)
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
}
