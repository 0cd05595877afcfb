import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkCtf } from './check-ctf.ts'
import { rememberRight } from './right-values.ts'
import { sampleCtf } from './sample.ts'

const rights = rememberRight()

/** What is remembered of a value as it stands in a window. */
function find(
  number: number,
  value: string,
  behind = '</Sex>\n',
  before = '            <Sex>',
): string | null {
  const bytes = Uint8Array.from(Buffer.from(`${before}${value}${behind}      `))
  return rights.find({ number }, new DataView(bytes.buffer), before.length, before.length + value.length)
}

test('a value is known when it was right for the same element, and no other', () => {
  const values = ['M', 'F', '12', '21', '26.0', '26.01', 'abcdefgh', 'abcdXfgh', 'abcdefgX', 'abcdefghi']
  const dates = ['2024-01-02', '2024-02-01', '2024-01-12', '2025-01-02', '123456789012', '123X56789012']
  for (const value of [...values, ...dates]) {
    assert.equal(find(1, value), null, value)
    rights.keep(value)
    assert.equal(find(1, value), value)
    assert.equal(find(2, value), null, 'of another element')
  }
  for (const value of ['123456X89012', '1234567X9012', '12345678901X', '2024-01-0', '1', 'm', 'abcdefg'])
    assert.equal(find(1, value), null, value)
})

test('values of the same hash are told apart', () => {
  for (let number = 10; number < 5000; number++) {
    assert.equal(find(number, 'M'), null)
    rights.keep('M')
    const digits = String(number).padStart(4, '0')
    for (const value of [`2026${digits}9876`, `${digits}9876`, `9876${digits}`]) {
      assert.equal(find(1, value), null, value)
      rights.keep(value)
    }
  }
})

test('a wrong value is found as often as it stands there', () => {
  const today = '2026-11-22'
  const { bytes } = sampleCtf({ pupils: 5, seed: 1, source: '6814039', destination: '6804020', today })
  const wrong = Buffer.from(bytes)
    .toString()
    .replaceAll(/(?<=<Sex>)[MF]/g, 'X')
  const found = checkCtf(Buffer.from(wrong), { today }).findings.filter(({ path }) => path.endsWith('/Sex'))
  assert.equal(found.length, wrong.split('<Sex>').length - 1)
})

test('what stands around a value makes no other of it', () => {
  assert.equal(find(1, '0', '</Year>'), null)
  rights.keep('0')
  for (const [behind, before] of [
    ['</Year>', '            <Year>'],
    [' </Sex>', '            <Sex>'],
    ['0</Sex>', '            <Sex>'],
    ['</Sex>', '             <Sex>0'],
  ])
    assert.ok([null, '0'].includes(find(1, '0', behind, before)))
})

test('a value that is long, or at the very beginning of the window, is not remembered', () => {
  for (const [value, before] of [
    ['1234567890123', '            <Sex>'],
    ['1', '<Sex>'],
  ] as const) {
    assert.equal(find(3, value, '</Sex>', before), null)
    rights.keep(value)
    assert.equal(find(3, value, '</Sex>', before), null)
  }
})
