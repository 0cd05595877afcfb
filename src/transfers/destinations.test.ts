import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { apiOf, CARDIFF_HIGH, ctf, JOHN_FROST } from '../../test/api.ts'
import { openTwoSchools, type TwoSchools } from '../../test/two-schools.ts'
import { forEachDatabase } from '../../test/world.ts'
import { setOrganisation } from '../establishments/index.ts'
import { sql } from '../kit/database.ts'

const destOf = (code: string): string =>
  `<DestSchool><LEA>${code.slice(0, 3)}</LEA><Estab>${code.slice(3)}</Estab></DestSchool>`

forEachDatabase((name) => {
  let schools: TwoSchools
  before(async () => {
    schools = await openTwoSchools(name)
  })
  after(() => schools.close())

  it('keeps files to X and M destinations as lost, one pupil each, and tells the owning authority', async () => {
    for (const destination of ['XXXXXXX', 'MMMMMMM']) {
      const one = ctf(CARDIFF_HIGH, destination, { pupils: 1 })
      const { status, json } = await schools.cardiff.upload(one.name, one.bytes)
      assert.equal(status, 201, JSON.stringify(json))
      assert.equal(json.status, 'lost')
      assert.deepEqual(await schools.mailAbout(json.id), [
        'deposited office@cardiff-high.example.org',
        'deposited-la transfers@cardiff.example.org',
      ])
      const two = Buffer.from(ctf(CARDIFF_HIGH, JOHN_FROST, { pupils: 2 }).bytes)
        .toString()
        .replace(/<DestSchool>.*<\/DestSchool>/s, destOf(destination))
      const refused = await schools.cardiff.upload(one.name.replace('_001', '_002'), two)
      assert.equal(refused.status, 422)
      assert.equal(refused.json.findings.length, 1, JSON.stringify(refused.json))
    }
  })

  it('sends for a school of the own authority as lea-school, shown as sent by the authority', async () => {
    const la = apiOf(schools.server, await schools.server.client('681LLLL', 'lea-school'))
    const file = ctf(CARDIFF_HIGH, JOHN_FROST, { serial: 700 })
    const { status, json } = await la.upload(file.name, file.bytes)
    assert.equal(status, 201, JSON.stringify(json))
    assert.equal(json.sender, '681LLLL')
    for (const sender of [la, schools.cardiff]) {
      const { items } = (await sender.call('GET', '/api/v1/files?box=sent')).json
      assert.ok(items.some((item: { id: string }) => item.id === json.id))
    }
    const foreign = ctf(JOHN_FROST, CARDIFF_HIGH, { serial: 1 })
    assert.equal((await la.upload(foreign.name, foreign.bytes)).status, 403)
  })

  it('names the successor of a closed destination', async () => {
    await setOrganisation(schools.server.world, '6804026', { status: 'closed' })
    const file = ctf(CARDIFF_HIGH, '6804026')
    assert.equal(
      (await schools.cardiff.upload(file.name, file.bytes)).json.findings[0].rule,
      'destination-closed',
    )
    await sql`
      insert into establishments.link (from_code, to_code, type, date) values ('6804026', '6804021', 'successor', '2026-08-31')
    `.execute(schools.server.world.db)
    const { status, json } = await schools.cardiff.upload(file.name, file.bytes)
    assert.equal(status, 422)
    assert.equal(json.findings[0].rule, 'destination-closed-successor')
    assert.match(json.findings[0].message, /6804021/)
  })

  it('warns where nobody is there, and tells the authority', async () => {
    const file = ctf(CARDIFF_HIGH, '6804003')
    const { status, json } = await schools.cardiff.upload(file.name, file.bytes)
    assert.equal(status, 201)
    assert.deepEqual(
      json.findings.map(({ rule, severity }: { rule: string; severity: string }) => `${severity} ${rule}`),
      ['warning nobody-there', 'warning nobody-told'],
    )
    assert.ok((await schools.mailAbout(json.id)).includes('nobody-there transfers@newport.example.org'))
  })

  it('refuses an independent school that nobody serves with the advice to use MMMMMMM', async () => {
    const { rows } = await sql<{ code: string }>`
      select code from establishments.organisation where sector = 'independent' order by code limit 1`.execute(
      schools.server.world.db,
    )
    const file = ctf(CARDIFF_HIGH, rows[0]!.code)
    const { status, json } = await schools.cardiff.upload(file.name, file.bytes)
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
      const { status, json } = await schools.cardiff.upload(file.name, file.bytes)
      assert.equal(status, 422)
      assert.equal(json.findings[0].rule, rule)
      assert.match(json.findings[0].message, words)
    }
  })

  it('says a browser\'s "(1)" in a name and takes the file under its right one', async () => {
    const file = schools.newFile()
    const { status, json } = await schools.cardiff.upload(file.name.replace('.XML', ' (1).xml'), file.bytes)
    assert.equal(status, 201)
    assert.equal(json.name, file.name)
    assert.equal(json.findings[0].rule, 'browser-copy')
  })

  it('answers refusals in Welsh to whoever asks for Welsh', async () => {
    const { json, headers } = await schools.cardiff.upload('6814039_CTF_6809999_001.XML', '<x/>', {
      'accept-language': 'cy-GB,cy;q=0.9,en;q=0.5',
    })
    assert.equal(headers.get('content-language'), 'cy')
    assert.equal(json.title, 'Ni dderbyniwyd y ffeil')
  })
})
