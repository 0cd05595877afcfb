import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it, test } from 'node:test'
import { sql } from '../src/kit/database.ts'
import { apiOf, CARDIFF_HIGH, ctf, JOHN_FROST, type ApiAnswer } from './api.ts'
import { findPostgres, startPostgres } from './postgres.ts'
import { openTestServer, type TestClient, type TestServer } from './server.ts'
import { forEachDatabase } from './world.ts'

const ALL_WELL = { database: 'ok', strongroom: 'ok', queue: 'ok', scanner: 'not configured' }

const ready = (server: Pick<TestServer, 'url'>): Promise<ApiAnswer> =>
  apiOf(server).call('GET', '/health/ready')

forEachDatabase((name) => {
  let server: TestServer
  let client: TestClient
  let file: { id: string; name: string }
  before(async () => {
    server = await openTestServer(name)
    client = await server.client(CARDIFF_HIGH, 'school-user')
    const { name: fileName, bytes } = ctf(CARDIFF_HIGH, JOHN_FROST)
    const { json } = await apiOf(server, client).upload(fileName, bytes)
    file = { id: json.id, name: fileName }
  })
  after(() => server.close())

  /** Breaks something for the length of a check. */
  async function whileBroken(broken: string, mended: string, check: () => Promise<void>): Promise<void> {
    await sql.raw(broken).execute(server.world.db)
    try {
      await check()
    } finally {
      await sql.raw(mended).execute(server.world.db)
    }
  }

  async function assertFailed(part: keyof typeof ALL_WELL): Promise<void> {
    const { status, json } = await ready(server)
    assert.deepEqual([status, json], [503, { status: 'failed', checks: { ...ALL_WELL, [part]: 'failed' } }])
  }

  describe('/health', () => {
    it('is live, and ready with each part by its name', async () => {
      const live = await apiOf(server).call('GET', '/health/live')
      assert.deepEqual([live.status, live.json], [200, { status: 'ok' }])
      const { status, json, headers } = await ready(server)
      assert.deepEqual([status, json], [200, { status: 'ok', checks: ALL_WELL }])
      assert.equal(headers.get('cache-control'), 'no-store')
    })

    it('is not ready without the outbox, and names the queue', () =>
      whileBroken('alter table kit.mail rename to away', 'alter table kit.away rename to mail', () =>
        assertFailed('queue'),
      ))

    it('is not ready where SECRET_KEY lacks a key that something is sealed with, and names the strongroom', () =>
      whileBroken(
        `update kit.body set key_id = 'lost' || key_id`,
        `update kit.body set key_id = replace(key_id, 'lost', '')`,
        () => assertFailed('strongroom'),
      ))

    it('says within seconds that the database does not answer, and is live all the while', async () => {
      const { pool } = server.world.database
      const held = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()))
      try {
        const signal = AbortSignal.timeout(10_000)
        const answer = await fetch(`${server.url}/health/ready`, { signal })
        const { checks } = (await answer.json()) as { checks: object }
        assert.deepEqual(
          [answer.status, checks],
          [503, { database: 'failed', strongroom: 'failed', queue: 'failed', scanner: 'not configured' }],
        )
        assert.equal((await apiOf(server).call('GET', '/health/live')).status, 200)
      } finally {
        for (const connection of held) connection.release()
      }
      assert.equal((await ready(server)).status, 200)
    })
  })

  describe('/metrics', () => {
    it('is Prometheus text with every request under its route', async () => {
      await apiOf(server, client).call('GET', `/api/v1/files/${file.id}`)
      await apiOf(server).call('GET', `/some/where/${file.name}`)
      const { status, headers, bytes } = await apiOf(server).call('GET', '/metrics')
      assert.equal(status, 200)
      assert.match(headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
      const text = bytes.toString()
      const LINE = /^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"\\\n]*",?)+\})? [\d.e+-]+|\w+ Nan|)$/i
      assert.deepEqual(
        text.split('\n').filter((line) => !LINE.test(line)),
        [],
      )
      for (const line of [
        /cts_request_seconds_count\{method="POST",route="\/api\/v1\/files",status="201"\} 1/,
        /cts_request_seconds_count\{method="GET",route="\/api\/v1\/files\/:id",status="200"\} 1/,
        /cts_request_seconds_count\{method="GET",route="unknown",status="404"\} 1/,
      ]) {
        assert.match(text, line)
      }
    })

    it('names no file, pupil, organisation or client', async () => {
      const { rows } = await sql<{ surname: string; upn: string }>`
        select surname, upn from transfers.pupil`.execute(server.world.db)
      const text = (await apiOf(server).call('GET', '/metrics')).bytes.toString()
      const secret = [file.id, file.name, CARDIFF_HIGH, client.id, client.token]
      for (const word of [...secret, ...rows.flatMap(({ surname, upn }) => [surname, upn])]) {
        assert.ok(!text.includes(word), word)
      }
    })
  })
})

