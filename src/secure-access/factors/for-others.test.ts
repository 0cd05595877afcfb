import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signIn } from '../../../test/jar.ts'
import { newApp } from '../../../test/second-factors.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { newAccount, newPerson, visitorOf, type TestPerson, type Visitor } from '../../../test/visitor.ts'
import { forEachDatabase } from '../../../test/world.ts'
import { sql } from '../../kit/database.ts'
import { listFactors } from './store.ts'

const HOUR = 3_600_000
const SCHOOL = '6804020'
const NEW = 'lantern otter violin'

forEachDatabase((name) => {
  let server: TestServer
  let approver: Visitor
  let dba: Visitor
  let national: Visitor
  let theDba: TestPerson

  before(async () => {
    server = await openTestServer(name)
    const visitor = async (asked: Parameters<typeof newPerson>[1]): Promise<Visitor> =>
      visitorOf(server, await newPerson(server, asked))
    approver = await visitor({ organisation: SCHOOL, role: null, approver: true })
    theDba = await newAccount(server, { organisation: '680LLLL', role: 'lea-dba' })
    dba = await visitorOf(server, theDba)
    national = await visitor({ organisation: '101LLLL', role: 'national-administrator' })
  })
  after(() => server.close())

  const pathOf = ({ organisation, id }: TestPerson, what: string): string =>
    `/people/${organisation}/${id}/${what}`
  const passwordOn = (html: string): string =>
    /translate="no">([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</.exec(html)?.[1] ?? ''

  async function mailsOf(person: TestPerson): Promise<{ template: string; text: string }[]> {
    const { rows } = await sql<{ template: string; text: string }>`
      select template, m::text as text from kit.mail m where about = ${person.id}
      order by created_at, ctid`.execute(server.world.db)
    return rows
  }

  test('a one-time password is shown once, signs in, and is changed at the first sign-in', async () => {
    const person = await newAccount(server, { organisation: SCHOOL, role: 'school-user' })
    const open = await visitorOf(server, person)
    assert.match((await approver.get(pathOf(person, 'one-time-password'))).html, /call back on a number/)
    const made = await approver.post(pathOf(person, 'one-time-password'))
    assert.equal(made.status, 200)
    const password = passwordOn(made.html)
    assert.notEqual(password, '')
    assert.equal((await open.get('/account')).status, 303, 'what was open has ended')
    assert.match((await signIn(server.url, person)).page.html, /password is not right/)
    const { jar, page } = await signIn(server.url, { ...person, password })
    assert.match(page.url, /\/change-password$/)
    const home = await jar.submit(page, { password: NEW, again: NEW })
    assert.equal(home.url, `${server.url}/`)
    assert.match((await signIn(server.url, { ...person, password })).page.html, /password is not right/)
    const mails = await mailsOf(person)
    assert.equal(mails[0]?.template, 'factors-one-time-password')
    for (const { text } of mails) assert.ok(!text.includes(password))
    const { rows } = await sql<{ action: string; actor: string }>`
      select action, actor from kit.audit where subject = ${person.id} and action like '%one-time%'
      order by n`.execute(server.world.db)
    assert.ok(
      rows.some(
        ({ action, actor }) =>
          action === 'secure-access.make-one-time-password' && actor === approver.person.id,
      ),
    )
  })

  test('it lets in who was never activated, ends the links that were sent, and ends itself after 48 hours', async () => {
    const person = await newPerson(server, { organisation: SCHOOL, role: 'school-user' })
    await sql`update accounts.person set activated_at = null where id = ${person.id}`.execute(server.world.db)
    const first = passwordOn((await dba.post(pathOf(person, 'one-time-password'))).html)
    const second = passwordOn((await dba.post(pathOf(person, 'one-time-password'))).html)
    assert.match((await signIn(server.url, { ...person, password: first })).page.html, /is not right/)
    server.clock.advance(47 * HOUR)
    assert.match((await signIn(server.url, { ...person, password: second })).page.url, /change-password$/)
    server.clock.advance(HOUR)
    assert.match((await signIn(server.url, { ...person, password: second })).page.html, /is not right/)
    server.clock.advance(-48 * HOUR)
    const { rows } = await sql<{ at: Date | null }>`
      select activated_at as at from accounts.person where id = ${person.id}`.execute(server.world.db)
    assert.ok(rows[0]!.at)
  })

  test('second factors are removed for somebody who lost them; the person is told, and what was open ends', async () => {
    const person = await newAccount(server, { organisation: SCHOOL, role: 'school-user' })
    assert.equal((await approver.post(pathOf(person, 'reset-factors'))).status, 409)
    await newApp(server.world, person.id)
    const open = await visitorOf(server, person)
    assert.match((await approver.get(pathOf(person, 'reset-factors'))).html, /has one second factor/)
    const done = await approver.post(pathOf(person, 'reset-factors'))
    assert.equal(done.to, `/people/${SCHOOL}/${person.id}`)
    assert.deepEqual(await listFactors(server.world.db, person.id), [])
    assert.equal((await open.get('/account')).status, 303)
    assert.equal((await signIn(server.url, person)).page.url, `${server.url}/`)
    const told = (await mailsOf(person)).filter(({ template }) => template === 'factors-reset')
    assert.equal(told.length, 1)
    assert.ok(told[0]!.text.includes('Person 1'), 'by whom')
  })

  test('the national administrator resets the factors of a DBA and of nobody else, and is shown nobody’s password', async () => {
    const other = await newAccount(server, { organisation: '680LLLL', role: 'lea-user' })
    const colleague = await newAccount(server, { organisation: '101LLLL', role: 'national-administrator' })
    await newApp(server.world, theDba.id)
    assert.equal((await national.get(pathOf(theDba, 'reset-factors'))).status, 200)
    for (const person of [other, colleague]) {
      assert.equal((await national.get(pathOf(person, 'reset-factors'))).status, 404)
      assert.equal((await national.post(pathOf(person, 'reset-factors'))).status, 404)
    }
    for (const person of [theDba, other, colleague]) {
      assert.equal((await national.get(pathOf(person, 'one-time-password'))).status, 403)
      assert.equal((await national.post(pathOf(person, 'one-time-password'))).status, 403)
    }
    assert.equal((await national.post(pathOf(theDba, 'reset-factors'))).status, 303)
    dba = await visitorOf(server, theDba)
  })

  test('nobody takes over an account above, elsewhere or their own', async () => {
    const both = await newAccount(server, { organisation: SCHOOL, role: 'school-user' })
    await sql`
      insert into accounts.membership (person, organisation, approver, created_at)
      values (${both.id}, '6814039', false, now())`.execute(server.world.db)
    const laApprover = await visitorOf(
      server,
      await newPerson(server, { organisation: '680LLLL', role: null, approver: true }),
    )
    for (const what of ['one-time-password', 'reset-factors'])
      for (const [visitor, person] of [
        [laApprover, theDba],
        [approver, both],
        [approver, approver.person],
      ] as const) {
        assert.equal((await visitor.get(pathOf(person, what))).status, 409, what)
        const refused = await visitor.post(pathOf(person, what))
        assert.equal(refused.status, 409, what)
        assert.equal(passwordOn(refused.html), '')
      }
  })
})
