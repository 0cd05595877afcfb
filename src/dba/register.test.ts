import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { JOHN_FROST } from '../../test/api.ts'
import { noticeOf, problemsOf, textOf } from '../../test/page-answers.ts'
import { openTwoSchools, type TwoSchools } from '../../test/two-schools.ts'
import { newPerson, visitorOf, type PageAnswer, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import {
  findEstablishments,
  listProposals,
  proposalsAwaiting,
  setOrganisation,
  successorsOf,
  type Establishment,
} from '../establishments/index.ts'
import { sql } from '../kit/database.ts'
import type { Role } from '../permissions/table.ts'
import { applyDueChanges } from './by-clock.ts'

const NEWPORT_HIGH = '6804025'
const NEW = { number: '4999', nameEn: 'Ysgol Newydd Brannock', town: 'Newport', date: '1 September 2026' }
const CLOSE = { number: '4020', successor: '4025', date: '31/08/2026' }

forEachDatabase((database) => {
  let schools: TwoSchools
  let dba: Visitor
  let national: Visitor
  before(async () => {
    schools = await openTwoSchools(database)
    await setOrganisation(schools.server.world, NEWPORT_HIGH, { email: 'office@newport-high.example.org' })
    await setOrganisation(schools.server.world, '101LLLL', { email: 'register@nation.example.org' })
    dba = await visitor('680LLLL', 'lea-dba')
    national = await visitor('101LLLL', 'national-administrator')
  })
  after(() => schools.close())
  beforeEach(async () => {
    // some move the clock, past the end of the sessions before
    dba = await visitorOf(schools.server, dba.person)
    national = await visitorOf(schools.server, national.person)
    const { db } = schools.server.world
    for (const table of ['kit.mail', 'establishments.proposal', 'establishments.link'])
      await sql`delete from ${sql.ref(table)}`.execute(db)
    await sql`delete from establishments.organisation where code in ('6804999', 'SUP0001', 'SUP0002')`.execute(
      db,
    )
    await sql`
      update establishments.organisation set status = 'open', closed = null, corrected = '{}', name_en = 'The John Frost School'
      where code = ${JOHN_FROST}`.execute(db)
  })

  async function visitor(organisation: string, role: Role): Promise<Visitor> {
    return visitorOf(schools.server, await newPerson(schools.server, { organisation, role }))
  }
  const find = async (code: string): Promise<Establishment | undefined> =>
    (await findEstablishments(schools.server.world.db, [code])).get(code)
  const propose = (kind: string, fields: Record<string, string>, by = dba): Promise<PageAnswer> =>
    by.post(`/dba/register/change/${kind}`, fields)
  const newest = async (): Promise<string> => (await listProposals(schools.server.world.db, null))[0]!.id
  const states = async (): Promise<string[]> =>
    (await listProposals(schools.server.world.db, null)).map(({ kind, state }) => `${kind} ${state}`)
  async function mails(): Promise<string[]> {
    const { rows } = await sql<{ mail: string }>`
      delete from kit.mail returning template || ' ' || to_address as mail`.execute(schools.server.world.db)
    return rows.map(({ mail }) => mail).sort()
  }

  it('what an authority proposes changes nothing until it is confirmed; then the register and the finder follow', async () => {
    const answer = await propose('new', NEW)
    assert.match(noticeOf(await dba.get(answer.to!)) ?? '', /told by e-mail what is decided/)
    assert.deepEqual(await mails(), ['authority-proposal register@nation.example.org'])
    assert.equal(await find('6804999'), undefined)
    const { db } = schools.server.world
    assert.equal(await proposalsAwaiting(db, { ...ACTOR, roles: ['national-administrator'] }), 1)
    assert.equal(await proposalsAwaiting(db, { ...ACTOR, roles: ['lea-dba'] }), null)
    assert.match(textOf(await national.get('/dba')), /1 proposal awaits your decision/)
    const list = textOf(await national.get('/dba/register'))
    assert.match(list, /Ysgol Newydd Brannock \(6804999\) opens on 1 September 2026 .* Awaits a decision/)
    const id = await newest()
    await national.post(`/dba/register/proposals/${id}/confirm`)
    const { nameEn, status, opened, sector } = (await find('6804999'))!
    assert.deepEqual(
      [nameEn, status, opened, sector],
      ['Ysgol Newydd Brannock', 'open', '2026-09-01', 'maintained'],
    )
    assert.match((await dba.get('/find-a-school?q=brannock')).html, /6804999/)
    assert.deepEqual(await mails(), [
      `authority-proposal-confirmed ${dba.person.username}@people.example.org`,
      'authority-proposal-confirmed transfers@newport.example.org',
    ])
    assert.match(textOf(await dba.get('/dba/register')), /In the register/)
    assert.deepEqual(await schools.auditOf(id), ['dba.confirm-proposal done', 'dba.propose-change done'])
  })

  it('a school that closes leads to its successor; both are told', async () => {
    await propose('close', CLOSE)
    await mails()
    await national.post(`/dba/register/proposals/${await newest()}/confirm`)
    const school = (await find(JOHN_FROST))!
    assert.deepEqual([school.status, school.closed], ['closed', '2026-08-31'])
    const [successor] = await successorsOf(schools.server.world.db, JOHN_FROST)
    assert.equal(successor?.code, NEWPORT_HIGH)
    assert.deepEqual(
      (await mails()).filter((mail) => mail.startsWith('school')),
      ['school-closed office@john-frost.example.org', 'school-follows office@newport-high.example.org'],
    )
    assert.match((await dba.get('/find-a-school?q=6804020')).html, /Newport High School/)
    assert.match(textOf(await dba.get(`/dba/schools/${NEWPORT_HIGH}`)), /It follows The John Frost School/)
    const file = schools.newFile()
    const { status, json } = await schools.cardiff.upload(file.name, file.bytes)
    assert.deepEqual([status, json.findings[0].rule], [422, 'destination-closed-successor'])
  })

  it('a proposal is declined with a reason, which is read with it and never mailed', async () => {
    await propose('rename', { number: '4020', nameEn: 'Frost High', date: '1/9/2026' })
    const id = await newest()
    await mails()
    const path = `/dba/register/proposals/${id}`
    const unsaid = await national.post(`${path}/decline`)
    assert.equal(unsaid.status, 400)
    assert.match(problemsOf(unsaid), /why you decline/)
    await national.post(`${path}/decline`, { reason: 'The governors have not decided yet.' })
    assert.deepEqual((await mails()).length, 2)
    const { rows } = await sql`select 1 from kit.mail where params::text like '%governors%'`.execute(
      schools.server.world.db,
    )
    assert.deepEqual(rows, [])
    assert.match(textOf(await dba.get(path)), /Declined .* The governors have not decided yet\./)
    const late = await national.post(`${path}/confirm`)
    assert.equal(late.status, 409)
    assert.match(problemsOf(late), /decided already/)
    assert.equal((await find(JOHN_FROST))!.nameEn, 'The John Frost School')
  })

  it('a proposal is withdrawn by its authority until it is decided, and by nobody else', async () => {
    await propose('close', CLOSE)
    const path = `/dba/register/proposals/${await newest()}`
    const other = await visitor('681LLLL', 'lea-dba')
    assert.equal((await other.get(path)).status, 404)
    assert.equal((await other.post(`${path}/withdraw`)).status, 404)
    assert.equal((await national.post(`${path}/withdraw`)).status, 403)
    assert.equal((await dba.post(`${path}/confirm`)).status, 403)
    assert.doesNotMatch(textOf(await other.get('/dba/register')), /John Frost/)
    await dba.post(`${path}/withdraw`)
    assert.equal((await national.post(`${path}/confirm`)).status, 409)
    assert.deepEqual(await states(), ['close withdrawn'])
  })

  it('of a confirmation and a refusal at once one holds', async () => {
    await propose('close', CLOSE)
    const path = `/dba/register/proposals/${await newest()}`
    const answers = await Promise.all([
      national.post(`${path}/confirm`),
      national.post(`${path}/decline`, { reason: 'Not now.' }),
    ])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409])
    const isClosed = (await find(JOHN_FROST))!.status === 'closed'
    assert.deepEqual(await states(), [isClosed ? 'close applied' : 'close declined'])
  })

  it('two schools become a new one: it may be named before it is there, and is confirmed first', async () => {
    await propose('new', NEW)
    const opening = await newest()
    const merged = await propose('merge', { ...CLOSE, successor: '4999' })
    assert.equal(merged.status, 303, problemsOf(merged))
    const merging = (await listProposals(schools.server.world.db, '680')).find(
      ({ kind }) => kind === 'merge',
    )!.id
    const early = await national.post(`/dba/register/proposals/${merging}/confirm`)
    assert.equal(early.status, 409)
    assert.match(problemsOf(early), /no school 6804999/)
    await national.post(`/dba/register/proposals/${opening}/confirm`)
    assert.equal((await national.post(`/dba/register/proposals/${merging}/confirm`)).status, 303)
    assert.equal((await successorsOf(schools.server.world.db, JOHN_FROST))[0]?.code, '6804999')
  })

  it('what is confirmed for a later date takes effect by the clock on that date, once', async () => {
    const { world } = schools.server
    const { clock } = schools.server
    await propose('new', { ...NEW, la: '680', date: '5 September 2026' }, national)
    await propose(
      'merge',
      { number: '4020', la: '680', successor: '4999', date: '5 September 2026' },
      national,
    )
    assert.equal((await find('6804999'))!.status, 'proposed')
    assert.equal((await find(JOHN_FROST))!.status, 'open')
    await applyDueChanges(world)
    assert.deepEqual((await states()).sort(), ['merge confirmed', 'new confirmed'])
    clock.set('2026-09-04T23:30:00Z')
    await mails()
    await applyDueChanges(world)
    assert.deepEqual((await states()).sort(), ['merge applied', 'new applied'])
    assert.equal((await find('6804999'))!.status, 'open')
    assert.equal((await find(JOHN_FROST))!.status, 'closed')
    assert.deepEqual(await mails(), ['school-closed office@john-frost.example.org'])
    await applyDueChanges(world)
    assert.deepEqual(await mails(), [])
  })

  it('what an import or a correction did before the date stays, and the change counts as made', async () => {
    const { world, clock } = schools.server
    const date = clock.now().toISOString().slice(0, 8) + '20'
    await propose('close', { ...CLOSE, la: '680', date }, national)
    await propose('new', { ...NEW, la: '680', date }, national)
    await setOrganisation(world, JOHN_FROST, { status: 'closed' })
    await setOrganisation(world, '6804999', { name: 'Ysgol Brannock' })
    clock.set(`${date}T09:00:00Z`)
    await applyDueChanges(world)
    assert.deepEqual((await states()).sort(), ['close applied', 'new applied'])
    const { nameEn, status, town } = (await find('6804999'))!
    assert.deepEqual([nameEn, status, town], ['Ysgol Brannock', 'open', 'Newport'])
    clock.set('2026-09-05T09:00:00Z')
  })

  it('what cannot be made on its date is said in the list, and keeps no other back', async () => {
    await propose('close', { ...CLOSE, la: '680', date: '10 September 2026' }, national)
    await propose(
      'rename',
      { number: '4026', la: '680', nameEn: 'Renamed', date: '10 September 2026' },
      national,
    )
    const { server } = schools
    await setOrganisation(server.world, NEWPORT_HIGH, { status: 'closed' })
    server.clock.set('2026-09-11T09:00:00Z')
    national = await visitorOf(server, national.person)
    await applyDueChanges(server.world)
    await setOrganisation(server.world, NEWPORT_HIGH, { status: 'open' })
    assert.deepEqual((await states()).sort(), ['close confirmed', 'rename applied'])
    assert.match(textOf(await national.get('/dba/register')), /Confirmed, but cannot be made/)
  })

  describe('a change that cannot be', () => {
    const cases: [string, string, Record<string, string>, number, RegExp][] = [
      ['a number that is there', 'new', { ...NEW, number: '4020' }, 409, /has a school 6804020 already/],
      ['a school that is not', 'close', { ...CLOSE, number: '4998' }, 409, /no school 6804998/],
      ['a successor that is not', 'close', { ...CLOSE, successor: '4998' }, 409, /no school 6804998/],
      ['itself as the successor', 'merge', { ...CLOSE, successor: '4020' }, 409, /cannot follow itself/],
      [
        'no successor for a merger',
        'merge',
        { number: '4020', date: '31/8/2026' },
        400,
        /takes the pupils over/,
      ],
      ['no name', 'rename', { number: '4020', date: '31/8/2026' }, 400, /Enter the name/],
      ['no date', 'close', { number: '4020' }, 400, /Enter the date/],
      ['a date that is none', 'close', { number: '4020', date: '31/9/2026' }, 400, /Enter the date/],
      ['a number that is none', 'close', { number: 'frost', date: '31/8/2026' }, 400, /establishment number/],
    ]
    for (const [title, kind, fields, status, said] of cases)
      it(`${title} is said at its field, and what was typed stays`, async () => {
        const answer = await propose(kind, fields)
        assert.equal(answer.status, status)
        assert.match(problemsOf(answer), said)
        if (fields['number']) assert.ok(answer.html.includes(`value="${fields['number']}"`))
        assert.deepEqual(await states(), [])
      })

    it('of a school of another authority is out of reach', async () => {
      assert.equal((await propose('close', { number: '6814039', date: '31/8/2026' })).status, 404)
      assert.equal((await propose('close', { number: '4039', la: '681', date: '31/8/2026' })).status, 404)
    })
  })

  it('the national administrator adds suppliers, each under the next code', async () => {
    const path = '/dba/register/suppliers'
    await national.post(path, { name: 'Invented Software', language: 'en' })
    const answer = await national.post(path, {
      name: 'Meddalwedd Ddychmygol',
      email: 'help@software.example.org',
      language: 'cy',
    })
    assert.match(noticeOf(await national.get(answer.to!)) ?? '', /Meddalwedd Ddychmygol was added as SUP0002/)
    assert.equal((await find('SUP0001'))!.kind, 'supplier')
    assert.equal((await find('SUP0002'))!.email, 'help@software.example.org')
    assert.equal((await national.post(path, { language: 'en' })).status, 400)
    assert.equal((await dba.get(path)).status, 403)
  })
})

const ACTOR = { kind: 'person', id: 'x', name: 'x', organisation: '101LLLL', address: null } as const
