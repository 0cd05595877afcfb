import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkCtf } from './check-ctf.ts'
import { textIn } from './content.ts'
import { readModel } from './model.ts'
import { CONTENT_MODEL } from './model-table.ts'
import { readCtf } from './read-ctf.ts'
import { sampleCtf } from './sample.ts'
import { sectionNames, selectFrom } from './select.ts'
import { writeCtf } from './write.ts'

const now = '2026-11-22T09:30:00'
const { bytes } = sampleCtf({
  pupils: 3,
  seed: 1,
  source: '6814039',
  destination: '6804020',
  today: '2026-11-22',
})
const extra = (text: string) =>
  text.replaceAll('</Pupil>', '<Extra/></Pupil>').replace('</CTfile>', '<Other/></CTfile>')
const whole = readCtf(new TextEncoder().encode(extra(Buffer.from(bytes).toString())))
const upns = whole.pupils.map((pupil) => textIn(pupil, 'UPN')!)

test('core items always stay, beside the sections asked for and no others', () => {
  const { file } = selectFrom(whole, { sections: ['SENhistory'], now })
  assert.deepEqual(Object.keys(file.pupils[0]!), ['UPN', 'Surname', 'Forename', 'DOB', 'Sex', 'SENhistory'])
  assert.deepEqual(file.pupils[0]!['SENhistory'], whole.pupils[0]!['SENhistory'])
  assert.equal(file.pupils.length, 3)
  const written = new TextEncoder().encode(writeCtf(file))
  assert.equal(checkCtf(written, { today: '2026-11-22' }).errors, 0)
})

test('no section at all leaves the core items', () => {
  const { file } = selectFrom(whole, { sections: [], now })
  assert.deepEqual(Object.keys(file.pupils[2]!), ['UPN', 'Surname', 'Forename', 'DOB', 'Sex'])
})

test('pupils asked for are kept whole, in the order of the file, and those who are not there are told', () => {
  const { file, missing } = selectFrom(whole, { pupils: [upns[2]!, 'Z999', upns[0]!], now })
  assert.deepEqual(file.pupils, [whole.pupils[0], whole.pupils[2]])
  assert.deepEqual(missing, ['Z999'])
})

test('what nobody knows does not go with a selection', () => {
  assert.ok('Extra' in whole.pupils[0]! && 'Other' in whole.rest)
  const sections = selectFrom(whole, { sections: ['Email'], now }).file
  assert.ok(!('Extra' in sections.pupils[0]!) && !('Other' in sections.rest))
  assert.deepEqual(selectFrom(whole, { pupils: upns, now }).file.rest, {})
})

test('a partial file says so with its qualifier; else the header says what it said, and when', () => {
  const partial = selectFrom(whole, { sections: ['StageAssessments'], qualifier: 'KS2', now }).file.header
  assert.deepEqual(
    [partial['DocumentQualifier'], partial['DataQualifier'], partial['DateTime']],
    ['partial', 'KS2', now],
  )
  assert.deepEqual(partial['DestSchool'], whole.header['DestSchool'])
  const full = selectFrom(whole, { sections: ['StageAssessments'], now }).file.header
  assert.deepEqual([full['DocumentQualifier'], full['DataQualifier']], ['full', undefined])
})

test('an admissions file has sections of its own', () => {
  assert.ok(sectionNames('ATfile').includes('Admissions') && !sectionNames().includes('Admissions'))
  const pupil = { UPN: 'x', Surname: 'Rees', Admissions: { xml: '<Admissions/>' }, Email: 'y' }
  const { file } = selectFrom({ ...whole, root: 'ATfile', pupils: [pupil] }, { sections: ['Email'], now })
  assert.deepEqual(file.pupils, [{ UPN: 'x', Surname: 'Rees', Email: 'y' }])
})

test('all but core items can be chosen, a row that is new in the table too', () => {
  const names = sectionNames()
  for (const core of ['UPN', 'Surname', 'Forename', 'DOB', 'Sex', 'Gender']) assert.ok(!names.includes(core))
  for (const name of ['UniqueLearnerNumber', 'BasicDetails', 'SchoolHistory', 'SuppInfo'])
    assert.ok(names.includes(name))
  const model = readModel(`${CONTENT_MODEL}Pupil | Nickname | ? | text 35 | | | V | CBDS |`)
  assert.ok(sectionNames('CTfile', model).includes('Nickname'))
  const [pupil] = selectFrom(
    { ...whole, pupils: [{ UPN: 'x', Nickname: 'Bo', Email: 'y' }] },
    { sections: ['Nickname'], now },
    model,
  ).file.pupils
  assert.deepEqual(pupil, { UPN: 'x', Nickname: 'Bo' })
})

test('a request for learner numbers goes to the school that asks', () => {
  const { file } = selectFrom(whole, { sections: ['Address'], qualifier: 'ULN', now })
  assert.deepEqual(file.header['DestSchool'], { LEA: '681', Estab: '4039' })
  const reading = checkCtf(new TextEncoder().encode(writeCtf(file)), { today: '2026-11-22' })
  assert.deepEqual(
    reading.findings.filter(({ rule }) => rule.startsWith('ctf-8')),
    [],
  )
})
