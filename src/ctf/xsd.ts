import { CTF_MODEL, isCarried, type ElementRow, type Model } from './model.ts'
import { escapeXml, simpleTypesOf, type SimpleTypes } from './xsd-values.ts'

/** The roots that a schema can be of: the transfer file, and the admissions transfer file. */
export const XSD_ROOTS = ['CTfile', 'ATfile'] as const

/** One of them. */
export type XsdRoot = (typeof XSD_ROOTS)[number]

/** The versions that the content model tells apart, the first and the last. */
export const XSD_VERSIONS = { first: 12, last: 26 } as const

/** What the parts of one schema are written from. */
interface Schema {
  version: number
  root: XsdRoot
  model: Model
  types: SimpleTypes
}

/**
 * The W3C XML Schema (XSD 1.0) of one version: the elements that it carries, in strict order, each with its type and
 * facets and an annotation of where it comes from. Every group of the model is a named type, every kind of value too.
 * SuppInfo takes any well-formed content behind its SuppID. A document is valid by it exactly when the check finds
 * nothing structural in it, but for the differences that docs/decisions/0017-ctf-schema.md lists.
 * @param version 12 to 26; others get what the table says of them
 * @param root `ATfile` for the sister format of admissions
 * @throws RangeError when the model has no such root
 */
export function xsdOf(version: number, root: XsdRoot = 'CTfile', model: Model = CTF_MODEL): string {
  if (!model.groups.has(root)) throw new RangeError(`the content model has no root ${root}`)
  const schema: Schema = { version, root, model, types: simpleTypesOf(version) }
  const groups = groupsFrom(schema, root)
  const complexTypes = groups.map((group) => complexType(schema, group))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="unqualified">',
    documentation(2, PREFACE.replace('VERSION', `${root}, version ${version}.0.`)),
    `  <xs:element name="${root}" type="${root}"/>`,
    ...complexTypes,
    ...schema.types.written(),
    SUPP_INFO,
    '</xs:schema>\n',
  ].join('\n')
}

const PREFACE =
  'VERSION Assembled from public sources; not an official schema. Each element says its CBDS item where it has one, ' +
  'how certain it is that it stands here (verified, inferred, not verified), and by which sources: CBDS, the DfE ' +
  'Common Basic Data Set; MIS12, a school system of CTF 12; ATF15 and ATF19, admissions transfer files; MTC and ' +
  'GIAP, exporters of the DfE.'

const SUPP_INFO = `  <xs:complexType name="SuppInfo" mixed="true">
    <xs:sequence>
      <xs:element name="SuppID" type="xs:token"/>
      <xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/>
    </xs:sequence>
  </xs:complexType>`

/** The elements of a group that the version carries, in order; those that could have nothing in them are not. */
function carried(schema: Schema, group: string): ElementRow[] {
  const { version, root, model } = schema
  return [...(model.groups.get(group)?.values() ?? [])].filter((row) => {
    const { content } = row
    const isFilled = content === 'any' || !('group' in content) || carried(schema, content.group).length > 0
    return isFilled && isCarried(row, version, root)
  })
}

/** A group and all that can be inside it, each once. */
function groupsFrom(schema: Schema, root: string): string[] {
  const found = new Set([root])
  for (const group of found) {
    for (const { content } of carried(schema, group)) {
      if (content !== 'any' && 'group' in content) found.add(content.group)
    }
  }
  return [...found]
}

function complexType(schema: Schema, group: string): string {
  const rows = carried(schema, group)
  const isOptional = rows.every(({ min }) => min === 0)
  return [
    `  <xs:complexType name="${group}">`,
    ...(isOptional ? oneAtLeast(schema, group, rows) : sequence(schema, rows)),
    '  </xs:complexType>',
    ...(isOptional ? rests(schema, group, rows) : []),
  ].join('\n')
}

