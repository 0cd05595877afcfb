import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pino from 'pino'
import { apiOf, CARDIFF_HIGH, JOHN_FROST, type Api } from '../../test/api.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { grantSystem, newSystem, systemApi } from '../../test/systems.ts'
import { newPerson, type TestPerson } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { archivePerson } from '../accounts/index.ts'
import { sql, type Tx } from '../kit/database.ts'
import { removeSystem } from './index.ts'

forEachDatabase((name) => {
  let server: TestServer
  let collect: Api
  let other: Api
  let person: TestPerson

  before(async () => {
    server = await openTestServer(name, { log: pino({ level: 'silent' }) })
    collect = await systemApi(server)
    other = await systemApi(server, { code: 'key-to-success' })
    person = await newPerson(server, { organisation: JOHN_FROST, role: 'school-user', approver: true })
    await grantSystem(server, person, 'collect', ['school-preferences', 'school-census'])
  })
  after(() => server.close())

  const about = (): readonly string[] => [
    `/api/v1/people/${person.id}/organisations`,
    `/api/v1/people/${person.id}/organisations/${JOHN_FROST}/roles`,
    `/api/v1/organisations/${JOHN_FROST}/people`,
    `/api/v1/organisations/${JOHN_FROST}/approvers`,
  ]

  test('a system learns of its people: where, in which roles, who else, and who approves', async () => {
    const [organisations, roles, people, approvers] = await Promise.all(
      about().map(async (path) => (await collect.call('GET', path)).json),
    )
    assert.equal(organisations.items.length, 1)
    assert.partialDeepStrictEqual(organisations.items[0], { id: JOHN_FROST, category: { id: '001' } })
    assert.deepEqual(roles, {
      sub: person.id,
      organisation: JOHN_FROST,
      roles: [
        { code: 'school-census', name: 'School census', nameCy: 'Cyfrifiad ysgolion' },
        { code: 'school-preferences', name: 'School preferences', nameCy: 'Dewisiadau ysgolion' },
      ],
    })
    const number = person.username.replace('person', '')
    const who = {
      sub: person.id,
      name: `Person ${number}`,
      givenName: 'Person',
      familyName: number,
      email: `${person.username}@people.example.org`,
    }
    assert.deepEqual(people, {
      items: [{ ...who, roles: ['school-census', 'school-preferences'] }],
      next: null,
    })
    assert.deepEqual(approvers, { items: [who], next: null })
  })

  test('of what does not use it, it learns no more than of what is not there', async () => {
    const unknown = await other.call('GET', '/api/v1/people/nobody/organisations')
    for (const path of about()) {
      const { status, json } = await other.call('GET', path)
      assert.deepEqual([status, json], [404, unknown.json], path)
    }
    const elsewhere = await newPerson(server, { organisation: CARDIFF_HIGH, role: 'school-user' })
    for (const path of [
      `/api/v1/people/${elsewhere.id}/organisations`,
      `/api/v1/people/${person.id}/organisations/${CARDIFF_HIGH}/roles`,
      `/api/v1/organisations/${CARDIFF_HIGH}/people`,
    ])
      assert.equal((await collect.call('GET', path)).status, 404, path)
  })

  test('it may do nothing else, and nobody else may do this', async () => {
    for (const path of ['/api/v1/files', '/api/v1/establishments?q=frost'])
      assert.equal((await collect.call('GET', path)).status, 403, path)
    const school = apiOf(server, await server.client(JOHN_FROST, 'school-user'))
    for (const path of about()) assert.equal((await school.call('GET', path)).status, 403, path)
  })

  test('the people of an organisation come by name, 100 at a time, in one role or in any', async () => {
    await sql`
      insert into accounts.person (id, username, username_key, name, email, language, created_at, activated_at)
      select 'p' || n, 'p' || n, 'p' || n, 'Aled ' || n, 'p' || n || '@a.invalid', 'cy', now(), now()
      from generate_series(1001, 1120) n`.execute(server.world.db)
    await sql`
      insert into accounts.membership (person, organisation, approver, created_at)
      select 'p' || n, ${JOHN_FROST}, false, now() from generate_series(1001, 1120) n`.execute(
      server.world.db,
    )
    await sql`
      insert into systems.granted (person, organisation, system, role, given_at)
      select 'p' || n, ${JOHN_FROST}, 'collect', 'school-census', now() from generate_series(1001, 1120) n`.execute(
      server.world.db,
    )
    const path = `/api/v1/organisations/${JOHN_FROST}/people`
    const first = (await collect.call('GET', path)).json
    const rest = (await collect.call('GET', `${path}?after=${first.next}`)).json
    const subs = [...first.items, ...rest.items].map(({ sub }: { sub: string }) => sub)
    assert.deepEqual([first.items.length, rest.items.length, rest.next], [100, 21, null])
    assert.deepEqual([subs[0], subs[119], subs[120]], ['p1001', 'p1120', person.id])
    const some = (await collect.call('GET', `${path}?role=school-preferences`)).json
    assert.deepEqual(
      some.items.map(({ sub }: { sub: string }) => sub),
      [person.id],
    )
    for (const wrong of ['x', Buffer.from('{"key":"\\u0000","sub":"a"}').toString('base64url')])
      assert.equal((await collect.call('GET', `${path}?after=${wrong}`)).status, 400)
  })

  test('with the person, its access or the system, the answers end at the next call', async () => {
    const gone = await newPerson(server, { organisation: CARDIFF_HIGH, role: 'school-user' })
    const { code, clientId, secret } = await newSystem(server, { code: 'short-lived' })
    const api = apiOf(server, { token: await server.token(clientId, secret) })
    const status = async () => (await api.call('GET', `/api/v1/people/${gone.id}/organisations`)).status
    const change = (run: (tx: Tx) => Promise<void>) => server.world.db.transaction().execute(run)
    await grantSystem(server, gone, code, ['school-census'])
    assert.equal(await status(), 200)
    await grantSystem(server, gone, code, [])
    assert.equal(await status(), 404)
    await grantSystem(server, gone, code, ['school-census'])
    assert.equal(await status(), 200)
    await change((tx) => archivePerson(tx, gone.id, server.clock.now()))
    assert.equal(await status(), 404)
    await change((tx) => removeSystem(tx, code, server.clock.now()))
    assert.equal(await status(), 401)
  })
})
