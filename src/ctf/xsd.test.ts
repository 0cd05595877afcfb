import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VALID_FILES } from '../../test/ctf-mutants.ts'
import { openLibxml2 } from '../../test/libxml2.ts'
import { CONTENT_MODEL } from './model-table.ts'
import { CTF_MODEL, isCarried, readModel } from './model.ts'
import { XSD_ROOTS, XSD_VERSIONS, xsdOf } from './xsd.ts'

const core = VALID_FILES.find(({ title }) => title === 'core items 26')!.xml

/** Whether libxml2 takes a document by a schema, and what it says when not. */
function said(schema: string, document: string): string {
  const peer = openLibxml2(schema)
  try {
    return peer.verdict(Buffer.from(document)).said
  } finally {
    peer.dispose()
  }
}

test('libxml2 accepts the schema of every version and root', () => {
  for (let version: number = XSD_VERSIONS.first; version <= XSD_VERSIONS.last; version++) {
    for (const root of XSD_ROOTS) openLibxml2(xsdOf(version, root)).dispose()
  }
})

test('a row of the content model is an element of the schema, in the versions that carry it and nowhere else', () => {
  const row = 'Pupil | YoungCarer | ? | boolean | N99999 | 25- | I | GIAP | an invented row'
  const model = readModel(`${CONTENT_MODEL}${row}`)
  const file = core.replace('</Pupil>', '<YoungCarer>true</YoungCarer></Pupil>')
  assert.equal(said(xsdOf(26, 'CTfile', model), file), '')
  assert.match(said(xsdOf(26, 'CTfile', model), file.replace('>true<', '>maybe<')), /xs:boolean|'boolean'/)
  assert.match(said(xsdOf(26), file), /'YoungCarer': This element is not expected/)
  const before = file.replace('26.0', '24.0')
  assert.match(said(xsdOf(24, 'CTfile', model), before), /'YoungCarer': This element is not expected/)
  const about = 'CBDS N99999. Inferred: GIAP. From version 25 on. An invented row.'
  assert.ok(xsdOf(25, 'CTfile', model).includes(`<xs:documentation>${about}</xs:documentation>`))
})

test('every element says where it is from', () => {
  const schema = xsdOf(26)
  const elements = schema.match(
    /<xs:element name="\w+" type="[^"]+"( minOccurs="0")?( maxOccurs="unbounded")?>\n.*\n.*<xs:documentation>(CBDS N\d{5}\. )?(Verified|Inferred|Not verified)/g,
  )
  // the root has none, nor has SuppID, which is of no table
  assert.equal(elements?.length, schema.match(/<xs:element /g)!.length - 2)
  assert.ok(elements.length > 150)
})

test('a pupil has Gender or Sex, whichever its version carries', () => {
  const has = (version: number, ...names: string[]): string => {
    const elements = names.map((name) => `<${name}>F</${name}>`).join('')
    return said(xsdOf(version), core.replace('26.0', `${version}.0`).replace('<Sex>F</Sex>', elements))
  }
  const rows = CTF_MODEL.groups.get('Pupil')!
  // the file has what earlier versions do not
  for (let version = 18; version <= XSD_VERSIONS.last; version++) {
    const names = ['Gender', 'Sex'].filter((name) => isCarried(rows.get(name)!, version, 'CTfile'))
    for (const name of names) assert.equal(has(version, name), '', `${version} ${name}`)
    assert.equal(has(version, ...names), '', String(version))
    assert.notEqual(has(version), '', String(version))
    assert.notEqual(has(version, ...names.toReversed(), ...names), '', String(version))
    if (names.length === 1) assert.notEqual(has(version, 'Gender', 'Sex'), '', String(version))
  }
})

test('a container of optional elements may not be empty, and takes each of them alone', () => {
  const schema = xsdOf(26)
  const withLines = (lines: string) =>
    core.replace('</Sex>', `</Sex><Address><BS7666Address>${lines}</BS7666Address></Address>`)
  assert.match(said(schema, withLines('')), /'BS7666Address': Missing child element/)
  for (const name of CTF_MODEL.groups.get('BS7666Address')!.keys()) {
    assert.equal(said(schema, withLines(`<${name}>1</${name}>`)), '', name)
  }
  assert.equal(said(schema, withLines('<PAON>1</PAON><Town>Newport</Town>')), '')
  assert.match(
    said(schema, withLines('<Town>Newport</Town><PAON>1</PAON>')),
    /'PAON': This element is not expected/,
  )
})

test('a root that the model does not have is refused', () => {
  const ctf = CONTENT_MODEL.split('\n')
    .filter((line) => !/^ATF?/.test(line))
    .join('\n')
  assert.throws(() => xsdOf(26, 'ATfile', readModel(ctf)), /no root ATfile/)
})
