import assert from 'node:assert/strict'
import { test } from 'node:test'
import { processorTime } from '../../../test/processor-time.ts'
import { isMailAddress, oneLine } from './address.ts'

const TAKEN = [
  'office@cardiffhigh.invalid',
  'swyddfa.ysgol+ctf@ysgol-gymraeg.sch.invalid',
  "o'brien@school.invalid",
  'a@b.cd',
  `${'a'.repeat(64)}@school.invalid`,
]

const REFUSED = [
  '',
  'office',
  'office@localhost',
  'office@school.invalid\r\nRCPT TO:<thief@evil.invalid>',
  'office@school.invalid\n',
  'office@school.invalid\r\nBcc: thief@evil.invalid',
  'office@school.invalid, thief@evil.invalid',
  'Office <office@school.invalid>',
  'off ice@school.invalid',
  '"office"@school.invalid',
  'office@[127.0.0.1]',
  'office@school.invalid>',
  'office@@school.invalid',
  '.office@school.invalid',
  'office.@school.invalid',
  'off..ice@school.invalid',
  'office@-school.invalid',
  'office@school..invalid',
  'swyddfâ@school.invalid',
  'office@ysgôl.invalid',
  'office\u0000@school.invalid',
  `${'a'.repeat(65)}@school.invalid`,
  `a@${'a'.repeat(64)}.invalid`,
  `a@${'a.'.repeat(130)}invalid`,
]

for (const address of TAKEN) {
  test(`takes ${address}`, () => assert.equal(isMailAddress(address), true))
}

for (const address of REFUSED) {
  test(`refuses ${JSON.stringify(address.slice(0, 60))}`, () => assert.equal(isMailAddress(address), false))
}

test('a hostile address is refused in a time that does not grow out of hand', () => {
  const started = processorTime()
  assert.equal(isMailAddress(`${'a.'.repeat(100_000)}@`), false)
  assert.equal(isMailAddress('-'.repeat(254)), false)
  assert.ok(processorTime() - started < 100)
})

test('one line has no line breaks, controls or changes of direction left', () => {
  assert.equal(oneLine(' Ysgol\r\nBcc: x\u202Ey\u0007 '), 'Ysgol Bcc: x y')
})
