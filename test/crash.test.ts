import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request, type ClientRequest, type IncomingMessage } from 'node:http'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase, sql } from '../src/kit/database.ts'
import { apiOf, ctf, type ApiAnswer } from './api.ts'
import { assertNothingHalf, assertNothingLost, assertWell, install, killRepeatedly } from './crash.ts'
import { findPostgres } from './postgres.ts'
import type { ServerProcess } from './process.ts'
import { SENDERS, type SentFile } from './uploads.ts'

const skip = findPostgres() ? false : 'no PostgreSQL is installed'
const DATABASES = [
  ['embedded', { skip: false }],
  ['postgres', { skip }],
] as const

describe('a service that is killed under upload', () => {
  for (const [name, options] of DATABASES) {
    test(`${name}: three kills lose nothing acknowledged and leave nothing half`, options, (t) =>
      killRepeatedly(name, 3, t),
    )
  }
})

describe('a service that is told to stop under upload', () => {
  for (const [name, options] of DATABASES) {
    test(
      `${name}: answers what is under way, takes nothing new, and ends with status 0`,
      options,
      async (t) => {
        const installation = await install(name, t)
        const { place, uploads } = installation
        const service = await installation.start()
        const running = uploads.run(service.url)
        await uploads.untilMore(3)
        uploads.stop()
        await running
        // taken by the service (100 Continue), half of each sent
        const underWay = await Promise.all(
          uploads.acknowledged
            .slice(0, SENDERS.length)
            .map(({ token, name }, at) => beginUpload(service, token, name, 990 + at)),
        )
        const ended = service.end('SIGTERM')
        await sleep(300)
        assert.ok(service.running(), 'it waits for what is under way')
        await assert.rejects(fetch(`${service.url}/health/live`), 'it takes no new connection')
        const answers = await Promise.all(underWay.map(({ finish }) => finish()))
        assert.deepEqual(
          answers.map(({ status, body }) => (status === 201 ? 201 : `${status} ${body}`)),
          underWay.map(() => 201),
        )
        assert.equal(await ended, 0, service.said())

        const again = await installation.start()
        const acknowledged = underWay.map(({ file }, at) => {
          const { id, receipt } = JSON.parse(answers[at]!.body) as { id: string; receipt: { sha256: string } }
          return { ...file, id, sha256: receipt.sha256 }
        })
        await assertNothingLost(again.url, [...uploads.acknowledged, ...acknowledged])
        await assertNothingHalf(place, acknowledged)
        assert.equal(await again.end('SIGTERM'), 0, again.said())
      },
    )
  }
})

/** An upload of which the service has the head and half the body. */
interface Begun {
  file: SentFile
  finish(): Promise<{ status: number; body: string }>
}

/** Begins to upload another file between the same two schools. */
async function beginUpload(
  service: ServerProcess,
  token: string,
  like: string,
  serial: number,
): Promise<Begun> {
  const today = new Date().toISOString().slice(0, 10)
  const { name, bytes } = ctf(like.slice(0, 7), like.slice(12, 19), {
    serial,
    seed: serial,
    pupils: 20,
    today,
  })
  const half = bytes.length / 2
  const upload = request(`${service.url}/api/v1/files?name=${name}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/xml',
      'content-length': bytes.length,
      expect: '100-continue',
    },
  })
  const answered = answerOf(upload)
  upload.flushHeaders()
  await once(upload, 'continue', { signal: AbortSignal.timeout(20_000) })
  upload.write(bytes.subarray(0, half))
  return {
    file: { name, bytes, token },
    finish() {
      upload.end(bytes.subarray(half))
      return answered
    },
  }
}

async function answerOf(upload: ClientRequest): Promise<{ status: number; body: string }> {
  const [response] = (await once(upload, 'response')) as [IncomingMessage]
  const chunks = await response.setEncoding('utf8').toArray()
  return { status: response.statusCode ?? 0, body: chunks.join('') }
}

test(
  'a PostgreSQL that is killed under upload and started again loses nothing, and the service goes on',
  { skip },
  async (t) => {
    const installation = await install('postgres', t)
    const { place, postgres, uploads } = installation
    const service = await installation.start()
    const running = uploads.run(service.url, { stubborn: true })
    await uploads.untilMore(10)
    const startAgain = postgres!.crash()
    const failed = uploads.failures.length
    await sleep(1000)
    assert.ok(uploads.failures.length > failed, 'uploads are answered while the database is away')
    for (const { status, milliseconds } of uploads.failures) {
      assert.ok(status === 500 || status === 503, `${status}`)
      assert.ok(milliseconds < 10_000)
    }
    assert.equal((await apiOf(service).call('GET', '/health/live')).status, 200)
    const away = await apiOf(service).call('GET', '/health/ready')
    assert.equal(away.status, 503)
    assert.equal(away.json.checks.database, 'failed')

    await startAgain()
    await untilReady(service)
    await uploads.untilMore(10)
    uploads.stop()
    await running
    assert.ok(service.running(), service.said())
    await uploads.repeat(service.url)
    await assertNothingLost(service.url, uploads.acknowledged)
    await assertNothingHalf(place, uploads.acknowledged)
    await untilMailed(place.databaseUrl!, uploads.acknowledged.at(-1)!.id)
    await assertWell(installation, service)
    assert.equal(await service.end('SIGTERM'), 0, service.said())
  },
)

async function untilReady(service: ServerProcess): Promise<void> {
  let last: ApiAnswer | null = null
  for (let tries = 0; tries < 100; tries += 1) {
    last = await apiOf(service).call('GET', '/health/ready')
    if (last.status === 200) return
    await sleep(100)
  }
  assert.fail(`not ready ten seconds after the database was: ${last?.bytes.toString()}`)
}

/** The outbox works again too. */
async function untilMailed(databaseUrl: string, file: string): Promise<void> {
  const database = await openDatabase({ databaseUrl, dataDir: '' })
  try {
    for (let tries = 0; tries < 300; tries += 1) {
      const { rows } = await sql<{ sent: boolean }>`
        select bool_and(state = 'sent') as sent from kit.mail where about = ${file}`.execute(database.db)
      if (rows[0]?.sent) return
      await sleep(200)
    }
    assert.fail('mail is not sent a minute after the database came back')
  } finally {
    await database.close()
  }
}
