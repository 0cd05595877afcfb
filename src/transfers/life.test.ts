import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, it } from 'node:test'
import { apiOf, CARDIFF_HIGH, ctf, JOHN_FROST } from '../../test/api.ts'
import { openTwoSchools, type TwoSchools } from '../../test/two-schools.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

forEachDatabase((name) => {
  let schools: TwoSchools
  before(async () => {
    schools = await openTwoSchools(name)
  })
  after(() => schools.close())

  it('takes a file from upload to confirmation, and gives its bytes back exactly', async () => {
    const { id, name, bytes } = await schools.send()
    const awaiting = (await schools.newport.call('GET', '/api/v1/files?box=inbox&status=awaiting')).json.items
    assert.ok(awaiting.some((item: { id: string }) => item.id === id))

    const content = await schools.newport.call('GET', `/api/v1/files/${id}/content`)
    assert.equal(content.status, 200)
    assert.deepEqual(content.bytes, Buffer.from(bytes))
    assert.equal(content.headers.get('content-disposition'), `attachment; filename="${name}"`)
    assert.equal(content.headers.get('x-content-type-options'), 'nosniff')

    const confirmed = await schools.newport.call('POST', `/api/v1/files/${id}/confirm`)
    assert.equal(confirmed.status, 200)
    assert.equal(confirmed.json.status, 'downloaded')
    const seen = (await schools.cardiff.call('GET', `/api/v1/files/${id}`)).json
    assert.equal(seen.status, 'downloaded')
    assert.deepEqual(
      seen.history
        .map((line: { event: string }) => line.event)
        .filter((event: string) => event !== 'fetched'),
      ['uploaded', 'downloaded'],
    )
    const again = await schools.newport.call('GET', `/api/v1/files/${id}/content`)
    assert.deepEqual(again.bytes, Buffer.from(bytes), 're-downloaded byte for byte')
    assert.deepEqual(await schools.mailAbout(id), [
      'awaiting office@john-frost.example.org',
      'downloaded office@cardiff-high.example.org',
      'sent office@cardiff-high.example.org',
    ])
    const audited = await schools.auditOf(id)
    for (const line of ['transfers.upload done', 'transfers.fetch done', 'transfers.confirm done']) {
      assert.ok(audited.includes(line), `${line} in ${audited.join()}`)
    }
  })

  it('answers an upload with a receipt: name, digest, size, time, pupils', async () => {
    const file = schools.newFile({ pupils: 3 })
    const { status, json } = await schools.cardiff.upload(file.name.toLowerCase(), file.bytes)
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
      receivedAt: schools.server.clock.now().toISOString(),
    })
  })

  it('gives the first receipt again for the same bytes, and refuses others under a name that is taken', async () => {
    const { id, name, bytes } = await schools.send()
    const again = await schools.cardiff.upload(name, bytes)
    assert.equal(again.status, 200)
    assert.equal(again.json.id, id)
    const other = await schools.cardiff.upload(name, ctf(CARDIFF_HIGH, JOHN_FROST, { seed: 4711 }).bytes)
    assert.equal(other.status, 409)
    assert.equal(other.json.type, 'urn:cts:problem:name-taken')
    await schools.newport.call('POST', `/api/v1/files/${id}/reject`, { json: { reason: 'not on our roll' } })
    const freed = await schools.cardiff.upload(name, bytes)
    assert.equal(freed.status, 201, 'a rejection frees the name')
    assert.notEqual(freed.json.id, id)
  })

  it('keeps the name of a downloaded file until the academic year is over', async () => {
    const { id, name } = await schools.send()
    await schools.newport.call('GET', `/api/v1/files/${id}/content`)
    await schools.newport.call('POST', `/api/v1/files/${id}/confirm`)
    const other = ctf(CARDIFF_HIGH, JOHN_FROST, { seed: 99 })
    assert.equal((await schools.cardiff.upload(name, other.bytes)).status, 409)
    await sql`update transfers.file set confirmed_at = '2026-08-31T12:00:00Z' where id = ${id}`.execute(
      schools.server.world.db,
    )
    assert.equal((await schools.cardiff.upload(name, other.bytes)).status, 201)
  })

  it('of two uploads of one name at once, one file comes out', async () => {
    const one = schools.newFile()
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => schools.cardiff.upload(one.name, one.bytes)),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 200, 200, 201])
    assert.equal(new Set(answers.map(({ json }) => json.id)).size, 1)
    const { rows } = await sql<{ bodies: number }>`
      select count(*)::int as bodies from kit.body where sha256 = ${sha256(one.bytes)}`.execute(
      schools.server.world.db,
    )
    assert.equal(rows[0]!.bodies, 1, 'nothing of the others is left')
  })

  it('rejects with a reason that the sender sees and no mail says, and the sender readdresses in one step', async () => {
    const { id, bytes } = await schools.send()
    const rejected = await schools.newport.call('POST', `/api/v1/files/${id}/reject`, {
      json: { reason: 'Siân went to Caerleon' },
    })
    assert.equal(rejected.json.status, 'rejected')
    const seen = (await schools.cardiff.call('GET', `/api/v1/files/${id}`)).json
    assert.equal(seen.reason, 'Siân went to Caerleon')
    const { rows } = await sql<{ found: boolean }>`
      select exists (select from kit.mail where params::text like '%Caerleon%') as found`.execute(
      schools.server.world.db,
    )
    assert.equal(rows[0]!.found, false)
    assert.equal((await schools.newport.call('GET', `/api/v1/files/${id}/content`)).status, 410)

    const copy = await schools.cardiff.call('POST', `/api/v1/files/${id}/readdress`, {
      json: { to: '6804025' },
    })
    assert.equal(copy.status, 201, JSON.stringify(copy.json))
    assert.equal(copy.json.original, id)
    assert.match(copy.json.name, /^6814039_CTF_6804025_001\.XML$/)
    const content = (
      await schools.cardiff.call('GET', `/api/v1/files/${copy.json.id}/content`)
    ).bytes.toString()
    const expected = Buffer.from(bytes).toString().replace('<Estab>4020</Estab>', '<Estab>4025</Estab>')
    assert.equal(content, expected)
    const twice = await schools.cardiff.call('POST', `/api/v1/files/${id}/readdress`, {
      json: { to: '6804025' },
    })
    assert.equal(twice.status, 409)
  })

  it('recalls a file before it is fetched, and never after', async () => {
    const first = await schools.send()
    const recalled = await schools.cardiff.call('DELETE', `/api/v1/files/${first.id}`, {
      json: { reason: 'sent in error' },
    })
    assert.equal(recalled.json.status, 'removed')
    assert.equal((await schools.newport.call('GET', `/api/v1/files/${first.id}/content`)).status, 410)
    assert.ok((await schools.mailAbout(first.id)).includes('recalled office@john-frost.example.org'))

    const second = await schools.send()
    await schools.newport.call('GET', `/api/v1/files/${second.id}/content`)
    const late = await schools.cardiff.call('DELETE', `/api/v1/files/${second.id}`)
    assert.equal(late.status, 409)
    assert.equal((await schools.newport.call('POST', `/api/v1/files/${second.id}/confirm`)).status, 200)
  })

  it('confirms only what was fetched, and only once', async () => {
    const { id } = await schools.send()
    assert.equal(
      (await schools.newport.call('POST', `/api/v1/files/${id}/confirm`)).json.type,
      'urn:cts:problem:not-fetched',
    )
    await schools.newport.call('GET', `/api/v1/files/${id}/content`)
    const answers = await Promise.all(
      [1, 2, 3].map(() => schools.newport.call('POST', `/api/v1/files/${id}/confirm`)),
    )
    assert.deepEqual(
      answers.map(({ status }) => status).sort(),
      [200, 409, 409],
      'of several collectors one wins',
    )
  })

  it('pages through more than a hundred files without a gap or a double, newest first', async () => {
    const { rows } = await sql<{ body: string }>`select body from transfers.file limit 1`.execute(
      schools.server.world.db,
    )
    await sql`
      insert into transfers.file (id, name, kind, source, destination, sender, uploaded_by, status, body, sha256, size,
        pupils, findings, uploaded_at, changed_at)
      select 'page-' || n, '6804030_CTF_6804060_' || n, 'ctf', '6804030', '6804060', '6804030', 'test', 'awaiting',
        ${rows[0]!.body}, 'x', 1, 1, '[]', timestamptz '2026-01-01' + (n / 3) * interval '1 minute', now()
      from generate_series(1, 250) as n`.execute(schools.server.world.db)
    const reader = apiOf(schools.server, await schools.server.client('6804060', 'school-user'))
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
    const { id } = await schools.send()
    schools.server.clock.advance(60_000)
    const since = schools.server.clock.now().toISOString()
    schools.server.clock.advance(60_000)
    const none = (await schools.cardiff.call('GET', `/api/v1/files?box=sent&since=${since}`)).json.items
    assert.deepEqual(none, [])
    await schools.newport.call('POST', `/api/v1/files/${id}/reject`, { json: { reason: 'no' } })
    const [changed] = (await schools.cardiff.call('GET', `/api/v1/files?box=sent&since=${since}`)).json.items
    assert.equal(changed.id, id)
  })
})
