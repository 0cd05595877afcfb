import assert from 'node:assert/strict'
import { test } from 'node:test'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'
import { VALUE_CASES, rowOf } from '../../../test/value-cases.ts'
import { CTF_MODEL } from '../model.ts'
import { checkOf, facetsOf } from './index.ts'

const ELEMENTS = CTF_MODEL.rows

/** Rules that are of the form of a value; the others the schema cannot say. */
const STRUCTURAL = new Set(
  '120 121 122 124 125 126 127 128 129 130 131 132 140 142 143 144 201 304 305 306 311 316'
    .split(' ')
    .map((number) => `ctf-${number}`),
)

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** Asks libxml2 whether values are of the type of a row. */
function schemaOf(row: Parameters<typeof facetsOf>[0]): { takes(value: string): boolean; dispose(): void } {
  const { base, facets } = facetsOf(row)!
  const lines = facets.map(([name, value]) => `<xs:${name} value="${escaped(value)}"/>`).join('')
  const schema = XmlDocument.fromString(
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="x"><xs:simpleType>` +
      `<xs:restriction base="${base}">${lines}</xs:restriction></xs:simpleType></xs:element></xs:schema>`,
  )
  const validator = XsdValidator.fromDoc(schema)
  return {
    takes(value) {
      const document = XmlDocument.fromString(`<x>${escaped(value)}</x>`)
      try {
        validator.validate(document)
        return true
      } catch {
        return false
      } finally {
        document.dispose()
      }
    },
    dispose() {
      validator.dispose()
      schema.dispose()
    },
  }
}

/** What the check says of the form of a value. */
function isFormed(row: Parameters<typeof checkOf>[0], value: string): boolean {
  return !checkOf(row)!(value, '2026-11-22').some(([rule]) => STRUCTURAL.has(rule))
}

/** Characters from which values near to right ones are made. */
const LETTERS = '09AIOSXZaz /\\-+.:TZ#@\tŵ'.split('')

/** A value with one character changed, left out and put in, at each of its places. */
function nearTo(value: string): string[] {
  return Array.from({ length: Math.min(value.length, 30) + 1 }, (_, at) => {
    const [before, after] = [value.slice(0, at), value.slice(at)]
    const letter = LETTERS[(at * 7 + value.length) % LETTERS.length]!
    return [before + after.slice(1), before + letter + after, before + letter + after.slice(1)]
  })
    .flat()
    .map((near) => near.trim())
    .filter((near) => near !== '' && near.isWellFormed())
}

test('facets and check say the same of every value, right, wrong or nearly right', () => {
  for (const [type, right, wrong] of VALUE_CASES) {
    const row = rowOf(type)
    const schema = schemaOf(row)
    const values = [...right, ...Object.values(wrong).flat()]
    for (const value of [...values, ...values.flatMap(nearTo)]) {
      // Only the check counts a decomposed character once: XML Schema counts what is written
      if (value.normalize('NFC') !== value) continue
      assert.equal(isFormed(row, value), schema.takes(value), `${type}: ${JSON.stringify(value)}`)
    }
    schema.dispose()
  }
})

test('every row of the table has facets that libxml2 takes', () => {
  const known = new Set<string>()
  for (const row of ELEMENTS) {
    const facets = facetsOf(row)
    if (!facets || known.has(JSON.stringify(facets))) continue
    known.add(JSON.stringify(facets))
    schemaOf(row).dispose()
  }
  assert.ok(known.size > 40)
})
