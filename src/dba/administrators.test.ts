import assert from 'node:assert/strict'
import { after, before, beforeEach, it } from 'node:test'
import { noticeOf, problemsOf, textOf } from '../../test/page-answers.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newPerson, visitorOf, type PageAnswer, type TestPerson, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { createPerson, holdersOf, newPersonId } from '../accounts/index.ts'
import { setOrganisation } from '../establishments/index.ts'
import { sql } from '../kit/database.ts'
import { NOBODY } from './administrators.ts'

const PATH = '/dba/administrators/680'

forEachDatabase((database) => {
  let server: TestServer
  let national: Visitor
  let first: TestPerson
  let second: TestPerson
  before(async () => {
    server = await openTestServer(database)
    await setOrganisation(server.world, '680LLLL', { email: 'transfers@newport.example.org' })
    national = await visitorOf(
      server,
      await newPerson(server, { organisation: '101LLLL', role: 'national-administrator' }),
    )
    first = await newPerson(server, { organisation: '680LLLL', role: 'lea-user' })
    second = await newPerson(server, { organisation: '680LLLL', role: 'lea-plasc' })
  })
  after(() => server.close())
  beforeEach(async () => {
    await sql`delete from kit.mail`.execute(server.world.db)
    await sql`delete from accounts.held_role where role = 'lea-dba'`.execute(server.world.db)
  })

  const holders = async (): Promise<string[]> =>
    (await holdersOf(server.world.db, '680LLLL', 'lea-dba')).map(({ id }) => id)
  const set = (person: string, replaces: string): Promise<PageAnswer> =>
    national.post(PATH, { person, replaces })
  async function mails(): Promise<string[]> {
    const { rows } = await sql<{ mail: string }>`
      select template || ' ' || split_part(to_address, '@', 1) as mail from kit.mail order by mail`.execute(
      server.world.db,
    )
    return rows.map(({ mail }) => mail)
  }

  it('the list names every authority with its administrator, or that it has none', async () => {
    assert.match(textOf(await national.get('/dba/administrators')), /Newport 680 Nobody – Set up/)
    await set(first.id, NOBODY)
    assert.match(textOf(await national.get('/dba/administrators')), /Newport 680 Person \d+ Never Change/)
    assert.doesNotMatch(textOf(await national.get('/dba/administrators?lacking=yes')), /Newport 680/)
  })

  it('a person of the authority gets the role after a confirmation, and all concerned are told', async () => {
    assert.match((await national.get(PATH)).html, new RegExp(`value="${first.id}"`))
    const confirm = await national.get(`${PATH}?person=${first.id}`)
    assert.match(textOf(confirm), /gets the role of database administrator/)
    assert.doesNotMatch(textOf(confirm), /loses the role/)
    const answer = await set(first.id, NOBODY)
    assert.match(noticeOf(await national.get(answer.to!)) ?? '', /is the database administrator now/)
    assert.deepEqual(await holders(), [first.id])
    assert.deepEqual(await mails(), [
      `authority-dba-changed transfers`,
      `authority-dba-given ${first.username}`,
    ])
    const dba = await visitorOf(server, first)
    assert.equal((await dba.get('/dba')).status, 200)
  })

  it('the former one loses the role in the same moment, and only when the form said so', async () => {
    await set(first.id, NOBODY)
    const dba = await visitorOf(server, first)
    assert.match(textOf(await national.get(`${PATH}?person=${second.id}`)), /loses the role/)
    const unseen = await set(second.id, NOBODY)
    assert.equal(unseen.status, 409)
    assert.match(problemsOf(unseen), /Somebody else has the role meanwhile/)
    assert.deepEqual(await holders(), [first.id])
    await sql`delete from kit.mail`.execute(server.world.db)
    await set(second.id, first.id)
    assert.deepEqual(await holders(), [second.id])
    assert.equal((await dba.get('/dba')).status, 403)
    assert.deepEqual(
      await mails(),
      [
        'authority-dba-changed transfers',
        `authority-dba-given ${second.username}`,
        `authority-dba-taken ${first.username}`,
      ].sort(),
    )
  })

  it('of two that are set up at once one has the role', async () => {
    const answers = await Promise.all([set(first.id, NOBODY), set(second.id, NOBODY)])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409])
    assert.equal((await holders()).length, 1)
  })

  it('a new person is added with the role and invited; the authority is not asked for', async () => {
    await set(first.id, NOBODY)
    await sql`delete from kit.mail`.execute(server.world.db)
    const person = {
      name: 'Elen Marrowby',
      username: '680marrowby',
      email: 'elen.marrowby@newport.example.org',
    }
    const fields = { ...person, language: 'cy' }
    const unsaid = await national.post(`${PATH}/new`, fields)
    assert.equal(unsaid.status, 400)
    assert.match(problemsOf(unsaid), /present database administrator is to lose the role/)
    assert.match(unsaid.html, /value="Elen Marrowby"/)
    const cases: [Record<string, string>, RegExp][] = [
      [{ username: 'e m' }, /username/i],
      [{ username: first.username.toUpperCase() }, /username/i],
      [{ email: 'elen@gmail.com' }, /gmail/],
      [{ name: '' }, /Enter a name/],
    ]
    for (const [wrong, said] of cases)
      assert.match(
        problemsOf(await national.post(`${PATH}/new`, { ...fields, ...wrong, replaces: first.id })),
        said,
      )
    assert.deepEqual(await holders(), [first.id])
    await national.post(`${PATH}/new`, { ...fields, replaces: first.id })
    assert.deepEqual(
      await mails(),
      [
        'authority-dba-changed transfers',
        'authority-dba-given elen.marrowby',
        `authority-dba-taken ${first.username}`,
        'invitation elen.marrowby',
      ].sort(),
    )
    const { rows } = await sql<{ organisation: string; language: string }>`
      select m.organisation, p.language from accounts.person p join accounts.membership m on m.person = p.id
      where p.username = '680marrowby'`.execute(server.world.db)
    assert.deepEqual(rows, [{ organisation: '680LLLL', language: 'cy' }])
    await sql`delete from accounts.held_role where person in (select id from accounts.person where username = '680marrowby')`.execute(
      server.world.db,
    )
  })

  it('nobody of another authority, of several people or unknown gets it', async () => {
    const elsewhere = await newPerson(server, { organisation: '681LLLL', role: 'lea-user' })
    const id = newPersonId()
    await server.world.db.transaction().execute(async (tx) => {
      const shared = { id, username: '680shared', name: 'Data team', email: 'team.data@newport.example.org' }
      const asked = { ...shared, organisation: '680LLLL', role: 'lea-user', approver: false }
      await createPerson(tx, asked, server.clock.now(), server.world.config)
      await sql`update accounts.person set shared = true where id = ${id}`.execute(tx)
    })
    assert.doesNotMatch((await national.get(PATH)).html, new RegExp(id))
    for (const person of [elsewhere.id, id, 'nobody'])
      assert.equal((await set(person, NOBODY)).status, 404, person)
    assert.equal((await national.get(`${PATH}?person=nobody`)).status, 400)
    assert.equal((await national.get('/dba/administrators/999')).status, 404)
    assert.deepEqual(await holders(), [])
  })

  it('is for the national administrator, who signs in again for it', async () => {
    const dba = await visitorOf(server, await newPerson(server, { organisation: '681LLLL', role: 'lea-dba' }))
    assert.equal((await dba.get('/dba/administrators')).status, 403)
    assert.equal(
      (await dba.post('/dba/administrators/681', { person: first.id, replaces: NOBODY })).status,
      403,
    )
    server.clock.advance(20 * 60_000)
    const answer = await national.get(PATH)
    assert.equal(answer.status, 303)
    assert.equal(answer.to, `/confirm-it-is-you?to=${encodeURIComponent(PATH)}`)
  })
})
