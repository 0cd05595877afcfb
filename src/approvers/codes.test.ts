import assert from 'node:assert/strict'
import { after, before, beforeEach, it } from 'node:test'
import { parse } from 'csv-parse/sync'
import { CARDIFF_HIGH, JOHN_FROST } from '../../test/api.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newPerson, visitorOf, type PageAnswer, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import { readCode } from './rules.ts'

const CODE = /\b(?:[46789BCDFGHJKLMNPRSTVWXY]{4}-){4}[46789BCDFGHJKLMNPRSTVWXY]{4}\b/g

forEachDatabase((database) => {
  let server: TestServer
  let dba: Visitor
  let national: Visitor
  before(async () => {
    server = await openTestServer(database)
    const visitor = async (
      organisation: string,
      role: 'lea-dba' | 'national-administrator',
    ): Promise<Visitor> => visitorOf(server, await newPerson(server, { organisation, role }))
    dba = await visitor('680LLLL', 'lea-dba')
    national = await visitor('101LLLL', 'national-administrator')
  })
  after(() => server.close())
  beforeEach(() => server.clock.advance(1000))

  const query = async (statement: ReturnType<typeof sql>): Promise<Record<string, unknown>[]> =>
    (await statement.execute(server.world.db)).rows as Record<string, unknown>[]
  const openCodes = (): Promise<Record<string, unknown>[]> =>
    query(
      sql`select organisation from approvers.code where claimed_at is null and withdrawn_at is null order by 1`,
    )
  /** What the page on which codes are issued would send. */
  async function issue(
    visitor: Visitor,
    fields: Record<string, string | string[]>,
    as = 'list',
  ): Promise<PageAnswer> {
    return visitor.post('/approver-codes/issue', { seen: server.clock.now().toISOString(), as, ...fields })
  }
  const chosen = (...codes: string[]): Record<string, string | string[]> => ({
    which: 'chosen',
    organisation: codes,
  })
  const codesIn = ({ html }: PageAnswer): string[] => [...new Set(html.match(CODE))]

  it('a DBA sees its LA and its schools, the national administrator its nation, closed schools neither', async () => {
    const { html } = await dba.get('/approver-codes')
    assert.match(html, /680LLLL/)
    assert.match(html, new RegExp(JOHN_FROST))
    assert.ok(!html.includes(CARDIFF_HIGH))
    const [closed] = await query(sql`
      select code from establishments.organisation where la = '680' and status = 'closed' limit 1`)
    assert.ok(!closed || !html.includes(String(closed['code'])))
    const found = await national.get(`/approver-codes?q=${CARDIFF_HIGH}`)
    assert.match(found.html, /1 organisation</)
    assert.match((await national.get('/approver-codes')).html, /rel="next"/)
  })

  it('the list is narrowed by name, number and state, and goes on page by page without loss', async () => {
    assert.match((await dba.get('/approver-codes?q=john%20frost')).html, /1 organisation</)
    assert.match((await dba.get('/approver-codes?q=6804020')).html, /1 organisation</)
    assert.match((await dba.get('/approver-codes?q=casnewydd')).html, /680LLLL/)
    assert.match((await dba.get('/approver-codes?q=zzzz')).html, /No organisation matches/)
    const [{ n }] = (await query(sql`
      select count(*)::integer as n from establishments.organisation where status <> 'closed'`)) as [
      { n: number },
    ]
    const seen = new Set<string>()
    let path: string | null = '/approver-codes'
    for (let pages = 0; path !== null && pages < 100; pages += 1) {
      const { html } = await national.get(path)
      for (const [, code] of html.matchAll(/role="cell" data-head="Number">(\w{7})</g)) seen.add(code!)
      path = /href="([^"]+)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? null
    }
    assert.equal(seen.size, n)
  })

  it('a code that is issued is shown once and kept as a hash; the address is told without it', async () => {
    await correctOrganisationOf(JOHN_FROST, 'office@john-frost.example.org')
    const answer = await issue(dba, chosen(JOHN_FROST))
    assert.equal(answer.status, 200)
    const [code, ...more] = codesIn(answer)
    assert.ok(code && more.length === 0, answer.html)
    const rows = await query(sql`
      select c.*, encode(code_hash, 'escape') as text from approvers.code c where organisation = ${JOHN_FROST}`)
    assert.equal(rows.length, 1)
    assert.equal(rows[0]!['issued_by'], dba.person.id)
    assert.ok(!JSON.stringify(rows).includes(readCode(code)!))
    const mails = await query(
      sql`select template, to_address, params::text from kit.mail where about = ${JOHN_FROST}`,
    )
    assert.deepEqual(
      mails.map(({ template, to_address: to }) => `${String(template)} ${String(to)}`),
      ['claim-letter office@john-frost.example.org'],
    )
    assert.ok(!JSON.stringify(mails).includes(code))
    assert.ok(!(await dba.get('/approver-codes?state=open')).html.includes(code))
    assert.match((await dba.get('/approver-codes?state=open')).html, new RegExp(JOHN_FROST))
  })

  it('a new code ends the one before; the same form sent again issues none', async () => {
    const before = await query(sql`select code_hash from approvers.code where organisation = ${JOHN_FROST}`)
    const seen = server.clock.now().toISOString()
    const fields = { ...chosen(JOHN_FROST), seen, as: 'list' }
    assert.equal((await dba.post('/approver-codes/issue', fields)).status, 200)
    const again = await dba.post('/approver-codes/issue', fields)
    assert.equal(again.status, 409)
    assert.match(again.html, /No code was issued/)
    const rows = await query(sql`
      select withdrawn_at from approvers.code where organisation = ${JOHN_FROST} order by issued_at`)
    assert.equal(rows.length, before.length + 1)
    assert.deepEqual(
      rows.map(({ withdrawn_at: at }) => at === null),
      [...before.map(() => false), true],
    )
  })

  it('two forms sent at once leave one open code an organisation', async () => {
    const seen = new Date(server.clock.now().getTime() + 1).toISOString()
    const fields = { ...chosen(JOHN_FROST, '6804025'), seen, as: 'list' }
    const answers = await Promise.all([1, 2, 3].map(() => dba.post('/approver-codes/issue', fields)))
    for (const { status } of answers) assert.ok(status === 200 || status === 409, String(status))
    assert.deepEqual(
      (await openCodes()).map(({ organisation }) => organisation),
      [JOHN_FROST, '6804025'],
    )
  })

  it('out of reach is 404, one among several too; nothing is issued', async () => {
    const before = await openCodes()
    assert.equal((await issue(dba, chosen(JOHN_FROST, CARDIFF_HIGH))).status, 404)
    assert.equal((await dba.post(`/approver-codes/${CARDIFF_HIGH}/withdraw`)).status, 404)
    assert.deepEqual(await openCodes(), before)
    assert.equal((await issue(dba, { which: 'chosen' })).status, 409)
    assert.equal((await dba.get('/approver-codes/issue?which=chosen')).status, 422)
  })

  it('an organisation that has an approver is issued none', async () => {
    await newPerson(server, { organisation: '6804059', role: null, approver: true })
    assert.match((await dba.get('/approver-codes?state=approver')).html, /6804059[\s\S]*1 approver/)
    assert.equal((await issue(dba, chosen('6804059'))).status, 409)
    const answer = await issue(dba, chosen('6804059', '6802276'))
    assert.equal(codesIn(answer).length, 1)
    assert.ok(!answer.html.includes('6804059'))
  })

  it('all without approver and code are issued theirs at once, as letters in their languages', async () => {
    await query(sql`update establishments.organisation set language = 'en' where code = '6802295'`)
    const offered = await dba.get('/approver-codes/issue?which=missing')
    const [, count] = /Issue codes to (\d+) organisations/.exec(offered.html)!
    const before = (await openCodes()).length
    const { html, status } = await issue(dba, { which: 'missing' }, 'letters')
    assert.equal(status, 200)
    const sheets = html.match(/<article[\s\S]*?<\/article>/g)!
    assert.equal(String(sheets.length), count)
    assert.equal((await openCodes()).length, before + sheets.length)
    assert.ok(sheets.every((sheet) => new Set(sheet.match(CODE)).size === 1))
    assert.ok(sheets.some((sheet) => sheet.includes('lang="cy"') && sheet.includes('lang="en"')))
    const english = sheets.find((sheet) => sheet.includes('High Cross'))!
    assert.ok(english.includes('lang="en"') && !english.includes('lang="cy"'), english)
    assert.match(english, new RegExp(`${server.url}/claim-approver`))
    assert.equal((await dba.get('/approver-codes/issue?which=missing')).status, 409)
  })

  it('as a CSV file they are downloaded with what a letter needs', async () => {
    const { headers, bytes } = await issue(dba, chosen(JOHN_FROST), 'csv')
    assert.match(
      headers.get('content-disposition') ?? '',
      /attachment; filename="approver-codes_2026-09-02\.csv"/,
    )
    const [row] = parse(bytes, { bom: true, columns: true }) as Record<string, string>[]
    assert.equal(row!['Number'], JOHN_FROST)
    assert.equal(row!['Name'], 'The John Frost School')
    assert.match(row!['Code']!, /^[46789B-Y]{4}(-[46789B-Y]{4}){4}$/)
    assert.equal(row!['Valid until'], '2026-12-03')
  })

  it('a code is withdrawn once', async () => {
    assert.equal((await dba.post(`/approver-codes/${JOHN_FROST}/withdraw`)).to, '/approver-codes')
    const again = await dba.post(`/approver-codes/${JOHN_FROST}/withdraw`)
    assert.equal(again.status, 409)
    assert.match(again.html, /There is no code to withdraw/)
  })

  it('whoever signed in long ago signs in again before codes are issued', async () => {
    const late = await visitorOf(server, dba.person)
    server.clock.advance(11 * 60_000)
    assert.equal((await late.get('/approver-codes')).status, 200)
    const { status, to } = await late.get(`/approver-codes/issue?which=chosen&organisation=${JOHN_FROST}`)
    assert.equal(status, 303)
    assert.match(to ?? '', /^\/confirm-it-is-you\?to=/)
    server.clock.advance(20 * 60_000)
    await late.get('/approver-codes')
    assert.equal((await issue(late, chosen(JOHN_FROST))).status, 303)
  })

  async function correctOrganisationOf(code: string, email: string): Promise<void> {
    await query(sql`update establishments.organisation set email = ${email} where code = ${code}`)
  }
})
