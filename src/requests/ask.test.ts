import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { CARDIFF_HIGH, JOHN_FROST } from '../../test/api.ts'
import { noticeOf, problemsOf, textOf } from '../../test/page-answers.ts'
import { asks, lastRequestOf, toldAbout } from '../../test/requests.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { grantSystem, newSystem } from '../../test/systems.ts'
import { newPerson, visitorOf, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import { OPEN_MOST } from './rules.ts'

forEachDatabase((database) => {
  let server: TestServer
  const secretary = async (organisation = JOHN_FROST): Promise<Visitor> =>
    visitorOf(server, await newPerson(server, { organisation, role: 'school-user' }))

  before(async () => {
    server = await openTestServer(database)
    await newSystem(server)
    await newSystem(server, {
      code: 'key-to-success',
      name: { en: 'Key to Success', cy: 'Allwedd Llwyddiant' },
    })
    await newPerson(server, { organisation: JOHN_FROST, role: null, approver: true })
  })
  after(() => server.close())

  const count = async (person: string): Promise<number> => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::integer as n from requests.request where person = ${person}`.execute(server.world.db)
    return rows[0]!.n
  }

  it('shows what one may do, at each organisation and in each system', async () => {
    const one = await secretary()
    await grantSystem(server, one.person, 'collect', ['school-census'])
    await sql`
      insert into accounts.membership (person, organisation, approver, created_at)
      values (${one.person.id}, ${CARDIFF_HIGH}, true, now())`.execute(server.world.db)
    const text = textOf(await one.get('/account/access'))
    assert.match(
      text,
      /John Frost School 6804020 You act for it now School user COLLECT: School census Cardiff High School 6814039 Approver/,
    )
    assert.match(text, /You have asked for nothing/)
  })

  it('offers what one has not, of this service and of each system, for the kind of the organisation', async () => {
    const one = await secretary()
    await grantSystem(server, one.person, 'collect', ['school-census'])
    const page = await one.get('/account/access')
    assert.match(page.html, /href="\/account\/access\/ask\?system=collect"/)
    assert.match(textOf(await one.get('/account/access/ask')), /nothing more to ask for/)
    const { html } = await one.get('/account/access/ask?system=collect')
    assert.match(html, /value="school-preferences"/)
    assert.doesNotMatch(html, /value="(school-census|approve)"/, 'held, and of LAs only')
    assert.equal((await one.get('/account/access/ask?system=none-such')).status, 404)
    const clerk = await visitorOf(
      server,
      await newPerson(server, { organisation: '680LLLL', role: 'lea-plasc' }),
    )
    const roles = (await clerk.get('/account/access/ask')).html
    assert.match(roles, /value="lea-admissions"/)
    assert.doesNotMatch(roles, /value="(lea-plasc|lea-dba|national-administrator)"/)
  })

  it('a request says whom it is with, and can be withdrawn, once', async () => {
    const one = await secretary()
    const { id } = await asks(server.world.db, one, 'collect', ['school-census', 'school-preferences'])
    const page = await one.get('/account/access')
    assert.match(textOf(page), /Waiting COLLECT: School census, School preferences .* with the approvers/)
    const other = await secretary()
    assert.equal((await other.post(`/account/access/${id}/withdraw`)).status, 404, 'one’s own only')
    const answer = await one.post(`/account/access/${id}/withdraw`)
    assert.equal(noticeOf(await one.get(answer.to!)), 'Your request was withdrawn.')
    const again = await one.post(`/account/access/${id}/withdraw`)
    assert.equal(again.status, 409)
    assert.match(problemsOf(again), /no longer open/)
    assert.equal((await lastRequestOf(server.world.db, one.person.id)).state, 'withdrawn')
  })

  it('the same is asked for once at a time, another collection beside it; side by side too', async () => {
    const one = await secretary()
    const ask = (system: string, ...role: string[]) =>
      one.post('/account/access/ask', { system, role, details: 'I send the returns' })
    const all = await Promise.all(Array.from({ length: 8 }, () => ask('collect', 'school-census')))
    assert.deepEqual(all.map(({ status }) => status).sort(), [303, ...Array<number>(7).fill(409)])
    assert.equal((await ask('collect', 'school-preferences', 'school-census')).status, 409)
    assert.equal((await ask('collect', 'school-preferences')).status, 303)
    assert.equal((await ask('key-to-success', 'school-census')).status, 303)
    assert.equal(await count(one.person.id), 3)
  })

  it('a form that is not filled in says so at its fields, and keeps what was typed', async () => {
    const one = await secretary()
    const none = await one.post('/account/access/ask', { system: 'collect', details: 'The returns' })
    assert.equal(none.status, 422)
    assert.match(problemsOf(none), /Nothing is ticked/)
    assert.match(none.html, />The returns<\/textarea>/)
    const ticked = { system: 'collect', role: ['school-census'] }
    for (const [details, said] of [
      ['  ', /Enter why you ask/],
      ['x'.repeat(1001), /no more than 1,000 characters/],
      ['x\u202Ey', /plain text/],
    ] as const) {
      const answer = await one.post('/account/access/ask', { ...ticked, details })
      assert.equal(answer.status, 400)
      assert.match(problemsOf(answer), said)
      assert.match(answer.html, /value="school-census" checked/)
    }
    assert.equal(await count(one.person.id), 0)
  })

  it('nobody floods those who answer', async () => {
    const one = await secretary()
    await sql`
      insert into requests.request (id, kind, state, stage, organisation, person, topic, asked_at, stage_at)
      select 'flood-' || n, 'help', 'open', 'approver', ${JOHN_FROST}, ${one.person.id}, 'other', now(), now()
      from generate_series(1, ${OPEN_MOST}::integer) n`.execute(server.world.db)
    const answer = await one.post('/account/access/ask', {
      system: 'collect',
      role: ['school-census'],
      details: 'x',
    })
    assert.match(problemsOf(answer), /At most 20 may be open/)
  })

  it('another organisation is looked for by name or number, and its approvers are asked', async () => {
    const one = await secretary(CARDIFF_HIGH)
    const found = await one.get('/account/access/join?q=john+frost')
    assert.match(found.html, /value="6804020"/)
    assert.match(textOf(await one.get('/account/access/join?q=zzzzz')), /Nothing was found/)
    assert.doesNotMatch((await one.get('/account/access/join?q=101LLLL')).html, /type="radio"/)
    const form = await one.get('/account/access/join?organisation=6804020')
    assert.match(textOf(form), /The John Frost School.*Which roles/)
    const answer = await one.post('/account/access/join', {
      organisation: JOHN_FROST,
      role: ['school-user'],
      details: 'I work there on Fridays',
    })
    assert.match(noticeOf(await one.get(answer.to!)) ?? '', /approvers of the organisation/)
    const { id, stage, kind } = await lastRequestOf(server.world.db, one.person.id)
    assert.deepEqual([stage, kind], ['approver', 'join'])
    const told = await toldAbout(server.world.db, id)
    assert.equal(told.length, 1)
    assert.match(told[0]!, /^request-join to/)
    for (const organisation of ['101LLLL', '6809999'])
      assert.equal((await one.post('/account/access/join', { organisation, details: 'x' })).status, 404)
  })

  it('speaks Welsh to who reads Welsh', async () => {
    const person = await newPerson(server, { organisation: JOHN_FROST, role: 'school-user', language: 'cy' })
    const one = await visitorOf(server, person)
    await asks(server.world.db, one, 'key-to-success', ['school-census'])
    assert.match(textOf(await one.get('/account/access')), /Yn aros Allwedd Llwyddiant: Cyfrifiad ysgolion/)
  })
})
