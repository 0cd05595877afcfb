import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, it } from 'node:test'
import { apiOf, CARDIFF_HIGH, ctf, JOHN_FROST, type Api } from '../../test/api.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { forEachDatabase } from '../../test/world.ts'
import { setOrganisation } from '../establishments/index.ts'
import { sql } from '../kit/database.ts'

const destOf = (code: string): string =>
  `<DestSchool><LEA>${code.slice(0, 3)}</LEA><Estab>${code.slice(3)}</Estab></DestSchool>`
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

forEachDatabase((name) => {
  let server: TestServer
  let cardiff: Api
  let newport: Api
  let serial = 0

  before(async () => {
    server = await openTestServer(name)
    cardiff = apiOf(server, await server.client(CARDIFF_HIGH, 'school-user'))
    newport = apiOf(server, await server.client(JOHN_FROST, 'school-user'))
    for (const [code, email] of [
      [CARDIFF_HIGH, 'office@cardiff-high.example.org'],
      [JOHN_FROST, 'office@john-frost.example.org'],
      ['680LLLL', 'transfers@newport.example.org'],
      ['681LLLL', 'transfers@cardiff.example.org'],
    ] as const) {
      await setOrganisation(server.world, code, { email })
    }
  })
  after(() => server.close())

  /** A new file from Cardiff to Newport, uploaded. */
  async function send(): Promise<{ id: string; name: string; bytes: Uint8Array }> {
    const file = ctf(CARDIFF_HIGH, JOHN_FROST, { serial: ++serial, seed: serial })
    const { status, json } = await cardiff.upload(file.name, file.bytes)
    assert.equal(status, 201, JSON.stringify(json))
    return { ...file, id: json.id }
  }

  /** To whom mail about a file was queued, and with which words, in the order of queueing. */
  async function mailAbout(id: string): Promise<string[]> {
    const { rows } = await sql<{ mail: string }>`
      select template || ' ' || to_address as mail from kit.mail where about = ${id} order by mail`.execute(
      server.world.db,
    )
    return rows.map(({ mail }) => mail)
  }

  async function auditOf(subject: string): Promise<string[]> {
    const { rows } = await sql<{ line: string }>`
      select action || ' ' || outcome || coalesce(' ' || reason, '') as line from kit.audit
      where subject = ${subject} order by id`.execute(server.world.db)
    return rows.map(({ line }) => line)
  }

  it('takes a file from upload to confirmation, and gives its bytes back exactly', async () => {
    const { id, name, bytes } = await send()
    const awaiting = (await newport.call('GET', '/api/v1/files?box=inbox&status=awaiting')).json.items
    assert.ok(awaiting.some((item: { id: string }) => item.id === id))

    const content = await newport.call('GET', `/api/v1/files/${id}/content`)
    assert.equal(content.status, 200)
    assert.deepEqual(content.bytes, Buffer.from(bytes))
    assert.equal(content.headers.get('content-disposition'), `attachment; filename="${name}"`)
    assert.equal(content.headers.get('x-content-type-options'), 'nosniff')

    const confirmed = await newport.call('POST', `/api/v1/files/${id}/confirm`)
    assert.equal(confirmed.status, 200)
    assert.equal(confirmed.json.status, 'downloaded')
    const seen = (await cardiff.call('GET', `/api/v1/files/${id}`)).json
    assert.equal(seen.status, 'downloaded')
    assert.deepEqual(
      seen.history
        .map((line: { event: string }) => line.event)
        .filter((event: string) => event !== 'fetched'),
      ['uploaded', 'downloaded'],
    )
    const again = await newport.call('GET', `/api/v1/files/${id}/content`)
    assert.deepEqual(again.bytes, Buffer.from(bytes), 're-downloaded byte for byte')
    assert.deepEqual(await mailAbout(id), [
      'awaiting office@john-frost.example.org',
      'downloaded office@cardiff-high.example.org',
      'sent office@cardiff-high.example.org',
    ])
    const audited = await auditOf(id)
    for (const line of ['transfers.upload done', 'transfers.fetch done', 'transfers.confirm done']) {
      assert.ok(audited.includes(line), `${line} in ${audited.join()}`)
    }
  })

  it('answers an upload with a receipt: name, digest, size, time, pupils', async () => {
    const file = ctf(CARDIFF_HIGH, JOHN_FROST, { serial: ++serial, pupils: 3 })
    const { status, json } = await cardiff.upload(file.name.toLowerCase(), file.bytes)
    assert.equal(status, 201)
    assert.deepEqual(
      {
        name: json.name,
        kind: json.kind,
        status: json.status,
        source: json.source,
        destination: json.destination,
      },
      { name: file.name, kind: 'ctf', status: 'awaiting', source: CARDIFF_HIGH, destination: JOHN_FROST },
    )
    assert.equal(json.pupils, 3)
    assert.deepEqual(json.findings, [])
    assert.deepEqual(json.receipt, {
      sha256: sha256(file.bytes),
      size: file.bytes.length,
      receivedAt: server.clock.now().toISOString(),
    })
  })

  it('gives the first receipt again for the same bytes, and refuses others under a name that is taken', async () => {
    const { id, name, bytes } = await send()
    const again = await cardiff.upload(name, bytes)
    assert.equal(again.status, 200)
    assert.equal(again.json.id, id)
    const other = await cardiff.upload(name, ctf(CARDIFF_HIGH, JOHN_FROST, { serial, seed: 4711 }).bytes)
    assert.equal(other.status, 409)
    assert.equal(other.json.type, 'urn:cts:problem:name-taken')
    await newport.call('POST', `/api/v1/files/${id}/reject`, { json: { reason: 'not on our roll' } })
    const freed = await cardiff.upload(name, bytes)
    assert.equal(freed.status, 201, 'a rejection frees the name')
    assert.notEqual(freed.json.id, id)
  })

  it('keeps the name of a downloaded file until the academic year is over', async () => {
    const { id, name } = await send()
    await newport.call('GET', `/api/v1/files/${id}/content`)
    await newport.call('POST', `/api/v1/files/${id}/confirm`)
    const other = ctf(CARDIFF_HIGH, JOHN_FROST, { serial, seed: 99 })
    assert.equal((await cardiff.upload(name, other.bytes)).status, 409)
    await sql`update transfers.file set confirmed_at = '2026-08-31T12:00:00Z' where id = ${id}`.execute(
      server.world.db,
    )
    assert.equal((await cardiff.upload(name, other.bytes)).status, 201)
  })

  it('of two uploads of one name at once, one file comes out', async () => {
    const one = ctf(CARDIFF_HIGH, JOHN_FROST, { serial: ++serial, seed: 7 })
    const answers = await Promise.all(Array.from({ length: 6 }, () => cardiff.upload(one.name, one.bytes)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 200, 200, 201])
    assert.equal(new Set(answers.map(({ json }) => json.id)).size, 1)
    const { rows } = await sql<{ bodies: number }>`
      select count(*)::int as bodies from kit.body where sha256 = ${sha256(one.bytes)}`.execute(
      server.world.db,
    )
    assert.equal(rows[0]!.bodies, 1, 'nothing of the others is left')
  })

  it('rejects with a reason that the sender sees and no mail says, and the sender readdresses in one step', async () => {
    const { id, bytes } = await send()
    const rejected = await newport.call('POST', `/api/v1/files/${id}/reject`, {
      json: { reason: 'Siân went to Caerleon' },
    })
    assert.equal(rejected.json.status, 'rejected')
    const seen = (await cardiff.call('GET', `/api/v1/files/${id}`)).json
    assert.equal(seen.reason, 'Siân went to Caerleon')
    const { rows } = await sql<{ found: boolean }>`
      select exists (select from kit.mail where params::text like '%Caerleon%') as found`.execute(
      server.world.db,
    )
    assert.equal(rows[0]!.found, false)
    assert.equal((await newport.call('GET', `/api/v1/files/${id}/content`)).status, 410)

    const copy = await cardiff.call('POST', `/api/v1/files/${id}/readdress`, { json: { to: '6804025' } })
    assert.equal(copy.status, 201, JSON.stringify(copy.json))
    assert.equal(copy.json.original, id)
    assert.match(copy.json.name, /^6814039_CTF_6804025_001\.XML$/)
    const content = (await cardiff.call('GET', `/api/v1/files/${copy.json.id}/content`)).bytes.toString()
    const expected = Buffer.from(bytes).toString().replace('<Estab>4020</Estab>', '<Estab>4025</Estab>')
    assert.equal(content, expected)
    const twice = await cardiff.call('POST', `/api/v1/files/${id}/readdress`, { json: { to: '6804025' } })
    assert.equal(twice.status, 409)
  })

  it('recalls a file before it is fetched, and never after', async () => {
    const first = await send()
    const recalled = await cardiff.call('DELETE', `/api/v1/files/${first.id}`, {
      json: { reason: 'sent in error' },
    })
    assert.equal(recalled.json.status, 'removed')
    assert.equal((await newport.call('GET', `/api/v1/files/${first.id}/content`)).status, 410)
    assert.ok((await mailAbout(first.id)).includes('recalled office@john-frost.example.org'))

    const second = await send()
    await newport.call('GET', `/api/v1/files/${second.id}/content`)
    const late = await cardiff.call('DELETE', `/api/v1/files/${second.id}`)
    assert.equal(late.status, 409)
    assert.equal((await newport.call('POST', `/api/v1/files/${second.id}/confirm`)).status, 200)
  })

  it('confirms only what was fetched, and only once', async () => {
    const { id } = await send()
    assert.equal(
      (await newport.call('POST', `/api/v1/files/${id}/confirm`)).json.type,
      'urn:cts:problem:not-fetched',
    )
    await newport.call('GET', `/api/v1/files/${id}/content`)
    const answers = await Promise.all(
      [1, 2, 3].map(() => newport.call('POST', `/api/v1/files/${id}/confirm`)),
    )
    assert.deepEqual(
      answers.map(({ status }) => status).sort(),
      [200, 409, 409],
      'of several collectors one wins',
    )
  })

  it('keeps files to X and M destinations as lost, one pupil each, and tells the owning authority', async () => {
    for (const destination of ['XXXXXXX', 'MMMMMMM']) {
      const one = ctf(CARDIFF_HIGH, destination, { pupils: 1 })
      const { status, json } = await cardiff.upload(one.name, one.bytes)
      assert.equal(status, 201, JSON.stringify(json))
      assert.equal(json.status, 'lost')
      assert.deepEqual(await mailAbout(json.id), [
        'deposited office@cardiff-high.example.org',
        'deposited-la transfers@cardiff.example.org',
      ])
      const two = Buffer.from(ctf(CARDIFF_HIGH, JOHN_FROST, { pupils: 2 }).bytes)
        .toString()
        .replace(/<DestSchool>.*<\/DestSchool>/s, destOf(destination))
      const refused = await cardiff.upload(one.name.replace('_001', '_002'), two)
      assert.equal(refused.status, 422)
      assert.equal(refused.json.findings.length, 1, JSON.stringify(refused.json))
    }
  })

  it('sends for a school of the own authority as lea-school, shown as sent by the authority', async () => {
    const la = apiOf(server, await server.client('681LLLL', 'lea-school'))
    const file = ctf(CARDIFF_HIGH, JOHN_FROST, { serial: 700 })
    const { status, json } = await la.upload(file.name, file.bytes)
    assert.equal(status, 201, JSON.stringify(json))
    assert.equal(json.sender, '681LLLL')
    for (const sender of [la, cardiff]) {
      const { items } = (await sender.call('GET', '/api/v1/files?box=sent')).json
      assert.ok(items.some((item: { id: string }) => item.id === json.id))
    }
    const foreign = ctf(JOHN_FROST, CARDIFF_HIGH, { serial: 1 })
    assert.equal((await la.upload(foreign.name, foreign.bytes)).status, 403)
  })

  it('names the successor of a closed destination', async () => {
    await setOrganisation(server.world, '6804026', { status: 'closed' })
    const file = ctf(CARDIFF_HIGH, '6804026')
    assert.equal((await cardiff.upload(file.name, file.bytes)).json.findings[0].rule, 'destination-closed')
    await sql`
      insert into establishments.link (from_code, to_code, type, date) values ('6804026', '6804021', 'successor', '2026-08-31')
    `.execute(server.world.db)
    const { status, json } = await cardiff.upload(file.name, file.bytes)
    assert.equal(status, 422)
    assert.equal(json.findings[0].rule, 'destination-closed-successor')
    assert.match(json.findings[0].message, /6804021/)
  })

  it('warns where nobody is there, and tells the authority', async () => {
    const file = ctf(CARDIFF_HIGH, '6804003')
    const { status, json } = await cardiff.upload(file.name, file.bytes)
    assert.equal(status, 201)
    assert.deepEqual(
      json.findings.map(({ rule, severity }: { rule: string; severity: string }) => `${severity} ${rule}`),
      ['warning nobody-there', 'warning nobody-told'],
    )
    assert.ok((await mailAbout(json.id)).includes('nobody-there transfers@newport.example.org'))
  })

  it('refuses an independent school that nobody serves with the advice to use MMMMMMM', async () => {
    const { rows } = await sql<{ code: string }>`
      select code from establishments.organisation where sector = 'independent' order by code limit 1`.execute(
      server.world.db,
    )
    const file = ctf(CARDIFF_HIGH, rows[0]!.code)
    const { status, json } = await cardiff.upload(file.name, file.bytes)
    assert.equal(status, 422)
    assert.equal(json.findings[0].rule, 'independent-absent')
    assert.match(json.findings[0].message, /MMMMMMM/)
  })

  it('answers an unknown destination, and one whose register is not loaded by naming the import', async () => {
    for (const [destination, rule, words] of [
      ['6809999', 'destination-unknown', /finder/],
      ['9162001', 'register-not-loaded', /cts register import/],
    ] as const) {
      const file = ctf(CARDIFF_HIGH, destination)
      const { status, json } = await cardiff.upload(file.name, file.bytes)
      assert.equal(status, 422)
      assert.equal(json.findings[0].rule, rule)
      assert.match(json.findings[0].message, words)
    }
  })

  it('says a browser\'s "(1)" in a name and takes the file under its right one', async () => {
    const file = ctf(CARDIFF_HIGH, JOHN_FROST, { serial: ++serial })
    const { status, json } = await cardiff.upload(file.name.replace('.XML', ' (1).xml'), file.bytes)
    assert.equal(status, 201)
    assert.equal(json.name, file.name)
    assert.equal(json.findings[0].rule, 'browser-copy')
  })

  it('answers refusals in Welsh to whoever asks for Welsh', async () => {
    const { json, headers } = await cardiff.upload('6814039_CTF_6809999_001.XML', '<x/>', {
      'accept-language': 'cy-GB,cy;q=0.9,en;q=0.5',
    })
    assert.equal(headers.get('content-language'), 'cy')
    assert.equal(json.title, 'Ni dderbyniwyd y ffeil')
  })

  it('pages through more than a hundred files without a gap or a double, newest first', async () => {
    const { rows } = await sql<{ body: string }>`select body from transfers.file limit 1`.execute(
      server.world.db,
    )
    await sql`
      insert into transfers.file (id, name, kind, source, destination, sender, uploaded_by, status, body, sha256, size,
        pupils, findings, uploaded_at, changed_at)
      select 'page-' || n, '6804030_CTF_6804060_' || n, 'ctf', '6804030', '6804060', '6804030', 'test', 'awaiting',
        ${rows[0]!.body}, 'x', 1, 1, '[]', timestamptz '2026-01-01' + (n / 3) * interval '1 minute', now()
      from generate_series(1, 250) as n`.execute(server.world.db)
    const reader = apiOf(server, await server.client('6804060', 'school-user'))
    const seen: string[] = []
    const times: string[] = []
    for (let next = ''; ;) {
      const page = (await reader.call('GET', `/api/v1/files?box=inbox${next && `&after=${next}`}`)).json
      seen.push(...page.items.map((item: { id: string }) => item.id))
      times.push(...page.items.map((item: { uploadedAt: string }) => item.uploadedAt))
      if (page.next === null) break
      assert.equal(page.items.length, 100)
      next = page.next
    }
    assert.equal(new Set(seen).size, 250)
    assert.equal(seen.length, 250)
    assert.deepEqual(times, times.toSorted().toReversed())
  })

  it('lists only what changed since a moment', async () => {
    const { id } = await send()
    server.clock.advance(60_000)
    const since = server.clock.now().toISOString()
    server.clock.advance(60_000)
    const none = (await cardiff.call('GET', `/api/v1/files?box=sent&since=${since}`)).json.items
    assert.deepEqual(none, [])
    await newport.call('POST', `/api/v1/files/${id}/reject`, { json: { reason: 'no' } })
    const [changed] = (await cardiff.call('GET', `/api/v1/files?box=sent&since=${since}`)).json.items
    assert.equal(changed.id, id)
  })
})
