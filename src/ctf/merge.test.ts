import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textIn, type CtfFile, type Elements } from './content.ts'
import { mergeFiles, type MergeOptions, type MergeProblem } from './merge.ts'
import { readCtf } from './read-ctf.ts'
import { sampleCtf } from './sample.ts'
import { fileOfPart, splitByPupil } from './split.ts'
import { writeCtf } from './write.ts'

const NOW = '2026-11-22T09:30:00'

const file = (
  DateTime: string,
  upns: string[],
  header: Elements = {},
  more: Partial<CtfFile> = {},
): CtfFile => ({
  root: 'CTfile',
  version: 26,
  header: {
    DateTime,
    DocumentQualifier: 'full',
    SourceSchool: { LEA: '681', Estab: '4039' },
    DestSchool: { LEA: '680', Estab: '4020' },
    ...header,
  },
  pupils: upns.map((UPN) => ({ UPN, Surname: `of ${DateTime}` })),
  rest: {},
  ...more,
})

const upnsOf = (files: [CtfFile, ...CtfFile[]], options: Partial<MergeOptions> = {}) => {
  const merged = mergeFiles(files, { now: NOW, ...options })
  assert.ok(merged.ok)
  return merged.file.pupils.map((pupil) => `${textIn(pupil, 'UPN')} ${textIn(pupil, 'Surname')}`)
}

test('what was split by pupil is the same file again when it is merged', () => {
  const { bytes } = sampleCtf({
    pupils: 5,
    seed: 2,
    source: '6814039',
    destination: '6804020',
    today: '2026-11-22',
  })
  const whole = readCtf(bytes)
  const [first, ...others] = splitByPupil(whole, '6804020').map((part) => fileOfPart(whole, part, NOW))
  const merged = mergeFiles([first!, ...others], { now: textIn(whole.header, 'DateTime')! })
  assert.ok(merged.ok)
  assert.equal(writeCtf(merged.file), Buffer.from(bytes).toString())
})

test('the header is of the newest file and of this moment; what nobody knows is kept of all', () => {
  const merged = mergeFiles(
    [
      file('2026-10-01T08:00:00', ['A'], { SupplierID: 'old' }, { rest: { Extra: { xml: '<Extra/>' } } }),
      file(
        '2026-11-01T08:00:00',
        ['B'],
        { SupplierID: 'new' },
        { rest: { Extra: { xml: '<Extra>2</Extra>' } } },
      ),
      file('2026-09-01T08:00:00', ['C'], { SupplierID: 'older' }),
    ],
    { now: NOW },
  )
  assert.ok(merged.ok)
  assert.deepEqual([merged.file.header['SupplierID'], merged.file.header['DateTime']], ['new', NOW])
  assert.deepEqual(merged.file.rest, { Extra: [{ xml: '<Extra/>' }, { xml: '<Extra>2</Extra>' }] })
})

test('of a pupil in several files the newest data is kept where that is asked for, in the first place', () => {
  const [old, newer] = ['2026-10-01T08:00:00', '2026-11-01T08:00:00']
  const expected = ['A of 2026-10-01T08:00:00', 'B of 2026-11-01T08:00:00', 'C of 2026-11-01T08:00:00']
  assert.deepEqual(upnsOf([file(old, ['A', 'B']), file(newer, ['B', 'C'])], { latest: true }), expected)
  assert.deepEqual(upnsOf([file(newer, ['B', 'C']), file(old, ['A', 'B'])], { latest: true }), [
    expected[1],
    expected[2],
    expected[0],
  ])
})

const first = file('2026-10-01T08:00:00', ['A'])
const lost = { DestSchool: { LEA: 'XXX', Estab: 'XXXX' } }
const problems: [MergeProblem, [CtfFile, ...CtfFile[]], Partial<MergeOptions>][] = [
  ['source', [first, file('x', ['B'], { SourceSchool: { LEA: '681', Estab: '4040' } })], {}],
  ['destination', [first, file('x', ['B'], { DestSchool: { LEA: '680', Estab: '4021' } })], {}],
  ['kind', [first, file('x', ['B'], { DocumentQualifier: 'partial', DataQualifier: 'KS2' })], {}],
  ['kind', [first, file('x', ['B'], { DocumentQualifier: 'partial' })], {}],
  ['kind', [first, file('x', ['B'], {}, { root: 'ATfile' })], {}],
  ['version', [first, file('x', ['B'], {}, { version: 25 })], {}],
  ['lost', [file('x', ['A'], lost), file('x', ['B'], lost)], {}],
  ['twice', [first, file('2026-11-01T08:00:00', ['A'])], {}],
  ['twice', [first, file('2026-10-01T08:00:00', ['A'])], { latest: true }],
]

for (const [problem, files, options] of problems) {
  test(`files are not merged: ${problem}`, () => {
    const merged = mergeFiles(files, { now: NOW, ...options })
    assert.ok(!merged.ok)
    assert.deepEqual([merged.problem, merged.index], [problem, 1])
    assert.equal(merged.upn, problem === 'twice' ? 'A' : undefined)
  })
}
