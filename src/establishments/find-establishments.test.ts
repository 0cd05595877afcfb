import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { forEachDatabase, openTestWorld, type TestWorld } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import type { Actor } from '../permissions/decide.ts'
import { perform } from '../permissions/perform.ts'
import { findEstablishmentsAction } from './find-establishments.ts'
import { importRegister } from './import-register.ts'
import { searchQuery } from './rules.ts'
import { setOrganisation } from './set-organisation.ts'

const GIAS = fileURLToPath(new URL('test-data/gias.csv', import.meta.url))
const LINKS = fileURLToPath(new URL('test-data/links.csv', import.meta.url))

const ACTOR: Actor = {
  kind: 'client',
  id: 'client',
  name: 'A school system',
  organisation: '6804020',
  roles: ['school-user'],
  address: null,
}

forEachDatabase((name) => {
  let opened: TestWorld
  before(async () => {
    opened = await openTestWorld(name)
  })
  after(() => opened.close())

  const find = (raw: object): Promise<Answer> => perform(opened.world, ACTOR, findEstablishmentsAction, raw)
  const first = async (q: string, la?: string): Promise<string | undefined> =>
    (await find({ q, ...(la === undefined ? {} : { la }) })).items[0]?.code

  describe('the establishment finder', () => {
    const FOUND: readonly [title: string, q: string, la: string | undefined, code: string][] = [
      ['by number', '6804020', undefined, '6804020'],
      ['by number with a stroke', '680/4020', undefined, '6804020'],
      ['by number with a space', '680 4020', undefined, '6804020'],
      ['by establishment number in an LA', '4020', '680', '6804020'],
      ['by establishment number in an LA named in Welsh', '4020', 'casnewydd', '6804020'],
      ['by name', 'The John Frost School', undefined, '6804020'],
      ['by beginnings of words in any order', 'fro joh', undefined, '6804020'],
      ['by a Welsh name, whole', 'Ysgol Gyfun Gymraeg Plasmawr', undefined, '6814072'],
      ['by a Welsh name in capitals', 'PLASMAWR', undefined, '6814072'],
      ['by postcode', 'NP10 8YD', undefined, '6804020'],
      ['by postcode without its space', 'np108yd', undefined, '6804020'],
      ['by a part of the postcode and a word', 'NP10 frost', undefined, '6804020'],
      ['by name and town', 'high cyncoed cardiff', undefined, '6814039'],
      ['an LA by its code', '680llll', undefined, '680LLLL'],
      ['an LA by its name, before its schools', 'Newport', undefined, '680LLLL'],
      ['an LA by its Welsh name with accents left out', 'ynys mon', '660llll', '660LLLL'],
    ]
    for (const [title, q, la, code] of FOUND) {
      test(`finds ${title}: ${q}`, async () => assert.equal(await first(q, la), code))
    }

    test('accents and case make no difference', async () => {
      const plain = await find({ q: 'ysgol gynradd llandwrog' })
      assert.ok(plain.items.length > 0)
      assert.deepEqual(await find({ q: 'YSGOL GYNRÂDD LLANDWRÔG' }), plain)
    })

    test('answers with the names of the LA in both languages', async () => {
      const { items, next } = await find({ q: '6804020' })
      assert.equal(next, null)
      assert.deepEqual(items, [
        {
          code: '6804020',
          name: 'The John Frost School',
          nameCy: null,
          kind: 'school',
          la: '680',
          laName: 'Newport',
          laNameCy: 'Casnewydd',
          town: 'Newport',
          postcode: 'NP10 8YD',
          urn: null,
          status: 'open',
          sector: 'maintained',
          successors: [],
        },
      ])
    })

    test('stays within an LA, and lists the whole of it without a question', async () => {
      const { items } = await find({ la: '680' })
      assert.ok(items.length > 50)
      assert.deepEqual(new Set(items.map((one) => one.la)), new Set(['680']))
      assert.deepEqual((await find({ la: 'Newport' })).items, items)
    })

    test('gives 100 a page and every one of them once', async () => {
      const { rows } = await sql<{ n: number }>`
        select count(*) as n from establishments.organisation where words @@ ${searchQuery('ysgol')!.all}::tsquery`.execute(
        opened.world.db,
      )
      const seen: string[] = []
      let after: string | null | undefined
      for (let pages = 0; pages < 20 && after !== null; pages++) {
        const page: Answer = await find({ q: 'ysgol', ...(after ? { after } : {}) })
        assert.ok(page.items.length <= 100)
        seen.push(...page.items.map((one) => one.code))
        after = page.next
      }
      assert.ok(seen.length > 200)
      assert.equal(seen.length, rows[0]!.n)
      assert.equal(new Set(seen).size, seen.length)
    })

    test('finds nothing where nothing is, and is not moved by signs of its query language', async () => {
      for (const q of ['zzzz', '|!', "'):*", '% _', '\u0000x zzz', '\\']) {
        assert.deepEqual(await find({ q }), { items: [], next: null })
      }
      assert.deepEqual(await find({ q: 'school', la: 'nowhere' }), { items: [], next: null })
    })

    test('refuses a question that is too long, an unknown field and a place that it did not give', async () => {
      const crooked = Buffer.from('[1,"a"]').toString('base64url')
      for (const raw of [
        { q: 'x'.repeat(201) },
        { what: 'x' },
        { q: 'a', after: 'x' },
        { q: 'a', after: crooked },
      ]) {
        await assert.rejects(find(raw), { kind: 'malformed' })
      }
    })

    test('answers for an LA whose schools are not in the register by naming the import', async () => {
      for (const raw of [{ q: '2022001' }, { q: '2001', la: '202' }, { q: 'cedd', la: 'Camden' }]) {
        await assert.rejects(
          find(raw),
          (error: { code: string; status: number; detail: { params: object } }) => {
            assert.equal(error.code, 'register-not-loaded')
            assert.equal(error.status, 404)
            assert.deepEqual(error.detail.params, { la: '202', name: { en: 'Camden', cy: 'Camden' } })
            return true
          },
        )
      }
    })

    test('after the import it finds them, by URN too, and a closed one comes with its successors', async () => {
      await importRegister(opened.world, { file: GIAS, links: LINKS, dryRun: false })
      assert.equal(await first('900001'), '2022001')
      assert.equal(await first("st cedd's"), '2022001')
      assert.equal(await first('cafe'), '2026001')
      const { items } = await find({ q: 'ford', la: '202' })
      assert.deepEqual(
        items.map(({ code, status, successors }) => [code, status, successors]),
        [
          ['2024002', 'open', []],
          ['2024001', 'closed', [{ code: '2024002', name: 'New Ford Academy' }]],
        ],
      )
    })

    test('finds the schools of an LA by its new name', async () => {
      await setOrganisation(opened.world, '675LLLL', { name: 'Glanrhyd' })
      const { items } = await find({ q: 'glanrhyd' })
      assert.ok(items.length > 20)
      assert.equal(items[0]?.code, '675LLLL')
    })

    test('reads the index of words for a question', async () => {
      const { rows } = await sql<Record<'QUERY PLAN', string>>`
        explain select code from establishments.organisation
        where words @@ ${searchQuery('plasmawr gyfun')!.all}::tsquery`.execute(opened.world.db)
      assert.match(rows.map((row) => row['QUERY PLAN']).join('\n'), /organisation_words/)
    })
  })
})

type Answer = Awaited<ReturnType<typeof findEstablishmentsAction.run>>
