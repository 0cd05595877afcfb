import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { after, before, describe, it } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { blankOrganisation } from '../src/establishments/differences.ts'
import { saveOrganisations } from '../src/establishments/store.ts'
import { sql } from '../src/kit/database.ts'
import type { AnyRoute } from '../src/permissions/route.ts'
import type { Role } from '../src/permissions/table.ts'
import { PAGES, ROUTES } from '../src/serve.ts'
import { apiOf, CARDIFF_HIGH, JOHN_FROST, type Api, type ApiAnswer } from './api.ts'
import { callOf, EXAMPLES, type Example, type Stage } from './examples.ts'
import { openTestServer, type TestClient, type TestServer } from './server.ts'
import { systemApi } from './systems.ts'
import { organisationsOf, PEOPLE_ROLES, refusedOf, SUPPLIER } from './who-may.ts'
import { forEachDatabase } from './world.ts'

/** The addresses that need no sign-in, beside ROUTES. */
const PUBLIC = [
  'GET /api/v1/openapi.json',
  'GET /health/live',
  'HEAD /health/live',
  'GET /health/ready',
  'HEAD /health/ready',
  'GET /metrics',
  'GET /assets/:version/:name',
  'GET /help',
  'GET /help/ctf-rules',
  'GET /help/:slug',
  'GET /help/pictures/:name',
  'GET /get-help',
  'POST /get-help',
  'GET /secure-access/organisation/:uid',
  'POST /secure-access/organisation/:uid',
  ...[
    'activate/:token',
    'change-password',
    'forgotten',
    'forgotten-username',
    'reset/:token',
    'sign-in/:uid',
    'sign-in/:uid/change-password',
    'sign-in/:uid/passkey',
    'sign-in/:uid/second-factor',
    'sign-in/:uid/set-up',
  ].flatMap((path) => [`GET /secure-access/${path}`, `POST /secure-access/${path}`]),
  'POST /secure-access/sign-in/:uid/go-on',
  'GET /secure-access/auth',
  'GET /secure-access/auth/:uid',
  'GET /secure-access/password-set',
  'GET /secure-access/session/end',
  'POST /secure-access/session/end/confirm',
  'GET /secure-access/session/end/success',
  'GET /sign-in',
  'GET /sign-in/callback',
  'GET /confirm-it-is-you',
  'GET /choose-organisation',
  'POST /choose-organisation',
  'POST /log-off',
  'GET /signed-out',
  'GET /session',
  'POST /session/keep',
  ...['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'QUERY', 'TRACE'].map(
    (method) => `${method} /secure-access/*`,
  ),
]

const routesOf = ROUTES.flatMap((route) =>
  (EXAMPLES[route.action.name] ?? []).map((example): [AnyRoute, Example] => [route, example]),
)

it('every route has an example, and every example a route', () => {
  assert.deepEqual(Object.keys(EXAMPLES).sort(), ROUTES.map(({ action }) => action.name).sort())
})

