import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { VALID_FILES } from '../../test/ctf-mutants.ts'
import { xmllint } from '../../test/xmllint.ts'
import { xsdOf } from './xsd.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'cts-xsd-'))
})
after(() => rmSync(folder, { recursive: true }))

test("Debian's xmllint accepts the schema of every version, and by it every valid file and no other", () => {
  for (const { title, version, root, xml } of VALID_FILES) {
    const [schema, file] = [join(folder, 'schema.xsd'), join(folder, 'file.xml')]
    writeFileSync(schema, xsdOf(version, root))
    writeFileSync(file, xml)
    const { took, said } = xmllint(schema, file)
    assert.ok(took, `${title}: ${said}`)
    writeFileSync(file, xml.replace('<Surname>', '<Unknown/><Surname>'))
    assert.match(xmllint(schema, file).said, /Element 'Unknown': This element is not expected/, title)
  }
})
