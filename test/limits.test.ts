import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { describe, test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { apiOf, CARDIFF_HIGH, ctf, JOHN_FROST, type ApiAnswer } from './api.ts'
import { openTestServer, type TestServer } from './server.ts'

const MIB = 1024 * 1024

async function open(t: TestContext, env: Record<string, string>): Promise<TestServer> {
  const server = await openTestServer('embedded', { env })
  t.after(() => server.close())
  return server
}

/** A refusal of the kind, in words, that says when to try again. */
function assertAskedToWait(answer: ApiAnswer, status: 429 | 503, type: string): void {
  assert.equal(answer.status, status, answer.bytes.toString())
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
  assert.equal(answer.json.type, `urn:cts:problem:${type}`)
  assert.equal(answer.json.status, status)
  const seconds = Number(answer.headers.get('retry-after'))
  assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60, `Retry-After: ${seconds}`)
}

describe('a machine client beyond API_CALLS_A_MINUTE', () => {
  test('is answered 429 with Retry-After on every address, and no other client is', async (t) => {
    const server = await open(t, { API_CALLS_A_MINUTE: '5' })
    const busy = apiOf(server, await server.client(CARDIFF_HIGH, 'school-user'))
    const sameSchool = apiOf(server, await server.client(CARDIFF_HIGH, 'school-user'))
    const other = apiOf(server, await server.client(JOHN_FROST, 'school-user'))
    const list = (api: typeof busy): Promise<ApiAnswer> => api.call('GET', '/api/v1/files')
    for (let call = 1; call <= 5; call += 1) assert.equal((await list(busy)).status, 200)
    assertAskedToWait(await list(busy), 429, 'too-many')
    const file = ctf(CARDIFF_HIGH, JOHN_FROST)
    assertAskedToWait(await busy.upload(file.name, file.bytes), 429, 'too-many')
    for (const api of [sameSchool, other]) assert.equal((await list(api)).status, 200)
    assert.equal((await sameSchool.upload(file.name, file.bytes)).status, 201)
  })

  test('is counted by its id: a second token gives it no second allowance', async (t) => {
    const server = await open(t, { API_CALLS_A_MINUTE: '2' })
    const client = await server.client(CARDIFF_HIGH, 'school-user')
    const second = { token: await server.token(client.id, client.secret) }
    const statuses = []
    for (const token of [client, second, client, second]) {
      statuses.push((await apiOf(server, token).call('GET', '/api/v1/files')).status)
    }
    assert.deepEqual(statuses, [200, 200, 429, 429])
  })

  test('is not slowed by others who try tokens that are none', async (t) => {
    const server = await open(t, { API_CALLS_A_MINUTE: '2' })
    const client = await server.client(CARDIFF_HIGH, 'school-user')
    const forged = apiOf(server, { token: 'A'.repeat(43) })
    for (let call = 1; call <= 10; call += 1)
      assert.equal((await forged.call('GET', '/api/v1/files')).status, 401)
    assert.equal((await apiOf(server, client).call('GET', '/api/v1/files')).status, 200)
  })
})

test('the token endpoint answers 600 tries a minute from one address, then 429 with Retry-After', async (t) => {
  const server = await open(t, { TRUSTED_PROXIES: '127.0.0.1' })
  const client = await server.client(CARDIFF_HIGH, 'school-user')
  const ask = (address: string, secret: string): Promise<ApiAnswer> => {
    const body = `grant_type=client_credentials&client_id=${client.id}&client_secret=${secret}`
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': address }
    return apiOf(server).call('POST', '/secure-access/token', { body, headers })
  }
  for (let batch = 0; batch < 30; batch += 1) {
    const tries = await Promise.all(Array.from({ length: 20 }, () => ask('203.0.113.1', 'guessed')))
    assert.ok(tries.every(({ status }) => status === 401))
  }
  assertAskedToWait(await ask('203.0.113.1', client.secret), 429, 'too-many')
  assert.equal((await ask('203.0.113.2', client.secret)).status, 200, 'another address is served')
  assert.equal((await apiOf(server, client).call('GET', '/api/v1/files')).status, 200, 'so is a token')
})

test('uploads beyond UPLOADS_AT_ONCE_MIB are answered 503 with Retry-After until there is room again', async (t) => {
  const server = await open(t, { UPLOADS_AT_ONCE_MIB: '20' })
  const client = await server.client(CARDIFF_HIGH, 'school-user')
  const api = apiOf(server, client)
  const first = ctf(CARDIFF_HIGH, JOHN_FROST, { serial: 1 })
  const second = ctf(CARDIFF_HIGH, JOHN_FROST, { serial: 2 })
  const large = request(`${server.url}/api/v1/files?name=${first.name}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${client.token}`,
      'content-type': 'application/xml',
      'content-length': 20 * MIB,
      expect: '100-continue',
    },
  })
  large.on('error', () => {}).flushHeaders()
  await once(large, 'continue', { signal: AbortSignal.timeout(10_000) })
  large.write('<CTfile>')
  await untilFull(server)
  assertAskedToWait(await api.upload(second.name, second.bytes), 503, 'too-busy')
  assert.equal((await api.call('GET', '/api/v1/files')).status, 200, 'what is no upload goes on')

  large.destroy()
  assert.equal((await until(() => api.upload(second.name, second.bytes), 201)).json.name, second.name)
})

/** Waits until the large upload holds its share: before that a small one could take the room it needs. */
async function untilFull({ world }: TestServer): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    try {
      world.bodies.take(1024)()
    } catch {
      return
    }
    await sleep(20)
  }
  assert.fail('the large upload was not begun within ten seconds')
}

/** The first answer with `status`; on the way there the others must be what an upload is answered otherwise. */
async function until(call: () => Promise<ApiAnswer>, status: number): Promise<ApiAnswer> {
  for (const began = performance.now(); performance.now() - began < 10_000;) {
    const answer = await call()
    if (answer.status === status) return answer
    assert.ok([200, 201, 503].includes(answer.status), `${answer.status}`)
  }
  return assert.fail(`no ${status} within ten seconds`)
}
