import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { JOHN_FROST } from '../../test/api.ts'
import { noticeOf } from '../../test/page-answers.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newPerson, visitorOf, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import type { Role } from '../permissions/table.ts'
import { audienceOf } from '../accounts/index.ts'

forEachDatabase((database) => {
  let server: TestServer
  before(async () => {
    server = await openTestServer(database)
  })
  after(() => server.close())

  const visitor = async (organisation: string, role: Role, approver = false): Promise<Visitor> =>
    visitorOf(server, await newPerson(server, { organisation, role, approver }))

  const recipients = async (organisation: string): Promise<string[]> =>
    (await audienceOf(server.world.db, [organisation]))
      .recipients(organisation, 'collect-ctf')
      .map(({ address, language }) => `${address} ${language}`)

  it('shows who I am, my roles in words, and when the session ends', async () => {
    const one = await visitor(JOHN_FROST, 'school-user', true)
    const { status, html } = await one.get('/account')
    assert.equal(status, 200)
    for (const said of [
      one.person.username,
      `${one.person.username}@people.example.org`,
      'The John Frost School',
      'School user',
      'Approver',
      // twelve hours from 10:05am in London
      'until 2 September 2026, 10:05pm at the latest',
      'for 30 minutes',
      'href="/secure-access/change-password"',
    ])
      assert.ok(html.includes(said), said)
    assert.doesNotMatch(html, /choose-organisation/, 'there is one organisation only')
  })

  it('lists every organisation of the person, and the way to act for another', async () => {
    const one = await visitor('680LLLL', 'lea-user')
    await sql`
      insert into accounts.membership (person, organisation, approver, created_at)
      values (${one.person.id}, ${JOHN_FROST}, false, now())`.execute(server.world.db)
    const { html } = await one.get('/account')
    assert.match(html, /LEA user/)
    assert.match(html, /The John Frost School[\s\S]*No role/)
    assert.match(html, /You act for it now/)
    assert.match(html, /href="\/choose-organisation\?to=\/account"/)
  })

  it('keeps the language for pages and e-mails, and whether e-mails are wanted', async () => {
    const one = await visitor('6804025', 'school-user')
    const address = `${one.person.username}@people.example.org`
    assert.deepEqual(await recipients('6804025'), [`${address} en`])
    const answer = await one.post('/account', { language: 'cy', mail: 'yes' })
    assert.equal(answer.status, 303)
    const page = await one.get(answer.to!)
    assert.match(page.html, /<html lang="cy"/)
    assert.equal(noticeOf(page), 'Cadwyd yr hyn a ddewiswyd gennych.')
    assert.match(page.html, /value="cy" checked/)
    assert.match((await one.get('/')).html, /<html lang="cy"/, 'on every page from now on')
    assert.deepEqual(await recipients('6804025'), [`${address} cy`])
    const none = await one.get((await one.post('/account', { language: 'en', mail: 'no' })).to!)
    assert.match(none.html, /value="no" checked/)
    assert.match(none.html, /<html lang="en"/)
    assert.deepEqual(await recipients('6804025'), [])
  })

  it('takes nothing but the two choices, and changes nobody else', async () => {
    const one = await visitor(JOHN_FROST, 'school-user')
    const other = await visitor(JOHN_FROST, 'school-user')
    for (const fields of [
      { language: 'fr', mail: 'yes' },
      { language: 'cy' },
      { language: 'cy', mail: 'no', name: 'Somebody else' },
      { language: 'cy', mail: 'no', person: other.person.id },
    ])
      assert.equal((await one.post('/account', fields)).status, 400, JSON.stringify(fields))
    await one.post('/account', { language: 'cy', mail: 'no' })
    const { rows } = await sql<{ language: string; wants: boolean }>`
      select language, wants_mail as wants from accounts.person where id = ${other.person.id}`.execute(
      server.world.db,
    )
    assert.deepEqual(rows, [{ language: 'en', wants: true }])
  })

  it('the browser keeps the language too, for the pages before the sign-in', async () => {
    const one = await visitor(JOHN_FROST, 'school-user')
    await one.get((await one.post('/account', { language: 'cy', mail: 'yes' })).to!)
    assert.equal(one.cookies.get('language'), 'cy')
  })
})
