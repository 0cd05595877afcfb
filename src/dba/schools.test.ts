import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { parse } from 'csv-parse/sync'
import { apiOf, CARDIFF_HIGH, JOHN_FROST } from '../../test/api.ts'
import { noticeOf, problemsOf, textOf } from '../../test/page-answers.ts'
import { openTwoSchools, type TwoSchools } from '../../test/two-schools.ts'
import { newPerson, visitorOf, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { findDetails, inactiveSchools } from '../establishments/index.ts'
import { sql } from '../kit/database.ts'
import type { Language } from '../kit/i18n.ts'
import type { Role } from '../permissions/table.ts'

const EDIT = `/dba/schools/${JOHN_FROST}/edit`
const DETAILS = { nameEn: 'The John Frost School', town: 'Newport', email: 'office@john-frost.example.org' }

forEachDatabase((database) => {
  let schools: TwoSchools
  let dba: Visitor
  let viewer: Visitor
  let national: Visitor
  before(async () => {
    schools = await openTwoSchools(database)
    dba = await visitor('680LLLL', 'lea-dba')
    viewer = await visitor('680LLLL', 'lea-dba-view-only')
    national = await visitor('101LLLL', 'national-administrator')
  })
  after(() => schools.close())

  async function visitor(organisation: string, role: Role, language: Language = 'en'): Promise<Visitor> {
    return visitorOf(schools.server, await newPerson(schools.server, { organisation, role, language }))
  }
  const details = async (code = JOHN_FROST) => (await findDetails(schools.server.world.db, code))!
  /** Mails to the school since the last look: wording and address, sorted; their texts hold the values. */
  async function mails(about = JOHN_FROST): Promise<string[]> {
    const { rows } = await sql<{ mail: string }>`
      delete from kit.mail where about = ${about} returning template || ' ' || to_address as mail`.execute(
      schools.server.world.db,
    )
    return rows.map(({ mail }) => mail).sort()
  }

  describe('the menu', () => {
    const cases: [() => Visitor, string[]][] = [
      [
        () => dba,
        [
          '/people',
          '/dba/schools',
          '/dba/authority',
          '/dba/register',
          '/requests',
          '/approver-codes',
          '/user-audit',
          '/clients',
        ],
      ],
      [() => viewer, ['/people', '/dba/schools']],
      [
        () => national,
        [
          '/dba/administrators',
          '/people',
          '/dba/schools',
          '/dba/authority',
          '/dba/register',
          '/requests',
          '/approver-codes',
          '/user-audit',
        ],
      ],
    ]
    for (const [who, hrefs] of cases)
      it(`shows ${hrefs.length} places: ${hrefs.join(' ')}`, async () => {
        const { html } = await who().get('/dba')
        const main = /<main[\s\S]*<\/main>/.exec(html)![0]
        assert.deepEqual(
          [...main.matchAll(/<h2[^>]*><a class="govuk-link" href="([^"]+)"/g)].map(([, href]) => href),
          hrefs,
        )
      })
  })

  describe('the list', () => {
    it('is of the own authority, whose number stands there and cannot be altered', async () => {
      const answer = await dba.get('/dba/schools')
      assert.equal(answer.status, 200)
      const text = textOf(answer)
      assert.match(text, /Schools of Newport begin with 680/)
      assert.match(text, /\d+ schools in Newport/)
      assert.doesNotMatch(answer.html, /Cardiff High|<select/)
      assert.equal((await dba.get('/dba/schools?la=681')).status, 404)
      assert.equal((await viewer.get('/dba/schools')).status, 200)
    })

    it('of any authority is chosen by the national administrator', async () => {
      assert.match((await national.get('/dba/schools')).html, /<select[\s\S]*>Cardiff<\/option>/)
      assert.match((await national.get('/dba/schools?la=681')).html, /Cardiff High School/)
      assert.equal((await national.get('/dba/schools?la=999')).status, 404)
    })

    it('leads by the establishment number to a school of the authority only', async () => {
      for (const number of ['4020', '6804020', '680/4020'])
        assert.equal((await dba.get(`/dba/schools?number=${number}`)).to, `/dba/schools/${JOHN_FROST}`)
      for (const [number, status] of [
        ['9999', 404],
        ['6814039', 404],
        ['frost', 400],
      ] as const) {
        const answer = await dba.get(`/dba/schools?number=${number}`)
        assert.equal(answer.status, status)
        assert.notEqual(problemsOf(answer), '')
      }
    })

    it('is searched, sorted both ways and kept as CSV', async () => {
      const names = async (query: string): Promise<string[]> => {
        const { html } = await dba.get(`/dba/schools${query}`)
        return [...html.matchAll(/href="\/dba\/schools\/(\d{7})"/g)].map(([, code]) => code!)
      }
      const up = await names('?sort=number')
      assert.deepEqual(up, [...up].sort())
      assert.deepEqual(await names('?sort=number&order=down'), [...up].reverse())
      assert.deepEqual(await names('?text=frost'), [JOHN_FROST])
      assert.deepEqual(await names('?text=nowhere'), [])
      for (const sort of ['name', 'town']) assert.deepEqual((await names(`?sort=${sort}`)).sort(), up)
      const { bytes } = await dba.get('/dba/schools/list.csv?sort=number')
      const rows = parse(bytes, { bom: true })
      assert.deepEqual(rows[0]!.slice(0, 3), ['Number', 'Name in English', 'Name in Welsh'])
      assert.deepEqual(
        rows.slice(1).map(([code]) => code),
        up,
      )
    })

    it('of many schools is turned page by page in both directions', async () => {
      await sql`
        insert into establishments.organisation (code, kind, la, name_en, language, status, name_key, words)
        select '999' || n, 'school', '999', 'School ' || n, 'en', 'open', 'school ' || n, '' from generate_series(1001, 1250) n
      `.execute(schools.server.world.db)
      await sql`
        insert into establishments.organisation (code, kind, la, name_en, language, status, name_key, words)
        values ('999LLLL', 'authority', '999', 'Testshire', 'en', 'open', 'testshire', '')`.execute(
        schools.server.world.db,
      )
      const seen: string[][] = []
      let path = '/dba/schools?la=999&sort=town'
      const next = (html: string, rel: string): string | undefined =>
        new RegExp(`href="([^"]+)" rel="${rel}"`).exec(html)?.[1]?.replaceAll('&amp;', '&')
      for (let pages = 0; pages < 5; pages += 1) {
        const { html } = await national.get(path)
        seen.push([...html.matchAll(/href="\/dba\/schools\/(\d{7})"/g)].map(([, code]) => code!))
        const after = next(html, 'next')
        if (!after) {
          const back = await national.get(next(html, 'prev')!)
          assert.deepEqual(
            [...back.html.matchAll(/href="\/dba\/schools\/(\d{7})"/g)].map(([, code]) => code!),
            seen.at(-2),
          )
          break
        }
        path = after
      }
      assert.deepEqual(
        seen.map(({ length }) => length),
        [100, 100, 50],
      )
      assert.equal(new Set(seen.flat()).size, 250)
    })
  })

  describe('a school', () => {
    it('shows its people, with the way to their accounts for whoever may take it', async () => {
      const { id, username } = await newPerson(schools.server, {
        organisation: JOHN_FROST,
        role: 'school-user',
      })
      const shown = await dba.get(`/dba/schools/${JOHN_FROST}`)
      assert.ok(textOf(shown).includes(username))
      assert.ok(shown.html.includes(`/people/${JOHN_FROST}/${id}/invite`))
      const looked = await viewer.get(`/dba/schools/${JOHN_FROST}`)
      assert.ok(looked.html.includes(`href="/people/${JOHN_FROST}/${id}"`))
      assert.doesNotMatch(looked.html, /\/invite"|\/edit"|\/inactive"|people\/add/)
      assert.equal((await dba.get(`/dba/schools/${CARDIFF_HIGH}`)).status, 404)
      assert.equal((await national.get(`/dba/schools/${CARDIFF_HIGH}`)).status, 200)
      assert.equal((await dba.get('/dba/schools/680LLLL')).status, 400)
    })

    it('is corrected, and told at its old and its new address, in its language', async () => {
      await mails()
      const typed = { ...DETAILS, phone: '01633 960001', email: 'head.office@john-frost.example.org' }
      const answer = await dba.post(EDIT, typed)
      assert.equal(answer.to, `/dba/schools/${JOHN_FROST}`)
      assert.match(noticeOf(await dba.get(answer.to)) ?? '', /school was told by e-mail/)
      const { rows } = await sql<{ params: { changes: Record<string, string> }; language: string }>`
        select params, language from kit.mail where about = ${JOHN_FROST} limit 1`.execute(
        schools.server.world.db,
      )
      assert.equal(rows[0]!.language, 'both')
      assert.match(rows[0]!.params.changes['en']!, /Telephone number: 01633 960001 \(before: none\)\./)
      assert.match(rows[0]!.params.changes['cy']!, /Rhif ffôn: 01633 960001 \(cyn hynny: dim\)\./)
      assert.deepEqual(await mails(), [
        'school-changed head.office@john-frost.example.org',
        'school-changed office@john-frost.example.org',
      ])
      const after = await details()
      assert.equal(after.phone, '01633 960001')
      assert.deepEqual([...after.corrected].sort(), ['email', 'phone'])
      assert.match((await dba.get('/find-a-school?q=6804020')).html, /The John Frost School/)
      const again = await dba.post(EDIT, typed)
      assert.match(noticeOf(await dba.get(again.to!)) ?? '', /Nothing was changed/)
      assert.deepEqual(await mails(), [])
    })

    it('whose address is taken away is told at the old one, and after that the page says to tell it', async () => {
      const { email: _, ...rest } = DETAILS
      await dba.post(EDIT, { ...rest, phone: '01633 960001' })
      assert.deepEqual(await mails(), ['school-changed head.office@john-frost.example.org'])
      const answer = await dba.post(EDIT, { ...rest, phone: '01633 960002' })
      assert.match(noticeOf(await dba.get(answer.to!)) ?? '', /please tell it yourself/)
      await dba.post(EDIT, DETAILS)
    })

    it('found by its new name at once', async () => {
      await dba.post(EDIT, { ...DETAILS, nameEn: 'Ysgol Quillfeather', nameCy: 'Ysgol y Plu' })
      assert.match((await dba.get('/find-a-school?q=quillfeather')).html, /6804020/)
      assert.match((await dba.get('/find-a-school?q=plu&la=680')).html, /6804020/)
      await dba.post(EDIT, DETAILS)
    })

    it('keeps what was typed, and says at the field what is wrong', async () => {
      const cases: [Record<string, string>, RegExp][] = [
        [{ nameEn: '' }, /Enter the name/],
        [{ nameEn: 'x'.repeat(201) }, /Enter the name/],
        [{ phone: 'ring us' }, /Enter a telephone number/],
        [{ email: 'office' }, /Enter an e-mail address/],
      ]
      for (const [wrong, said] of cases) {
        const answer = await dba.post(EDIT, { ...DETAILS, town: 'Kept Town', ...wrong })
        assert.equal(answer.status, 400)
        assert.match(problemsOf(answer), said)
        assert.match(answer.html, /value="Kept Town"/)
      }
      assert.equal((await details()).town, 'Newport')
    })

    it('cannot be changed by who may only look', async () => {
      for (const path of ['edit', 'inactive', 'active']) {
        assert.equal((await viewer.get(`/dba/schools/${JOHN_FROST}/${path}`)).status, 403)
        assert.equal(
          (await viewer.post(`/dba/schools/${JOHN_FROST}/${path}`, path === 'edit' ? DETAILS : {})).status,
          403,
        )
      }
    })
  })

  it('a school made inactive is refused with its next request, still gets files, and works again when it is active', async () => {
    const { server, cardiff, newport } = schools
    const secretary = await visitor(JOHN_FROST, 'school-user')
    const form = await dba.get(`/dba/schools/${JOHN_FROST}/inactive`)
    assert.match(textOf(form), /statutory requirement, so there should be no need/)
    assert.match(textOf(form), /Newport sees on its home page/)
    assert.equal((await secretary.get('/download')).status, 200)
    await mails()
    await dba.post(`/dba/schools/${JOHN_FROST}/inactive`)
    assert.equal(await inactiveSchools(server.world.db, '680'), 1)
    assert.equal(await inactiveSchools(server.world.db, '681'), 0)
    assert.match(textOf(await dba.get('/dba')), /1 school is inactive/)
    assert.match(textOf(await dba.get('/dba/schools?view=inactive')), /The John Frost School .* Inactive/)
    assert.equal((await secretary.get('/download')).status, 303)
    assert.equal((await newport.call('GET', '/api/v1/files?box=inbox')).status, 401)
    const file = schools.newFile()
    assert.equal((await cardiff.upload(file.name, file.bytes)).status, 201)
    const late = await dba.post(`/dba/schools/${JOHN_FROST}/inactive`)
    assert.equal(late.status, 409)
    assert.match(problemsOf(late), /inactive already/)
    await dba.post(`/dba/schools/${JOHN_FROST}/active`)
    assert.equal((await secretary.get('/download')).status, 200)
    const fresh = apiOf(server, await server.client(JOHN_FROST, 'school-user'))
    assert.equal((await fresh.call('GET', '/api/v1/files?box=inbox')).json.items.length, 1)
    assert.deepEqual(await mails(), [
      'school-active office@john-frost.example.org',
      'school-inactive office@john-frost.example.org',
    ])
    const audited = await schools.auditOf(JOHN_FROST)
    for (const line of [
      'dba.deactivate-school done',
      'dba.deactivate-school refused school-inactive',
      'dba.activate-school done',
    ])
      assert.ok(audited.includes(line), line)
  })
})
