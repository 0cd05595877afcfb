import { GROUPS, type ElementRow } from './model.ts'

/** What an element holds: a value, its children by name, or several of the same element. */
export type Content = Single | readonly Single[]

type Single = string | number | boolean | Elements

/** Children by name; the order they are given in does not matter. */
export interface Elements {
  readonly [name: string]: Content | undefined
}

/**
 * Writes a Common Transfer File in the order of the content model, without empty elements.
 * @param elements the children of CTfile
 * @param version the CTF version, e.g. 26: elements that it does not carry are left out
 * @throws RangeError for an element that the model does not have there
 */
export function writeCtf(elements: Elements, version: number): string {
  const body = writeBlock('CTfile', elements, version, 1)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<CTfile>\n${body}</CTfile>\n`
}

function writeBlock(group: string, elements: Elements, version: number, depth: number): string {
  const rows = GROUPS.get(group)!
  for (const name of Object.keys(elements)) {
    if (!rows.has(name)) throw new RangeError(`${group} has no element ${name}`)
  }
  let written = ''
  for (const row of rows.values()) {
    const content = elements[row.name]
    if (content === undefined || version < row.versions.from || version > row.versions.to) continue
    for (const one of isList(content) ? content : [content]) written += writeElement(row, one, version, depth)
  }
  return written
}

const isList = (content: Content): content is readonly Single[] => Array.isArray(content)

function writeElement(row: ElementRow, content: Single, version: number, depth: number): string {
  const indent = '  '.repeat(depth)
  if (typeof content !== 'object') {
    const value = escapeText(String(content))
    return value === '' ? '' : `${indent}<${row.name}>${value}</${row.name}>\n`
  }
  if (row.content === 'any' || !('group' in row.content)) throw new RangeError(`${row.name} has no children`)
  const children = writeBlock(row.content.group, content, version, depth + 1)
  return children === '' ? '' : `${indent}<${row.name}>\n${children}${indent}</${row.name}>\n`
}

function escapeText(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
