import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { sql } from '../kit/database.ts'
import { forEachDatabase, testClock, type TestDatabase } from '../../test/world.ts'
import { correctOrganisation } from './correct-organisation.ts'
import { findDetails } from './details-store.ts'
import { importRegister, type ImportReport } from './import-register.ts'
import { setOrganisation } from './set-organisation.ts'
import { loadShippedRegister } from './shipped.ts'
import { findEstablishments, isLoadedAuthority, successorsOf } from './store.ts'

const GIAS = fileURLToPath(new URL('test-data/gias.csv', import.meta.url))
const LINKS = fileURLToPath(new URL('test-data/links.csv', import.meta.url))
const ORIGINAL = readFileSync(GIAS, 'latin1')

const folder = mkdtempSync(join(tmpdir(), 'cts-import-'))
after(() => rmSync(folder, { recursive: true }))

/** The extract with one thing in it changed; it must be in it. */
function edited(...edits: readonly [string, string][]): string {
  let text = ORIGINAL
  for (const [from, to] of edits) {
    assert.ok(text.includes(from), from)
    text = text.replace(from, to)
  }
  const path = join(folder, 'edited.csv')
  writeFileSync(path, text, 'latin1')
  return path
}

/** The row of a school in the extract, with its line end. */
function rowOf(name: string): string {
  return ORIGINAL.split('\n').find((line) => line.includes(name))! + '\n'
}

