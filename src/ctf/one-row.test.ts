import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withPupil } from '../../test/made-up-ctf.ts'
import { checkCtf } from './check-ctf.ts'
import { textIn } from './content.ts'
import { manualOf } from './manual.ts'
import { CONTENT_MODEL } from './model-table.ts'
import { readModel } from './model.ts'
import { readCtf } from './read-ctf.ts'
import { viewPupil } from './view/view.ts'
import { writeCtf } from './write.ts'
import { xsdOf } from './xsd.ts'

const today = '2026-11-22'
const ROW =
  'Pupil | YoungCarer | ? | integer 0-9 | N00999 | 26- | V | CBDS | since when a pupil cares for somebody'
const model = readModel(`${CONTENT_MODEL}${ROW}\n`)
const bytes = (value: string): Buffer => Buffer.from(withPupil(`<YoungCarer>${value}</YoungCarer>`))

test('a row more in the table, and reader, writer, check, schema, view and manual follow', () => {
  const file = readCtf(bytes(' 4 '), { model })
  assert.equal(textIn(file.pupils[0]!, 'YoungCarer'), '4', 'reader')
  assert.match(writeCtf(file, { model }), /<YoungCarer>4<\/YoungCarer>/, 'writer')
  assert.doesNotMatch(writeCtf(file, { model, version: 25 }), /YoungCarer/, 'writer of a version before it')
  const rules = (value: string) => checkCtf(bytes(value), { today, model }).findings.map(({ rule }) => rule)
  assert.deepEqual([rules('4'), rules('10')], [[], ['ctf-125']], 'check')
  assert.match(xsdOf(26, 'CTfile', model), /name="YoungCarer"/, 'schema')
  assert.doesNotMatch(xsdOf(25, 'CTfile', model), /YoungCarer/, 'schema of a version before it')
  assert.match(JSON.stringify(viewPupil(file.pupils[0]!, file.header, 'en', model)), /YoungCarer/, 'view')
  assert.ok(manualOf(model).includes('YoungCarer'), 'manual')
})

test('without the row none of them knows it, and nothing is lost', () => {
  const file = readCtf(bytes('4'))
  assert.deepEqual(file.pupils[0]!['YoungCarer'], { xml: '<YoungCarer>4</YoungCarer>' })
  assert.match(writeCtf(file), /<YoungCarer>4<\/YoungCarer>/)
  assert.deepEqual(
    checkCtf(bytes('4'), { today }).findings.map(({ rule }) => rule),
    ['ctf-102'],
  )
  assert.doesNotMatch(xsdOf(26) + manualOf(), /YoungCarer/)
})
