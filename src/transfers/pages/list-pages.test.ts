import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { parse } from 'csv-parse/sync'
import { ctf, JOHN_FROST } from '../../../test/api.ts'
import { openTwoSchools, type TwoSchools } from '../../../test/two-schools.ts'
import { newPerson, visitorOf, type Visitor } from '../../../test/visitor.ts'
import { sql } from '../../kit/database.ts'
import type { Language } from '../../kit/i18n.ts'
import type { Role } from '../../permissions/table.ts'

let schools: TwoSchools
let secretary: Visitor

async function visitor(organisation: string, role: Role, language: Language = 'en'): Promise<Visitor> {
  const { server } = schools
  return visitorOf(server, await newPerson(server, { organisation, role, language }))
}

before(async () => {
  schools = await openTwoSchools('embedded')
  secretary = await visitor(JOHN_FROST, 'school-user')
})
after(() => schools.close())

const query = async (statement: ReturnType<typeof sql>): Promise<unknown> =>
  statement.execute(schools.server.world.db)

it('a list without files says what to do next, in both languages', async () => {
  const texts: [string, Language, RegExp[]][] = [
    ['/download', 'en', [/No files await you\./, /href="\/download\?view=downloaded"/]],
    ['/download?view=downloaded', 'en', [/for 90 days/]],
    ['/download?view=all', 'cy', [/Nid oes ffeiliau wedi’u hanfon atoch\./]],
    ['/download?text=zzz', 'en', [/No files match the filter\./, /href="\/download">Clear the filter/]],
    ['/sent', 'en', [/You have not sent any files\./, /href="\/upload"/]],
    ['/sent?view=uncollected', 'cy', [/5 diwrnod ysgol/, /href="\/sent\?view=awaiting"/]],
  ]
  for (const [path, language, wanted] of texts) {
    const { status, html } = await (await visitor('6804026', 'school-user', language)).get(path)
    assert.equal(status, 200)
    for (const text of wanted) assert.match(html, text)
  }
  // who sees what the LA sent and sends nothing is not led to Upload
  const { html } = await (await visitor('680LLLL', 'lea-plasc')).get('/sent')
  assert.doesNotMatch(html, /href="\/upload"/)
})

it('a list says what it is, how many files there are, from whom and when, in the language of the page', async () => {
  const la = await schools.server.client('680LLLL', 'lea-school')
  const file = ctf('680LLLL', '6804025', { serial: 1 })
  const answer = await fetch(`${schools.server.url}/api/v1/files?name=${file.name}`, {
    method: 'POST',
    body: Buffer.from(file.bytes),
    headers: { authorization: `Bearer ${la.token}`, 'content-type': 'application/xml' },
  })
  assert.equal(answer.status, 201, await answer.text())
  for (const [language, ...texts] of [
    ['en', /1 file awaits you/, />Newport</, />680LLLL</, /2 September 2026, 10:05am/, />Awaiting</],
    ['cy', /1 ffeil yn aros amdanoch/, />Casnewydd</, />680LLLL</, /2 Medi 2026, 10:05yb/, />Yn aros</],
  ] as const) {
    const { html } = await (await visitor('6804025', 'school-user', language)).get('/download')
    for (const text of texts) assert.match(html, text)
  }
})

it('a file that the LA sent for a school says so to its receiver', async () => {
  const { id } = await schools.send()
  await query(sql`update transfers.file set sender = '681LLLL' where id = ${id}`)
  assert.match((await secretary.get('/download')).html, /6814039 · sent by Cardiff</)
})

it('what was mistyped in the filter is said at its field, keeps what was typed, and the list is shown without it', async () => {
  const { name } = await schools.send()
  const { status, html } = await secretary.get('/download?from=soon&to=31/6/2026&text=cardiff')
  assert.equal(status, 400)
  assert.match(html, /href="#from">Enter the date on or after/)
  assert.match(html, /href="#to">Enter the date on or before/)
  assert.match(html, /id="from"[^>]* value="soon"/)
  assert.match(html, /id="to"[^>]* value="31\/6\/2026"/)
  assert.match(html, /id="text"[^>]* value="cardiff"/)
  assert.ok(html.includes(name))
  const long = await secretary.get(`/sent?text=${'x'.repeat(101)}`)
  assert.equal(long.status, 400)
  assert.match(long.html, /href="#text">Enter no more than 100 characters/)
  // what no form of ours sends is a refusal like any other
  assert.equal((await secretary.get('/download?sort=size')).status, 400)
})

it('another language, sort or page keeps the filter; another view begins anew', async () => {
  const { html } = await secretary.get('/download?text=cardiff&sort=name&lang=en')
  assert.match(html, /href="\/download\?text=cardiff&amp;sort=name&amp;lang=cy"/)
  assert.match(html, /href="\/download\?text=cardiff&amp;sort=sent&amp;order=down"/)
  assert.match(html, /href="\/download\?text=cardiff&amp;sort=name&amp;order=down"/, 'the other way round')
  assert.match(html, /href="\/download\?view=rejected"/)
})

it('the CSV file holds every file that the filter lets through, over all pages, and no formulas', async () => {
  const { id } = await schools.send()
  await query(sql`
    insert into transfers.file (id, name, kind, source, destination, sender, uploaded_by, status, body, sha256, size,
      pupils, findings, uploaded_at, changed_at, reason)
    select 'csv-' || n, source || '_CTF_' || destination || '_' || lpad(n::text, 3, '0') || '.XML', kind, source, destination,
      sender, uploaded_by, 'rejected', body, sha256, size, n, findings, uploaded_at, changed_at,
      '=HYPERLINK("x"), not ours'
    from transfers.file, generate_series(1, 230) n where id = ${id}`)
  const { headers, bytes } = await secretary.get('/download/list.csv?view=rejected&sort=pupils&order=up')
  assert.equal(headers.get('content-type'), 'text/csv; charset=utf-8')
  assert.equal(headers.get('content-disposition'), 'attachment; filename="6804020_received_2026-09-02.csv"')
  const rows = parse(bytes, { bom: true, columns: true, record_delimiter: '\r\n' })
  assert.deepEqual(
    rows.map((row) => (row as Record<string, string>)['Pupils']),
    Array.from({ length: 230 }, (_, n) => String(n + 1)),
  )
  assert.deepEqual(rows[0], {
    File: '6814039_CTF_6804020_001.XML',
    Kind: 'Common Transfer File (CTF)',
    'From (number)': '6814039',
    From: 'Cardiff High School',
    'To (number)': '6804020',
    To: 'The John Frost School',
    Pupils: '1',
    Sent: '2026-09-02 10:05',
    State: 'Rejected',
    'Last change': '2026-09-02 10:05',
    Reason: `'=HYPERLINK("x"), not ours`,
  })
  const welsh = await visitor(JOHN_FROST, 'school-user', 'cy')
  assert.match((await welsh.get('/sent/list.csv')).html, /^\uFEFFFfeil,Math,/)
})

it('roles that collect or send nothing get a page that says so', async () => {
  const national = await visitor('101LLLL', 'national-administrator')
  for (const path of ['/download', '/sent', '/download/list.csv', '/sent/list.csv']) {
    const { status, html } = await national.get(path)
    assert.equal(status, 403, path)
    assert.match(html, /Your role does not allow this/)
  }
  assert.equal((await (await visitor('680LLLL', 'lea-plasc')).get('/download')).status, 403)
})