forEachDatabase((name) => {
  let server: TestServer
  let stage: Stage
  let ghost: { expired: TestClient; revoked: TestClient }
  const apis = new Map<string, Api>()
  const ids = new Map<string, string>()
  const addresses: string[] = []

  before(async () => {
    const listen = (message: unknown): void => {
      const { fastify } = message as { fastify: FastifyInstance }
      fastify.addHook('onRoute', ({ method, url }) => {
        for (const one of [method].flat()) addresses.push(`${one} ${url}`)
      })
    }
    subscribe('fastify.initialization', listen)
    server = await openTestServer(name)
    unsubscribe('fastify.initialization', listen)
    const supplier = blankOrganisation(SUPPLIER, 'An invented supplier')
    await server.world.db.transaction().execute((tx) => saveOrganisations(tx, [supplier], new Map()))

    const expired = await server.client(CARDIFF_HIGH, 'school-user')
    server.clock.advance(3_601_000)
    const revoked = await server.client(CARDIFF_HIGH, 'school-user')
    await sql`update accounts.client set revoked_at = now() where id = ${revoked.id}`.execute(server.world.db)
    ghost = { expired, revoked }
    for (const role of PEOPLE_ROLES) for (const code of organisationsOf(role)) await enrol(role, code)
    let serial = 0
    stage = {
      cardiff: apis.get(`school-user ${CARDIFF_HIGH}`)!,
      newport: apis.get(`school-user ${JOHN_FROST}`)!,
      collect: await systemApi(server),
      world: server.world,
      serial: () => (serial += 1),
    }
  })
  after(() => server.close())

  async function enrol(role: Role, code: string): Promise<void> {
    // an approver is a person, never a machine client: one is made of a school's user
    const client = await server.client(code, role === 'approver' ? 'school-user' : role)
    await sql`update accounts.client set role = ${role} where id = ${client.id}`.execute(server.world.db)
    apis.set(`${role} ${code}`, apiOf(server, client))
    ids.set(`${role} ${code}`, client.id)
  }

  /** All that a refused call must leave as it is. */
  async function everything(): Promise<unknown> {
    const { rows } = await sql`
      select (select json_agg(file order by id) from transfers.file) as files,
        (select json_agg(event order by file, n) from transfers.event) as events,
        (select count(*)::int from transfers.pupil) as pupils,
        (select json_agg(json_build_array(id, sha256, key_id) order by id) from kit.body) as bodies,
        (select count(*)::int from kit.mail) as mails`.execute(server.world.db)
    return rows
  }

  it('what needs no sign-in is listed by name, and every other address has an action', () => {
    const routes = [...ROUTES, ...PAGES].map(
      ({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    )
    assert.deepEqual(addresses.sort(), [...PUBLIC, ...routes].sort())
  })

  for (const [route, example] of routesOf) {
    describe(`${route.method} ${route.path}: ${example.title}`, () => {
      it('without a token that is good now: 401', async () => {
        const { method, path, options } = callOf(route, await example.prepare(stage))
        const unchanged = await everything()
        const live = (await server.client(CARDIFF_HIGH, 'school-user')).token
        const credentials: Record<string, string | null> = {
          nothing: null,
          'an expired token': `Bearer ${ghost.expired.token}`,
          'a revoked client': `Bearer ${ghost.revoked.token}`,
          'a forged token': `Bearer ${'A'.repeat(43)}`,
          'a token with one letter changed': `Bearer ${live.slice(0, -1)}${live.endsWith('A') ? 'B' : 'A'}`,
          'a token cut short': `Bearer ${live.slice(0, 20)}`,
          'a token with more behind it': `Bearer ${live}x`,
          'a garbled header': 'Bearer \u00ff\u00fe',
          'a secret': `Basic ${Buffer.from(`${ghost.revoked.id}:${ghost.revoked.secret}`).toString('base64')}`,
          'an id for a token': `Bearer ${ghost.expired.id}`,
        }
        for (const [title, authorization] of Object.entries(credentials)) {
          const headers = { ...options.headers, ...(authorization === null ? {} : { authorization }) }
          const answer = await apiOf(server).call(method, path, { ...options, headers })
          assertProblem(answer, 401, title)
          assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer /, title)
        }
        const inQuery = `${path}${path.includes('?') ? '&' : '?'}access_token=${live}`
        assertProblem(await apiOf(server).call(method, inQuery, options), 401, 'a token in the address')
        assert.deepEqual(await everything(), unchanged)
      })

      it('by whoever may not, 403 or 404 by the table: nothing changes, and the audit says why', async () => {
        const prepared = await example.prepare(stage)
        const { method, path, options } = callOf(route, prepared)
        const unchanged = await everything()
        server.clock.advance(1000)
        const tries = refusedOf(example)
        const answers = await Promise.all(
          tries.map(({ role, organisation }) =>
            apis.get(`${role} ${organisation}`)!.call(method, path, options),
          ),
        )
        tries.forEach(({ role, organisation, status }, at) =>
          assertProblem(answers[at]!, status, `${role} of ${organisation}`),
        )
        assert.deepEqual(await everything(), unchanged)
        const { rows } = await sql<{ line: string }>`
          select actor || ' ' || organisation || ' ' || coalesce(subject, '-') || ' ' || reason as line
          from kit.audit where action = ${route.action.name} and outcome = 'refused' and at = ${server.clock.now()}
        `.execute(server.world.db)
        const expected = tries.map(({ role, organisation, because }) =>
          [ids.get(`${role} ${organisation}`), organisation, prepared.subject ?? '-', because].join(' '),
        )
        assert.deepEqual(rows.map(({ line }) => line).sort(), expected.sort())
      })

      it('out of reach and unknown are answered alike', { skip: !route.path.includes('{id}') }, async () => {
        const { input } = await example.prepare(stage)
        const foreign = refusedOf(example).find(({ status }) => status === 404)!
        const api = apis.get(`${foreign.role} ${foreign.organisation}`)!
        const [known, unknown] = await Promise.all(
          [input, { ...input, id: 'nobody-has-this-id-000' }].map((input) => {
            const { method, path, options } = callOf(route, { input })
            return api.call(method, path, options)
          }),
        )
        const shown = (answer: ApiAnswer): unknown => [
          answer.status,
          answer.json,
          [...answer.headers].filter(([header]) => header !== 'date'),
        ]
        assert.deepEqual(shown(known!), shown(unknown!))
      })
    })
  }

  function assertProblem(answer: ApiAnswer, status: number, title: string): void {
    assert.equal(answer.status, status, `${title}: ${answer.bytes.toString()}`)
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/, title)
    assert.equal(answer.json.status, status, title)
  }
})
