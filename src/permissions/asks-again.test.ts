import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asksNow } from './asks-again.ts'

const CASES: [method: 'GET' | 'POST', seconds: number, asks: boolean][] = [
  ['GET', 0, false],
  ['GET', 600, false],
  ['GET', 601, true],
  ['POST', 601, false],
  ['POST', 1800, false],
  ['POST', 1801, true],
  ['GET', -30, false],
]

for (const [method, seconds, asks] of CASES)
  test(`${method} ${seconds} seconds after the sign-in, of ten minutes: ${asks ? 'asks again' : 'goes on'}`, () => {
    const signedInAt = new Date('2026-09-02T09:05:00Z')
    const now = new Date(signedInAt.getTime() + seconds * 1000)
    assert.equal(asksNow(method, { signedInAt, now, confirmMinutes: 10 }), asks)
  })
