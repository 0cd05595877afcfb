import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newCode } from './new-code.ts'
import { ALPHABET, GROUPS, readCode, showCode } from './rules.ts'

const CODE = '46789BCDFGHJKLMNPRST'

const READ: [typed: string, read: string | null][] = [
  [CODE, CODE],
  ['4678-9BCD-FGHJ-KLMN-PRST', CODE],
  [' 4678 9bcd fghj klmn prst ', CODE],
  ['4678–9bcd—fghj‑klmn-PRST', CODE],
  [CODE.slice(1), null],
  [`${CODE}4`, null],
  [CODE.replace('4', '0'), null],
  [CODE.replace('B', 'O'), null],
  ['', null],
]
for (const [typed, read] of READ) {
  test(`"${typed}" is read as ${read ?? 'no code'}`, () => assert.equal(readCode(typed), read))
}

test('a new code has 80 random bits at least, is read as it is shown, and is never the same', () => {
  assert.equal(new Set(ALPHABET).size, ALPHABET.length)
  assert.ok(GROUPS.count * GROUPS.length * Math.log2(ALPHABET.length) >= 80)
  const codes = Array.from({ length: 200 }, newCode)
  for (const code of codes) assert.equal(readCode(showCode(code)), code)
  assert.equal(new Set(codes).size, codes.length)
  assert.equal(new Set(codes.join('')).size, ALPHABET.length)
})
