import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { CARDIFF_HIGH, ctf, JOHN_FROST } from '../../../test/api.ts'
import { FILE_STATES, visitorsOf } from '../../../test/file-states.ts'
import { saidIn, textOf } from '../../../test/page-answers.ts'
import { openTwoSchools, type TwoSchools } from '../../../test/two-schools.ts'
import type { Visitor } from '../../../test/visitor.ts'
import { forEachDatabase } from '../../../test/world.ts'
import { sql } from '../../kit/database.ts'
import type { Role } from '../../permissions/table.ts'

const OK = 200

forEachDatabase((database) => {
  let schools: TwoSchools
  let visitor: ReturnType<typeof visitorsOf>
  let sender: Visitor
  let destination: Visitor
  before(async () => {
    schools = await openTwoSchools(database)
    visitor = visitorsOf(schools)
    sender = await visitor(CARDIFF_HIGH, 'school-user')
    destination = await visitor(JOHN_FROST, 'school-user')
  })
  after(() => schools.close())

  const auditOf = async (subject: string): Promise<string[]> => schools.auditOf(subject)

  /** The whole row of a file. */
  async function rowOf(id: string): Promise<unknown> {
    const { rows } = await sql`select * from transfers.file where id = ${id}`.execute(schools.server.world.db)
    return rows[0]
  }

  describe('a pupil of a file is shown to those who could download it, as long as they could', () => {
    const cases: [keyof typeof FILE_STATES, string, Role, number][] = [
      ['awaiting', JOHN_FROST, 'school-user', OK],
      ['awaiting', CARDIFF_HIGH, 'school-user', OK],
      ['awaiting', '6804025', 'school-user', 404],
      ['awaiting', '681LLLL', 'lea-school', 404],
      ['awaiting', '680LLLL', 'lea-user', 404],
      ['awaiting', '681LLLL', 'lea-plasc', 403],
      ['awaiting', '101LLLL', 'national-administrator', 403],
      ['downloaded', JOHN_FROST, 'school-user', OK],
      ['downloadedLongAgo', JOHN_FROST, 'school-user', 410],
      ['rejected', JOHN_FROST, 'school-user', 410],
      ['rejected', CARDIFF_HIGH, 'school-user', OK],
      ['rejectedLongAgo', CARDIFF_HIGH, 'school-user', 410],
      ['removed', CARDIFF_HIGH, 'school-user', 410],
      ['deposited', CARDIFF_HIGH, 'school-user', OK],
      ['deposited', JOHN_FROST, 'school-user', 404],
    ]
    for (const [state, organisation, role, status] of cases) {
      it(`${state}, to ${role} of ${organisation}: ${status}`, async () => {
        const id = await FILE_STATES[state](schools)
        const answer = await (await visitor(organisation, role)).get(`/files/${id}/pupils/1`)
        assert.equal(answer.status, status, textOf(answer))
        assert.equal(answer.html.includes('id="pupil-1-identity"'), status === OK)
      })
    }
  })

  it('shows what the file says of this pupil and of no other, the next one link away', async () => {
    const file = schools.newFile({ pupils: 3 })
    const { id } = (await schools.cardiff.upload(file.name, file.bytes)).json
    const upns = saidIn(file.bytes, 'UPN')
    for (const [index, upn] of upns.entries()) {
      const answer = await destination.get(`/files/${id}/pupils/${index + 1}`)
      const text = textOf(answer)
      assert.deepEqual(
        upns.filter((one) => text.includes(one)),
        [upn],
      )
      const links = [...answer.html.matchAll(new RegExp(`href="/files/${id}/pupils/(\\d+)"`, 'g'))].map(
        ([, to]) => Number(to),
      )
      assert.deepEqual(
        links,
        [index, index + 2].filter((to) => to >= 1 && to <= 3),
      )
    }
  })

  it('stands in links by its place in the file: no name and no number of a pupil is in an address or a title', async () => {
    const { id, bytes } = await schools.send()
    const pages = [await destination.get(`/files/${id}`), await destination.get(`/files/${id}/pupils/1`)]
    assert.match(pages[0]!.html, new RegExp(`href="/files/${id}/pupils/2"`))
    const said = ['UPN', 'Surname', 'Forename'].flatMap((name) => saidIn(bytes, name))
    for (const { html } of pages) {
      const places = [...html.matchAll(/(?:href|action)="([^"]*)"|<title>([^<]*)/g)].map(([place]) =>
        decodeURIComponent(place),
      )
      assert.deepEqual(
        said.filter((one) => places.some((place) => place.includes(one))),
        [],
      )
    }
  })

  it('to look is not to fetch: the file stays as it is, and can still be recalled', async () => {
    const { id } = await schools.send()
    const before = await rowOf(id)
    assert.equal((await destination.get(`/files/${id}/pupils/1`)).status, OK)
    assert.deepEqual(await rowOf(id), before)
    assert.equal((await sender.post(`/files/${id}/recall`)).status, 303)
  })

  it('every look is in the audit, by file and place; one that was refused as well', async () => {
    const { id, bytes } = await schools.send()
    await destination.get(`/files/${id}/pupils/2`)
    await (await visitor('6804025', 'school-user')).get(`/files/${id}/pupils/2`)
    assert.deepEqual(await auditOf(`${id} pupil 2`), [
      'transfers.open-pupil done',
      'transfers.open-pupil refused open-ctf: out of reach',
    ])
    const { rows } = await sql<{ row: string }>`
      select row_to_json(audit)::text as row from kit.audit where subject like ${`${id}%`}`.execute(
      schools.server.world.db,
    )
    const said = ['UPN', 'Surname', 'Forename'].flatMap((name) => saidIn(bytes, name))
    assert.deepEqual(
      said.filter((one) => rows.some(({ row }) => row.includes(one))),
      [],
    )
  })

  describe('what is no pupil of the file is not there', () => {
    for (const index of ['0', '3', '-1', '01', '1.0', 'x', '%20', '99999999999', '1%00'])
      it(index, async () => {
        const { id } = await schools.send()
        const { status } = await destination.get(`/files/${id}/pupils/${index}`)
        assert.ok(status === 404 || status === 400, String(status))
      })
  })

  it('of a file whose content was destroyed the page of the file says so', async () => {
    const { id } = await schools.send()
    const { world } = schools.server
    const { rows } = await sql<{ body: string }>`select body from transfers.file where id = ${id}`.execute(
      world.db,
    )
    await world.db.transaction().execute((tx) => world.strongroom.destroy(tx, rows[0]!.body))
    const answer = await destination.get(`/files/${id}/pupils/1`)
    assert.equal(answer.status, 410)
    assert.match(answer.html, /error-summary/)
  })

  it('what was noticed stands beside the item', async () => {
    const { id } = await schools.send()
    const path = 'CTfile/CTFpupilData/Pupil/DOB'
    const noticed = {
      rule: 'ctf-121',
      severity: 'warning',
      params: { element: 'DOB' },
      line: 7,
      column: 1,
      path,
    }
    const findings = [1, 2].map((index) => ({ ...noticed, line: 70 + index, pupil: { index, upn: null } }))
    await sql`update transfers.file set findings = ${JSON.stringify(findings)}::jsonb where id = ${id}`.execute(
      schools.server.world.db,
    )
    const { html } = await destination.get(`/files/${id}/pupils/2`)
    const rows = html.split('govuk-summary-list__row').filter((row) => row.includes('cts-mark--warning'))
    assert.equal(rows.length, 1)
    assert.match(rows[0]!, /Date of birth[^]*Line 72/)
    assert.doesNotMatch(html, /Line 71/)
  })

  it('says of a pupil with more than a page takes who it is, and to download the file', async () => {
    const { name, bytes } = schools.newFile({ pupils: 1 })
    const line = '<Type><LanguageType>H</LanguageType><Language>ENG</Language></Type>'
    const text = Buffer.from(bytes)
      .toString()
      .replace(/<Languages>[^]*?<\/Languages>/, `<Languages>${line.repeat(3000)}</Languages>`)
    const { json } = await schools.cardiff.upload(name, Buffer.from(text))
    const answer = await destination.get(`/files/${json.id}/pupils/1`)
    assert.equal(answer.status, OK)
    assert.match(textOf(answer), /more about this pupil than a page can show/)
    assert.ok(textOf(answer).includes(saidIn(bytes, 'Surname')[0]!))
    assert.ok(answer.html.length < 50_000)
  })

  it('the receipt of a file leads to its pupils', async () => {
    const { name, bytes } = ctf(CARDIFF_HIGH, JOHN_FROST, { serial: 711 })
    const answer = await sender.sendForm('/upload', {}, { name, bytes })
    const to = /href="(\/files\/[\w-]+\/pupils\/1)"/.exec(answer.html)?.[1]
    assert.equal((await sender.get(to!)).status, OK)
  })
})
