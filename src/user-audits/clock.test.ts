import assert from 'node:assert/strict'
import { afterEach, beforeEach, it } from 'node:test'
import { CARDIFF_HIGH, JOHN_FROST } from '../../test/api.ts'
import { openAuditStage, type AuditStage } from '../../test/user-audits.ts'
import { forEachDatabase } from '../../test/world.ts'
import { endMembership, memberOf } from '../accounts/index.ts'
import { setOrganisation } from '../establishments/index.ts'
import { sql } from '../kit/database.ts'
import { keepRounds } from './clock.ts'
import { countAwaiting, peopleOf } from './confirmations-store.ts'
import { confirmationsAwaiting } from './overview.ts'
import { hindranceOf, scopeOf } from './rules.ts'

forEachDatabase((name) => {
  let stage: AuditStage
  beforeEach(async () => {
    stage = await openAuditStage(name)
    await stage.add('ffraid', '101LLLL', 'national-administrator')
  })
  afterEach(() => stage.close())

  async function open(due = '14 October 2026'): Promise<string> {
    const answer = await (await stage.as('ffraid')).post('/user-audit/open', { nation: 'both', due })
    assert.equal(answer.status, 303, answer.html)
    await keepRounds(stage.server.world)
    return answer.to!.split('/').at(-1)!
  }
  const closedAt = async (id: string): Promise<Date | null> => {
    const { rows } = await sql<{ closed: Date | null }>`
      select closed_at as closed from user_audits.round where id = ${id}`.execute(stage.server.world.db)
    return rows[0]!.closed
  }
  const answerOf = async (name: string): Promise<string | null> => {
    const { rows } = await sql<{ answer: string | null }>`
      select answer from user_audits.confirmation where person = ${stage.person(name).id}`.execute(
      stage.server.world.db,
    )
    return rows[0]!.answer
  }

  it('the last national administrator is not suspended, and the round closes all the same', async () => {
    await stage.add('alone', '6804025', 'school-user')
    const round = await open()
    await stage.later(43)
    assert.equal((await (await stage.as('ffraid')).get('/user-audit')).status, 200)
    assert.deepEqual([await answerOf('ffraid'), await answerOf('alone')], [null, 'suspended'])
    assert.ok(await closedAt(round))
  })

  it('of several national administrators who were not confirmed one is left: who signed in last', async () => {
    await stage.add('emrys', '101LLLL', 'national-administrator')
    await stage.add('never', '101LLLL', 'national-administrator')
    const { db } = stage.server.world
    await sql`update accounts.person set last_sign_in_at = '2026-08-01' where id = ${stage.person('emrys').id}`.execute(
      db,
    )
    await sql`update accounts.person set activated_at = null, last_sign_in_at = '2026-09-01'
      where id = ${stage.person('never').id}`.execute(db)
    await open()
    await stage.later(42, false)
    await Promise.all([1, 2, 3].map(() => keepRounds(stage.server.world)))
    stage.server.clock.advance(24 * 60 * 60 * 1000)
    await Promise.all([1, 2, 3].map(() => keepRounds(stage.server.world)))
    const answers = [await answerOf('ffraid'), await answerOf('emrys'), await answerOf('never')]
    // who was only invited could look after nobody
    assert.deepEqual(answers, ['suspended', null, 'suspended'])
  })

  it('crashes in the middle lose nothing and do nothing twice', async () => {
    await stage.add('dba', '680LLLL', 'lea-dba')
    for (let n = 0; n < 120; n += 1) await stage.add(`pupilless${n}`, '6804025', 'school-user')
    await stage.mails()
    const round = await open()
    await stage.mails()
    await stage.later(43, false)
    const { world } = stage.server
    let queued = 0
    const mailer = {
      ...world.mailer,
      async queue(...asked: Parameters<typeof world.mailer.queue>) {
        queued += 1
        if (queued % 60 === 0) throw new Error('the process died')
        await world.mailer.queue(...asked)
      },
    }
    let crashes = 0
    for (let tries = 0; tries < 10 && !(await closedAt(round)); tries += 1)
      await keepRounds({ ...world, mailer }).catch(() => (crashes += 1))
    assert.ok(crashes > 1, `${crashes} crashes`)
    const mails = await stage.mails()
    assert.equal(mails.filter((line) => line.startsWith('user-audit-suspended-you')).length, 121)
    assert.equal(new Set(mails).size, mails.length, 'nobody is told twice')
    assert.ok(mails.includes('user-audit-closed ffraid'))
    await keepRounds(world)
    assert.deepEqual(await stage.mails(), [])
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from kit.audit where action = 'user-audits.suspend'`.execute(world.db)
    assert.equal(rows[0]!.count, 121)
  })

  it('approvers, the DBA and the own address are told of the suspended; where the address is a person’s, once', async () => {
    await stage.add('dba', '680LLLL', 'lea-dba')
    await stage.add('approver', JOHN_FROST, null, { approver: true, language: 'cy' })
    await stage.add('teacher', JOHN_FROST, 'school-user')
    await stage.add('clerk', '6804025', 'school-user', { approver: true })
    const { world } = stage.server
    await setOrganisation(world, JOHN_FROST, { email: 'office@john-frost.example.org' })
    await setOrganisation(world, '6804025', { email: 'Clerk@people.example.org' })
    await stage.mails()
    await open()
    assert.deepEqual(await stage.mails(), [
      'user-audit-opened Clerk',
      'user-audit-opened approver',
      'user-audit-opened dba',
      'user-audit-opened ffraid',
      'user-audit-opened office',
    ])
    const ffraid = await stage.as('ffraid')
    await stage.answer(ffraid, '/user-audit/administrators', 'valid', 'dba')
    await stage.answer(await stage.as('dba'), `/user-audit/${JOHN_FROST}`, 'valid', 'approver')
    await stage.later(42)
    await stage.mails()
    await stage.later(1)
    assert.deepEqual(await stage.mails(), [
      'user-audit-closed ffraid',
      'user-audit-suspended Clerk',
      'user-audit-suspended approver',
      'user-audit-suspended dba',
      'user-audit-suspended office',
      'user-audit-suspended-you clerk',
      'user-audit-suspended-you teacher',
    ])
  })

  it('who left otherwise awaits no answer, and stands as no longer valid in what is signed', async () => {
    await stage.add('approver', JOHN_FROST, null, { approver: true })
    await stage.add('second', JOHN_FROST, null, { approver: true })
    await stage.add('teacher', JOHN_FROST, 'school-user')
    await open()
    const { world, clock } = stage.server
    const member = (await memberOf(world.db, JOHN_FROST, stage.person('teacher').id))!
    const ending = { as: 'archived', because: 'approver', at: clock.now() } as const
    await world.db.transaction().execute((tx) => endMembership(tx, member, ending))
    const approver = await stage.as('approver')
    await stage.answer(approver, `/user-audit/${JOHN_FROST}`, 'valid', 'second')
    await stage.answer(await stage.as('second'), `/user-audit/${JOHN_FROST}`, 'valid', 'approver')
    assert.equal(await answerOf('teacher'), null)
    const path = `/user-audit/${JOHN_FROST}/sign`
    const signed = await approver.post(path, { name: 'Ann Approver', agree: 'yes', language: 'en' })
    assert.equal(signed.status, 303, signed.html)
    assert.equal(await answerOf('teacher'), 'ended')
    assert.match((await approver.get(signed.to!)).html, /The service/)
  })

  it('a round closes when everybody is answered for and every LA has signed, and then signing is asked for alone', async () => {
    await stage.add('emrys', '101LLLL', 'national-administrator')
    await stage.add('dba', '681LLLL', 'lea-dba')
    await stage.add('teacher', CARDIFF_HIGH, 'school-user')
    const round = await open()
    const dba = await stage.as('dba')
    await stage.answer(dba, `/user-audit/${CARDIFF_HIGH}`, 'valid', 'teacher')
    await stage.answer(await stage.as('ffraid'), '/user-audit/administrators', 'valid', 'dba', 'emrys')
    await stage.answer(await stage.as('emrys'), '/user-audit/administrators', 'valid', 'ffraid')
    await stage.mails()
    await stage.later(7)
    assert.deepEqual(await stage.mails(), ['user-audit-sign dba'])
    assert.equal(await closedAt(round), null)
    const again = await stage.as('dba')
    await again.post('/user-audit/681LLLL/sign', { name: 'Dilys', agree: 'yes', language: 'cy' })
    await keepRounds(stage.server.world)
    assert.ok(await closedAt(round))
    assert.deepEqual(await stage.mails(), ['user-audit-closed emrys', 'user-audit-closed ffraid'])
  })

  it('what awaits somebody is counted as it is decided, also for Home', async () => {
    await stage.add('dba', '680LLLL', 'lea-dba', { approver: true })
    await stage.add('approver', JOHN_FROST, 'school-user', { approver: true })
    await stage.add('teacher', JOHN_FROST, 'school-user')
    await stage.add('viewer', '680LLLL', 'lea-dba-view-only')
    await stage.add('far', CARDIFF_HIGH, 'school-user', { approver: true })
    const { db } = stage.server.world
    const actors = [
      ['ffraid', ['national-administrator'], 1],
      ['dba', ['lea-dba', 'approver'], 3],
      ['approver', ['school-user', 'approver'], 1],
      ['far', ['school-user', 'approver'], 0],
      ['teacher', ['school-user'], null],
      ['viewer', ['lea-dba-view-only'], null],
    ] as const
    const round = await open()
    for (const [who, roles, wanted] of actors) {
      const { id, organisation } = stage.person(who)
      const actor = { kind: 'person', id, name: who, organisation, roles, address: null } as const
      assert.equal(await db.transaction().execute((tx) => confirmationsAwaiting(tx, actor)), wanted, who)
      let decided = 0
      for (const code of ['101LLLL', '680LLLL', JOHN_FROST, CARDIFF_HIGH])
        for (const row of await peopleOf(db, round, code))
          decided += hindranceOf(scopeOf(actor), row) === null ? 1 : 0
      assert.equal(await countAwaiting(db, scopeOf(actor), round), decided, who)
    }
    await sql`update user_audits.round set closed_at = now()`.execute(db)
    const { id, organisation } = stage.person('dba')
    const dba = { kind: 'person', id, name: '', organisation, roles: ['lea-dba'], address: null } as const
    assert.equal(await db.transaction().execute((tx) => confirmationsAwaiting(tx, dba)), 0)
  })

  it('12 months are over for each nation by itself', async () => {
    await stage.add('welsh', '6804025', 'school-user')
    await open()
    await (await stage.as('ffraid')).post(`/user-audit/rounds/${await roundId()}/close`)
    stage.server.clock.set('2027-03-01T09:00:00Z')
    const wales = await (
      await stage.as('ffraid')
    ).post('/user-audit/open', { nation: 'wales', due: '1/4/2027' })
    assert.equal(wales.status, 303)
    await stage.mails()
    stage.server.clock.set('2027-09-03T09:00:00Z')
    await stage.later(2)
    const year = (await stage.mails()).filter((line) => line.startsWith('user-audit-year'))
    assert.deepEqual(year, ['user-audit-year ffraid'], 'England was not audited since')
  })
  async function roundId(): Promise<string> {
    const { rows } = await sql<{ id: string }>`select id from user_audits.round`.execute(
      stage.server.world.db,
    )
    return rows[0]!.id
  }
})
