import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsOf } from '../../kit/i18n.ts'
import type { FileFinding } from '../file-answer.ts'
import { shownFindings } from './shown-findings.ts'

const words = wordsOf('en')

function found(rule: string, severity: FileFinding['severity'], pupil: number | null, line = 1): FileFinding {
  const upn = pupil === null ? null : `H80120000${String(pupil).padStart(4, '0')}`
  const params = { element: 'Surname', length: 60, most: 35, first: 1, pupil: pupil ?? '' }
  const path = 'CTfile/CTFpupilData/Pupil/Surname'
  return {
    rule,
    severity,
    params,
    line,
    column: 7,
    path,
    pupil: pupil === null ? null : { index: pupil, upn },
  }
}

/** The CSV's lines, without its mark. */
function csvOf(findings: readonly FileFinding[], language: 'en' | 'cy' = 'en'): string[] {
  const { csv } = shownFindings(findings, wordsOf(language))
  assert.match(csv ?? '', /^data:text\/csv;charset=utf-8,%EF%BB%BF/)
  return decodeURIComponent(csv!.split(',', 2)[1]!).slice(1).split('\r\n')
}

test('findings are grouped by pupil: the file itself first, then those that refuse it, then warnings', () => {
  const shown = shownFindings(
    [
      found('ctf-105', 'warning', 1),
      found('ctf-104', 'error', 3),
      found('ctf-120', 'error', 2),
      found('ctf-104', 'error', 2),
      found('ctf-301', 'error', null),
    ],
    words,
  )
  assert.deepEqual(
    shown.groups.map(({ about, pupil, findings }) => [
      about,
      pupil?.index ?? null,
      findings.map(({ rule }) => rule),
    ]),
    [
      ['file', null, ['ctf-301']],
      ['pupil', 2, ['ctf-120', 'ctf-104']],
      ['pupil', 3, ['ctf-104']],
      ['pupil', 1, ['ctf-105']],
    ],
  )
  assert.deepEqual([shown.errors, shown.warnings, shown.hidden], [4, 1, 0])
})

test('each says what is wrong and what to do apart, and once for all its places', () => {
  const shown = shownFindings([found('ctf-104', 'error', 1, 5), found('ctf-104', 'error', 1, 9)], words)
  const [one, ...others] = shown.groups[0]!.findings
  assert.deepEqual(others, [])
  assert.equal(one!.problem, 'Surname is missing or blank. A transfer file cannot do without it.')
  assert.match(one!.action, /make the file again/)
  assert.deepEqual(
    one!.places.map(({ line }) => line),
    [5, 9],
  )
})

test('the same words about more than three pupils are said once, with how many and where', () => {
  const pupils = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
  const shown = shownFindings(
    [...pupils.map((pupil) => found('ctf-105', 'warning', pupil)), found('ctf-104', 'error', 2)],
    words,
  )
  assert.deepEqual(
    shown.groups.map(({ about }) => about),
    ['pupil', 'many'],
  )
  const many = shown.groups[1]!.findings[0]!
  assert.deepEqual([many.pupils, many.places.length, many.more], [12, 10, 2])
  const three = shownFindings(
    [1, 2, 3].map((pupil) => found('ctf-105', 'warning', pupil)),
    words,
  )
  assert.deepEqual(
    three.groups.map(({ about }) => about),
    ['pupil', 'pupil', 'pupil'],
  )
})

test('of many pupils forty are shown, the rest counted', () => {
  const findings = Array.from({ length: 50 }, (_, at) => {
    const one = found('ctf-303', 'error', at + 1)
    return { ...one, params: { first: at + 100 } }
  })
  const shown = shownFindings(findings, words)
  assert.deepEqual([shown.groups.length, shown.hidden, shown.errors], [40, 10, 50])
  assert.equal(csvOf(findings).length, 52)
})

test('the CSV holds every finding with its place, in the language of the page', () => {
  const [head, row, end] = csvOf([found('ctf-104', 'error', 2, 5)])
  assert.equal(head, 'Pupil,UPN,Severity,What is wrong,What to do,Rule,Line,Column,Place')
  assert.equal(
    row,
    '2,H801200000002,Error,Surname is missing or blank. A transfer file cannot do without it.,' +
      '"Enter it in your school’s system and make the file again. If there is no place for it there, ask the system’s supplier.",' +
      'ctf-104,5,7,CTfile/CTFpupilData/Pupil/Surname',
  )
  assert.equal(end, '')
  assert.match(csvOf([found('ctf-104', 'error', 2, 5)], 'cy')[0]!, /^Disgybl,UPN,/)
})

test('no cell of the CSV is a formula, and none ends it: what a sender put into a UPN stays text', () => {
  const one = found('ctf-304', 'error', 1)
  for (const [upn, shown] of [
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['a"b,c', '"a""b,c"'],
    ['\uD800', '\uFFFD'],
  ] as const) {
    const [, row] = csvOf([{ ...one, pupil: { index: 1, upn } }])
    assert.ok(row!.startsWith(`1,${shown},`), row)
  }
})

test('where nothing has a place in the file, there is nothing to download', () => {
  const whole = { ...found('browser-copy', 'warning', null, 0), params: { name: 'x' } }
  assert.equal(shownFindings([whole], words).csv, null)
})
