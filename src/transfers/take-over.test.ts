import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { apiOf, CARDIFF_HIGH, ctf, JOHN_FROST } from '../../test/api.ts'
import { noticeOf, problemsOf, saidIn, textOf } from '../../test/page-answers.ts'
import { openTwoSchools, type Sent, type TwoSchools } from '../../test/two-schools.ts'
import { newPerson, visitorOf, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { changeRegister } from '../establishments/index.ts'
import { saveLinks, type LinkType } from '../establishments/store.ts'
import { sql } from '../kit/database.ts'
import type { Actor } from '../permissions/decide.ts'
import { perform } from '../permissions/perform.ts'
import { filesOfClosed } from './of-closed.ts'
import { takeOverFile } from './take-over-file.ts'
import { findFile, historyOf, type FileRow } from './store.ts'

const SUCCESSOR = '6804025'
const PART = '6804026'
const CLOSED_ON = '2026-08-31'

const userOf = (organisation: string): Actor => ({
  kind: 'person',
  id: `user of ${organisation}`,
  name: 'An invented user',
  organisation,
  roles: ['school-user'],
  address: null,
})

forEachDatabase((database) => {
  let schools: TwoSchools
  let successor: Visitor
  before(async () => {
    schools = await openTwoSchools(database)
    await close(JOHN_FROST, SUCCESSOR)
    successor = await visitorOf(
      schools.server,
      await newPerson(schools.server, { organisation: SUCCESSOR, role: 'school-user' }),
    )
  })
  after(() => schools.close())
  beforeEach(async () => {
    await sql`update transfers.file set status = 'removed', held_name = null where status = 'awaiting'`.execute(
      world().db,
    )
  })

  const world = (): TwoSchools['server']['world'] => schools.server.world
  const file = async (id: string): Promise<FileRow> => (await findFile(world().db, id))!
  const take = (id: string, by = SUCCESSOR): Promise<FileRow> =>
    perform(world(), userOf(by), takeOverFile, { id })

  async function close(code: string, to: string, kind: 'close' | 'merge' = 'close'): Promise<void> {
    const names = { nameEn: null, nameCy: null, town: null }
    const change = { kind, code, successor: to, date: CLOSED_ON, ...names }
    await world()
      .db.transaction()
      .execute((tx) => changeRegister(tx, change, '2026-09-02'))
  }

  /** Sends a file that arrived just before its school closed. */
  async function waiting(): Promise<Sent> {
    await status(JOHN_FROST, 'open')
    const sent = await schools.send()
    await status(JOHN_FROST, 'closed')
    return sent
  }
  async function status(code: string, to: 'open' | 'closed'): Promise<void> {
    await sql`update establishments.organisation set status = ${to} where code = ${code}`.execute(world().db)
  }

  it('a file that waits for a closed school is offered to its successor, and to nobody else', async () => {
    const { id } = await waiting()
    assert.equal(await filesOfClosed(world().db, userOf(SUCCESSOR)), 1)
    assert.equal(await filesOfClosed(world().db, userOf(PART)), 0)
    assert.equal(await filesOfClosed(world().db, { ...userOf(SUCCESSOR), roles: ['approver'] }), null)
    const said = textOf(await successor.get('/download'))
    assert.match(said, /1 file waits for The John Frost School\. It closed on 31 August 2026/)
    assert.match((await successor.get('/download')).html, /href="\/download\/take-over"/)
    const list = await successor.get('/download/take-over?lang=cy')
    assert.match(textOf(list), /Ffeiliau i ysgolion sydd wedi cau .* Cardiff High School/)
    const other = await visitorOf(
      schools.server,
      await newPerson(schools.server, { organisation: PART, role: 'school-user' }),
    )
    await successor.get('/download?lang=en')
    assert.doesNotMatch((await other.get('/download')).html, /take-over/)
    assert.match(textOf(await other.get('/download/take-over')), /No files wait/)
    assert.equal((await other.post('/download/take-over', { id })).status, 404)
    assert.equal((await file(id)).status, 'awaiting')
    assert.equal((await successor.post('/download/take-over')).status, 400)
    assert.match(problemsOf(await successor.post('/download/take-over')), /Choose at least one file/)
    await assert.rejects(take(id, PART), { code: 'not-found' })
    await take(id)
  })

  it('taken over it is a new file of the same sender, readdressed in name and header; the first is forwarded', async () => {
    const { id, name, bytes } = await waiting()
    const answer = await successor.post('/download/take-over', { id: [id] })
    assert.equal(answer.to, '/download')
    assert.match(noticeOf(await successor.get('/download')) ?? '', /1 file was taken over/)
    const original = await file(id)
    assert.equal(original.status, 'forwarded')
    const copy = await file(original.readdressedAs!)
    assert.equal(copy.status, 'awaiting')
    assert.equal(copy.original, id)
    assert.deepEqual([copy.source, copy.destination, copy.sender], [CARDIFF_HIGH, SUCCESSOR, CARDIFF_HIGH])
    assert.match(copy.name, /^6814039_CTF_6804025_\d{3}\.XML$/)
    const content = await successor.get(`/files/${copy.id}/content`)
    assert.deepEqual(saidIn(content.bytes, 'LEA').slice(0, 2), saidIn(bytes, 'LEA').slice(0, 2))
    assert.deepEqual(saidIn(content.bytes, 'Estab').slice(0, 2), ['4039', '4025'])
    assert.deepEqual(saidIn(content.bytes, 'UPN'), saidIn(bytes, 'UPN'))
    const events = async (one: string): Promise<string[]> =>
      (await historyOf(world().db, one)).map(({ event, organisation }) => `${event} ${organisation}`)
    assert.deepEqual(await events(id), ['uploaded 6814039', 'takenOver 6804025'])
    assert.deepEqual((await events(copy.id)).slice(0, 2), ['uploaded 6814039', 'takenOver 6804025'])
    assert.match(
      textOf(await successor.get(`/files/${copy.id}`)),
      /Newport High School took the file over, since The John Frost School has closed/,
    )
    assert.ok((await schools.mailAbout(id)).includes('taken-over office@cardiff-high.example.org'))
    assert.deepEqual(await schools.mailAbout(copy.id), [])
    assert.ok((await schools.auditOf(copy.id)).includes('transfers.take-over done'))
    // the name of the first is free, and the closed school no longer reads it
    const { rows } = await sql`select held_name from transfers.file where id = ${id}`.execute(world().db)
    assert.deepEqual(rows, [{ held_name: null }])
    assert.notEqual(copy.name, name)
    assert.equal((await schools.newport.call('GET', `/api/v1/files/${id}/content`)).status, 410)
  })

  it('the closed school can collect until then; what it fetched stays with it', async () => {
    const begun = await waiting()
    const fetchedAt = async (to: string | null): Promise<void> => {
      await sql`update transfers.file set fetch_started_at = ${world().clock.now()}, fetched_at = ${to}
        where id = ${begun.id}`.execute(world().db)
    }
    await fetchedAt(null)
    await assert.rejects(take(begun.id), { code: 'takeover-being-fetched' })
    await fetchedAt('2026-09-02T09:05:00Z')
    await assert.rejects(take(begun.id), { code: 'takeover-fetched' })
    assert.equal(await filesOfClosed(world().db, userOf(SUCCESSOR)), 0)
    const answer = await successor.post('/download/take-over', { id: [begun.id] })
    assert.equal(answer.to, '/download/take-over')
    assert.match(noticeOf(await successor.get('/download/take-over')) ?? '', /Not taken over: 1/)
    assert.equal((await schools.newport.call('POST', `/api/v1/files/${begun.id}/confirm`)).status, 200)
  })

  it('a file that was recalled, taken over or crossed by its download is not taken over', async () => {
    const recalled = await waiting()
    await schools.cardiff.call('DELETE', `/api/v1/files/${recalled.id}`)
    await assert.rejects(take(recalled.id), { code: 'takeover-too-late' })
    const taken = await waiting()
    await take(taken.id)
    await assert.rejects(take(taken.id), { code: 'takeover-too-late' })
  })

  it('of two successors at once the first has it, and one file comes of it', async () => {
    await link(JOHN_FROST, PART, 'split')
    const files = [await waiting(), await waiting(), await waiting()]
    for (const { id } of files) {
      const tried = await Promise.allSettled([take(id), take(id, PART)])
      const refused = tried.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
      assert.equal(refused.length, 1)
      assert.match(String(refused[0].code), /^(changed-meanwhile|takeover-too-late)$/)
      const { rows } = await sql<{ n: number }>`
        select count(*)::integer as n from transfers.file where original = ${id}`.execute(world().db)
      assert.deepEqual(rows, [{ n: 1 }])
      const copy = await file((await file(id)).readdressedAs!)
      assert.ok([SUCCESSOR, PART].includes(copy.destination))
    }
    await sql`delete from establishments.link where to_code = ${PART}`.execute(world().db)
  })

  async function link(from: string, to: string, type: LinkType): Promise<void> {
    await world()
      .db.transaction()
      .execute((tx) => saveLinks(tx, [{ from, to, type, date: null }]))
  }

  describe('who follows', () => {
    for (const type of ['successor', 'merged', 'amalgamated', 'renumbered', 'split'] as const) {
      it(`by a link of the type ${type}, it is offered the files`, async () => {
        const { id } = await waiting()
        await link(JOHN_FROST, PART, type)
        assert.equal((await take(id, PART)).destination, PART)
        await sql`delete from establishments.link where to_code = ${PART}`.execute(world().db)
      })
    }

    it('a school that follows one which is still open has nothing of what was before that', async () => {
      const { id } = await waiting()
      await link(SUCCESSOR, PART, 'split')
      assert.equal(await filesOfClosed(world().db, userOf(PART)), 0)
      await assert.rejects(take(id, PART), { code: 'not-found' })
      await sql`delete from establishments.link where to_code = ${PART}`.execute(world().db)
    })

    it('a school that follows one which follows the closed one has them, and the one between not', async () => {
      const { id } = await waiting()
      await close(SUCCESSOR, PART, 'merge')
      assert.equal(await filesOfClosed(world().db, userOf(SUCCESSOR)), 0)
      await assert.rejects(take(id), { code: 'not-found' })
      assert.equal(await filesOfClosed(world().db, userOf(PART)), 1)
      assert.equal((await take(id, PART)).destination, PART)
    })

    it('what the successor sent itself is not offered to it', async () => {
      const api = apiOf(schools.server, await schools.server.client(PART, 'school-user'))
      await status(JOHN_FROST, 'open')
      const own = ctf(PART, JOHN_FROST, { serial: 900 })
      assert.equal((await api.upload(own.name, own.bytes)).status, 201)
      await status(JOHN_FROST, 'closed')
      assert.equal(await filesOfClosed(world().db, userOf(PART)), 0)
    })
  })
})
