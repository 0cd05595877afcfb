import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ulnProblem, upnCheckLetter, upnLaNumber, upnProblem } from './rules.ts'

const upns: [string, ReturnType<typeof upnProblem>][] = [
  ['B801200005001', null],
  ['A950000178301', null],
  ['H243278544154', null],
  ['X845212818005', null],
  ['J680405913001', null],
  ['V660540109999', null],
  ['A123456789012', null],
  ['E000200005001', null],
  ['A801200005001', 'check-letter'],
  ['R247962919251', 'check-letter'],
  ['X428558133462', 'check-letter'],
  ['X80120000A001', 'digits'],
  ['X801200005I01', 'digits'],
  ['B80120000500S', 'digits'],
  ['I801200005001', 'letter'],
  ['O801200005001', 'letter'],
  ['S801200005001', 'letter'],
  ['b801200005001', 'letter'],
  ['1801200005001', 'letter'],
  ['B80120000500', 'length'],
  ['B8012000050011', 'length'],
  ['', 'length'],
]

test('a UPN is right only with its form and its check letter', () => {
  for (const [upn, problem] of upns) assert.equal(upnProblem(upn), problem, upn)
})

test('the check letter of every body makes a right UPN, temporary ones too', () => {
  for (const body of ['801200005001', '68140392600Z', '68140392699A', '000000000000']) {
    const upn = upnCheckLetter(body) + body
    assert.equal(upnProblem(upn), null, upn)
  }
  assert.throws(() => upnCheckLetter('80120000500I'), RangeError)
  assert.throws(() => upnCheckLetter('8012'), RangeError)
})

test('any one digit of a UPN changed is noticed', () => {
  const upn = 'B801200005001'
  for (let at = 1; at < 13; at++) {
    const changed = upn.slice(0, at) + String((Number(upn[at]) + 1) % 10) + upn.slice(at + 1)
    assert.notEqual(upnProblem(changed), null, changed)
  }
})

test('the LA that issued a UPN is read from it', () => assert.equal(upnLaNumber('B801200005001'), '801'))

const ulns: [string, ReturnType<typeof ulnProblem>][] = [
  ['1026893096', null],
  ['1174112637', null],
  ['4444599390', null],
  ['6936002314', null],
  ['7667649978', null],
  ['1000000027', null],
  ['1000000043', null],
  ['1000000000', null],
  ['9999999999', 'check-digit'],
  ['8215060736', 'check-digit'],
  ['1000000063', 'check-digit'],
  ['0123456789', 'first-digit'],
  ['100000004', 'length'],
  ['10000000431', 'length'],
  ['100000004A', 'digits'],
  ['１000000043', 'digits'],
]

test('a ULN is right only with ten digits and its check digit', () => {
  for (const [uln, problem] of ulns) assert.equal(ulnProblem(uln), problem, uln)
})
