import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { JOHN_FROST } from '../../test/api.ts'
import { noticeOf, problemsOf, textOf } from '../../test/page-answers.ts'
import { lastRequestOf, mailsAbout, toldAbout } from '../../test/requests.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newPerson, visitorOf, type TestPerson } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import { HELP_LIMITS } from './rules.ts'

const HOUR = 3_600_000

/** What somebody types who is not signed in. */
const FORM = {
  topic: 'factor',
  q: '680/4020',
  name: 'Sioned Ap-Rhys',
  username: '680sioned',
  email: 'sioned@school.example',
  details: 'My phone fell into the Usk.\r\n<b>Help!</b>',
}

forEachDatabase((database) => {
  let server: TestServer
  let approver: TestPerson
  let network = 0
  before(async () => {
    server = await openTestServer(database, { env: { TRUSTED_PROXIES: '127.0.0.1' } })
    approver = await newPerson(server, {
      organisation: JOHN_FROST,
      role: null,
      approver: true,
      language: 'cy',
    })
  })
  after(() => server.close())

  /** Sends the form as a browser in some network would. */
  async function send(
    fields: Partial<Record<string, string>>,
    from = `198.51.100.${(network += 1)}`,
  ): Promise<{ status: number; to: string | null; html: string; headers: Headers }> {
    // so that one is the newest
    server.clock.advance(1000)
    const response = await fetch(`${server.url}/get-help`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(fields as Record<string, string>),
      headers: { 'sec-fetch-site': 'same-origin', 'x-forwarded-for': from },
    })
    const { status, headers } = response
    return { status, headers, to: headers.get('location'), html: await response.text() }
  }
  const count = async (): Promise<number> => {
    const { rows } = await sql<{ n: number }>`select count(*)::integer as n from requests.request`.execute(
      server.world.db,
    )
    return rows[0]!.n
  }
  const last = () => lastRequestOf(server.world.db, null)

  it('needs no sign-in, and goes to the approvers without a word of what was typed', async () => {
    const page = await (await fetch(`${server.url}/get-help`)).text()
    assert.match(page, /Do not write anything about a pupil/)
    const answer = await send(FORM)
    assert.deepEqual([answer.status, answer.to], [303, '/get-help?sent=yes'])
    const request = await last()
    assert.deepEqual(
      [request.kind, request.stage, request.organisation, request.topic, request.name, request.details],
      ['help', 'approver', JOHN_FROST, 'factor', FORM.name, 'My phone fell into the Usk.\n<b>Help!</b>'],
    )
    const mails = await mailsAbout(server.world.db, request.id)
    assert.deepEqual(
      mails.map(({ template, to, language }) => [template, to, language]),
      [['request-help', `${approver.username}@people.example.org`, 'cy']],
    )
    const { rows } = await sql<{ line: string }>`
      select json_build_array(action, actor, subject, reason)::text as line from kit.audit
      where subject = ${request.id}`.execute(server.world.db)
    assert.equal(rows.length, 1)
    for (const secret of ['Sioned', 'sioned', 'Usk'])
      assert.ok(!JSON.stringify([mails, rows]).includes(secret), secret)
  })

  it('is answered alike whoever asks, about whatever organisation', async () => {
    const answers = []
    for (const changes of [
      {},
      { q: '6804025' },
      { username: approver.username, email: `${approver.username}@people.example.org` },
      { username: 'nobody', q: '680LLLL' },
    ]) {
      const { status, to, html, headers } = await send({ ...FORM, ...changes })
      const same = [...headers].filter(([name]) => name !== 'date' && !name.startsWith('x-ratelimit'))
      answers.push({ status, to, html, headers: same })
    }
    for (const answer of answers) assert.deepEqual(answer, answers[0])
  })

  it('an approver reads it escaped, and answers in words that are mailed, or marks it as done', async () => {
    await send(FORM)
    const { id } = await last()
    const one = await visitorOf(server, { ...approver })
    await one.get('/?lang=en')
    const page = await one.get(`/requests/${id}`)
    assert.match(page.html, /&lt;b&gt;Help!&lt;\/b&gt;/)
    assert.ok(!page.html.includes('<b>Help'))
    assert.match(textOf(page), /nobody has checked who this is/)
    assert.equal((await one.post(`/requests/${id}/approve`, { role: ['school-user'] })).status, 404)
    assert.equal((await one.post(`/requests/${id}/answer`)).status, 400)
    const answer = await one.post(`/requests/${id}/answer`, { answer: 'Your codes were reset.' })
    assert.equal(noticeOf(await one.get(answer.to!)), 'Your answer was sent by e-mail.')
    const mail = (await mailsAbout(server.world.db, id)).find(
      ({ template }) => template === 'request-help-answered',
    )
    assert.deepEqual(
      [mail?.to, mail?.language, mail?.params['answer']],
      [FORM.email, 'en', 'Your codes were reset.'],
    )
    assert.equal((await one.post(`/requests/${id}/done`)).status, 409)

    await send(FORM)
    const next = await last()
    await one.post(`/requests/${next.id}/done`)
    assert.equal((await last()).state, 'answered')
    assert.deepEqual(await toldAbout(server.world.db, next.id), [`request-help to ${approver.username}`])
  })

  it('what is filled in wrongly is said at its field, with what was typed; nothing is kept', async () => {
    const before = await count()
    const CASES: [changes: Record<string, string>, said: RegExp][] = [
      [{ topic: 'none' }, /Choose what it is about/],
      [{ q: '' }, /Enter the number or the name/],
      [{ q: 'zzzzz' }, /No organisation was found/],
      [{ q: '6809999' }, /No organisation was found/],
      [{ q: 'Newport' }, /Choose the organisation/],
      [{ name: '' }, /Enter your name/],
      [{ name: 'Win at www.prizes.example' }, /Enter your name/],
      [{ name: 'evil.example' }, /Enter your name/],
      [{ email: 'sioned' }, /Enter one e-mail address/],
      [{ email: 'a@b.example, c@d.example' }, /Enter one e-mail address/],
      [{ username: 'two words' }, /username without blanks/],
      [{ details: 'x'.repeat(1001) }, /no more than 1,000/],
      [{ topic: 'other', details: ' ' }, /Enter what you need/],
    ]
    for (const [changes, said] of CASES) {
      const answer = await send({ ...FORM, ...changes })
      assert.equal(answer.status, 400, JSON.stringify(changes))
      assert.match(problemsOf({ ...answer, bytes: Buffer.alloc(0) }), said)
      assert.match(answer.html, /value="680sioned"|value="two words"/)
    }
    assert.equal(await count(), before)
  })

  it('an organisation is chosen among those that were found by name, and looked for anew when the name is changed', async () => {
    const found = await send({ ...FORM, q: 'john frost' })
    assert.match(found.html, /type="radio" value="6804020"/)
    assert.match(found.html, /name="sought" value="john frost"/)
    const chosen = { ...FORM, q: 'john frost', sought: 'john frost', organisation: JOHN_FROST }
    assert.equal((await send(chosen)).status, 303)
    assert.equal((await last()).organisation, JOHN_FROST)
    const changed = await send({ ...chosen, q: 'cardiff high' })
    assert.equal(changed.status, 400)
    assert.match(changed.html, /value="6814039"/)
    assert.equal((await send({ ...chosen, q: '6804025' })).status, 303)
    assert.equal((await last()).organisation, '6804025', 'the number counts')
  })

  it('one network sends few an hour, and about one organisation come so many a day; elsewhere it goes on', async () => {
    const same = '203.0.113.7'
    for (let sent = 0; sent < HELP_LIMITS.fromAddressAnHour; sent += 1)
      assert.equal((await send({ ...FORM, q: '6804026' }, same)).status, 303)
    const refused = await send({ ...FORM, q: '6804026' }, same)
    assert.equal(refused.status, 429)
    assert.ok(Number(refused.headers.get('retry-after')) > 0)
    assert.match(refused.html, /value="680sioned"/)
    assert.equal((await send({ ...FORM, q: '6804026' })).status, 303, 'another network')
    server.clock.advance(HOUR + 1)
    assert.equal((await send({ ...FORM, q: '6804026' }, same)).status, 303)
    await sql`
      insert into requests.request (id, kind, state, stage, organisation, topic, language, asked_from, asked_at, stage_at)
      select 'day-' || n, 'help', 'open', 'dba', '6802276', 'other', 'en', decode('00', 'hex'), ${server.clock.now()}, now()
      from generate_series(1, ${HELP_LIMITS.ofOrganisationADay}::integer) n`.execute(server.world.db)
    assert.equal((await send({ ...FORM, q: '6802276' })).status, 429)
    assert.equal((await send(FORM)).status, 303)
  })

  it('who is signed in finds the form filled in, and the request under the own ones', async () => {
    const person = await newPerson(server, { organisation: JOHN_FROST, role: 'school-user' })
    const one = await visitorOf(server, person)
    const { html } = await one.get('/get-help')
    for (const value of [JOHN_FROST, person.username, `${person.username}@people.example.org`])
      assert.ok(html.includes(`value="${value}"`), value)
    const answer = await one.post('/get-help', { ...FORM, topic: 'details', email: 'new@school.example' })
    assert.equal(answer.to, '/get-help?sent=yes')
    const request = await lastRequestOf(server.world.db, person.id)
    assert.deepEqual([request.email, request.isCounted], ['new@school.example', false])
    assert.match(textOf(await one.get('/account/access')), /My details are to be changed/)
    const foreign = await one.send('/get-help', {
      method: 'POST',
      body: new URLSearchParams(FORM),
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    assert.equal(foreign.status, 403)
  })

  it('a year after its end nothing is left of what was typed', async () => {
    await send(FORM)
    const { id } = await last()
    const one = await visitorOf(server, approver)
    await one.post(`/requests/${id}/done`)
    server.clock.advance(366 * 24 * HOUR)
    const { workOnRequests } = await import('./index.ts')
    await workOnRequests(server.world)
    const { rows } = await sql<{ whole: string }>`
      select row_to_json(r)::text as whole from requests.request r where id = ${id}`.execute(server.world.db)
    for (const typed of [FORM.name, FORM.username, FORM.email, 'Usk'])
      assert.ok(!rows[0]!.whole.includes(typed), typed)
  })
})
