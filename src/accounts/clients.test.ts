import assert from 'node:assert/strict'
import { after, before, beforeEach, it } from 'node:test'
import { CARDIFF_HIGH, JOHN_FROST } from '../../test/api.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newPerson, visitorOf, type PageAnswer, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'

const DAY = 24 * 60 * 60_000

forEachDatabase((database) => {
  let server: TestServer
  let approver: Visitor
  let colleague: Visitor
  let dba: Visitor
  before(async () => {
    server = await openTestServer(database)
    const visitor = async (organisation: string, role: 'school-user' | 'lea-dba' | null): Promise<Visitor> =>
      visitorOf(server, await newPerson(server, { organisation, role, approver: role === null }))
    approver = await visitor(JOHN_FROST, null)
    colleague = await visitor(JOHN_FROST, null)
    dba = await visitor('680LLLL', 'lea-dba')
  })
  after(() => server.close())
  beforeEach(async () => {
    server.clock.advance(1000)
    await signInAgain()
  })
  /** Signed in just now, whatever time has passed. */
  async function signInAgain(): Promise<void> {
    approver = await visitorOf(server, approver.person)
    colleague = await visitorOf(server, colleague.person)
    dba = await visitorOf(server, dba.person)
  }

  const valueOf = ({ html }: PageAnswer, id: string): string =>
    new RegExp(`id="${id}"[^>]* value="([^"]*)"`).exec(html)?.[1] ?? assert.fail(html)
  const hidden = ({ html }: PageAnswer, name: string): string =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? assert.fail(html)
  interface Made {
    id: string
    secret: string
    answer: PageAnswer
  }
  const madeIn = (answer: PageAnswer): Made => {
    assert.equal(answer.status, 200, answer.html)
    return { id: valueOf(answer, 'client-id'), secret: valueOf(answer, 'client-secret'), answer }
  }
  async function make(visitor: Visitor, fields: Record<string, string>): Promise<PageAnswer> {
    const form = await visitor.get('/clients/create')
    return visitor.post('/clients/create', { id: hidden(form, 'id'), ...fields })
  }
  async function made(): Promise<Made> {
    return madeIn(await make(approver, { name: 'School office system', role: 'school-user' }))
  }
  async function rotated(id: string): Promise<Made> {
    const form = await approver.get(`/clients/${id}/rotate`)
    return madeIn(await approver.post(`/clients/${id}/rotate`, { seen: hidden(form, 'seen') }))
  }
  const works = (id: string, secret: string): Promise<boolean> =>
    server.token(id, secret).then(
      () => true,
      () => false,
    )
  async function mailed(id: string): Promise<string[]> {
    const { rows } = await sql<{ mail: string }>`
      select template || ' ' || to_address as mail from kit.mail where about = ${id} order by created_at, 1`.execute(
      server.world.db,
    )
    return rows.map(({ mail }) => mail)
  }
  const approvers = (template: string): string[] =>
    [approver, colleague].map(({ person }) => `${template} ${person.username}@people.example.org`)

  it('without any, the page says what a machine client is for', async () => {
    const { html } = await approver.get('/clients')
    assert.match(html, /No system of yours is connected\./)
    assert.match(html, /href="\/clients\/create"/)
  })

  it('a client that is made signs in with what is shown once, and calls the API; every approver is told', async () => {
    const { id, secret, answer } = await made()
    assert.match(answer.html, /curl -u /)
    assert.ok(answer.html.includes(`${server.url}/secure-access/token`))
    const token = await server.token(id, secret)
    const headers = { authorization: `Bearer ${token}` }
    assert.equal((await fetch(`${server.url}/api/v1/files?box=inbox`, { headers })).status, 200)
    const { html } = await colleague.get(`/clients/${id}`)
    assert.ok(!html.includes(secret))
    assert.match(html, /by Person \d+/)
    assert.match(
      (await approver.get('/clients')).html,
      /School office system[\s\S]*School user[\s\S]*2 September 2026[\s\S]*In use/,
    )
    assert.deepEqual(await mailed(id), approvers('client-created'))
  })

  it('the same form sent twice makes one client, whose secret is not shown again', async () => {
    const fields = {
      id: hidden(await approver.get('/clients/create'), 'id'),
      name: 'Twice',
      role: 'school-user',
    }
    const { secret } = madeIn(await approver.post('/clients/create', fields))
    const again = await approver.post('/clients/create', fields)
    assert.equal(again.status, 409)
    assert.match(again.html, /This client was made already/)
    assert.ok(!again.html.includes(secret))
  })

  it('what is mistyped is said at its field, and what was typed stays', async () => {
    const answer = await make(dba, { name: '', role: 'lea-user' })
    assert.equal(answer.status, 422)
    assert.match(answer.html, /href="#name">This name cannot be shown/)
    const without = await make(dba, { name: 'Data team system' })
    assert.equal(without.status, 422)
    assert.match(without.html, /href="#role">Choose the role/)
    assert.match(without.html, /value="Data team system"/)
  })

  it('an LA gives any role but those set up from above; a school its own; the department none', async () => {
    const rolesIn = ({ html }: PageAnswer): string[] =>
      [...html.matchAll(/name="role"[^>]*value="([^"]+)"/g)].map(([, role]) => role!)
    assert.deepEqual(rolesIn(await dba.get('/clients/create')), [
      'lea-dba-view-only',
      'lea-user',
      'lea-school',
      'lea-lost-pupil',
      'lea-lost-pupil-transfer',
      'lea-plasc',
      'lea-admissions',
    ])
    assert.deepEqual(rolesIn(await approver.get('/clients/create')), ['school-user'])
    const clo = await visitorOf(
      server,
      await newPerson(server, { organisation: '101LLLL', role: null, approver: true }),
    )
    assert.match((await clo.get('/clients/create')).html, /no role that a machine client could be given/)
    for (const role of ['lea-dba', 'school-user', 'approver'])
      assert.equal((await make(dba, { name: 'Above', role })).status, 422, role)
    assert.equal(
      (await make(approver, { name: 'Above', role: 'national-administrator' }).catch(() => null))?.status,
      422,
    )
  })

  it('after a change of secret both work for a week, then the new one alone', async () => {
    const { id, secret } = await made()
    const { secret: newer } = await rotated(id)
    assert.notEqual(newer, secret)
    assert.deepEqual(
      [await works(id, secret), await works(id, newer), await works(id, 'x')],
      [true, true, false],
    )
    assert.match((await approver.get(`/clients/${id}`)).html, /A former one, made on \d+ September 2026/)
    assert.deepEqual((await mailed(id)).slice(2), approvers('client-rotated'))
    server.clock.advance(7 * DAY + 1)
    assert.deepEqual([await works(id, secret), await works(id, newer)], [false, true])
  })

  it('a second change within the week leaves the system that still uses the first secret working', async () => {
    const { id, secret } = await made()
    server.clock.advance(DAY)
    await signInAgain()
    await rotated(id)
    server.clock.advance(DAY)
    await signInAgain()
    const { secret: newest } = await rotated(id)
    assert.deepEqual([await works(id, secret), await works(id, newest)], [true, true])
    server.clock.advance(6 * DAY + 1)
    assert.deepEqual([await works(id, secret), await works(id, newest)], [false, true])
  })

  it('the overlap is ended before its time; a form that is sent late changes nothing', async () => {
    const { id, secret } = await made()
    const form = { seen: hidden(await approver.get(`/clients/${id}/rotate`), 'seen') }
    server.clock.advance(1000)
    const { secret: newer } = madeIn(await approver.post(`/clients/${id}/rotate`, form))
    const late = await approver.post(`/clients/${id}/rotate`, form)
    assert.equal(late.status, 409)
    assert.match(late.html, /A new secret was made already/)
    assert.equal((await approver.post(`/clients/${id}/end-overlap`)).to, `/clients/${id}`)
    assert.deepEqual([await works(id, secret), await works(id, newer)], [false, true])
    assert.equal((await approver.post(`/clients/${id}/end-overlap`)).status, 409)
  })

  it('revoked, it ends with the tokens it has; the page still shows what it was', async () => {
    const { id, secret } = await made()
    const headers = { authorization: `Bearer ${await server.token(id, secret)}` }
    const call = (): Promise<Response> => fetch(`${server.url}/api/v1/files?box=inbox`, { headers })
    assert.equal((await call()).status, 200)
    assert.equal((await approver.get(`/clients/${id}/revoke`)).status, 200)
    assert.equal((await approver.post(`/clients/${id}/revoke`)).to, `/clients/${id}`)
    assert.equal((await call()).status, 401)
    assert.equal(await works(id, secret), false)
    assert.match((await approver.get(`/clients/${id}`)).html, /It was revoked on \d+ September 2026/)
    assert.deepEqual((await mailed(id)).slice(2), approvers('client-revoked'))
    for (const path of ['revoke', 'rotate'])
      assert.equal((await approver.get(`/clients/${id}/${path}`)).status, 409, path)
    assert.equal((await approver.post(`/clients/${id}/revoke`)).status, 409)
  })

  it('that of another organisation is not there; nothing is done to it', async () => {
    const foreign = await server.client(CARDIFF_HIGH, 'school-user')
    for (const path of ['', '/rotate', '/revoke'])
      assert.equal((await approver.get(`/clients/${foreign.id}${path}`)).status, 404, path)
    for (const path of ['revoke', 'end-overlap'])
      assert.equal((await approver.post(`/clients/${foreign.id}/${path}`)).status, 404, path)
    assert.ok(await works(foreign.id, foreign.secret))
  })

  it('whoever signed in long ago signs in again before a secret is made', async () => {
    const { id } = await made()
    const late = await visitorOf(server, approver.person)
    server.clock.advance(11 * 60_000)
    for (const path of ['/clients/create', `/clients/${id}/rotate`])
      assert.match((await late.get(path)).to ?? '', /^\/confirm-it-is-you/)
    assert.equal((await late.get('/clients')).status, 200)
  })
})
