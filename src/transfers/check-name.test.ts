import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { CARDIFF_HIGH, ctf, JOHN_FROST } from '../../test/api.ts'
import { openTwoSchools, type TwoSchools } from '../../test/two-schools.ts'
import { newPerson, visitorOf, type PageAnswer, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { setOrganisation } from '../establishments/index.ts'
import { sql } from '../kit/database.ts'

const OWN = CARDIFF_HIGH

/** Names, with the status of the answer and what it says. */
const CASES: readonly [title: string, name: string, status: number, ...says: RegExp[]][] = [
  [
    'a right name: from whom, to whom with town and number',
    `${OWN}_CTF_${JOHN_FROST}_050.XML`,
    200,
    /From: <strong>Cardiff High School/,
    /To: <strong>The John Frost School/,
    /Newport · 6804020/,
  ],
  ['small letters mean the same', `${OWN}_ctf_${JOHN_FROST}_050.xml`, 200, /The John Frost School/],
  [
    'a school elsewhere: town and LA',
    `${OWN}_CTF_6602130_050.XML`,
    200,
    /Amlwch, Isle of Anglesey · 6602130/,
  ],
  ['an LA', `${OWN}_CTF_680LLLL_050.XML`, 200, /To: <strong>Newport/, /680LLLL/],
  ['a partial file', `${OWN}_KS2_${JOHN_FROST}_050.XML`, 200, /of the type KS2/],
  [
    'the new school is not known',
    `${OWN}_CTF_XXXXXXX_050.XML`,
    200,
    /Lost Pupil Database: new school not known/,
  ],
  [
    'left the maintained sector',
    `${OWN}_CTF_MMMMMMM_050.XML`,
    200,
    /Lost Pupil Database: left the maintained/,
  ],
  [
    "a browser's copy goes without its number",
    `${OWN}_CTF_${JOHN_FROST}_050 (1).XML`,
    200,
    /sent as 6814039_CTF_6804020_050\.XML/,
  ],
  ['nobody at the destination', `${OWN}_CTF_6804003_050.XML`, 200, /Nobody at .* uses this service yet/],
  [
    'a taken name: the next that is free',
    `${OWN}_CTF_${JOHN_FROST}_001.XML`,
    200,
    /already on its way/,
    /data-use-name="6814039_CTF_6804020_003\.XML"/,
  ],
  [
    'a short number: the right name, and to whom it goes',
    `${OWN}_CTF_${JOHN_FROST}_7.XML`,
    422,
    /does not have three digits/,
    /data-use-name="6814039_CTF_6804020_007\.XML"/,
    /would send it to The John Frost School/,
  ],
  [
    'a folder in the name: the name without it',
    `C:\\out\\${OWN}_CTF_${JOHN_FROST}_050.XML`,
    422,
    /has a folder in it/,
    /data-use-name="6814039_CTF_6804020_050\.XML"/,
  ],
  ['no name of ours', 'leavers.xml', 422, /right number of parts/],
  ['another kind of file', 'notes.docx', 422, /does not end in \.XML or \.ZIP/],
  ['a kind that is not taken yet', `${OWN}_${JOHN_FROST}_NOTES.ZIP`, 422, /are not taken yet/],
  [
    'an unknown school: the finder',
    `${OWN}_CTF_6809999_050.XML`,
    422,
    /No school has the number 6809999/,
    /href="\/find-a-school"/,
  ],
  [
    'a closed school: its successor',
    `${OWN}_CTF_6804026_050.XML`,
    422,
    /is closed; its successor is .*6804021/,
  ],
  ['a closed school without one', `${OWN}_CTF_6804025_050.XML`, 422, /is closed and no successor is known/],
  ['itself', `${OWN}_CTF_${OWN}_050.XML`, 422, /source and destination are the same/],
  [
    'another school as the source',
    `${JOHN_FROST}_CTF_${OWN}_050.XML`,
    403,
    /another organisation as its source/,
  ],
]

forEachDatabase((database) => {
  let schools: TwoSchools
  let secretary: Visitor
  before(async () => {
    schools = await openTwoSchools(database)
    const { server } = schools
    for (const code of ['6804026', '6804025']) await setOrganisation(server.world, code, { status: 'closed' })
    await sql`
      insert into establishments.link (from_code, to_code, type, date)
      values ('6804026', '6804021', 'merged', '2026-08-31')`.execute(server.world.db)
    for (const serial of [1, 2]) {
      const file = ctf(OWN, JOHN_FROST, { serial, seed: serial })
      assert.equal((await schools.cardiff.upload(file.name, file.bytes)).status, 201)
    }
    secretary = await visitorOf(server, await newPerson(server, { organisation: OWN, role: 'school-user' }))
  })
  after(() => schools.close())

  const ask = (visitor: Visitor, name: string): Promise<PageAnswer> =>
    visitor.get(`/upload/name?name=${encodeURIComponent(name)}`, { 'x-csrf-token': visitor.csrf })

  describe('a name is answered with to whom the file would go, or with what is wrong and the right one', () => {
    for (const [title, name, status, ...says] of CASES) {
      it(title, async () => {
        const answer = await ask(secretary, name)
        assert.equal(answer.status, status, answer.html)
        for (const text of says) assert.match(answer.html, text)
        assert.ok(!answer.html.includes('<html'), 'a part of a page')
      })
    }
  })

  it('nothing is written when a name is right; a refusal leaves its audit row', async () => {
    const { world, clock } = schools.server
    clock.advance(1000)
    await ask(secretary, `${OWN}_CTF_${JOHN_FROST}_060.XML`)
    await ask(secretary, `${OWN}_CTF_6809999_060.XML`)
    await ask(secretary, 'Leavers of Jones.xml')
    const { rows } = await sql<{ line: string }>`
      select action || ' ' || outcome || ' ' || reason || ' ' || coalesce(subject, '-') as line
      from kit.audit where at = ${clock.now()} order by line`.execute(world.db)
    assert.deepEqual(
      rows.map(({ line }) => line),
      [
        'transfers.check-name refused destination-unknown 6814039_CTF_6809999_060.XML',
        'transfers.check-name refused name-parts -',
      ],
    )
  })

  it('what is downloaded in an earlier academic year holds its name no more', async () => {
    const { db } = schools.server.world
    const name = `${OWN}_CTF_${JOHN_FROST}_002.XML`
    await sql`update transfers.file set status = 'downloaded', confirmed_at = '2026-08-31' where name = ${name}`.execute(
      db,
    )
    assert.doesNotMatch((await ask(secretary, name)).html, /already on its way/)
  })

  it('an LA that acts for its school is named as who sends', async () => {
    const { server } = schools
    const officer = await visitorOf(
      server,
      await newPerson(server, { organisation: '681LLLL', role: 'lea-school' }),
    )
    const { status, html } = await ask(officer, `${OWN}_CTF_${JOHN_FROST}_050.XML`)
    assert.equal(status, 200)
    assert.match(html, /Cardiff High School \(sent by Cardiff\)/)
  })

  it('is said in Welsh to whoever reads Welsh, LAs by their Welsh names', async () => {
    const { server } = schools
    const welsh = await visitorOf(
      server,
      await newPerson(server, { organisation: OWN, role: 'school-user', language: 'cy' }),
    )
    const right = await ask(welsh, `${OWN}_CTF_6602130_050.XML`)
    assert.match(right.html, /Amlwch, Ynys Môn · 6602130/)
    const wrong = await ask(welsh, `${OWN}_CTF_${JOHN_FROST}_7.XML`)
    assert.match(wrong.html, /Defnyddio’r enw 6814039_CTF_6804020_007\.XML/)
  })
})
