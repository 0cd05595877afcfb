import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sql } from '../src/kit/database.ts'
import type { ApiDescription } from '../src/permissions/openapi.ts'
import type { AnyRoute } from '../src/permissions/route.ts'
import { ROUTES } from '../src/serve.ts'
import { apiOf, CARDIFF_HIGH, JOHN_FROST, type Api, type ApiAnswer, type CallOptions } from './api.ts'
import { callOf, EXAMPLES, newFile, sendRejected, type Stage } from './examples.ts'
import { openCheck, operationsOf, type CheckAnswer, type Described } from './openapi.ts'
import { REFUSALS, routeOf } from './provoked.ts'
import { openTestServer, type TestServer } from './server.ts'
import { systemApi } from './systems.ts'
import { forEachDatabase } from './world.ts'

const published = JSON.parse(
  readFileSync(join(import.meta.dirname, '../docs/api/openapi.json'), 'utf8'),
) as ApiDescription
const operations = operationsOf(published)
const operationOf = ({ method, path }: AnyRoute): Described =>
  operations.find((one) => one.method === method && one.path === path)!
/** Described for every route, and impossible: everybody may find, and what names no single thing is never unknown. */
const NOT_HERE = [
  'establishments.find 403',
  'transfers.upload 404',
  'transfers.list 404',
  // a recall at the same moment
  'transfers.fetch 409',
  // the worker threads are all taken
  'transfers.readdress 503',
]

/** Provoked by tests of their own. */
const APART = ['transfers.upload 503', 'transfers.readdress 410']

describe('docs/api/openapi.json', () => {
  it('is OpenAPI 3.1 with every route, each under an id of its own', () => {
    assert.equal(published.openapi, '3.1.0')
    for (const text of [published.info.title, published.info.version]) assert.ok(text)
    assert.deepEqual(
      operations.map(({ method, path }) => `${method} ${path}`).sort(),
      ROUTES.map(({ method, path }) => `${method} ${path}`).sort(),
    )
    const ids = operations.map(({ operation }) => operation.operationId)
    assert.equal(new Set(ids).size, ids.length)
  })

  it('has strict, complete JSON Schemas of 2020-12: every object says all that may be in it', () => {
    openCheck(published)
    const open = objectsIn(published).filter(({ schema }) => schema['additionalProperties'] !== false)
    assert.deepEqual(
      // a problem may be extended (RFC 9457 §3.2)
      open.map(({ at }) => at).filter((at) => !at.startsWith('components.schemas.Problem')),
      [],
    )
  })

  it('refers only to what is in it', () => {
    for (const [, pointer = ''] of JSON.stringify(published).matchAll(/"\$ref":"([^"]+)"/g)) {
      const found = pointer
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], published)
      assert.ok(found, pointer)
    }
  })

  it('describes every parameter of a path once, every status in words, and how long to wait', () => {
    for (const { path, method, operation } of operations) {
      const title = `${method} ${path}`
      const parameters = operation.parameters as { name?: string; in?: string; required?: boolean }[]
      const inPath = parameters.filter((one) => one.in === 'path')
      assert.deepEqual(
        inPath.map(({ name }) => `{${name}}`),
        path.match(/\{\w+\}/g) ?? [],
        title,
      )
      assert.ok(
        inPath.every(({ required }) => required),
        title,
      )
      assert.ok(operation.summary.length > 5, title)
      assert.ok(Object.keys(operation.responses).some((status) => status.startsWith('2')))
      for (const [status, response] of Object.entries(operation.responses)) {
        const { description, headers } = response as { description?: string; headers?: object }
        assert.ok(description, `${title} ${status}`)
        if (status === '429' || status === '503') assert.ok(headers && 'Retry-After' in headers)
      }
    }
  })

  it('every refusal that it describes is provoked below, but for those named as impossible', () => {
    const described = operations.flatMap(({ operation }) =>
      Object.keys(operation.responses)
        .filter((status) => Number(status) >= 400)
        .map((status) => `${operation.operationId} ${status}`),
    )
    const everywhere = [400, 401, 403, 429, 500]
    const provoked = operations.flatMap(({ operation: { operationId } }) =>
      [...everywhere, ...Object.keys(REFUSALS[operationId] ?? {})].map(
        (status) => `${operationId} ${status}`,
      ),
    )
    assert.deepEqual([...new Set([...provoked, ...NOT_HERE, ...APART])].sort(), described.sort())
  })
})

interface FoundObject {
  at: string
  schema: Record<string, unknown>
}

function objectsIn(value: unknown, at = ''): FoundObject[] {
  if (typeof value !== 'object' || value === null) return []
  const schema = value as Record<string, unknown>
  const own = schema['type'] === 'object' && 'properties' in schema ? [{ at, schema }] : []
  return [
    ...own,
    ...Object.entries(schema).flatMap(([key, inner]) => objectsIn(inner, at ? `${at}.${key}` : key)),
  ]
}

