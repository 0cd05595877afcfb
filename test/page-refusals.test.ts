import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { blankOrganisation } from '../src/establishments/differences.ts'
import { saveOrganisations } from '../src/establishments/store.ts'
import { sql } from '../src/kit/database.ts'
import type { AnyPage } from '../src/permissions/page.ts'
import { PAGES } from '../src/serve.ts'
import { apiOf, CARDIFF_HIGH, JOHN_FROST } from './api.ts'
import type { Example, Stage } from './examples.ts'
import { PAGE_EXAMPLES, visitOf, type PageCall } from './page-examples.ts'
import { openTestServer, type TestServer } from './server.ts'
import { systemApi } from './systems.ts'
import { newPerson, visitorOf, type PageAnswer, type Visitor } from './visitor.ts'
import { organisationsOf, PEOPLE_ROLES, refusedOf, SUPPLIER } from './who-may.ts'
import { forEachDatabase } from './world.ts'

const pagesOf = PAGES.flatMap((page) =>
  (PAGE_EXAMPLES[page.action.name] ?? []).map((example): [AnyPage, Example] => [page, example]),
)

it('every page has an example', () => {
  const missing = PAGES.filter(({ action }) => !PAGE_EXAMPLES[action.name])
  assert.deepEqual(
    missing.map(({ method, path, action }) => `${method} ${path} (${action.name})`),
    [],
  )
})

forEachDatabase((name) => {
  let server: TestServer
  let stage: Stage
  const visitors = new Map<string, Visitor>()
  let archived: Visitor
  let idle: Visitor

  before(async () => {
    server = await openTestServer(name)
    const supplier = blankOrganisation(SUPPLIER, 'An invented supplier')
    await server.world.db.transaction().execute((tx) => saveOrganisations(tx, [supplier], new Map()))
    const secretary = await newPerson(server, { organisation: CARDIFF_HIGH, role: 'school-user' })
    idle = await visitorOf(server, secretary)
    server.clock.advance(31 * 60_000)
    const gone = await newPerson(server, { organisation: CARDIFF_HIGH, role: 'school-user' })
    archived = await visitorOf(server, gone)
    await sql`update accounts.person set archived_at = now() where id = ${gone.id}`.execute(server.world.db)
    for (const role of PEOPLE_ROLES)
      for (const code of organisationsOf(role)) {
        const asked = role === 'approver' ? { role: null, approver: true } : { role }
        visitors.set(
          `${role} ${code}`,
          await visitorOf(server, await newPerson(server, { organisation: code, ...asked })),
        )
      }
    const api = async (code: string): Promise<Stage['cardiff']> =>
      apiOf(server, await server.client(code, 'school-user'))
    let serial = 0
    stage = {
      world: server.world,
      collect: await systemApi(server),
      cardiff: await api(CARDIFF_HIGH),
      newport: await api(JOHN_FROST),
      serial: () => (serial += 1),
    }
  })
  after(() => server.close())

  /** All that a refused call must leave as it is. */
  async function everything(): Promise<unknown> {
    const { rows } = await sql`
      select (select json_agg(file order by id) from transfers.file) as files,
        (select json_agg(event order by file, n) from transfers.event) as events,
        (select json_agg(json_build_array(id, sha256, key_id) order by id) from kit.body) as bodies,
        (select json_agg(json_build_array(id, name, email, language, wants_mail, sign_outs) order by id)
          from accounts.person) as people,
        (select json_agg(m order by person, organisation) from accounts.membership m) as memberships,
        (select json_agg(r order by person, organisation, role) from accounts.held_role r) as roles,
        (select count(*)::int from accounts.invitation) as invitations,
        (select count(*)::int from kit.mail) as mails`.execute(server.world.db)
    return rows
  }

  for (const [page, example] of pagesOf) {
    describe(`${page.method} ${page.path}: ${example.title}`, () => {
      it('signed out, timed out and archived are led to the sign-in, and nothing changes', async () => {
        const call = visitOf(page, await example.prepare(stage))
        const unchanged = await everything()
        const nobody: Visitor = { ...idle, ...(await strangerOf(server)) }
        for (const [title, visitor] of Object.entries({ nobody, idle, archived })) {
          const answer = await ask(visitor, call)
          if (call.script) assert.equal(answer.status, 401, title)
          else {
            assert.equal(answer.status, 303, `${title}: ${answer.html}`)
            assert.match(answer.to ?? '', /^\/sign-in\?to=/, title)
          }
        }
        assert.deepEqual(await everything(), unchanged)
      })

      it('by whoever may not, a page that says so: 403 or 404 by the table; nothing changes', async () => {
        const call = visitOf(page, await example.prepare(stage))
        const unchanged = await everything()
        for (const { role, organisation, status } of refusedOf(example)) {
          const answer = await ask(visitors.get(`${role} ${organisation}`)!, call)
          assert.equal(answer.status, status, `${role} of ${organisation}: ${answer.html.slice(0, 3000)}`)
          assert.match(answer.headers.get('content-type') ?? '', /^text\/html/)
        }
        assert.deepEqual(await everything(), unchanged)
      })

      it('from another site or with a stale token: 403', { skip: page.method === 'GET' }, async () => {
        const call = visitOf(page, await example.prepare(stage))
        const organisation = example.by === 'cardiff' ? CARDIFF_HIGH : JOHN_FROST
        const visitor = visitors.get(`school-user ${organisation}`)!
        const unchanged = await everything()
        assert.equal((await ask(visitor, call, { 'sec-fetch-site': 'cross-site' })).status, 403)
        assert.equal((await ask(visitor, call, { origin: 'https://evil.example' })).status, 403)
        assert.equal((await ask({ ...visitor, csrf: idle.csrf }, call)).status, 403)
        assert.deepEqual(await everything(), unchanged)
      })
    })
  }

  /** Asks as a visitor's browser would; `from` is what it says of the page that the form stood on. */
  async function ask(
    visitor: Visitor,
    call: PageCall,
    from: Record<string, string> = { 'sec-fetch-site': 'same-origin' },
  ): Promise<PageAnswer> {
    return visitor.send(call.path, {
      method: call.method,
      ...(call.body ? { body: call.body(visitor.csrf) } : {}),
      headers: {
        ...(call.method === 'POST' ? from : {}),
        ...(call.script ? { 'x-csrf-token': visitor.csrf } : {}),
      },
    })
  }
})

/** A browser that knows nobody. */
async function strangerOf(server: TestServer): Promise<Pick<Visitor, 'send' | 'csrf'>> {
  return {
    csrf: 'none',
    async send(path, init) {
      const response = await fetch(server.url + path, { redirect: 'manual', ...init })
      const bytes = Buffer.from(await response.arrayBuffer())
      const to = response.headers.get('location')
      return { status: response.status, headers: response.headers, bytes, html: bytes.toString(), to }
    },
  }
}
