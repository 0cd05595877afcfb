import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { VALUE_CASES, rowOf } from '../../../test/value-cases.ts'
import { CTF_MODEL } from '../model.ts'
import { checkOf, codeSetOf, facetsOf } from './index.ts'

const ELEMENTS = CTF_MODEL.rows

const TODAY = '2026-11-22'

/** The rules that a value breaks. */
function brokenBy(type: string, value: string, certainty?: string, today = TODAY): string {
  return checkOf(rowOf(type, certainty))!(value, today)
    .map(([rule]) => rule)
    .join(' ')
}

test('each type takes what is right and says what is wrong', () => {
  for (const [type, right, wrong] of VALUE_CASES) {
    for (const value of right) assert.equal(brokenBy(type, value), '', `${type}: ${value}`)
    for (const [rule, values] of Object.entries(wrong))
      for (const value of values) assert.equal(brokenBy(type, value), rule, `${type}: ${value}`)
  }
})

test('every type that the table uses has its cases', () => {
  const tried = new Set(VALUE_CASES.map(([type]) => type.split(' ')[0]))
  for (const { content } of ELEMENTS)
    if (content !== 'any' && 'is' in content) assert.ok(tried.has(content.is), content.is)
})

test('the versions that are taken turn with the academic year, and in August both are', () => {
  const taken = (type: string, today: string, values: string[]) =>
    values.filter((value) => brokenBy(type, value, 'V', today) === '').join(' ')
  const versions = ['24.0', '25.0', '26.0', '27.0']
  assert.equal(taken('ctf-version', '2026-07-31', versions), '24.0 25.0')
  assert.equal(taken('ctf-version', '2026-08-31', versions), '24.0 25.0 26.0')
  assert.equal(taken('ctf-version', '2026-09-01', versions), '25.0 26.0')
})

describe('where the row is not verified', () => {
  test('a wrong form is a warning, of a code with its set and of all else with the form', () => {
    for (const [type, , wrong] of VALUE_CASES) {
      for (const [rule, values] of Object.entries(wrong))
        for (const value of values)
          for (const certainty of ['I', 'U'])
            assert.ok(
              ['ctf-132', 'ctf-140', rule].includes(brokenBy(type, value, certainty)),
              `${type}: ${value}`,
            )
    }
    for (const [type, value, rule, params] of [
      ['text 5', 'abcdef', 'ctf-132', { form: '≤ 5' }],
      ['date', 'x', 'ctf-132', { form: 'CCYY-MM-DD' }],
      ['boolean', 'x', 'ctf-132', { form: 'true, false, 1, 0' }],
      ['year', '26', 'ctf-132', { form: 'CCYY' }],
      ['code sex', 'x', 'ctf-140', { codes: 'M, F' }],
      ['code speak-welsh', '4', 'ctf-140', { codes: '1, 2, 3, 9' }],
    ] as const)
      assert.deepEqual(checkOf(rowOf(type, 'U'))!(value, TODAY), [[rule, params]], type)
    assert.equal(brokenBy('email', 'x', 'I'), 'ctf-134', 'what only warns stays')
  })

  test('no row of the table can be refused for its value', () => {
    const onlyWarn = new Set([
      'text',
      'names',
      'date',
      'arrival',
      'boolean',
      'code',
      'open',
      'year',
      'urn',
      'email',
    ])
    for (const { content, certainty, parent, name } of ELEMENTS)
      if (certainty !== 'V' && content !== 'any' && 'is' in content)
        assert.ok(onlyWarn.has(content.is), `${parent}/${name}`)
  })
})

test('what a finding says beside its rule', () => {
  const cases: [string, string, object][] = [
    ['text 5', 'abcdef', { length: 6, most: 5 }],
    ['integer 0-400', '401', { least: 0, most: 400 }],
    ['code sex', 'X', { codes: 'M, F' }],
    [
      'code ethnicity',
      'X',
      { codes: 'WBRI, WCOR, WENG, WSCO, WWEL, WOWB, WIRI, WIRT, WOTH, WALB, WBOS, WCRO …' },
    ],
    ['title', 'MRS', { title: 'Mrs' }],
    ['marks', '/QQ1ab2c9', { marks: '“Q” “1” “a” “b” “2”' }],
    ['marks', '/ \\', { marks: '“ ”' }],
    ['code leaving-reason', 'NI', { code: 'NI' }],
    ['la', '999', { la: '999' }],
    ['upn', 'E000200005001', { la: '000' }],
    ['dob', '2000-08-31', { age: 26 }],
    ['dob', '2026-10-01', { age: 0 }],
    ['ctf-document', 'x', { expected: 'Common Transfer File' }],
    ['ctf-version', '24.0', { version: '24.0', accepted: '26.0 / 25.0' }],
  ]
  for (const [type, value, params] of cases)
    assert.deepEqual(checkOf(rowOf(type))!(value, TODAY)[0]![1], params, type)
})

test('a right value is answered with the same empty list, and one without parameters with the same list too', () => {
  const right = checkOf(rowOf('date'))!
  assert.equal(right('2026-01-01', TODAY), checkOf(rowOf('code sex'))!('M', TODAY))
  assert.equal(right('x', TODAY), right('y', TODAY))
})

test('a row says its values in words by a code set, marks by the set of each mark', () => {
  const setOf = (type: string) => codeSetOf(rowOf(type))?.name ?? null
  assert.deepEqual(['code ethnicity', 'open aln-body', 'la', 'marks', 'text 5', 'upn'].map(setOf), [
    'ethnicity',
    'aln-body',
    'la',
    'attendance',
    null,
    null,
  ])
  assert.equal(codeSetOf({ ...rowOf('date'), content: 'any' }), null)
})

test('a row without a value has neither check nor facets', () => {
  for (const content of ['any', { group: 'Pupil' }] as const) {
    assert.equal(checkOf({ ...rowOf('date'), content }), null)
    assert.equal(facetsOf({ ...rowOf('date'), content }), null)
  }
})
