import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { CARDIFF_HIGH, JOHN_FROST } from '../../test/api.ts'
import { openTwoSchools, type TwoSchools } from '../../test/two-schools.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Actor } from '../permissions/decide.ts'
import { perform } from '../permissions/perform.ts'
import type { Role } from '../permissions/table.ts'
import { browseInbox, browseSent, COUNTED, PAGE, type Listing } from './browse-files.ts'
import { SORTS, type Sort } from './list-rules.ts'
import type { FileRow } from './store.ts'

const actor = (organisation: string, role: Role = 'school-user'): Actor => ({
  kind: 'person',
  id: 'person-1',
  name: 'Person 1',
  organisation,
  roles: [role],
  address: null,
})

const KEYS: Record<Sort, (file: FileRow, box: 'inbox' | 'sent') => string | number> = {
  sent: () => 0,
  name: ({ name }) => name,
  other: (file, box) => (box === 'inbox' ? file.source : file.destination),
  pupils: ({ pupils }) => pupils,
}

/** In the order of a list, ascending. */
function inOrder(files: readonly FileRow[], sort: Sort, box: 'inbox' | 'sent'): string[] {
  const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)
  const key = (file: FileRow): string | number => KEYS[sort](file, box)
  return files
    .toSorted(
      (a, b) =>
        compare(key(a), key(b)) ||
        compare(a.uploadedAt.getTime(), b.uploadedAt.getTime()) ||
        compare(a.id, b.id),
    )
    .map(({ id }) => id)
}