forEachDatabase((name) => {
  let server: TestServer
  let stage: Stage
  let nobody: Api
  let check: CheckAnswer

  before(async () => {
    server = await openTestServer(name)
    let serial = 0
    stage = {
      cardiff: apiOf(server, await server.client(CARDIFF_HIGH, 'school-user')),
      newport: apiOf(server, await server.client(JOHN_FROST, 'school-user')),
      collect: await systemApi(server),
      world: server.world,
      serial: () => (serial += 1),
    }
    nobody = apiOf(server)
    check = openCheck(published)
  })
  after(() => server.close())

  function assertDescribed(route: AnyRoute, answer: ApiAnswer, status: number): void {
    assert.equal(answer.status, status, answer.bytes.toString())
    assert.equal(check(operationOf(route), answer), null)
    if (status < 400) return
    assert.match(answer.json.type, /^urn:cts:problem:[a-z-]+$/)
    assert.equal(answer.json.status, status)
    for (const text of [answer.json.title, answer.json.detail]) assert.ok(text.length > 5)
  }

  it('the service publishes what the document says, with its own address', async () => {
    const { status, headers, json } = await nobody.call('GET', '/api/v1/openapi.json')
    assert.equal(status, 200)
    assert.match(headers.get('content-type') ?? '', /^application\/json/)
    const text = JSON.stringify(json).replaceAll(server.url, '')
    assert.deepEqual(JSON.parse(text.replace('"servers":[{"url":""}]', '"servers":[{"url":"/"}]')), published)
  })

  for (const route of ROUTES) {
    describe(`${route.method} ${route.path}`, () => {
      for (const example of EXAMPLES[route.action.name] ?? []) {
        it(`${example.title}: ${example.status} as described`, async () => {
          const { method, path, options } = callOf(route, await example.prepare(stage))
          const answer = await stage[example.by].call(method, path, options)
          assertDescribed(route, answer, example.status)
        })
      }

      /** A call that would be answered, but for what is changed in it. */
      async function ready(): Promise<{ method: string; path: string; options: CallOptions; api: Api }> {
        const [example] = EXAMPLES[route.action.name]!
        return { ...callOf(route, await example!.prepare(stage)), api: stage[example!.by] }
      }

      it('400, 401, 403, 500 as described', async () => {
        const { method, path, options, api } = await ready()
        const stray = `${path}${path.includes('?') ? '&' : '?'}nonsense=1`
        assertDescribed(route, await api.call(method, stray, options), 400)
        assertDescribed(route, await nobody.call(method, path, options), 401)
        if (!NOT_HERE.includes(`${route.action.name} 403`)) {
          const national = apiOf(server, await server.client('101LLLL', 'national-administrator'))
          assertDescribed(route, await national.call(method, path, options), 403)
        }
        await sql`alter schema accounts rename to accounts_away`.execute(server.world.db)
        try {
          assertDescribed(route, await api.call(method, path, options), 500)
        } finally {
          await sql`alter schema accounts_away rename to accounts`.execute(server.world.db)
        }
      })

      for (const [status, provoke] of Object.entries(REFUSALS[route.action.name] ?? {})) {
        it(`${status} as described`, async () => {
          assertDescribed(route, await provoke(stage), Number(status))
        })
      }
    })
  }

  it('an upload is answered 503 as described while too much is under way', async () => {
    const { name, bytes } = newFile(stage)
    const giveBack = server.world.bodies.take(server.world.config.uploadsAtOnceMib * 1024 * 1024)
    const answer = await stage.cardiff.upload(name, bytes)
    giveBack()
    assertDescribed(routeOf('transfers.upload'), answer, 503)
    assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/)
  })

  it('the first receipt again is described too, and so is a warning', async () => {
    const { name, bytes } = newFile(stage, '6804003')
    const upload = routeOf('transfers.upload')
    assertDescribed(upload, await stage.cardiff.upload(name, bytes), 201)
    const again = await stage.cardiff.upload(name, bytes)
    assertDescribed(upload, again, 200)
    assert.ok(again.json.findings.length > 0)
  })

  it('a rejected file can be readdressed for 31 days, then 410 as described', async () => {
    const id = await sendRejected(stage)
    server.clock.advance(32 * 24 * 3600 * 1000)
    const api = apiOf(server, await server.client(CARDIFF_HIGH, 'school-user'))
    const answer = await api.call('POST', `/api/v1/files/${id}/readdress`, { json: { to: '6804025' } })
    assertDescribed(routeOf('transfers.readdress'), answer, 410)
  })

  it('discovery names a token endpoint that takes a secret by Basic and by POST body', async () => {
    const discovery = (await nobody.call('GET', '/secure-access/.well-known/openid-configuration')).json
    assert.ok(discovery.grant_types_supported.includes('client_credentials'))
    const { id, secret } = await server.client(CARDIFF_HIGH, 'school-user')
    const path = discovery.token_endpoint.replace(server.url, '')
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
    const grant = 'grant_type=client_credentials'
    for (const [authorization, body] of [
      [{ authorization: basic }, grant],
      [{}, `${grant}&client_id=${id}&client_secret=${secret}`],
    ] as const) {
      const { status, json } = await nobody.call('POST', path, {
        body,
        headers: { ...form, ...authorization },
      })
      assert.equal(status, 200, JSON.stringify(json))
      assert.equal(json.token_type, 'Bearer')
      const api = apiOf(server, { token: json.access_token })
      assert.equal((await api.call('GET', '/api/v1/files')).status, 200)
    }
  })
})

describe('a client beyond its calls a minute', () => {
  let server: TestServer
  before(async () => {
    server = await openTestServer('embedded', { env: { API_CALLS_A_MINUTE: '1' } })
  })
  after(() => server.close())

  it('is answered 429 as described, on every route', async () => {
    const api = apiOf(server, await server.client(CARDIFF_HIGH, 'school-user'))
    assert.equal((await api.call('GET', '/api/v1/files')).status, 200)
    const check = openCheck(published)
    for (const route of ROUTES) {
      const answer = await api.call(route.method, route.path.replace('{id}', 'some'))
      assert.equal(answer.status, 429)
      assert.equal(check(operationOf(route), answer), null)
    }
  })
})
