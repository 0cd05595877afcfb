import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { CARDIFF_HIGH, JOHN_FROST } from '../../test/api.ts'
import { noticeOf, problemsOf, textOf } from '../../test/page-answers.ts'
import { asks, lastRequestOf, mailsAbout, toldAbout } from '../../test/requests.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newSystem } from '../../test/systems.ts'
import { newPerson, visitorOf, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { liveRoles } from '../accounts/index.ts'
import { sql } from '../kit/database.ts'
import type { Role } from '../permissions/table.ts'
import { grantsOf } from '../systems/index.ts'

forEachDatabase((database) => {
  let server: TestServer
  let first: Visitor
  let second: Visitor
  let dba: Visitor
  let national: Visitor
  const visitor = async (
    organisation: string,
    role: Role | null,
    more: { approver?: boolean; language?: 'en' | 'cy' } = {},
  ): Promise<Visitor> => visitorOf(server, await newPerson(server, { organisation, role, ...more }))

  before(async () => {
    server = await openTestServer(database)
    await newSystem(server)
    first = await visitor(JOHN_FROST, null, { approver: true })
    second = await visitor(JOHN_FROST, 'school-user', { approver: true, language: 'cy' })
    dba = await visitor('680LLLL', 'lea-dba')
    national = await visitor('101LLLL', 'national-administrator')
  })
  after(() => server.close())

  const db = () => server.world.db
  const rolesOf = ({ person: { id, organisation } }: Visitor, at = organisation): Promise<Role[]> =>
    liveRoles(db(), { id, organisation: at })
  const systemsOf = async ({ person: { id, organisation } }: Visitor): Promise<string[]> =>
    (await grantsOf(db(), { person: id, organisation })).map(({ system, role }) => `${system} ${role}`)
  /** Somebody of John Frost School who asks for a collection of COLLECT. */
  const asker = async (): Promise<{ who: Visitor; id: string }> => {
    const who = await visitor(JOHN_FROST, 'school-user')
    const { id } = await asks(db(), who, 'collect', ['school-census'])
    return { who, id }
  }

  it('an approver gives access to a system, with fewer or other roles; asker and other approvers are told', async () => {
    const { who, id } = await asker()
    assert.deepEqual(await toldAbout(db(), id), [
      `request-access to ${first.person.username}`,
      `request-access to ${second.person.username}`,
    ])
    const page = await first.get(`/requests/${id}`)
    for (const said of [
      'COLLECT: School census',
      who.person.username,
      'I send the returns',
      'The John Frost School',
    ])
      assert.ok(page.html.includes(said), said)
    const form = await first.get(`/requests/${id}/approve`)
    assert.match(form.html, /value="school-census" checked/)
    assert.match(form.html, /value="school-preferences"(?! checked)/)
    const answer = await first.post(`/requests/${id}/approve`, { role: ['school-preferences'] })
    assert.equal(answer.to, `/requests/${id}`)
    assert.match(noticeOf(await first.get(`/requests/${id}`)) ?? '', /was approved/)
    assert.deepEqual(await systemsOf(who), ['collect school-preferences'])
    const mails = (await mailsAbout(db(), id)).filter(({ template }) => template !== 'request-access')
    assert.deepEqual(
      mails.map(({ template, to, language }) => [template, to.split('@')[0], language]),
      [
        ['request-approved', who.person.username, 'en'],
        ['request-other', second.person.username, 'cy'],
      ],
    )
    assert.deepEqual(mails[0]!.params['what'], {
      en: 'COLLECT: School preferences',
      cy: 'COLLECT: Dewisiadau ysgolion',
    })
    const own = textOf(await who.get('/account/access'))
    assert.match(own, /COLLECT: School preferences/)
    assert.match(own, /Approved/)
  })

  it('the first answer wins, side by side too: the second reads who was first, and changes nothing', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { who, id } = await asker()
      const answers = await Promise.all([
        first.post(`/requests/${id}/approve`, { role: ['school-census'] }),
        second.post(`/requests/${id}/decline`, { answer: 'Not needed' }),
      ])
      assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409])
      const [winner, loser] = answers[0].status === 303 ? [first, second] : [second, first]
      const late = answers.find(({ status }) => status === 409)!
      const { rows } = await sql<{ name: string }>`
        select name from accounts.person where id = ${winner.person.id}`.execute(db())
      assert.ok(problemsOf(late).includes(rows[0]!.name), problemsOf(late))
      const request = await lastRequestOf(db(), who.person.id)
      assert.equal(request.endedBy, winner.person.id)
      assert.deepEqual(await systemsOf(who), winner === first ? ['collect school-census'] : [])
      assert.equal((await toldAbout(db(), id)).filter((told) => told.startsWith('request-other')).length, 1)
      const again = await loser.post(`/requests/${id}/hand-up`)
      assert.equal(again.status, 409)
      assert.deepEqual(await lastRequestOf(db(), who.person.id), request)
    }
  })

  it('what is declined gives nothing, and the reason is told', async () => {
    const { who, id } = await asker()
    const none = await first.post(`/requests/${id}/decline`, { answer: ' ' })
    assert.equal(none.status, 400)
    assert.match(problemsOf(none), /Enter what is to be told/)
    await first.post(`/requests/${id}/decline`, { answer: 'You do not\nsend returns' })
    assert.deepEqual(await systemsOf(who), [])
    const told = (await mailsAbout(db(), id)).find(({ template }) => template === 'request-access-declined')
    assert.equal(told?.params['reason'], 'You do not\nsend returns')
    assert.match(textOf(await who.get('/account/access')), /Declined.*You do not send returns/)
  })

  it('nobody answers their own request: an approver’s goes to a second one, and without one to the DBA', async () => {
    const { id, stage } = await asks(db(), first, 'collect', ['school-census'])
    assert.equal(stage, 'approver')
    assert.deepEqual(await toldAbout(db(), id), [`request-access to ${second.person.username}`])
    assert.doesNotMatch((await first.get(`/requests/${id}`)).html, /\/approve"/)
    for (const step of ['approve', 'decline', 'hand-up']) {
      const answer = await first.post(`/requests/${id}/${step}`, {
        ...(step === 'approve' ? { role: ['school-census'] } : {}),
        ...(step === 'decline' ? { answer: 'x' } : {}),
      })
      assert.equal(answer.status, 409, step)
      assert.match(problemsOf(answer), /your own request/)
    }
    assert.equal((await second.post(`/requests/${id}/approve`, { role: ['school-census'] })).status, 303)

    const only = await visitor('6804025', 'school-user', { approver: true })
    const own = await asks(db(), only, 'collect', ['school-census'])
    assert.equal(own.stage, 'dba')
    assert.deepEqual(await toldAbout(db(), own.id), [`request-access to ${dba.person.username}`])
  })

  it('an organisation without approvers: the DBA gives of a system what was asked for or less, of this service what fits', async () => {
    const who = await visitor('6804026', 'school-user')
    const { id, stage } = await asks(db(), who, 'collect', ['school-census'])
    assert.equal(stage, 'dba')
    const more = await dba.post(`/requests/${id}/approve`, { role: ['school-census', 'school-preferences'] })
    assert.equal(more.status, 422)
    assert.match(problemsOf(more), /cannot give one of these/)
    assert.equal((await lastRequestOf(db(), who.person.id)).state, 'open', 'nothing was changed')
    assert.equal((await dba.post(`/requests/${id}/approve`, { role: ['school-census'] })).status, 303)
    assert.deepEqual(await systemsOf(who), ['collect school-census'])

    const clerk = await visitor('680LLLL', 'lea-plasc')
    const role = await asks(db(), clerk, null, ['lea-user'])
    assert.equal(role.stage, 'dba')
    await dba.post(`/requests/${role.id}/approve`, { role: ['lea-user', 'lea-admissions'] })
    assert.deepEqual((await rolesOf(clerk)).sort(), ['lea-admissions', 'lea-plasc', 'lea-user'])
  })

  it('nobody gives a role that is set up from above, nor asks for it, nor more than one person may hold', async () => {
    const la = await visitor('681LLLL', null, { approver: true })
    const clerk = await visitor('681LLLL', 'lea-plasc')
    for (const role of ['lea-dba', 'national-administrator', 'approver', 'school-user']) {
      const answer = await clerk.post('/account/access/ask', { role: [role], details: 'x' })
      assert.equal(answer.status, 422, role)
    }
    const { id } = await asks(db(), clerk, null, ['lea-school'])
    for (const role of ['lea-dba', 'national-administrator'])
      assert.equal((await la.post(`/requests/${id}/approve`, { role: [role] })).status, 422, role)
    await visitor('681LLLL', 'lea-school')
    const taken = await la.post(`/requests/${id}/approve`, { role: ['lea-school'] })
    assert.equal(taken.status, 409)
    assert.equal((await lastRequestOf(db(), clerk.person.id)).state, 'open')
    assert.deepEqual(await rolesOf(clerk), ['lea-plasc'])
  })

  it('a request is seen by those whom it was put to, as it climbs by hand', async () => {
    const { who, id } = await asker()
    const statusOf = async (one: Visitor): Promise<number> => (await one.get(`/requests/${id}`)).status
    assert.deepEqual(await Promise.all([first, dba, national, who].map(statusOf)), [200, 404, 404, 403])
    assert.equal((await dba.post(`/requests/${id}/approve`, { role: ['school-census'] })).status, 404)
    await first.post(`/requests/${id}/hand-up`)
    assert.deepEqual(await Promise.all([first, dba, national].map(statusOf)), [200, 200, 404])
    assert.ok((await toldAbout(db(), id)).includes(`request-handed-up to ${dba.person.username}`))
    const over = await first.post(`/requests/${id}/hand-up`)
    assert.equal(over.status, 409, 'an approver does not pass it over the DBA’s head')
    await dba.post(`/requests/${id}/hand-up`)
    assert.equal(await statusOf(national), 200)
    assert.match(problemsOf(await national.post(`/requests/${id}/hand-up`)), /Nobody stands above you/)
    const more = await national.post(`/requests/${id}/approve`, { role: ['school-preferences'] })
    assert.equal(more.status, 422)
    await national.post(`/requests/${id}/approve`, { role: ['school-census'] })
    assert.deepEqual(await systemsOf(who), ['collect school-census'])
    const others = (await toldAbout(db(), id)).filter((told) => told.startsWith('request-other'))
    assert.equal(others.length, 3, 'both approvers and the DBA')
    assert.match(textOf(await first.get(`/requests/${id}`)), /Passed on by .*Approved by /)
  })

  it('who asks to belong to another organisation does, with what was given and with nothing of before', async () => {
    const who = await visitor(CARDIFF_HIGH, 'school-user')
    const ask = async (): Promise<string> => {
      // so that one is the newest
      server.clock.advance(1000)
      const fields = { organisation: JOHN_FROST, role: ['school-user'], details: 'I work there on Fridays' }
      assert.equal((await who.post('/account/access/join', fields)).status, 303)
      return (await lastRequestOf(db(), who.person.id)).id
    }
    const id = await ask()
    assert.equal(
      (await who.post('/account/access/join', { organisation: JOHN_FROST, details: 'x' })).status,
      409,
    )
    await first.post(`/requests/${id}/approve`, { role: ['school-user'] })
    assert.deepEqual(await rolesOf(who, JOHN_FROST), ['school-user'])
    assert.ok((await toldAbout(db(), id)).includes(`request-joined to ${who.person.username}`))
    const member = await who.post('/account/access/join', { organisation: JOHN_FROST, details: 'x' })
    assert.match(problemsOf(member), /belong to this organisation already/)

    // the membership ends with its flag and its system, and is asked for anew
    const at = server.clock.now()
    await sql`
      update accounts.membership set approver = true, ended_at = ${at}, ended_as = 'archived', ended_because = 'approver'
      where person = ${who.person.id} and organisation = ${JOHN_FROST}`.execute(db())
    await sql`
      update accounts.held_role set ended_at = ${at}
      where person = ${who.person.id} and organisation = ${JOHN_FROST}`.execute(db())
    await sql`
      insert into systems.granted (person, organisation, system, role, given_at)
      values (${who.person.id}, ${JOHN_FROST}, 'collect', 'school-census', ${at})`.execute(db())
    const again = await ask()
    const given = await second.post(`/requests/${again}/approve`)
    assert.equal(given.status, 303, `without a role: ${problemsOf(given)}`)
    assert.deepEqual(await rolesOf(who, JOHN_FROST), [])
    assert.deepEqual(await grantsOf(db(), { person: who.person.id, organisation: JOHN_FROST }), [])
  })

  it('nothing is given to whoever left meanwhile', async () => {
    const { who, id } = await asker()
    await sql`
      update accounts.membership set ended_at = now(), ended_as = 'archived', ended_because = 'approver'
      where person = ${who.person.id}`.execute(db())
    const answer = await first.post(`/requests/${id}/approve`, { role: ['school-census'] })
    assert.match(problemsOf(answer), /no longer belongs/)
    assert.deepEqual(await systemsOf(who), [])
    assert.equal((await first.post(`/requests/${id}/decline`, { answer: 'You have left' })).status, 303)
  })

  it('to approve is a grave step: who signed in a while ago shows again who it is', async () => {
    const { id } = await asker()
    server.clock.advance((server.world.config.confirmMinutes + 1) * 60_000)
    const again = await visitorOf(server, second.person)
    assert.equal((await again.get(`/requests/${id}/approve`)).status, 200)
    assert.notEqual((await second.get(`/requests/${id}/approve`)).status, 200)
    assert.equal((await second.get(`/requests/${id}`)).status, 200)
  })
})
