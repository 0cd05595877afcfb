import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { CARDIFF_HIGH, ctf, JOHN_FROST } from '../../../test/api.ts'
import { visitorsOf } from '../../../test/file-states.ts'
import { saidIn, textOf } from '../../../test/page-answers.ts'
import { openTwoSchools, type TwoSchools } from '../../../test/two-schools.ts'
import type { PageAnswer, Visitor } from '../../../test/visitor.ts'
import { forEachDatabase } from '../../../test/world.ts'
import { sql } from '../../kit/database.ts'

const OK = 200

forEachDatabase((database) => {
  let schools: TwoSchools
  let visitor: ReturnType<typeof visitorsOf>
  let sender: Visitor
  before(async () => {
    schools = await openTwoSchools(database)
    visitor = visitorsOf(schools)
    sender = await visitor(CARDIFF_HIGH, 'school-user')
  })
  after(() => schools.close())

  describe('a file can be looked at before it is sent', () => {
    const looks = async (
      bytes: Uint8Array,
      name: string,
      fields: Record<string, string> = {},
    ): Promise<PageAnswer> => sender.sendForm('/upload/look', fields, { name, bytes })

    it('its pupils are shown, and nothing of it is stored', async () => {
      const { name, bytes } = ctf(CARDIFF_HIGH, JOHN_FROST, { serial: 701, pupils: 3 })
      const count = async (): Promise<unknown> => {
        const { rows } = await sql`
          select (select count(*)::int from transfers.file) as files, (select count(*)::int from kit.body) as bodies,
            (select count(*)::int from kit.mail) as mails, (select count(*)::int from transfers.pupil) as pupils`.execute(
          schools.server.world.db,
        )
        return rows[0]
      }
      const before = await count()
      const answer = await looks(bytes, name)
      assert.equal(answer.status, OK)
      assert.match(textOf(answer), /found no error in this file\. It has not been sent\. It has 3 pupils\./)
      for (const upn of saidIn(bytes, 'UPN')) assert.ok(textOf(answer).includes(upn), upn)
      assert.deepEqual(await count(), before)
      assert.deepEqual(await schools.auditOf(name), ['transfers.look-at-ctf done'])
    })

    it('what would refuse it stands beside the item, counted at the pupil', async () => {
      const { name, bytes } = ctf(CARDIFF_HIGH, JOHN_FROST, { serial: 702, pupils: 2 })
      const text = Buffer.from(bytes)
        .toString()
        .replace(/<DOB>[^<]*/, '<DOB>2015-02-30')
      const answer = await looks(Buffer.from(text), name)
      assert.match(textOf(answer), /would be refused as it stands/)
      assert.match(textOf(answer), /1 finding/)
      const row = answer.html.split('govuk-summary-list__row').find((one) => one.includes('2015-02-30'))
      assert.match(row ?? '', /cts-mark--error/)
    })

    const files: [title: string, text: (good: string) => string, name: string, says: RegExp][] = [
      [
        'one that is not well formed',
        (good) => good.slice(0, -20),
        '6814039_CTF_6804020_703.XML',
        /would be refused/,
      ],
      ['one that is no XML', () => 'hello', '6814039_CTF_6804020_704.XML', /would be refused/],
      ['an empty one', () => '', '6814039_CTF_6804020_705.XML', /would be refused/],
      ['one under a name that says nothing', (good) => good, 'leavers.xml', /would be refused.*2 pupils/],
      [
        'one for another school than its header',
        (good) => good,
        '6814039_CTF_6804025_706.XML',
        /would be refused/,
      ],
      [
        'one of another school',
        (good) => good.replaceAll('<LEA>681', '<LEA>680'),
        '6804039_CTF_6804020_707.XML',
        /2 pupils/,
      ],
    ]
    for (const [title, text, name, says] of files)
      it(title, async () => {
        const { bytes } = ctf(CARDIFF_HIGH, JOHN_FROST, { pupils: 2 })
        const answer = await looks(Buffer.from(text(Buffer.from(bytes).toString())), name)
        assert.equal(answer.status, OK, textOf(answer))
        assert.match(textOf(answer), says)
      })

    it('fifty at a time, from the one that is asked for on', async () => {
      const { name, bytes } = ctf(CARDIFF_HIGH, JOHN_FROST, { serial: 708, pupils: 53 })
      const shown = ({ html }: PageAnswer): number => html.match(/<article/g)?.length ?? 0
      const first = await looks(bytes, name)
      assert.equal(shown(first), 50)
      assert.match(textOf(first), /Pupils 1 to 50 of 53/)
      assert.match(first.html, /name="from"[^>]* value="51"/)
      const rest = await looks(bytes, name, { from: '51' })
      assert.equal(shown(rest), 3)
      assert.match(textOf(rest), /Pupils 51 to 53 of 53/)
      assert.equal(shown(await looks(bytes, name, { from: '54' })), 0)
    })

    it('what is missing or mistyped is said at its field', async () => {
      const { name, bytes } = ctf(CARDIFF_HIGH, JOHN_FROST, { serial: 709 })
      const without = await sender.sendForm('/upload/look', {}, null)
      assert.equal(without.status, 400)
      assert.match(without.html, /href="#file"/)
      const mistyped = await looks(bytes, name, { from: 'three' })
      assert.equal(mistyped.status, 400)
      assert.match(mistyped.html, /href="#from"/)
    })

    it('only by those who may send', async () => {
      const { name, bytes } = ctf(CARDIFF_HIGH, JOHN_FROST, { serial: 710 })
      for (const [organisation, role, status] of [
        ['681LLLL', 'lea-plasc', 403],
        ['101LLLL', 'national-administrator', 403],
        ['681LLLL', 'lea-school', OK],
      ] as const) {
        const answer = await (await visitor(organisation, role)).sendForm('/upload/look', {}, { name, bytes })
        assert.equal(answer.status, status, role)
      }
    })
  })
})
