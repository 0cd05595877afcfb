import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { apiOf, CARDIFF_HIGH, JOHN_FROST } from '../../../test/api.ts'
import { FILE_STATES, of, visitorsOf } from '../../../test/file-states.ts'
import { unescaped } from '../../../test/page-answers.ts'
import { openTwoSchools, type TwoSchools } from '../../../test/two-schools.ts'
import type { PageAnswer, Visitor } from '../../../test/visitor.ts'
import { forEachDatabase } from '../../../test/world.ts'
import { sql } from '../../kit/database.ts'
import type { Role } from '../../permissions/table.ts'

/** What the page offers, a letter each: download, confirm, reject, recall, readdress, and the names of pupils. */
const OFFERS = [
  ['D', '/content"'],
  ['C', '/confirm"'],
  ['X', '/reject"'],
  ['R', '/recall"'],
  ['A', '/readdress"'],
  ['P', 'id="pupils-title"'],
] as const

const offered = ({ html }: PageAnswer): string =>
  OFFERS.map(([letter, mark]) => (html.includes(mark) ? letter : '')).join('')

forEachDatabase((database) => {
  let schools: TwoSchools
  let sender: Visitor
  let destination: Visitor
  let visitor: ReturnType<typeof visitorsOf>
  before(async () => {
    schools = await openTwoSchools(database)
    visitor = visitorsOf(schools)
    sender = await visitor(CARDIFF_HIGH, 'school-user')
    destination = await visitor(JOHN_FROST, 'school-user')
  })
  after(() => schools.close())

  describe('shows to each what the role may do in each state, and to others nothing', () => {
    // state: destination, sender, the sender's LA acting as its schools
    const cases: [keyof typeof FILE_STATES, string | number, string, string][] = [
      ['awaiting', 'DCXP', 'DRP', 'DR'],
      ['fetched', 'DCXP', 'DP', 'D'],
      ['downloaded', 'DXP', 'DP', 'D'],
      ['downloadedLongAgo', '', '', ''],
      ['rejected', '', 'DAP', 'DA'],
      ['rejectedLongAgo', '', '', ''],
      ['readdressed', '', 'DP', 'D'],
      ['removed', '', '', ''],
      ['deposited', 404, 'DRP', 'DR'],
    ]
    for (const [state, atDestination, atSender, atAuthority] of cases) {
      it(state, async () => {
        const path = `/files/${await FILE_STATES[state](schools)}`
        const authority = await visitor('681LLLL', 'lea-school')
        const rows: [string, Visitor, string | number][] = [
          ['destination', destination, atDestination],
          ['sender', sender, atSender],
          ['lea-school of the sender', authority, atAuthority],
          ['lea-user of the sender', await visitor('681LLLL', 'lea-user'), 404],
          ['lea-plasc of the sender', await visitor('681LLLL', 'lea-plasc'), 404],
          ['lea-school of the destination', await visitor('680LLLL', 'lea-school'), 404],
          ['another school', await visitor('6804025', 'school-user'), 404],
          ['the department', await visitor('101LLLL', 'national-administrator'), 403],
          ['who only views at the LA', await visitor('681LLLL', 'lea-dba-view-only'), 403],
          ['an approver of the sender', await visitor(CARDIFF_HIGH, null), 403],
        ]
        for (const [who, one, expected] of rows) {
          const answer = await one.get(path)
          assert.equal(answer.status === 200 ? offered(answer) : answer.status, expected, who)
        }
      })
    }
  })

  describe('of a file that an LA sent for its school, shows', () => {
    const viewers: [string, Role, string, string][] = [
      ['681LLLL', 'lea-school', 'DRP', 'DAP'],
      ['681LLLL', 'lea-user', 'DRP', 'DP'],
      ['681LLLL', 'lea-lost-pupil-transfer', 'DRP', 'DP'],
      ['681LLLL', 'lea-lost-pupil', 'R', ''],
      ['681LLLL', 'lea-plasc', 'R', ''],
      ['681LLLL', 'lea-admissions', 'R', ''],
      [CARDIFF_HIGH, 'school-user', 'DRP', 'DAP'],
      [JOHN_FROST, 'school-user', 'DCXP', ''],
    ]
    for (const [organisation, role, whileAwaiting, onceRejected] of viewers) {
      it(`to ${role} of ${organisation} ${whileAwaiting}, and once it is rejected ${onceRejected || 'nothing'}`, async () => {
        const file = schools.newFile()
        const authority = apiOf(schools.server, await schools.server.client('681LLLL', 'lea-school'))
        const { json } = await authority.upload(file.name, file.bytes)
        const one = await visitor(organisation, role)
        assert.equal(offered(await one.get(`/files/${json.id}`)), whileAwaiting)
        await of(schools.newport, json.id, 'reject', { reason: 'Not ours.' })
        assert.equal(offered(await one.get(`/files/${json.id}`)), onceRejected)
      })
    }
  })

  it('names pupils to whom may read the file, tells others how many there are, and every look is audited', async () => {
    const file = schools.newFile({ pupils: 3 })
    const { id } = (await schools.cardiff.upload(file.name, file.bytes)).json
    const surname = /<Surname>([^<]+)</.exec(Buffer.from(file.bytes).toString())![1]!
    const seen = await destination.get(`/files/${id}`)
    assert.ok(unescaped(seen.html).includes(surname))
    const authority = await visitor('681LLLL', 'lea-school')
    const unseen = await authority.get(`/files/${id}`)
    assert.ok(!unescaped(unseen.html).includes(surname))
    assert.match(unseen.html, /3 pupils/)
    const looks = (await schools.auditOf(id)).filter((line) => line.startsWith('transfers.pupils'))
    assert.deepEqual(looks, ['transfers.pupils done'])
  })

  it('shows 200 pupils at most and says how many there are', async () => {
    const file = schools.newFile({ pupils: 205 })
    const { id } = (await schools.cardiff.upload(file.name, file.bytes)).json
    const { html } = await sender.get(`/files/${id}`)
    assert.match(html, /The first 200 of 205 pupils are shown/)
    assert.equal(html.match(/data-head="Surname"/g)?.length, 200)
  })

  it('says what the check noticed; of single pupils only to whom may see pupils', async () => {
    const id = await FILE_STATES.awaiting(schools)
    const pupil = { index: 1, upn: 'A123456789012' }
    const finding = {
      rule: 'ctf-301',
      severity: 'warning',
      params: {},
      line: 7,
      column: 1,
      path: '/x',
      pupil,
    }
    const whole = { ...finding, rule: 'browser-copy', params: { name: 'N' }, line: 0, path: '', pupil: null }
    await sql`update transfers.file set findings = ${JSON.stringify([finding, whole])}::jsonb where id = ${id}`.execute(
      schools.server.world.db,
    )
    const bySender = await sender.get(`/files/${id}`)
    assert.match(bySender.html, /A123456789012/)
    const byAuthority = await (await visitor('681LLLL', 'lea-school')).get(`/files/${id}`)
    assert.doesNotMatch(byAuthority.html, /A123456789012/)
    assert.match(byAuthority.html, /A browser had put a number/)
  })

  it('gives the bytes as sent, and notes that they went out to the destination', async () => {
    const { id, name, bytes } = await schools.send()
    const copy = await sender.get(`/files/${id}/content`)
    assert.deepEqual(copy.bytes, Buffer.from(bytes))
    const answer = await destination.get(`/files/${id}/content`)
    assert.deepEqual(answer.bytes, Buffer.from(bytes))
    assert.equal(answer.headers.get('content-disposition'), `attachment; filename="${name}"`)
    assert.match(answer.headers.get('x-sha256') ?? '', /^[0-9a-f]{64}$/)
    for (let tries = 0; tries < 100 && !(await fetchedAt(id)); tries += 1) await destination.get('/account')
    const page = await destination.get(`/files/${id}`)
    assert.match(page.html, /Downloaded, not confirmed/)
    assert.match(page.html, /The John Frost School downloaded the file/)
    assert.equal(page.html.match(/downloaded the file</g)?.length, 1, 'the copy of the sender is no event')
  })

  async function fetchedAt(id: string): Promise<unknown> {
    const { rows } = await sql<{ at: Date | null }>`
      select fetched_at as at from transfers.file where id = ${id}`.execute(schools.server.world.db)
    return rows[0]!.at
  }

  it('links the original and its copy to the sender; the destinations see neither', async () => {
    const id = await FILE_STATES.rejected(schools)
    const { json: copy } = await of(schools.cardiff, id, 'readdress', { to: '6804003' })
    assert.match((await sender.get(`/files/${id}`)).html, new RegExp(`href="/files/${copy.id}"`))
    assert.match((await sender.get(`/files/${copy.id}`)).html, new RegExp(`href="/files/${id}"`))
    const rejecter = await destination.get(`/files/${id}`)
    assert.doesNotMatch(rejecter.html, new RegExp(`${copy.id}|6804003`))
    const receiver = await (await visitor('6804003', 'school-user')).get(`/files/${copy.id}`)
    assert.equal(receiver.status, 200)
    assert.doesNotMatch(receiver.html, new RegExp(`${id}|${JOHN_FROST}`))
  })

  it('speaks Welsh throughout where that is chosen', async () => {
    const id = await FILE_STATES.downloaded(schools)
    const { html } = await destination.get(`/files/${id}?lang=cy`)
    await destination.get('/?lang=en')
    assert.match(html, /<html lang="cy"/)
    assert.match(html, /Cadarnhaodd The John Frost School ei bod wedi cyrraedd yn gywir/)
    assert.match(html, /2 Medi 2026/)
  })
})