function sequence(schema: Schema, rows: readonly ElementRow[]): string[] {
  const [one, other] = rows.filter(isSex)
  const particles = rows.flatMap((row) => {
    if (!one || !isSex(row)) return [element(schema, row, row.min)]
    if (row !== one) return []
    return other ? either(schema, one, other) : [element(schema, one, 1)]
  })
  return ['    <xs:sequence>', ...particles, '    </xs:sequence>']
}

/** A pupil has Gender or Sex, whichever its version carries (rule ctf-314); elsewhere the table says it. */
function isSex({ parent, name }: ElementRow): boolean {
  return parent === 'Pupil' && (name === 'Gender' || name === 'Sex')
}

/** Both in order, or one of them, in a version that carries both. */
function either(schema: Schema, one: ElementRow, other: ElementRow): string[] {
  return [
    '      <xs:choice>',
    '      <xs:sequence>',
    element(schema, one, 1),
    element(schema, other, 0),
    '      </xs:sequence>',
    element(schema, other, 1),
    '      </xs:choice>',
  ]
}

/**
 * A container that has nothing in it is structural, and a sequence of optional elements would allow it: so it begins
 * with any one of them, and the rest of the sequence follows.
 */
function oneAtLeast(schema: Schema, group: string, rows: readonly ElementRow[]): string[] {
  const branches = rows.flatMap((row, index) => [
    '      <xs:sequence>',
    element(schema, row, 1),
    ...(index + 1 < rows.length ? [`        <xs:group ref="${restName(group, rows[index + 1]!)}"/>`] : []),
    '      </xs:sequence>',
  ])
  return ['    <xs:choice>', ...branches, '    </xs:choice>']
}

/** The rest of a sequence from its second element on, from its third on, and so on. */
function rests(schema: Schema, group: string, rows: readonly ElementRow[]): string[] {
  return rows.slice(1).flatMap((row, index) => {
    const next = rows[index + 2]
    return [
      `  <xs:group name="${restName(group, row)}">`,
      '    <xs:sequence>',
      element(schema, row, 0),
      ...(next ? [`      <xs:group ref="${restName(group, next)}"/>`] : []),
      '    </xs:sequence>',
      '  </xs:group>',
    ]
  })
}

const restName = (group: string, row: ElementRow) => `${group}-from-${row.name}`

/** An element of a sequence with what is known of it. */
function element(schema: Schema, row: ElementRow, min: 0 | 1): string {
  const occurs = `${min === 1 ? '' : ' minOccurs="0"'}${row.max === 1 ? '' : ' maxOccurs="unbounded"'}`
  return [
    `      <xs:element name="${row.name}" type="${typeName(schema, row)}"${occurs}>`,
    documentation(8, provenance(row)),
    '      </xs:element>',
  ].join('\n')
}

function typeName({ types }: Schema, row: ElementRow): string {
  if (row.content === 'any') return 'SuppInfo'
  return 'group' in row.content ? row.content.group : types.nameOf(row)
}

const CERTAINTY = { V: 'Verified', I: 'Inferred', U: 'Not verified' }

function provenance({ cbds, certainty, sources, versions, note }: ElementRow): string {
  const by = sources.length > 0 ? `: ${sources.join(', ')}` : ''
  const since = versions.from > 0 ? ` From version ${versions.from} on.` : ''
  const until = Number.isFinite(versions.to) ? ` Up to version ${versions.to}.` : ''
  return `${cbds ? `CBDS ${cbds}. ` : ''}${CERTAINTY[certainty]}${by}.${since}${until}${note ? ` ${sentence(note)}` : ''}`
}

function sentence(note: string): string {
  return `${note[0]!.toUpperCase()}${note.slice(1)}.`
}

function documentation(indent: number, text: string): string {
  const blanks = ' '.repeat(indent)
  return `${blanks}<xs:annotation>\n${blanks}  <xs:documentation>${escapeXml(text)}</xs:documentation>\n${blanks}</xs:annotation>`
}