describe('/metrics is for the operator', () => {
  const PASSED_ON: [title: string, headers: Record<string, string>][] = [
    ['through a proxy', { 'x-forwarded-for': '203.0.113.9' }],
    ['through a proxy, pretending to be this machine', { 'x-forwarded-for': '127.0.0.1, 203.0.113.9' }],
    ['through a proxy that says so by the standard', { forwarded: 'for=203.0.113.9' }],
  ]

  for (const [title, env] of [
    ['no proxy is trusted', {}],
    ['the proxy is trusted', { TRUSTED_PROXIES: '127.0.0.1' }],
  ] as const) {
    test(`without OPERATOR_TOKEN from this machine alone (${title})`, async (t) => {
      const server = await openTestServer('embedded', { env: { ...env } })
      t.after(() => server.close())
      assert.equal((await apiOf(server).call('GET', '/metrics')).status, 200)
      for (const [title, headers] of PASSED_ON) {
        const { status, json } = await apiOf(server).call('GET', '/metrics', { headers })
        assert.deepEqual([status, json.status], [404, 404], title)
      }
    })
  }

  test('with OPERATOR_TOKEN by that token alone', async (t) => {
    const token = 'an operator token for tests only'.replaceAll(' ', '-')
    const server = await openTestServer('embedded', { env: { OPERATOR_TOKEN: token } })
    t.after(() => server.close())
    const client = await server.client(CARDIFF_HIGH, 'school-user')
    const status = async (authorization?: string): Promise<number> => {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
      return (await apiOf(server).call('GET', '/metrics', { headers })).status
    }
    assert.equal(await status(`Bearer ${token}`), 200)
    for (const wrong of [
      undefined,
      token,
      `Bearer ${token}x`,
      `Bearer ${token.slice(1)}`,
      `Bearer ${client.token}`,
    ]) {
      assert.equal(await status(wrong), 404, wrong)
    }
  })
})

const skip = findPostgres() ? false : 'no PostgreSQL is installed'
test(
  'a PostgreSQL that is away is named; when it is back, the service is ready again',
  { skip },
  async (t) => {
    const postgres = await startPostgres({ durable: false })
    const dataDir = mkdtempSync(join(tmpdir(), 'cts-health-'))
    const databaseUrl = await postgres.createDatabase('health')
    const server = await openTestServer({ dataDir, databaseUrl })
    t.after(async () => {
      await server.close()
      await postgres.stop()
      rmSync(dataDir, { recursive: true, force: true })
    })
    assert.equal((await ready(server)).status, 200)
    const startAgain = postgres.crash()
    const { status, json } = await ready(server)
    assert.equal(status, 503)
    assert.deepEqual(json, {
      status: 'failed',
      checks: { database: 'failed', strongroom: 'failed', queue: 'failed', scanner: 'not configured' },
    })
    assert.equal((await apiOf(server).call('GET', '/health/live')).status, 200)
    await startAgain()
    assert.deepEqual((await ready(server)).json, { status: 'ok', checks: ALL_WELL })
  },
)
