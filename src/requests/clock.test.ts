import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { JOHN_FROST } from '../../test/api.ts'
import { textOf } from '../../test/page-answers.ts'
import { asks, lastRequestOf, toldAbout, type StoredRequest } from '../../test/requests.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newSystem } from '../../test/systems.ts'
import { newPerson, visitorOf, type TestPerson, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import { workOnRequests } from './index.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

forEachDatabase((database) => {
  let server: TestServer
  let approver: TestPerson
  let dba: TestPerson
  let national: TestPerson

  before(async () => {
    server = await openTestServer(database)
    await newSystem(server)
    approver = await newPerson(server, { organisation: JOHN_FROST, role: null, approver: true })
    dba = await newPerson(server, { organisation: '680LLLL', role: 'lea-dba' })
    national = await newPerson(server, { organisation: '101LLLL', role: 'national-administrator' })
  })
  after(() => server.close())

  const newAsker = async (organisation = JOHN_FROST): Promise<Visitor> =>
    visitorOf(server, await newPerson(server, { organisation, role: 'school-user' }))
  const now = (one: Visitor): Promise<StoredRequest> => lastRequestOf(server.world.db, one.person.id)
  const told = async (one: Visitor): Promise<string[]> => toldAbout(server.world.db, (await now(one)).id)
  const work = (): Promise<void> => workOnRequests(server.world)
  const auditOf = async (id: string): Promise<string[]> => {
    const { rows } = await sql<{ line: string }>`
      select action || ' by ' || actor_kind as line from kit.audit where subject = ${id} order by at`.execute(
      server.world.db,
    )
    return rows.map(({ line }) => line)
  }

  it('reminds a day before, climbs when nobody answered, to the end of the way, and closes with a word to the asker', async () => {
    const one = await newAsker()
    const { id } = await asks(server.world.db, one, 'collect', ['school-census'])
    const steps: [days: number, stage: string, told: string[]][] = [
      [3.9, 'approver', []],
      [0.1, 'approver', [`request-reminder to ${approver.username}`]],
      [0.9, 'approver', []],
      [0.1, 'dba', [`request-overdue to ${dba.username}`]],
      [3.9, 'dba', []],
      [0.1, 'dba', [`request-reminder to ${dba.username}`]],
      [1, 'national', [`request-overdue to ${national.username}`]],
      [4, 'national', [`request-reminder to ${national.username}`]],
      [30, 'national', []],
    ]
    const all = await told(one)
    for (const [days, stage, mails] of steps) {
      server.clock.advance(days * DAY)
      await work()
      await work()
      assert.equal((await now(one)).stage, stage)
      all.push(...mails)
      assert.deepEqual(await told(one), [...all].sort(), `after ${days} days at ${stage}`)
    }
    server.clock.advance(92 * DAY)
    await Promise.all([work(), work()])
    assert.equal((await now(one)).state, 'closed')
    assert.deepEqual(await told(one), [...all, `request-closed to ${one.person.username}`].sort())
    const again = await visitorOf(server, one.person)
    assert.match(textOf(await again.get('/account/access')), /Closed COLLECT: School census/)
    const page = await (await visitorOf(server, national)).get(`/requests/${id}`)
    assert.match(
      textOf(page),
      /Asked by .*A reminder was sent.*Nobody answered in time\. It is with the database administrator.*It is with the national administrator.*Closed without an answer/,
    )
    assert.deepEqual(await auditOf(id), [
      'requests.ask-access by person',
      'requests.remind by service',
      'requests.climb by service',
      'requests.remind by service',
      'requests.climb by service',
      'requests.remind by service',
      'requests.close by service',
    ])
  })

  it('many at once, by several processes: each climbs once and is told once', async () => {
    const one = await newAsker('6804025')
    await sql`
      insert into requests.request (id, kind, state, stage, organisation, person, topic, asked_at, stage_at)
      select 'many-' || n, 'help', 'open', 'approver', '6804025', ${one.person.id}, 'other', ${server.clock.now()},
        ${server.clock.now()}
      from generate_series(1, 45) n`.execute(server.world.db)
    server.clock.advance(5 * DAY)
    await Promise.all([work(), work(), work()])
    const { rows } = await sql<{ n: number; stage: string; mails: number; events: number }>`
      select count(*)::integer as n, stage,
        (select count(*)::integer from kit.mail where about like 'many-%' and template = 'request-overdue') as mails,
        (select count(*)::integer from requests.event where request like 'many-%') as events
      from requests.request where id like 'many-%' group by stage`.execute(server.world.db)
    assert.deepEqual(rows, [{ n: 45, stage: 'dba', mails: 45, events: 45 }])
  })

  it('where nobody stands above, what waits too long is marked as overdue, once', async () => {
    const clerk = await visitorOf(
      server,
      await newPerson(server, { organisation: '672LLLL', role: 'lea-plasc' }),
    )
    const { id, stage } = await asks(server.world.db, clerk, null, ['lea-user'])
    assert.equal(stage, 'national')
    server.clock.advance(5 * DAY)
    await work()
    server.clock.advance(5 * DAY)
    await work()
    const page = await (await visitorOf(server, national)).get(`/requests/${id}`)
    assert.match(textOf(page), /Overdue/)
    assert.equal(page.html.match(/Nobody answered in time/g)?.length, 1)
  })

  it('an answer given while it climbs stands: what came to an end is left alone', async () => {
    const one = await newAsker()
    const { id } = await asks(server.world.db, one, 'collect', ['school-census'])
    server.clock.advance(5 * DAY)
    const answering = await visitorOf(server, approver)
    const [answer] = await Promise.all([
      answering.post(`/requests/${id}/decline`, { answer: 'Not needed' }),
      work(),
    ])
    assert.equal(answer.status, 303)
    const before = await now(one)
    assert.equal(before.state, 'declined')
    server.clock.advance(200 * DAY)
    await work()
    assert.deepEqual(await now(one), before)
  })

  it('a year after the end the texts are emptied; what was asked and answered stays', async () => {
    const one = await newAsker()
    const { id } = await asks(server.world.db, one, 'collect', ['school-census'])
    const answering = await visitorOf(server, approver)
    await answering.post(`/requests/${id}/decline`, { answer: 'Not needed' })
    server.clock.advance(364 * DAY)
    await work()
    assert.equal((await now(one)).answer, 'Not needed')
    server.clock.advance(DAY)
    await work()
    const after = await now(one)
    assert.deepEqual([after.details, after.answer, after.state], [null, null, 'declined'])
    const page = textOf(await (await visitorOf(server, approver)).get(`/requests/${id}`))
    assert.match(page, /What was written is kept for a year/)
  })
})
