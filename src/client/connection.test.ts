import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, beforeEach, describe, test } from 'node:test'
import { fault, openJourney, refusal, type Journey } from '../../test/journey.ts'
import type { Meddling } from '../../test/proxy.ts'
import { forEachDatabase } from '../../test/world.ts'
import { listAnswer } from './answers.ts'
import type { Call, Connection } from './connection.ts'
import { connectionFault } from './fault.ts'
import { openConnection } from './index.ts'

const LIST: Call<unknown> = {
  path: 'api/v1/files?box=inbox',
  read: (answer) => answer.json(listAnswer),
}

// one database is enough for what lies before the service: the second only shows that nothing here depends on it
forEachDatabase((name) => {
  let journey: Journey
  before(async () => {
    journey = await openJourney(name)
  })
  after(() => journey.close())

  test('a client that is known is answered', async () => {
    const connection = journey.connect(journey.receiver)
    await connection.open()
    assert.deepEqual(await connection.call(LIST), { items: [], next: null })
  })
})

describe('a connection', () => {
  let journey: Journey
  before(async () => {
    journey = await openJourney('embedded')
  })
  beforeEach(() => journey.proxy.reset())
  after(() => journey.close())

  const count = (request: string): number => journey.proxy.seen.filter((one) => one === request).length
  const LISTED = 'GET /api/v1/files'
  const TOKEN = 'POST /secure-access/token'

  /** Answers the first `times` calls of `request` otherwise. */
  function first(times: number, request: string, how: Meddling): void {
    journey.proxy.meddle = (name) => (name === request && count(request) <= times ? how : 'pass')
  }

  test('gets one token for many calls', async () => {
    const connection = journey.connect(journey.receiver)
    for (let calls = 0; calls < 3; calls += 1) await connection.call(LIST)
    assert.equal(count(TOKEN), 1)
  })

  test('gets a new token, once, when the service no longer knows the old one', async () => {
    const connection = journey.connect(journey.receiver)
    await connection.call(LIST)
    journey.server.clock.advance(2 * 60 * 60 * 1000)
    await connection.call(LIST)
    assert.deepEqual([count(TOKEN), count(LISTED)], [2, 3])
    first(10, LISTED, { status: 401, headers: { 'content-type': 'application/json' } })
    await assert.rejects(connection.call(LIST), fault('unexpected-answer'))
    assert.deepEqual([count(TOKEN), count(LISTED)], [3, 5])
  })

  test('gets a new token before the old one ends', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const connection = journey.connect(journey.receiver)
    await connection.call(LIST)
    t.mock.timers.tick(3_500_000)
    await connection.call(LIST)
    assert.equal(count(TOKEN), 1)
    t.mock.timers.tick(50_000)
    await connection.call(LIST)
    assert.equal(count(TOKEN), 2)
  })

  test('tries again when it broke, and says so before each pause', async () => {
    const said: string[] = []
    const connection = journey.connect(journey.receiver, {
      onPause: (reason, seconds) => said.push(`${reason.message} ${Math.floor(seconds)}`),
    })
    first(1, LISTED, 'drop')
    await connection.call(LIST)
    assert.deepEqual(said, ['unreachable 1'])
    journey.proxy.reset()
    first(1, LISTED, 'cut')
    await connection.call(LIST)
    assert.equal(count(LISTED), 2)
  })

  test('waits as long as a busy service asks', async () => {
    for (const request of [LISTED, TOKEN]) {
      journey.proxy.reset()
      const pauses: number[] = []
      const connection = journey.connect(journey.receiver, { onPause: (_, seconds) => pauses.push(seconds) })
      first(1, request, { status: request === TOKEN ? 429 : 503, headers: { 'retry-after': '2' } })
      await connection.call(LIST)
      assert.equal(pauses.length, 1)
      assert.ok(pauses[0]! >= 2 && pauses[0]! <= 2.5, String(pauses[0]))
    }
  })

  test('does not wait for hours', async () => {
    first(1, LISTED, { status: 429, headers: { 'retry-after': '7200' } })
    await assert.rejects(journey.connect(journey.receiver).call(LIST), fault('busy'))
    assert.equal(count(LISTED), 1)
  })

  test('says a refusal at once, in the words of the service', async () => {
    const connection = journey.connect(journey.receiver)
    const call = { ...LIST, path: 'api/v1/files/unknown' }
    await assert.rejects(connection.call(call), refusal(404))
    assert.equal(count('GET /api/v1/files/unknown'), 1)
  })

  test('of a client that is not known is refused at once', async () => {
    const stranger = journey.connect({ ...journey.receiver, secret: 'wrong' })
    await assert.rejects(stranger.open(), fault('credentials'))
    assert.equal(count(TOKEN), 1)
  })

  test('names the address of a service that calls itself another', async () => {
    const { id, secret } = journey.receiver
    const server = new URL(`${journey.server.url}/`)
    const connection: Connection = openConnection({ server, loopback: true, id, secret, language: 'en' })
    await assert.rejects(connection.open(), (error) => {
      assert.ok(fault('server-other-address')(error))
      assert.ok(error instanceof Error && 'params' in error)
      assert.deepEqual(error.params, { server: server.href, own: journey.proxy.url })
      return true
    })
  })

  const strange: [string, number, Record<string, string>, string][] = [
    ['has no such page', 404, {}, 'no'],
    ['answers everything with a page', 200, { 'content-type': 'text/html' }, '<p>Welcome</p>'],
    ['answers with broken JSON', 200, { 'content-type': 'application/json' }, '{'],
    ['answers with other JSON', 200, { 'content-type': 'application/json' }, '{"issuer":1}'],
    ['sends us elsewhere', 302, { location: 'https://example.org' }, ''],
  ]
  for (const [title, status, headers, body] of strange) {
    test(`to a server that ${title} is said to be to none of this kind`, async () => {
      const other = createServer((_, res) => res.writeHead(status, headers).end(body))
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
      const address = other.address()
      assert.ok(address !== null && typeof address === 'object')
      const server = new URL(`http://127.0.0.1:${address.port}/`)
      const connection = openConnection({ server, loopback: true, id: 'a', secret: 'b', language: 'en' })
      await assert.rejects(connection.open(), fault('not-this-service'))
      other.closeAllConnections()
      other.close()
    })
  }

  test('is never made by plain http to another machine', async () => {
    const server = new URL('http://cts.example.org/')
    const connection = openConnection({ server, loopback: false, id: 'a', secret: 'b', language: 'en' })
    await assert.rejects(connection.open(), fault('server-plain-http'))
  })
})

test('a certificate that is not to be trusted is no passing fault', () => {
  const cause = Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  const { code } = connectionFault(new TypeError('fetch failed', { cause }), new URL('https://example.org'))
  assert.equal(code, 'certificate')
})
