import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal, type RefusalKind } from './refusal.ts'

/** The statuses that the API promises for each kind of no (RFC 9110). */
const STATUS: Record<RefusalKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  unsupported: 415,
  unacceptable: 422,
  'too-many': 429,
  internal: 500,
  unavailable: 503,
}
for (const [kind, status] of Object.entries(STATUS) as [RefusalKind, number][]) {
  test(`${kind} is answered ${status}`, () => assert.equal(new Refusal(kind, 'code').status, status))
}

test('the message of a refusal is its code alone: what it was about is not written to a log by it', () => {
  const refusal = new Refusal('conflict', 'name-taken', { params: { name: 'x.xml' }, because: 'why' })
  assert.equal(refusal.message, 'name-taken')
  assert.equal(String(refusal), 'Refusal: name-taken')
})
