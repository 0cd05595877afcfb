import assert from 'node:assert/strict'
import { after, before, beforeEach, it } from 'node:test'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newAccount, newPerson, visitorOf, type PageAnswer, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { markShared, memberOf, type Member } from '../accounts/index.ts'
import { sql } from '../kit/database.ts'
import { forgetOldTries, issueTo, listOrganisations, openCodeHash } from './index.ts'

const DAY = 24 * 60 * 60_000

forEachDatabase((database) => {
  let server: TestServer
  before(async () => {
    server = await openTestServer(database)
  })
  after(() => server.close())
  beforeEach(() => server.clock.advance(61 * 60_000))

  const query = async (statement: ReturnType<typeof sql>): Promise<Record<string, unknown>[]> =>
    (await statement.execute(server.world.db)).rows as Record<string, unknown>[]

  /** A school that no other test has, its people signed in, and its code. */
  let schools: string[] | undefined
  async function school(): Promise<string> {
    schools ??= (
      await query(sql`
      select code from establishments.organisation
      where la = '680' and kind = 'school' and status = 'open' order by code`)
    ).map(({ code }) => String(code))
    return schools.shift()!
  }
  const visitor = async (organisation: string): Promise<Visitor> =>
    visitorOf(server, await newPerson(server, { organisation, role: 'school-user' }))
  async function issue(organisation: string, issuer = 'operator'): Promise<string> {
    const { db, clock, mailer, config } = server.world
    const hashes = await openCodeHash(server.world)
    const found = await listOrganisations(
      db,
      { la: null, codes: [organisation] },
      { limit: 1, at: clock.now() },
    )
    const by = { hashes, by: issuer, now: clock.now() }
    const [issued] = await db.transaction().execute((tx) => issueTo({ mailer, config }, tx, found, by))
    return issued!.code
  }
  const member = async ({ person }: Visitor): Promise<Member> =>
    (await memberOf(server.world.db, person.organisation, person.id))!
  async function mailed(about: string): Promise<string[]> {
    const rows = await query(
      sql`select template || ' ' || to_address as mail from kit.mail where about = ${about}`,
    )
    return rows.map(({ mail }) => String(mail)).sort()
  }
  const says = ({ html }: PageAnswer, text: RegExp): void => assert.match(html, text)

  it('with its code, in any case and without hyphens, a person of the organisation becomes its approver; those concerned are told', async () => {
    const organisation = await school()
    await query(
      sql`update establishments.organisation set email = 'office@school.example.org' where code = ${organisation}`,
    )
    const dba = await newPerson(server, { organisation: '680LLLL', role: 'lea-dba' })
    const person = await visitor(organisation)
    const code = await issue(organisation)
    const answer = await person.post('/claim-approver', { code: code.toLowerCase().replaceAll('-', ' ') })
    assert.equal(answer.to, '/', answer.html)
    assert.equal((await member(person)).approver, true)
    assert.equal((await person.get('/clients')).status, 200)
    assert.deepEqual(await mailed(person.person.id), [
      'claim-claimed office@school.example.org',
      `claim-claimed ${dba.username}@people.example.org`,
      `claim-yours ${person.person.username}@people.example.org`,
    ])
    const audit = await query(sql`
      select action, outcome, organisation from kit.audit where subject = ${person.person.id} and action = 'approvers.claim'`)
    assert.deepEqual(audit, [{ action: 'approvers.claim', outcome: 'done', organisation }])
  })

  it('nobody claims it by a code of their own; another person does', async () => {
    const organisation = '681LLLL'
    const dba = await visitorOf(server, await newPerson(server, { organisation, role: 'lea-dba' }))
    const code = await issue(organisation, dba.person.id)
    const answer = await dba.post('/claim-approver', { code })
    assert.equal(answer.status, 409)
    says(answer, /You issued this code yourself/)
    assert.equal((await member(dba)).approver, false)
    const other = await visitorOf(server, await newPerson(server, { organisation, role: 'lea-user' }))
    assert.equal((await other.post('/claim-approver', { code })).to, '/')
  })

  it('a code works once: whoever comes later is shown whom to ask', async () => {
    const organisation = await school()
    const [first, second] = [await visitor(organisation), await visitor(organisation)]
    const code = await issue(organisation)
    await first.post('/claim-approver', { code })
    const late = await second.post('/claim-approver', { code })
    assert.equal(late.status, 409)
    const { rows } = await sql<{ name: string }>`
      select name from accounts.person where id = ${first.person.id}`.execute(server.world.db)
    says(late, new RegExp(`Somebody has claimed the role already[\\s\\S]*<li>${rows[0]!.name}</li>`))
    assert.ok(!late.html.includes('id="code"'))
    says(await first.get('/claim-approver'), /You are an approver of your organisation/)
    assert.equal((await member(second)).approver, false)
  })

  it('of two that claim at once one wins, and the other is told so', async () => {
    const organisation = await school()
    const both = [await visitor(organisation), await visitor(organisation), await visitor(organisation)]
    const code = await issue(organisation)
    const answers = await Promise.all(both.map((one) => one.post('/claim-approver', { code })))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409, 409])
    const approvers = await Promise.all(both.map(async (one) => (await member(one)).approver))
    assert.deepEqual(approvers.filter(Boolean), [true])
  })

  it('a code that is of another organisation, withdrawn, replaced, run out or mistyped is refused', async () => {
    const [organisation, other] = [await school(), await school()]
    const person = await visitor(organisation)
    const foreign = await issue(other)
    const former = await issue(organisation)
    server.clock.advance(1000)
    const newest = await issue(organisation)
    const refused = async (code: string): Promise<PageAnswer> => {
      const answer = await person.post('/claim-approver', { code })
      assert.equal(answer.status, 422, code)
      return answer
    }
    for (const code of [foreign, former, '4444-4444-4444-4444-4444'])
      says(await refused(code), /href="#code">This code cannot be used/)
    says(await refused(newest.slice(0, -1)), /This is not a whole code/)
    says(await refused(''), /This is not a whole code/)
    server.clock.advance(93 * DAY)
    const later = await visitorOf(server, person.person)
    assert.equal((await later.post('/claim-approver', { code: newest })).status, 422)
    says(
      await later.get('/claim-approver'),
      /No code can be used for your organisation just now. Ask Newport/,
    )
    assert.equal((await member(person)).approver, false)
  })

  it('after ten wrong codes an hour not even the right one is taken, side by side too; a right one never counts', async () => {
    const organisation = await school()
    const person = await visitor(organisation)
    const code = await issue(organisation)
    const wrong = '4444-4444-4444-4444-4444'
    const answers = await Promise.all(
      Array.from({ length: 14 }, () => person.post('/claim-approver', { code: wrong })),
    )
    assert.equal(answers.filter(({ status }) => status === 422).length, 10)
    const throttled = await person.post('/claim-approver', { code })
    assert.equal(throttled.status, 429)
    assert.ok(Number(throttled.headers.get('retry-after')) > 0)
    says(throttled, /Too many wrong codes/)
    server.clock.advance(61 * 60_000)
    const again = await visitorOf(server, person.person)
    assert.equal((await again.post('/claim-approver', { code })).to, '/')
    const kept = (): Promise<unknown[]> => query(sql`select from approvers.wrong_code`)
    await forgetOldTries(server.world)
    assert.notEqual((await kept()).length, 0)
    server.clock.advance(DAY)
    await forgetOldTries(server.world)
    assert.equal((await kept()).length, 0)
  })

  it('Home leads to the offer while there is a code, until "not now"; then it says so in a notice', async () => {
    const organisation = await school()
    const [person, colleague] = [await visitor(organisation), await visitor(organisation)]
    says(await person.get('/'), /href="\/claim-approver"/)
    await issue(organisation)
    assert.equal((await person.get('/')).to, '/claim-approver')
    says(await person.get('/claim-approver'), /name="code"[\s\S]*Not now/)
    assert.equal((await person.post('/claim-approver/not-now')).to, '/')
    assert.equal((await person.post('/claim-approver/not-now')).to, '/')
    const home = await person.get('/')
    assert.equal(home.status, 200)
    says(home, /href="\/claim-approver"/)
    assert.equal((await colleague.get('/')).to, '/claim-approver', 'said for oneself only')
  })

  async function sharedOf(organisation: string, role: 'school-user' | 'lea-school'): Promise<Visitor> {
    const account = await newAccount(server, { organisation, role })
    await server.world.db.transaction().execute((tx) => markShared(tx, account.id))
    return visitorOf(server, account)
  }
  const ownOf = (username: string): Record<string, string> => ({
    name: 'Heledd Quickthorn',
    email: `${username}@school.example.org`,
    username,
  })

  it('by a shared account the claim makes an account of one’s own with its roles, and ends the shared one', async () => {
    // a role that one person only may hold passes on too
    const shared = await sharedOf('671LLLL', 'lea-school')
    const code = await issue('671LLLL')
    says(
      await shared.get('/claim-approver'),
      /id="code"[\s\S]*id="name"[\s\S]*id="email"[\s\S]*id="username"/,
    )
    const answer = await shared.post('/claim-approver', { code, ...ownOf('671hquickthorn') })
    assert.match(answer.to ?? answer.html, /^\/secure-access\/activate\/[\w-]{43}$/)
    const [person] = await query(
      sql`select id, shared from accounts.person where username = '671hquickthorn'`,
    )
    const own = await memberOf(server.world.db, '671LLLL', String(person!['id']))
    assert.deepEqual([own!.roles, own!.approver, person!['shared']], [['lea-school'], true, false])
    assert.deepEqual(await mailed(String(person!['id'])), ['invitation 671hquickthorn@school.example.org'])
    const former = await member(shared)
    assert.deepEqual([former.endedAs, former.endedBecause, former.roles], ['archived', 'claimed', []])
    assert.match((await shared.get('/')).to ?? '', /^\/sign-in/)
    const page = await fetch(server.url + answer.to!)
    assert.equal(page.status, 200)
    assert.match(await page.text(), /671hquickthorn/)
    const audit = await query(
      sql`select action from kit.audit where subject = ${shared.person.id} order by action`,
    )
    assert.ok(audit.some(({ action }) => action === 'approvers.retire-shared'))
  })

  const MISTYPED: [field: string, value: string, says: RegExp][] = [
    ['name', '', /href="#name">This name cannot be shown/],
    ['email', 'no address', /href="#email">/],
    ['email', 'me@gmail.com', /href="#email">gmail.com is for private e-mail/],
    ['email', 'office@school.example.org', /href="#email">office@ is a mailbox that several people read/],
    ['username', 'has space', /href="#username">This username cannot be used/],
  ]
  it('what is mistyped is said at its field; nothing is used up and the shared account goes on', async () => {
    const organisation = await school()
    const shared = await sharedOf(organisation, 'school-user')
    const code = await issue(organisation)
    for (const [field, value, text] of MISTYPED) {
      const fields = { code, ...ownOf('680mistyped'), [field]: value }
      const answer = await shared.post('/claim-approver', fields)
      assert.equal(answer.status, 422, `${field} ${value}`)
      says(answer, text)
      assert.ok(answer.html.includes(`value="${code}"`))
    }
    const taken = await shared.post('/claim-approver', { code, ...ownOf(shared.person.username) })
    assert.equal(taken.status, 409)
    says(taken, /href="#username">/)
    assert.equal((await member(shared)).endedAt, null)
    assert.match((await shared.post('/claim-approver', { code, ...ownOf('680rightnow') })).to!, /activate/)
  })

  it('a shared account where somebody approves already is warned, and told whom to ask', async () => {
    const organisation = await school()
    const shared = await sharedOf(organisation, 'school-user')
    await newPerson(server, { organisation, role: null, approver: true })
    says(await shared.get('/'), /account that several people use/)
    says(await shared.get('/claim-approver'), /Ask for an account of your own/)
  })
})
