import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { parse } from 'csv-parse/sync'
import { CARDIFF_HIGH, JOHN_FROST } from '../../test/api.ts'
import { noticeOf, problemsOf, textOf } from '../../test/page-answers.ts'
import { openAuditStage, type AuditStage } from '../../test/user-audits.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import { keepRounds } from './clock.ts'

forEachDatabase((name) => {
  let stage: AuditStage
  let round: string

  before(async () => {
    stage = await openAuditStage(name)
    await stage.add('ffraid', '101LLLL', 'national-administrator')
    await stage.add('dba', '680LLLL', 'lea-dba', { language: 'cy' })
    await stage.add('far', '681LLLL', 'lea-dba')
    await stage.add('approver', JOHN_FROST, null, { approver: true })
    await stage.add('second', JOHN_FROST, 'school-user', { approver: true })
    await stage.add('teacher', JOHN_FROST, 'school-user')
    await stage.add('cardiff', CARDIFF_HIGH, 'school-user')
  })
  after(() => stage.close())

  it('before the first round each is told that there is none', async () => {
    assert.match(
      textOf(await (await stage.as('approver')).get('/user-audit')),
      /No audit has been opened yet/,
    )
    assert.match(
      textOf(await (await stage.as('dba')).get('/user-audit')),
      /Nid oes archwiliad wedi’i agor eto/,
    )
    assert.match(textOf(await (await stage.as('dba')).get(`/user-audit/${JOHN_FROST}`)), /Nid oes archwiliad/)
    assert.match(textOf(await (await stage.as('ffraid')).get('/user-audit')), /No audit has been opened yet/)
  })

  it('who opens one shows again who it is, and what is mistyped is said at its field', async () => {
    const ffraid = await stage.as('ffraid')
    stage.server.clock.advance(11 * 60_000)
    assert.equal((await ffraid.get('/user-audit/open')).status, 303)
    const fresh = await stage.as('ffraid')
    for (const due of ['', 'soon', '2 September 2026', '4/9/2027']) {
      const wrong = await fresh.post('/user-audit/open', { nation: 'wales', due })
      assert.equal(wrong.status, 422, due)
      assert.match(problemsOf(wrong), /The last day cannot be taken/)
      assert.match(wrong.html, /href="#due"/)
      assert.ok(wrong.html.includes(`value="${due}"`) || due === '')
    }
    const none = await fresh.post('/user-audit/open', { due: '14/10/2026' })
    assert.match(problemsOf(none), /Choose whose users/)
    const nobody = await fresh.post('/user-audit/open', { nation: 'england', due: '14/10/2026' })
    // the department is of both nations
    assert.equal(nobody.status, 303)
    await fresh.post(`${nobody.to!}/close`)
    const opened = await fresh.post('/user-audit/open', { nation: 'wales', due: '14/10/2026' })
    assert.equal(opened.status, 303, problemsOf(opened))
    round = opened.to!
    await keepRounds(stage.server.world)
  })

  it('each sees the own organisations, and nobody others’', async () => {
    const approver = await stage.as('approver')
    const text = textOf(await approver.get('/user-audit'))
    assert.match(text, /1 organisation.*The John Frost School 6804020 3 0 0 0 3/)
    assert.doesNotMatch(text, /Cardiff High/)
    assert.equal((await approver.get(`/user-audit/${CARDIFF_HIGH}`)).status, 404)
    assert.equal((await approver.get('/user-audit/680LLLL')).status, 404)
    assert.equal((await approver.get(round)).status, 403)
    assert.equal((await (await stage.as('teacher')).get('/user-audit')).status, 403)
    const far = await stage.as('far')
    assert.equal((await far.get(`/user-audit/${JOHN_FROST}`)).status, 404)
    assert.equal((await far.get(`/user-audit/${CARDIFF_HIGH}`)).status, 200)
    assert.equal((await (await stage.as('dba')).get('/user-audit/680LLLL/sign')).status, 200)
    assert.equal((await (await stage.as('dba')).get(`/user-audit/${JOHN_FROST}/sign`)).status, 404)
  })

  it('who confirms whom is said where one may not, and a forged answer is refused whole', async () => {
    const dba = await stage.as('dba')
    assert.match(textOf(await dba.get('/user-audit/680LLLL')), /Chi yw’r person hwn: cymeradwywr arall/)
    const ffraid = await stage.as('ffraid')
    assert.match(
      textOf(await ffraid.get(`/user-audit/${JOHN_FROST}`)),
      /An approver of the organisation, or the database/,
    )
    const local = await stage.answer(ffraid, '/user-audit/administrators', 'valid', 'dba', 'teacher')
    assert.match(problemsOf(local), /Others confirm these people/)
    const other = await stage.answer(dba, `/user-audit/${JOHN_FROST}`, 'valid', 'teacher', 'cardiff')
    assert.equal(other.status, 409)
    const nobody = await dba.post(`/user-audit/${JOHN_FROST}`, { do: 'valid' })
    assert.equal(nobody.status, 400)
    assert.match(problemsOf(nobody), /Dewiswch o leiaf un person/)
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from user_audits.confirmation where answer is not null`.execute(
      stage.server.world.db,
    )
    assert.equal(rows[0]!.count, 0)
    assert.equal((await dba.get(`/user-audit/${JOHN_FROST}/end?id=`)).to, `/user-audit/${JOHN_FROST}`)
  })

  it('the last national administrator cannot be ended', async () => {
    await stage.add('helper', '101LLLL', null, { approver: true })
    const helper = await stage.as('helper')
    const ended = await stage.answer(helper, '/user-audit/101LLLL', 'ended', 'ffraid')
    assert.match(problemsOf(ended), /This is the last national administrator/)
    assert.equal((await stage.answer(helper, '/user-audit/101LLLL', 'valid', 'ffraid')).status, 303)
  })

  it('all that are shown are confirmed in one go; of two at once the first answer holds', async () => {
    const approver = await stage.as('approver')
    const second = await stage.as('second')
    const page = await approver.get(`/user-audit/${JOHN_FROST}`)
    const shown = [...page.html.matchAll(/type="hidden" name="id" value="([^"]+)"/g)].map(([, id]) => id!)
    const rows = await stage.rows(JOHN_FROST)
    assert.deepEqual(new Set(shown), new Set([rows.get('second'), rows.get('teacher')]))
    const [one, other] = await Promise.all([
      approver.post(`/user-audit/${JOHN_FROST}`, { do: 'valid', id: shown }),
      second.post(`/user-audit/${JOHN_FROST}`, {
        do: 'valid',
        id: [rows.get('teacher')!, rows.get('approver')!],
      }),
    ])
    const notices = [noticeOf(await approver.get(one.to!)), noticeOf(await second.get(other.to!))].join(' ')
    assert.match(notices, /somebody else before: 1/)
    assert.match(notices, /2 people are confirmed as still valid\./)
  })

  it('an approver signs for the own organisation, once', async () => {
    const approver = await stage.as('approver')
    assert.match(textOf(await approver.get('/user-audit')), /You can sign the written confirmation now/)
    const path = `/user-audit/${JOHN_FROST}/sign`
    const wrong = await approver.post(path, { name: '12', agree: 'yes', language: 'en' })
    assert.match(problemsOf(wrong), /The name cannot be taken/)
    const answers = await Promise.all(
      [1, 2].map(() => approver.post(path, { name: 'Ann Approver', agree: 'yes', language: 'cy' })),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409])
    const signed = answers.find(({ status }) => status === 303)!.to!
    const page = await approver.get(signed)
    assert.match(page.html, /<blockquote[^>]* lang="cy">Rwy’n cadarnhau ar ran The John Frost School fod/)
    const csv = await approver.get(`${signed}/list.csv`)
    assert.match(csv.headers.get('content-disposition') ?? '', /6804020_confirmation_2026-09-02\.csv/)
    const lines = parse(csv.bytes, { bom: true, columns: true, record_delimiter: '\r\n' }) as Record<
      string,
      string
    >[]
    assert.deepEqual(
      lines.map((line) => [line['Name'], line['Roles'], line['Answer']]),
      [
        ['Name of approver', 'Approver', 'Still valid'],
        ['Name of second', 'School user; Approver', 'Still valid'],
        ['Name of teacher', 'School user', 'Still valid'],
      ],
    )
    assert.equal((await (await stage.as('dba')).get(signed)).status, 200)
    assert.equal((await (await stage.as('far')).get(signed)).status, 404)
    assert.match(
      textOf(await (await stage.as('ffraid')).get(round)),
      /confirmations of single organisations The John Frost/,
    )
  })

  it('who is not confirmed is listed, narrowed, paged and kept as CSV', async () => {
    const { db } = stage.server.world
    for (let n = 0; n < 3; n += 1) await stage.add(`late${n}`, CARDIFF_HIGH, 'school-user')
    await sql`
      insert into user_audits.confirmation (round, organisation, la, person, username, name, email, roles, approver)
      select ${round.split('/').at(-1)!}, organisation, '681', person, username, name, email, roles, approver
      from accounts.live_membership where name like 'Name of late%'`.execute(db)
    await sql`update accounts.person set last_sign_in_at = now() where name = 'Name of late1'`.execute(db)
    const ffraid = await stage.as('ffraid')
    const names = async (query: string): Promise<string[]> => {
      const { html, status } = await ffraid.get(`${round}/unconfirmed${query}`)
      assert.equal(status, 200)
      return [...html.matchAll(/<strong>Name of (\w+)<\/strong>/g)].map(([, one]) => one!).sort()
    }
    assert.deepEqual(await names('?la=681'), ['cardiff', 'far', 'late0', 'late1', 'late2'])
    assert.deepEqual(await names('?q=LATE'), ['late0', 'late1', 'late2'])
    assert.deepEqual(await names('?q=cardiff high&came=yes'), ['late1'])
    assert.deepEqual(await names('?q=%25'), [])
    assert.deepEqual(await names('?la=680'), ['dba'])
    assert.equal((await ffraid.get(`${round}/unconfirmed?la=x`)).status, 400)
    await sql`
      insert into accounts.person (id, username, username_key, name, email, language, created_at)
      select 'bulk' || n, 'bulk' || n, 'bulk' || n, 'Bulk ' || n, 'bulk@people.example.org', 'en', now()
      from generate_series(1, 230) n`.execute(db)
    await sql`
      insert into accounts.membership (person, organisation, approver, created_at)
      select 'bulk' || n, ${CARDIFF_HIGH}::text, false, now() from generate_series(1, 230) n`.execute(db)
    await sql`
      insert into user_audits.confirmation (round, organisation, la, person, username, name, email, roles, approver)
      select ${round.split('/').at(-1)!}, ${CARDIFF_HIGH}::text, '681', 'bulk' || n, 'bulk' || n, 'x', 'x', '{}', false
      from generate_series(1, 230) n`.execute(db)
    const first = await ffraid.get(`${round}/unconfirmed?q=bulk`)
    const next = /href="([^"]*after=[^"]*)" rel="next"/.exec(first.html)![1]!.replaceAll('&amp;', '&')
    const found = [first, await ffraid.get(next)].flatMap(({ html }) => [
      ...html.matchAll(/<strong>Bulk (\d+)</g),
    ])
    assert.equal(new Set(found.map(([, n]) => n)).size, 200)
    const csv = await ffraid.get(`${round}/unconfirmed/list.csv?q=bulk`)
    assert.equal(csv.html.trim().split('\r\n').length, 231)
  })

  it('the last day is moved to a later one only, and a round closed by hand leaves everybody as they are', async () => {
    const ffraid = await stage.as('ffraid')
    const earlier = await ffraid.post(`${round}/extend`, { due: '13/10/2026' })
    assert.match(problemsOf(earlier), /not later/)
    for (const form of ['extend', 'close'])
      assert.ok((await ffraid.get(`${round}/${form}`)).html.includes(`action="${round}/${form}"`), form)
    assert.ok((await ffraid.get(round)).html.includes(`action="${round}/remind"`))
    const later = await ffraid.post(`${round}/extend`, { due: '20 October 2026' })
    assert.equal(later.status, 303)
    stage.server.clock.set('2026-10-20T12:00:00Z')
    await keepRounds(stage.server.world)
    const closing = await stage.as('ffraid')
    assert.match(textOf(await closing.get(round)), /Last day 20 October 2026/)
    assert.match(textOf(await closing.get(`${round}/close`)), /people stay unconfirmed and keep access/)
    assert.equal((await closing.post(`${round}/close`)).status, 303)
    assert.equal((await closing.post(`${round}/close`)).status, 409)
    assert.match(problemsOf(await closing.post(`${round}/remind`)), /This audit is over/)
    stage.server.clock.set('2026-10-22T12:00:00Z')
    await keepRounds(stage.server.world)
    const far = await stage.as('far')
    const text = textOf(await far.get(`/user-audit/${CARDIFF_HIGH}`))
    assert.match(text, /This audit was closed on 20 October 2026.*people not confirmed/)
    const late = await stage.answer(far, `/user-audit/${CARDIFF_HIGH}`, 'valid', 'cardiff')
    assert.match(problemsOf(late), /This audit is over/)
  })
})
