import type { ElementRow } from './model.ts'
import { facetsOf, type Facet } from './values/index.ts'
import type { ValueType } from './values/value-type.ts'

/** The named simple types of one schema, gathered as they are asked for. */
export interface SimpleTypes {
  /** The name of the type of a row that holds a value. */
  nameOf(row: ElementRow): string
  /** Each type once, as a child of xs:schema. */
  written(): string[]
}

/** The simple types of a schema of one version: as a version of the format only its own is right there. */
export function simpleTypesOf(version: number): SimpleTypes {
  const types = new Map<string, string>()
  return {
    nameOf(row) {
      const name = nameOfType(row.content as ValueType)
      if (!types.has(name)) types.set(name, restriction(row, version))
      return name
    },
    written: () =>
      [...types].map(([name, type]) => `  <xs:simpleType name="${name}">\n${type}\n  </xs:simpleType>`),
  }
}

/** As the content model writes it, e.g. date, text-35 or integer-0-400. */
function nameOfType(type: ValueType): string {
  return Object.values(type).join('-')
}

function restriction(row: ElementRow, version: number): string {
  const { base, facets } = facetsOf(row)!
  const isVersion = typeof row.content === 'object' && 'is' in row.content && row.content.is === 'ctf-version'
  const all: readonly Facet[] = isVersion ? [['enumeration', `${version}.0`]] : notEmpty(base, facets)
  const lines = all.map(([name, value]) => `      <xs:${name} value="${escapeXml(value)}"/>`)
  return [`    <xs:restriction base="${base}">`, ...lines, '    </xs:restriction>'].join('\n')
}

/** An empty element is structural, so what a pattern or a list does not keep from being empty has a least length. */
function notEmpty(base: string, facets: readonly Facet[]): readonly Facet[] {
  const isBound = base !== 'xs:token' || facets.some(([name]) => name !== 'maxLength')
  return isBound ? facets : [['minLength', '1'], ...facets]
}

/** For text and for attributes in double quotes. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
