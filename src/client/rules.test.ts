import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { pauseBeforeRetry, pauseOfWatcher, readServerAddress, renewalTime, TRIES } from './rules.ts'

describe('the address of a service', () => {
  const good: [string, string][] = [
    ['https://cts.example.org', 'https://cts.example.org/'],
    ['https://cts.example.org/', 'https://cts.example.org/'],
    ['https://example.org/cts', 'https://example.org/cts/'],
    ['https://example.org:8443/cts//', 'https://example.org:8443/cts/'],
    ['http://localhost:3000', 'http://localhost:3000/'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000/'],
    ['http://127.3.2.1', 'http://127.3.2.1/'],
    ['http://[::1]:3000', 'http://[::1]:3000/'],
  ]
  for (const [text, href] of good) {
    test(`${text} is taken`, () => {
      const read = readServerAddress(text)
      assert.equal(read.ok && read.url.href, href)
    })
  }

  const unencrypted = [
    'http://cts.example.org',
    'http://10.0.0.1:3000',
    'http://localhost.example.org',
    'http://127.0.0.1.example.org',
    'http://[::2]',
  ]
  for (const text of unencrypted) {
    test(`${text} is refused: it is not encrypted`, () => {
      assert.deepEqual(readServerAddress(text), { ok: false, problem: 'server-plain-http' })
    })
  }

  const none = [
    '',
    'cts.example.org',
    'localhost:3000',
    'ftp://example.org',
    'file:///etc',
    'https://a:b@example.org',
  ]
  for (const text of none) {
    test(`“${text}” is none`, () => {
      assert.deepEqual(readServerAddress(text), { ok: false, problem: 'server-address' })
    })
  }
})

describe('trying again', () => {
  test('grows to half a minute and ends', () => {
    const pauses = Array.from({ length: TRIES }, (_, index) => pauseBeforeRetry(index + 1, null, 0))
    assert.deepEqual(pauses, [1, 2, 4, 8, 16, 30, null])
  })
  test('waits as long as the service asks, but not minutes', () => {
    assert.equal(pauseBeforeRetry(1, 20, 0), 20)
    assert.equal(pauseBeforeRetry(6, 3, 0), 30)
    assert.equal(pauseBeforeRetry(1, 3600, 0), null)
  })
  test('is spread over a quarter more', () => {
    assert.equal(pauseBeforeRetry(1, 20, 1), 25)
  })
})

describe('a watcher', () => {
  const cases: [string, number, number, number | null, number][] = [
    ['looks as often as it was asked', 10, 0, null, 10],
    ['looks more seldom while the service is away', 10, 1, null, 20],
    ['and more', 10, 3, null, 80],
    ['but every five minutes', 10, 30, null, 300],
    ['never more often than it was asked', 3600, 5, null, 3600],
    ['waits as the service asks', 10, 1, 60, 60],
    ['but not for hours', 10, 1, 86_400, 300],
  ]
  for (const [title, every, away, asked, seconds] of cases) {
    test(title, () => assert.equal(pauseOfWatcher(every, away, asked), seconds))
  }
})

test('a token is renewed a minute before its end, a short one at half its life', () => {
  assert.equal(renewalTime(1000, 3600), 1000 + 3_540_000)
  assert.equal(renewalTime(1000, 60), 1000 + 30_000)
})