forEachDatabase((_, open) => {
  let database: TestDatabase
  const audited: string[] = []
  const clock = testClock()

  function world(): Parameters<typeof importRegister>[0] {
    const write = (
      _: unknown,
      { action, subject }: { action: string; subject: string | null },
    ): Promise<void> => {
      audited.push(`${action} ${subject}`)
      return Promise.resolve()
    }
    const unused = (): never => assert.fail('not used by these')
    return { db: database.db, clock, audit: { write, chain: unused, verify: unused } }
  }
  const bring = (file: string, links: string | null = null, dryRun = false): Promise<ImportReport> =>
    importRegister(world(), { file, links, dryRun })
  const find = async (code: string) => (await findEstablishments(database.db, [code])).get(code)
  const codes = (list: readonly { code: string }[]): string[] => list.map((one) => one.code)

  before(async () => {
    database = await open()
  })
  after(() => database.close())
  beforeEach(async () => {
    audited.length = 0
    await sql`delete from establishments.link`.execute(database.db)
    await sql`delete from establishments.organisation`.execute(database.db)
    await database.db.transaction().execute(loadShippedRegister)
  })

  describe('the register that ships with the product', () => {
    test('has the schools of Wales by their own names and the LAs of both nations', async () => {
      const { rows } = await sql<{ kind: string; n: number }>`
        select kind, count(*) as n from establishments.organisation group by kind order by kind`.execute(
        database.db,
      )
      assert.deepEqual(rows, [
        { kind: 'authority', n: 213 },
        { kind: 'department', n: 1 },
        { kind: 'school', n: 1616 },
      ])
      const school = await find('6804020')
      assert.equal(school?.nameEn, 'The John Frost School')
      assert.equal(school?.language, 'both')
      assert.equal((await find('680LLLL'))?.nameCy, 'Casnewydd')
      assert.equal((await find('909LLLL'))?.status, 'closed')
      assert.deepEqual(codes(await successorsOf(database.db, '909LLLL')), ['942LLLL', '943LLLL'])
    })

    test('knows whose schools it has', async () => {
      assert.equal(await isLoadedAuthority(database.db, '680'), true)
      assert.equal(await isLoadedAuthority(database.db, '202'), false)
      assert.equal(await isLoadedAuthority(database.db, '000'), false)
    })

    test('loaded again brings back what is missing and changes nothing that was corrected', async () => {
      await setOrganisation(world(), '6804020', { email: 'office@school.example', name: 'John Frost' })
      await sql`delete from establishments.organisation where code = '6814039'`.execute(database.db)
      await database.db.transaction().execute(loadShippedRegister)
      assert.equal((await find('6804020'))?.email, 'office@school.example')
      assert.equal((await find('6804020'))?.nameEn, 'John Frost')
      assert.equal((await find('6814039'))?.nameEn, 'Cardiff High School')
    })
  })

  describe('an import', () => {
    test('takes what a dry run shows, and a dry run takes nothing', async () => {
      const dry = await bring(GIAS, LINKS, true)
      assert.equal(await find('2022001'), undefined)
      assert.deepEqual(audited, [])
      const done = await bring(GIAS, LINKS)
      assert.deepEqual({ ...dry, dryRun: false }, done)
      assert.deepEqual(audited, ['establishments.import gias.csv'])
      assert.equal(done.created.length, 13)
      assert.deepEqual(done.loaded, ['202', '999'])
      const { email: _, ...school } = (await find('2022001'))!
      assert.deepEqual(school, {
        code: '2022001',
        kind: 'school',
        la: '202',
        urn: '900001',
        nameEn: 'St Cedd’s Primary School',
        nameCy: null,
        town: 'London',
        postcode: 'NW1 1AA',
        language: 'en',
        sector: 'maintained',
        status: 'open',
        opened: '1998-09-01',
        closed: null,
      })
      assert.equal(await isLoadedAuthority(database.db, '202'), true)
      assert.equal((await find('999LLLL'))?.nameEn, 'Testshire')
    })

    test('gives a Welsh school its URN and leaves its name', async () => {
      const { changed, vanished } = await bring(GIAS)
      assert.deepEqual(codes(changed), ['6814039'])
      assert.deepEqual(vanished, [])
      const school = await find('6814039')
      assert.deepEqual(
        [school?.urn, school?.nameEn, school?.town],
        ['900009', 'Cardiff High School', 'Cardiff'],
      )
    })

    test('repeated changes nothing', async () => {
      await bring(GIAS, LINKS)
      const again = await bring(GIAS, LINKS)
      const { created, changed, closed, reopened, vanished, renumbered, conflicts, loaded, links } = again
      assert.deepEqual(
        [created, changed, closed, reopened, vanished, renumbered, conflicts, loaded].flat(),
        [],
      )
      assert.deepEqual(links.recorded, [])
    })

    test('shows a change field by field, a closing, a reopening, and what vanished, which stays', async () => {
      await bring(GIAS)
      const closing = rowOf('Café School').replace(',1,Open,', ',2,Closed,')
      const report = await bring(
        edited(
          ['St Cedd\u0092s Primary School', 'St Cedd\u0092s School'],
          [rowOf('Camden Example Pupil'), ''],
          [rowOf('Café School'), closing],
          ['Lock Infant School,1,,4,,2,Closed', 'Lock Infant School,1,,4,,1,Open'],
        ),
      )
      assert.deepEqual(report.changed, [
        {
          code: '2022001',
          name: 'St Cedd’s Primary School',
          fields: { nameEn: { from: 'St Cedd’s Primary School', to: 'St Cedd’s School' } },
        },
      ])
      assert.deepEqual(codes(report.closed), ['2026001'])
      assert.deepEqual(codes(report.reopened), ['2022011'])
      assert.deepEqual(codes(report.vanished), ['2021101'])
      assert.equal((await find('2021101'))?.status, 'open')
      assert.equal((await find('2026001'))?.status, 'closed')
      assert.equal((await find('2022011'))?.status, 'open')
    })

    test('takes telephone numbers, and keeps one that was corrected unless it is the same', async () => {
      const withPhone = (phone: string): string => edited(['NW1 1AA,,,', `NW1 1AA,,${phone},`])
      const phone = async (): Promise<string | null> => (await findDetails(database.db, '2022001'))!.phone
      await bring(withPhone('02079460001'))
      assert.equal(await phone(), '02079460001')
      await bring(withPhone('02079460002'))
      assert.equal(await phone(), '02079460002')
      await database.db
        .transaction()
        .execute((tx) => correctOrganisation(tx, '2022001', { phone: '020 7946 0003' }))
      assert.deepEqual((await bring(withPhone('02079460003'), null, true)).conflicts, [])
      const { conflicts } = await bring(withPhone('02079460004'))
      assert.deepEqual(
        conflicts.map(({ field, kept, file }) => [field, kept, file]),
        [['phone', '020 7946 0003', '02079460004']],
      )
      assert.equal(await phone(), '020 7946 0003')
    })

    test('keeps what was corrected by hand, and lists where the file says otherwise', async () => {
      await bring(GIAS)
      await setOrganisation(world(), '2022001', {
        name: 'St Cedd’s',
        email: 'office@cedd.example',
        status: 'closed',
      })
      const report = await bring(GIAS)
      assert.deepEqual(report.conflicts, [
        {
          code: '2022001',
          name: 'St Cedd’s',
          field: 'nameEn',
          kept: 'St Cedd’s',
          file: 'St Cedd’s Primary School',
        },
        { code: '2022001', name: 'St Cedd’s', field: 'status', kept: 'closed', file: 'open' },
      ])
      const school = await find('2022001')
      assert.deepEqual(
        [school?.nameEn, school?.email, school?.status, school?.closed],
        ['St Cedd’s', 'office@cedd.example', 'closed', '2026-09-02'],
      )
    })

    test('follows a school to its new number, with its address and what was corrected', async () => {
      await bring(GIAS)
      await setOrganisation(world(), '2022001', { email: 'office@cedd.example', town: 'Camden Town' })
      const report = await bring(edited(['900001,202,Camden,2001', '900001,202,Camden,2099']))
      assert.deepEqual(report.renumbered, [
        { from: '2022001', to: '2022099', name: 'St Cedd’s Primary School' },
      ])
      const [before, now] = [await find('2022001'), await find('2022099')]
      assert.equal(before?.status, 'closed')
      assert.deepEqual([now?.urn, now?.email, now?.town], ['900001', 'office@cedd.example', 'Camden Town'])
      assert.deepEqual(codes(await successorsOf(database.db, '2022001')), ['2022099'])
    })

    test('records closures, mergers and successors, and the number a school had before', async () => {
      const { links } = await bring(GIAS, LINKS)
      assert.deepEqual([links.recorded.length, links.unknown, links.skipped], [4, 1, 1])
      assert.deepEqual(codes(await successorsOf(database.db, '2024001')), ['2024002'])
      assert.deepEqual(codes(await successorsOf(database.db, '2022013')), ['2022012'])
      assert.deepEqual(codes(await successorsOf(database.db, '2095001')), ['2025001'])
    })

    test('that nothing can be taken from is refused', async () => {
      const path = join(folder, 'empty.csv')
      writeFileSync(path, 'URN,LA (code),EstablishmentNumber,EstablishmentName\n900001,202,,Centre\n')
      await assert.rejects(bring(path), { code: 'register-empty' })
    })

    test('of a newer Welsh list reports what is no longer in it, sheet by sheet', async () => {
      const path = join(folder, 'welsh.csv')
      writeFileSync(
        path,
        'School Number,School Name,List,Address 1,Postcode\n6801199,Uned Newydd,PRU,Newport,NP20 4DW\n',
      )
      const { created, vanished } = await bring(path)
      assert.deepEqual(codes(created), ['6801199'])
      assert.deepEqual(codes(vanished), ['6801103'])
    })
  })

  test('successors are followed to those open now, in circles and long chains too', async () => {
    await sql`insert into establishments.link (from_code, to_code, type) values
      ('2029991', '2029992', 'successor'), ('2029992', '2029991', 'successor'),
      ('2029992', '6804020', 'merged'), ('2029991', '6814039', 'split'), ('6804020', '6804030', 'successor')`.execute(
      database.db,
    )
    assert.deepEqual(codes(await successorsOf(database.db, '2029991')), ['6804020', '6814039'])
    assert.deepEqual(await successorsOf(database.db, '6816004'), [])
  })

  test('an organisation that the register does not have, or a value that cannot stand, is refused and changes nothing', async () => {
    await assert.rejects(setOrganisation(world(), '6809999', { town: 'Newport' }), {
      code: 'organisation-unknown',
    })
    await assert.rejects(setOrganisation(world(), '6804020', { email: 'a@b@c.example' }), {
      code: 'email-address',
    })
    await assert.rejects(setOrganisation(world(), '6804020', { name: 'John\nFrost' }), { code: 'one-line' })
    // what was refused leaves its row as well
    assert.deepEqual(audited, ['establishments.set 6809999'])
    await setOrganisation(world(), '6804020', { email: 'office@school.example' })
    await setOrganisation(world(), '6804020', { email: '' })
    assert.equal((await find('6804020'))?.email, null)
    assert.deepEqual(audited.slice(1), ['establishments.set 6804020', 'establishments.set 6804020'])
  })
})
