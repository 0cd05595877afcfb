import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { codeOf, newApp } from '../../../test/second-factors.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { newPerson, visitorOf, type TestPerson, type Visitor } from '../../../test/visitor.ts'
import { newAccount } from '../../../test/visitor.ts'
import { openJar } from '../../../test/jar.ts'
import { forEachDatabase } from '../../../test/world.ts'
import { sql } from '../../kit/database.ts'
import { listBrowsers } from '../browsers-store.ts'
import { countRecoveryCodes, listFactors, type Factor } from './store.ts'

const MINUTE = 60_000
const APPROVER = { organisation: '6804020', role: null, approver: true } as const
const SCHOOL = { organisation: '6804020', role: 'school-user' } as const
const HOME = '/account/security'

const offerOn = (html: string): { offer: string; secret: string } => ({
  offer: /name="offer" value="([^"]+)"/.exec(html)![1]!,
  secret: /translate="no">([A-Z2-7 ]+)</.exec(html)![1]!.replaceAll(' ', ''),
})

forEachDatabase((name) => {
  let server: TestServer
  before(async () => {
    // of those with a role nobody needs a factor, of approvers everybody
    server = await openTestServer(name, { env: { SECOND_FACTOR_ROLES: 'approver' } })
  })
  after(() => server.close())

  async function newVisitor(
    asked: Parameters<typeof newPerson>[1] = SCHOOL,
  ): Promise<{ person: TestPerson; visitor: Visitor }> {
    const person = await newAccount(server, asked)
    return { person, visitor: await visitorOf(server, person) }
  }

  const factorsOf = (person: TestPerson): Promise<Factor[]> => listFactors(server.world.db, person.id)

  async function changesTold(person: TestPerson): Promise<string[]> {
    const { rows } = await sql<{ change: string }>`
      select coalesce(params -> 'change' ->> 'en', params ->> 'change') as change from kit.mail
      where about = ${person.id} and template = 'factors-changed' order by created_at, ctid`.execute(
      server.world.db,
    )
    return rows.map(({ change }) => change)
  }

  test('an app is added, named, renamed and removed; the person is told of each by mail', async () => {
    const { person, visitor } = await newVisitor()
    assert.match((await visitor.get(HOME)).html, /None is set up/)
    const page = await visitor.get(`${HOME}/authenticator`)
    const { offer, secret } = offerOn(page.html)
    const kind = 'authenticator'
    const wrong = await visitor.post(`${HOME}/authenticator`, { kind, offer, code: '000000', name: 'Phone' })
    assert.equal(wrong.status, 422)
    assert.equal(offerOn(wrong.html).secret, secret)
    const code = await codeOf(secret, server)
    const added = await visitor.post(`${HOME}/authenticator`, { kind, offer, code, name: ' My phone ' })
    assert.equal([...added.html.matchAll(/<li class="cts-code">/g)].length, 10, added.html)
    const [factor] = await factorsOf(person)
    assert.equal(factor?.name, 'My phone')
    assert.match((await visitor.get(HOME)).html, /My phone[\s\S]*There are 10 left/)
    const path = `${HOME}/factors/${factor.id}`
    assert.equal((await visitor.post(path, { name: 'x'.repeat(61) })).status, 422)
    assert.equal((await visitor.post(path, { name: 'Old phone' })).to, HOME)
    assert.equal((await visitor.post(`${path}/remove`)).to, HOME)
    assert.deepEqual(await factorsOf(person), [])
    assert.equal(await countRecoveryCodes(server.world.db, person.id), 0)
    assert.deepEqual(await changesTold(person), [
      'An authenticator app was added.',
      'A second factor was given another name.',
      'A second factor was removed.',
    ])
  })

  test('the last one stays while the policy needs one, also of two removed at the same moment', async () => {
    const { person, visitor } = await newVisitor(APPROVER)
    await newApp(server.world, person.id)
    const [only] = await factorsOf(person)
    const refused = await visitor.post(`${HOME}/factors/${only!.id}/remove`)
    assert.equal(refused.status, 409)
    assert.match(refused.html, /only second factor, and your role needs one/)
    await newApp(server.world, person.id)
    const both = (await factorsOf(person)).map(({ id }) => visitor.post(`${HOME}/factors/${id}/remove`))
    const statuses = (await Promise.all(both)).map(({ status }) => status)
    assert.deepEqual(statuses.sort(), [303, 409])
    assert.equal((await factorsOf(person)).length, 1)
  })

  test('new recovery codes end the former ones; without a factor there are none', async () => {
    const { person, visitor } = await newVisitor()
    assert.equal((await visitor.post(`${HOME}/recovery-codes`)).status, 409)
    const { codes } = await newApp(server.world, person.id)
    const made = await visitor.post(`${HOME}/recovery-codes`)
    assert.equal(made.status, 200)
    for (const code of codes) assert.ok(!made.html.includes(code))
    assert.equal(await countRecoveryCodes(server.world.db, person.id), 10)
    assert.ok((await changesTold(person)).some((change) => change.startsWith('New recovery codes')))
  })

  test('ten factors are enough', async () => {
    const { person, visitor } = await newVisitor()
    for (let at = 0; at < 10; at += 1) await newApp(server.world, person.id)
    const { offer, secret } = offerOn((await visitor.get(`${HOME}/authenticator`)).html)
    const code = await codeOf(secret, server)
    const more = await visitor.post(`${HOME}/authenticator`, {
      kind: 'authenticator',
      offer,
      code,
      name: 'x',
    })
    assert.equal(more.status, 409)
    assert.equal((await factorsOf(person)).length, 10)
  })

  test('factors and browsers of others are not there', async () => {
    const [mine, theirs] = [await newVisitor(), await newVisitor()]
    await newApp(server.world, theirs.person.id)
    const [factor] = await factorsOf(theirs.person)
    const path = `${HOME}/factors/${factor!.id}`
    assert.equal((await mine.visitor.get(path)).status, 404)
    assert.equal((await mine.visitor.post(path, { name: 'mine' })).status, 404)
    assert.equal((await mine.visitor.post(`${path}/remove`)).status, 404)
    const jar = openJar()
    await jar.submit(await jar.get(`${server.url}/`), {
      ...theirs.person,
      password: 'correct horse battery staple',
    })
    assert.deepEqual(await listBrowsers(server.world.db, mine.person.id, server.clock.now()), [])
  })

  test('known browsers are listed, and each can be forgotten', async () => {
    const { person, visitor } = await newVisitor()
    const password = 'correct horse battery staple'
    const jar = openJar()
    await jar.submit(await jar.get(`${server.url}/`), { username: person.username, password })
    const { world, clock } = server
    const [browser] = await listBrowsers(world.db, person.id, clock.now())
    assert.match((await visitor.get(HOME)).html, new RegExp(`browsers/${browser!.id}/forget`))
    const forgotten = await visitor.post(`${HOME}/browsers/${browser!.id}/forget`)
    assert.equal(forgotten.to, HOME)
    assert.deepEqual(await listBrowsers(world.db, person.id, clock.now()), [])
    assert.equal((await visitor.post(`${HOME}/browsers/${browser!.id}/forget`)).status, 404)
  })

  test('a change asks again who it is, ten minutes after the sign-in', async () => {
    const { visitor } = await newVisitor()
    server.clock.advance(11 * MINUTE)
    for (const path of ['authenticator', 'recovery-codes'])
      assert.equal((await visitor.get(`${HOME}/${path}`)).status, 303, path)
    assert.equal((await visitor.get(HOME)).status, 200)
  })

  test('codes that a page shows once stand nowhere else', async () => {
    const { person } = await newVisitor()
    const { codes, secret } = await newApp(server.world, person.id)
    const { rows } = await sql<{ all: string }>`
      select (select string_agg(a::text, '') from kit.audit a) || (select string_agg(m::text, '') from kit.mail m) as all
    `.execute(server.world.db)
    for (const shown of [...codes, secret]) assert.ok(!rows[0]!.all.includes(shown))
  })
})