forEachDatabase((name) => {
  let schools: TwoSchools
  let all: FileRow[]

  const inbox = (input: object = {}, who = actor(JOHN_FROST)): Promise<Listing> =>
    perform(schools.server.world, who, browseInbox, input)
  const sent = (input: object = {}, who = actor(CARDIFF_HIGH)): Promise<Listing> =>
    perform(schools.server.world, who, browseSent, input)

  before(async () => {
    schools = await openTwoSchools(name)
    const { id } = await schools.send()
    // 250 more that came in twelve moments from three schools, with many ties
    await sql`
      insert into transfers.file (id, name, kind, source, destination, sender, uploaded_by, status, body, sha256, size,
        pupils, findings, uploaded_at, changed_at, fetched_at, not_received_at, confirmed_at)
      select 'copy-' || n, school || case when n % 5 = 0 then '_FSP_' else '_CTF_' end || ${JOHN_FROST}::text || '_' || lpad((n % 40)::text, 3, '0') || '.XML',
        case when n % 5 = 0 then 'transfer' else 'ctf' end, school, ${JOHN_FROST},
        case when n % 6 = 3 then '681LLLL' else school end, uploaded_by,
        (array['awaiting', 'awaiting', 'downloaded', 'rejected', 'removed', 'quarantined'])[1 + n % 6], body, sha256, size,
        n % 4, findings, uploaded_at - n % 12 * interval '34 hours', uploaded_at,
        case when n % 6 = 2 or n % 18 = 1 then uploaded_at end, case when n % 36 = 1 then uploaded_at end,
        case when n % 6 = 2 then uploaded_at end
      from transfers.file,
        lateral (select n, (array['6814039', '6814049', '6804025'])[1 + n % 3] as school from generate_series(1, 250) n) made
      where id = ${id}`.execute(schools.server.world.db)
    all = (
      await sql<FileRow>`
        select id, name, kind, source, destination, sender, status, pupils, uploaded_at as "uploadedAt",
          fetched_at as "fetchedAt", not_received_at as "notReceivedAt"
        from transfers.file`.execute(schools.server.world.db)
    ).rows
  })
  after(() => schools.close())

  /** The ids of every page from the first to the last, then back to the first. */
  async function walk(ask: (input: object) => Promise<Listing>, input: object): Promise<string[][]> {
    const pages: string[][] = []
    let listing = await ask(input)
    for (; ; listing = await ask({ ...input, after: listing.next })) {
      assert.ok(pages.length < 10)
      pages.push(listing.items.map(({ id }) => id))
      if (listing.next === null) break
    }
    for (let back = pages.length - 2; back >= 0; back -= 1) {
      listing = await ask({ ...input, before: listing.previous })
      assert.deepEqual(
        listing.items.map(({ id }) => id),
        pages[back],
        'backwards as forwards',
      )
      assert.notEqual(listing.next, null)
    }
    assert.equal(listing.previous, null, 'nothing before the first page')
    return pages
  }

  describe('every order is read page by page without gap or doublet, forwards and backwards', () => {
    for (const sort of SORTS)
      for (const order of ['up', 'down'] as const) {
        it(`inbox by ${sort}, ${order}`, async () => {
          const mine = all.filter(({ status }) => status !== 'quarantined')
          const expected = inOrder(mine, sort, 'inbox')
          const pages = await walk(inbox, { view: 'all', sort, order })
          assert.deepEqual(pages.flat(), order === 'up' ? expected : expected.toReversed())
          assert.deepEqual(
            pages.map((page) => page.length),
            [PAGE, PAGE, mine.length - 2 * PAGE],
          )
        })

        it(`sent by ${sort}, ${order}, with what the authority sent for its schools`, async () => {
          const mine = all.filter(({ source, sender }) => source === '681LLLL' || sender === '681LLLL')
          const expected = inOrder(mine, sort, 'sent')
          const ask = (input: object): Promise<Listing> => sent(input, actor('681LLLL', 'lea-school'))
          const pages = await walk(ask, { sort, order })
          assert.deepEqual(pages.flat(), order === 'up' ? expected : expected.toReversed())
        })

        it(`awaiting by ${sort}, ${order}`, async () => {
          const expected = inOrder(
            all.filter(({ status }) => status === 'awaiting'),
            sort,
            'inbox',
          )
          const pages = await walk(inbox, { sort, order })
          assert.deepEqual(pages.flat(), order === 'up' ? expected : expected.toReversed())
        })
      }
  })

  /** Asserts that a list shows those of all files that `is` lets through, and counts them. */
  async function assertShows(
    ask: (input: object) => Promise<Listing>,
    input: object,
    is: (file: FileRow) => boolean,
  ): Promise<void> {
    const expected = all.filter(is)
    const pages = await walk(ask, input)
    assert.deepEqual(pages.flat().toSorted(), expected.map(({ id }) => id).toSorted())
    assert.equal((await ask(input)).count, expected.length)
    assert.ok(expected.length > 0, 'the case shows nothing')
  }

  const VISIBLE = (file: FileRow): boolean => file.status !== 'quarantined'
  const CASES: [string, object, (file: FileRow) => boolean][] = [
    ['what awaits, unless asked otherwise', {}, ({ status }) => status === 'awaiting'],
    [
      'what was downloaded and not answered for',
      { view: 'to-confirm' },
      ({ status, fetchedAt, notReceivedAt }) =>
        status === 'awaiting' && fetchedAt !== null && notReceivedAt === null,
    ],
    ['what was downloaded', { view: 'downloaded' }, ({ status }) => status === 'downloaded'],
    ['what was rejected', { view: 'rejected' }, ({ status }) => status === 'rejected'],
    ['a kind', { view: 'all', kind: 'transfer' }, (file) => VISIBLE(file) && file.kind === 'transfer'],
    [
      'a part of the file name, in small letters',
      { view: 'all', text: ' _fsp_ ' },
      (file) => VISIBLE(file) && file.name.includes('_FSP_'),
    ],
    [
      'a part of the school’s name, whatever its letters',
      { view: 'all', text: 'NEWPORT hígh' },
      (file) => VISIBLE(file) && file.source === '6804025',
    ],
    ['a number', { view: 'all', text: '6814049' }, (file) => VISIBLE(file) && file.source === '6814049'],
    [
      'days in London: an evening in summer is on the next day of the world',
      { view: 'all', from: '30/8/2026', to: '31/8/2026' },
      (file) => {
        const day = new Date(file.uploadedAt.getTime() + 3_600_000).toISOString().slice(0, 10)
        return VISIBLE(file) && day >= '2026-08-30' && day <= '2026-08-31'
      },
    ],
    [
      'all of it together',
      { view: 'downloaded', kind: 'ctf', text: 'newport', from: '1 Awst 2026', sort: 'pupils' },
      (file) => file.status === 'downloaded' && file.kind === 'ctf' && file.source === '6804025',
    ],
  ]
  describe('the inbox shows', () => {
    for (const [title, input, is] of CASES) it(title, () => assertShows(inbox, input, is))

    it('signs of SQL and patterns as what they are', async () => {
      for (const text of ['%', '_____', "'; drop table transfers.file; --", '\\', '%_%']) {
        const { items } = await inbox({ view: 'all', text })
        assert.deepEqual(items, [], text)
      }
    })

    it('how many wait for the answer whether they arrived, in every view', async () => {
      const waiting = (await inbox({ view: 'to-confirm' })).count
      assert.equal((await inbox({ view: 'rejected' })).toConfirm, waiting)
    })

    it('nothing to another organisation', async () => {
      const { items, count, toConfirm } = await inbox({ view: 'all' }, actor('6804026'))
      assert.deepEqual({ items, count, toConfirm }, { items: [], count: 0, toConfirm: 0 })
      assert.deepEqual((await sent({}, actor('6804026'))).items, [])
    })
  })

  describe('the sent list shows', () => {
    const OWN = (file: FileRow): boolean => file.source === CARDIFF_HIGH
    it('everything that comes from the school, whoever sent it', () => assertShows(sent, {}, OWN))
    it('what awaits', () =>
      assertShows(sent, { view: 'awaiting' }, (file) => OWN(file) && file.status === 'awaiting'))
    it('what nobody collected for more than five school days', () =>
      assertShows(
        sent,
        { view: 'uncollected' },
        (file) =>
          OWN(file) &&
          file.status === 'awaiting' &&
          file.fetchedAt === null &&
          // Wednesday morning: the sixth school day back begins on Tuesday of the week before
          file.uploadedAt <= new Date('2026-08-25T09:05:00Z'),
      ))
    it('a part of the receiving school’s name', async () => {
      assert.equal((await sent({ text: 'john frost' })).count, all.filter(OWN).length)
      assert.equal((await sent({ text: 'jane frost' })).count, 0)
    })
  })

  it('counts up to a limit', async () => {
    await sql`
      insert into transfers.file (id, name, kind, source, destination, sender, uploaded_by, status, body, sha256, size,
        pupils, findings, uploaded_at, changed_at)
      select 'many-' || n, name, kind, source, '6804026', sender, uploaded_by, 'awaiting', body, sha256, size, pupils,
        findings, uploaded_at, changed_at
      from transfers.file, generate_series(1, ${COUNTED + 50}::int) n
      where id = 'copy-1'`.execute(schools.server.world.db)
    assert.equal((await inbox({}, actor('6804026'))).count, COUNTED + 1)
  })

  it('refuses what is no list: an unknown view or sort, a place of another sort, a date or text that is none', async () => {
    const { next } = await inbox({ view: 'all', sort: 'name' })
    const inputs: [string, object][] = [
      ['view', { view: 'uncollected' }],
      ['sort', { sort: 'size' }],
      ['after', { sort: 'pupils', after: next }],
      ['after', { after: 'nonsense' }],
      ['after', { after: Buffer.from('["x",1e99,"id"]').toString('base64url') }],
      ['from', { from: 'tomorrow' }],
      ['to', { to: '31/6/2026' }],
      ['text', { text: 'a\0b' }],
      ['text', { text: 'x'.repeat(101) }],
    ]
    for (const [field, input] of inputs) {
      await assert.rejects(inbox(input), (error) => {
        assert.ok(error instanceof Refusal)
        assert.deepEqual([error.code, error.detail.params?.['field']], ['input', field])
        return true
      })
    }
  })

  it('is for those whose role it is', async () => {
    const refused = { code: 'role' }
    await assert.rejects(inbox({}, actor('680LLLL', 'lea-plasc')), refused)
    await assert.rejects(sent({}, actor('101LLLL', 'national-administrator')), refused)
    assert.deepEqual((await sent({}, actor('680LLLL', 'lea-plasc'))).items, [])
  })
})
