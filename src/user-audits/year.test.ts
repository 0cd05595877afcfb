import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { CARDIFF_HIGH, JOHN_FROST } from '../../test/api.ts'
import { noticeOf, problemsOf, textOf } from '../../test/page-answers.ts'
import { openAuditStage, type AuditStage } from '../../test/user-audits.ts'
import { forEachDatabase } from '../../test/world.ts'
import { memberOf, restoreMembership } from '../accounts/index.ts'
import { sql } from '../kit/database.ts'
import { keepRounds } from './clock.ts'

// A year of the audit and a month of the next, one step after the other.
forEachDatabase((name) => {
  let stage: AuditStage
  let round: string
  let confirmation: string
  let readAtFirst: string

  before(async () => {
    stage = await openAuditStage(name)
    await stage.add('ffraid', '101LLLL', 'national-administrator')
    await stage.add('emrys', '101LLLL', 'national-administrator')
    await stage.add('dba680', '680LLLL', 'lea-dba')
    await stage.add('clerk680', '680LLLL', 'lea-user')
    await stage.add('approver1', JOHN_FROST, null, { approver: true })
    await stage.add('approver2', JOHN_FROST, 'school-user', { approver: true, language: 'cy' })
    await stage.add('teacher', JOHN_FROST, 'school-user')
    await stage.add('leaver', JOHN_FROST, 'school-user')
    await stage.add('alone', '6804025', 'school-user')
    await stage.add('dba681', '681LLLL', 'lea-dba')
    await stage.add('secretary', CARDIFF_HIGH, 'school-user')
    await stage.mails()
  })
  after(() => stage.close())

  const main = (html: string): string => /<main[\s\S]*<\/main>/.exec(html)![0]

  it('September: a round is opened; each who answers for others is told once', async () => {
    const ffraid = await stage.as('ffraid')
    const form = await ffraid.get('/user-audit/open')
    assert.match(textOf(form), /Wales 6 organisations, 11 people/)
    assert.match(form.html, /value="14 October 2026"/)
    const opened = await ffraid.post('/user-audit/open', { nation: 'wales', due: '14 October 2026' })
    assert.equal(opened.status, 303, problemsOf(opened))
    round = opened.to!.split('/').at(-1)!
    const again = await ffraid.post('/user-audit/open', { nation: 'both', due: '14 October 2026' })
    assert.equal(again.status, 409)
    assert.match(problemsOf(again), /An audit is open already/)

    await Promise.all([keepRounds(stage.server.world), keepRounds(stage.server.world)])
    await keepRounds(stage.server.world)
    const told = ['approver1', 'approver2', 'dba680', 'dba681', 'emrys', 'ffraid']
    assert.deepEqual(
      await stage.mails(),
      told.map((one) => `user-audit-opened ${one}`),
    )
  })

  it('nobody confirms oneself; who is no longer valid is out at once, and told', async () => {
    const approver = await stage.as('approver1')
    const leaver = await stage.as('leaver')
    assert.equal((await leaver.get('/')).status, 200)
    const path = `/user-audit/${JOHN_FROST}`
    const own = await stage.answer(approver, path, 'valid', 'approver1')
    assert.equal(own.status, 409)
    assert.match(problemsOf(own), /Nobody confirms themselves/)
    const valid = await stage.answer(approver, path, 'valid', 'teacher', 'approver2')
    assert.equal(valid.status, 303)
    const asked = await stage.answer(approver, path, 'end', 'leaver')
    const sure = await approver.get(asked.to!)
    assert.match(textOf(sure), /End the access of this person\? Name of leaver/)
    assert.equal((await leaver.get('/')).status, 200)
    await stage.answer(approver, path, 'ended', 'leaver')
    assert.match((await leaver.get('/')).to ?? '', /^\/sign-in/)
    const member = await memberOf(stage.server.world.db, JOHN_FROST, stage.person('leaver').id)
    assert.deepEqual([member?.endedAs, member?.endedBecause], ['archived', 'audit'])
    assert.deepEqual(await stage.mails(), ['user-audit-ended leaver'])
  })

  it('the first answer holds, and others see whose it was', async () => {
    const dba = await stage.as('dba680')
    const late = await stage.answer(dba, `/user-audit/${JOHN_FROST}`, 'ended', 'teacher', 'approver1')
    const shown = await dba.get(late.to!)
    const notice =
      'The access of 1 person has ended, and the person is told. Answered for by somebody else before: 1.'
    assert.equal(noticeOf(shown), notice)
    assert.match(textOf(shown), /Still valid Name of approver1 6804020/)
    // by mistake: restored, and the answer stays as it was given
    const { db, clock } = stage.server.world
    const member = (await memberOf(db, JOHN_FROST, stage.person('approver1').id))!
    await db
      .transaction()
      .execute((tx) => restoreMembership(tx, member, { flag: true, by: 'operator', at: clock.now() }))
    assert.match(textOf(await dba.get(`/user-audit/${JOHN_FROST}`)), /No longer valid Has access again/)
    await stage.mails()
  })

  it('after a week, and again after two, those are reminded who have something left to do', async () => {
    await stage.later(6)
    assert.deepEqual(await stage.mails(), [])
    await stage.later(1)
    const left = ['dba680', 'dba681', 'emrys', 'ffraid']
    assert.deepEqual(
      await stage.mails(),
      left.map((one) => `user-audit-reminder ${one}`),
    )
    await stage.later(6)
    assert.deepEqual(await stage.mails(), [])
    await stage.later(1)
    assert.equal((await stage.mails()).length, 4)
  })

  it('when everybody of an authority is answered for, its written confirmation is signed', async () => {
    const dba = await stage.as('dba680')
    const early = await dba.post('/user-audit/680LLLL/sign', { name: 'Dilys', agree: 'yes', language: 'en' })
    assert.match(problemsOf(early), /Not everybody is answered for.*: 3\./)
    await stage.answer(dba, '/user-audit/680LLLL', 'valid', 'clerk680')
    await stage.answer(dba, '/user-audit/6804025', 'valid', 'alone')
    assert.equal((await stage.answer(dba, '/user-audit/680LLLL', 'valid', 'dba680')).status, 409)
    const ffraid = await stage.as('ffraid')
    await stage.answer(ffraid, '/user-audit/administrators', 'valid', 'dba680', 'emrys')
    await stage.answer(await stage.as('emrys'), '/user-audit/administrators', 'valid', 'ffraid')

    const signing = { name: 'Dilys Aberlour', language: 'en' }
    assert.match(problemsOf(await dba.post('/user-audit/680LLLL/sign', signing)), /Tick the statement/)
    const signed = await dba.post('/user-audit/680LLLL/sign', { ...signing, agree: 'yes' })
    assert.equal(signed.status, 303, problemsOf(signed))
    confirmation = signed.to!
    const twice = await dba.post('/user-audit/680LLLL/sign', { ...signing, agree: 'yes' })
    assert.equal(twice.status, 409)
    readAtFirst = main((await dba.get(confirmation)).html)
    assert.match(readAtFirst, /I confirm for Newport and its schools/)
    assert.match(readAtFirst, /Signed by Dilys Aberlour on 16 September 2026/)
    for (const one of ['teacher', 'leaver', 'alone', 'clerk680', 'dba680'])
      assert.ok(readAtFirst.includes(`Name of ${one}`), one)
  })

  it('only those who are not finished are reminded then', async () => {
    await stage.later(7)
    assert.deepEqual(await stage.mails(), [
      'user-audit-reminder dba681',
      'user-audit-reminder emrys',
      'user-audit-reminder ffraid',
    ])
    const ffraid = await stage.as('ffraid')
    assert.equal((await ffraid.post(`/user-audit/rounds/${round}/remind`)).status, 303)
    await keepRounds(stage.server.world)
    assert.equal((await stage.mails()).length, 3, 'when it is asked for')
  })

  it('October: after the last day who was not confirmed is suspended, on an open page too, and all concerned are told', async () => {
    await stage.later(42 - 21)
    await stage.mails()
    const secretary = await stage.as('secretary')
    assert.equal((await secretary.get('/')).status, 200)
    await keepRounds(stage.server.world)
    assert.equal((await secretary.get('/')).status, 200, 'on the last day itself nobody is')
    stage.server.clock.advance(15 * 60 * 60 * 1000)
    const still = await stage.as('secretary')
    await Promise.all([keepRounds(stage.server.world), keepRounds(stage.server.world)])
    assert.match((await still.get('/')).to ?? '', /^\/sign-in/)
    assert.deepEqual(await stage.mails(), [
      'user-audit-closed emrys',
      'user-audit-closed ffraid',
      'user-audit-suspended-you dba681',
      'user-audit-suspended-you secretary',
    ])
    const member = await memberOf(stage.server.world.db, CARDIFF_HIGH, stage.person('secretary').id)
    assert.deepEqual([member?.endedAs, member?.endedBecause], ['suspended', 'audit'])
    const { rows } = await sql<{ params: { withoutDba: { cy: string }; valid: number; suspended: number } }>`
      select params from kit.mail where template = 'user-audit-closed' limit 1`.execute(stage.server.world.db)
    const { withoutDba, valid, suspended } = rows[0]!.params
    assert.deepEqual([withoutDba.cy, valid, suspended], ['Caerdydd', 7, 2])
    const text = textOf(await (await stage.as('ffraid')).get(`/user-audit/rounds/${round}`))
    assert.match(text, /Cardiff No database administrator/)
  })

  it('the suspended can be restored', async () => {
    const { db, clock } = stage.server.world
    const member = (await memberOf(db, CARDIFF_HIGH, stage.person('secretary').id))!
    await db.transaction().execute((tx) => restoreMembership(tx, member, { by: 'operator', at: clock.now() }))
    assert.equal((await (await stage.as('secretary')).get('/')).status, 200)
    await keepRounds(stage.server.world)
    assert.equal((await (await stage.as('secretary')).get('/')).status, 200, 'and stays so')
  })

  it('the written confirmation reads the same after its people changed', async () => {
    const { db } = stage.server.world
    await sql`update accounts.person set name = 'Married Otherwise', email = 'other@people.example.org'
      where id = ${stage.person('teacher').id}`.execute(db)
    await sql`update accounts.held_role set ended_at = now()
      where person = ${stage.person('clerk680').id}`.execute(db)
    await sql`update establishments.organisation set name_en = 'Renamed School' where code = ${JOHN_FROST}`.execute(
      db,
    )
    const dba = await stage.as('dba680')
    assert.equal(main((await dba.get(confirmation)).html), readAtFirst)
    const national = await stage.as('ffraid')
    assert.equal(main((await national.get(confirmation)).html), readAtFirst)
    assert.equal((await (await stage.as('approver1')).get(confirmation)).status, 404)
  })

  it('12 months after it was opened the national administrators are reminded of the next, once', async () => {
    stage.server.clock.set('2027-09-02T08:00:00Z')
    await keepRounds(stage.server.world)
    assert.deepEqual(await stage.mails(), [])
    stage.server.clock.set('2027-09-02T09:10:00Z')
    await Promise.all([keepRounds(stage.server.world), keepRounds(stage.server.world)])
    await stage.later(3)
    assert.deepEqual(await stage.mails(), ['user-audit-year emrys', 'user-audit-year ffraid'])
  })

  it('after 13 months there is a second round, of those who are members then, beside the first', async () => {
    stage.server.clock.set('2027-10-05T09:00:00Z')
    const ffraid = await stage.as('ffraid')
    const opened = await ffraid.post('/user-audit/open', { nation: 'wales', due: '30/11/2027' })
    assert.equal(opened.status, 303, problemsOf(opened))
    await keepRounds(stage.server.world)
    assert.match(textOf(await ffraid.get(opened.to!)), /People 9 /)
    const told = (await stage.mails()).map((line) => line.split(' ')[1])
    assert.deepEqual(told, ['approver1', 'approver2', 'dba680', 'emrys', 'ffraid'])
    const overview = await ffraid.get('/user-audit')
    assert.match(textOf(overview), /5 October 2027.*2 September 2026/)
    assert.match(textOf(await (await stage.as('dba680')).get('/user-audit')), /Newport and its schools/)
  })
})
