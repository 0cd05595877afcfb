import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { openAudit } from '../kit/audit/store.ts'
import { Refusal } from '../kit/refusal.ts'
import { masterKeys, openSecrets } from '../kit/secrets.ts'
import type { World } from '../world.ts'
import { forEachDatabase, testClock, type TestDatabase } from '../../test/world.ts'
import { action } from './action.ts'
import type { Actor } from './decide.ts'
import { addRoutes, bytesBodySchema, route } from './route.ts'

const actor: Actor = {
  kind: 'client',
  id: 'client-1',
  name: 'MIS',
  organisation: '6804020',
  roles: ['school-user'],
  address: null,
}
const open = {
  permission: 'find-a-school',
  find: () => Promise.resolve({}),
  business: () => [],
  auditSubject: () => null,
} as const

const echo = action({
  ...open,
  name: 'room.echo',
  input: z.strictObject({
    id: z.string(),
    since: z.string().optional(),
    reason: z.string().max(20).optional(),
  }),
  run: ({ input }) => Promise.resolve(input),
})
const take = action({
  ...open,
  name: 'room.take',
  input: z.strictObject({ name: z.string(), body: bytesBodySchema }),
  prepare: async ({ input }) => (await input.body.stream.toArray()).map(String).join(''),
  run: ({ input, prepared }) =>
    Promise.resolve({ text: prepared, type: input.body.mediaType, length: input.body.length }),
})
const shape = z.unknown()
const ROUTES = [
  route({ method: 'GET', path: '/echo/{id}', action: echo, query: ['since'], summary: '', answers: shape }),
  route({ method: 'POST', path: '/echo/{id}', action: echo, query: ['since'], summary: '', answers: shape }),
  route({
    method: 'POST',
    path: '/made/{id}',
    action: echo,
    summary: '',
    status: ({ reason }) => (reason ? 201 : 202),
    answers: shape,
    answer: ({ id }, { language, actor }) => ({ id, language, by: actor.name }),
  }),
  route({
    method: 'POST',
    path: '/take',
    action: take,
    query: ['name'],
    bytes: ['text/xml'],
    summary: '',
    answers: shape,
  }),
]

forEachDatabase((_name, openDatabase) => {
  let database: TestDatabase
  let app: FastifyInstance
  let base: string

  before(async () => {
    database = await openDatabase()
    const { db, dataDir } = database
    const clock = testClock()
    const secrets = await openSecrets(db, masterKeys(['a key for tests only, never one for service']))
    const part: Partial<World> = { db, clock, audit: await openAudit({ db, secrets, clock, dataDir }) }
    app = Fastify()
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, _payload, done) => done(null))
    app.setErrorHandler((error, _request, reply) => {
      const refusal = error instanceof Refusal ? error : new Refusal('internal', String(error))
      return reply.status(refusal.status).send({ code: refusal.code, ...refusal.detail.params })
    })
    const identify = ({ headers }: { headers: object }): Promise<Actor | null> =>
      Promise.resolve('x-nobody' in headers ? null : actor)
    addRoutes(app, part as World, identify, ROUTES)
    base = await app.listen({ port: 0, host: '127.0.0.1' })
  })
  after(async () => {
    await app.close()
    await database.close()
  })

  const json = (text: string): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: text,
  })

  /** What is sent, and the status and body that answer it. */
  const CASES: [title: string, path: string, RequestInit, number, unknown][] = [
    ['path and query', '/echo/7?since=now', {}, 200, { id: '7', since: 'now' }],
    [
      'path, query and body',
      '/echo/7?since=now',
      json('{"reason":"x"}'),
      200,
      { id: '7', since: 'now', reason: 'x' },
    ],
    ['no body where none is needed', '/echo/7', { method: 'POST' }, 200, { id: '7' }],
    ['an escaped path', '/echo/a%2Fb%20c', {}, 200, { id: 'a/b c' }],
    ['a query name that is unknown', '/echo/7?until=now', {}, 400, { code: 'input', field: 'until' }],
    ['a body name in the query', '/echo/7?reason=x', {}, 400, { code: 'input', field: 'reason' }],
    ['a path name in the query', '/echo/7?id=8', {}, 400, { code: 'input', field: 'id' }],
    ['a query name given twice', '/echo/7?since=a&since=b', {}, 400, { code: 'input', field: 'since' }],
    ['a path name in the body', '/echo/7', json('{"id":"8"}'), 400, { code: 'input', field: 'id' }],
    ['a query name in the body', '/echo/7', json('{"since":"a"}'), 400, { code: 'input', field: 'since' }],
    ['a body name that is unknown', '/echo/7', json('{"other":1}'), 400, { code: 'input', field: 'other' }],
    ['a value that is not right', '/echo/7', json('{"reason":7}'), 400, { code: 'input', field: 'reason' }],
    [
      'a prototype in the body',
      '/echo/7',
      json('{"__proto__":{"reason":"x"}}'),
      400,
      { code: 'input', field: '__proto__' },
    ],
    ['no JSON', '/echo/7', json('{"reason":'), 400, { code: 'json' }],
    ['a JSON list', '/echo/7', json('[]'), 400, { code: 'json' }],
    ['a JSON null', '/echo/7', json('null'), 400, { code: 'json' }],
    ['64 KiB of JSON', '/echo/7', json(`{}${' '.repeat(64 * 1024 - 2)}`), 200, { id: '7' }],
    [
      'more than 64 KiB of JSON',
      '/echo/7',
      json(`{}${' '.repeat(64 * 1024 - 1)}`),
      413,
      { code: 'json-too-large' },
    ],
    [
      'a form',
      '/echo/7',
      { method: 'POST', body: new URLSearchParams({ reason: 'x' }) },
      415,
      { code: 'media-type', types: 'application/json' },
    ],
    ['nobody', '/echo/7', { headers: { 'x-nobody': '1' } }, 401, { code: 'unauthenticated' }],
    [
      'bytes',
      '/take?name=n',
      { method: 'POST', headers: { 'content-type': 'Text/XML; charset=utf-8' }, body: '<a/>' },
      200,
      { text: '<a/>', type: 'text/xml', length: 4 },
    ],
    ['bytes of another type', '/take?name=n', json('{}'), 415, { code: 'media-type', types: 'text/xml' }],
    [
      'bytes without their name',
      '/take',
      { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<a/>' },
      400,
      { code: 'input', field: 'name' },
    ],
  ]
  for (const [title, path, init, status, expected] of CASES) {
    test(`${title}: ${status}`, async () => {
      const response = await fetch(`${base}${path}`, init)
      assert.deepEqual([response.status, await response.json()], [status, expected])
    })
  }

  test('a route says its status, its answer and its language', async () => {
    const headers = { 'content-type': 'application/json', 'accept-language': 'cy' }
    const made = await fetch(`${base}/made/7`, { method: 'POST', headers, body: '{"reason":"x"}' })
    assert.deepEqual([made.status, made.headers.get('content-language')], [201, 'cy'])
    assert.deepEqual(await made.json(), { id: '7', language: 'cy', by: 'MIS' })
    assert.equal((await fetch(`${base}/made/7`, { method: 'POST' })).status, 202)
  })
})
