import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { apiOf, CARDIFF_HIGH, ctf, JOHN_FROST, type Api } from '../../test/api.ts'
import { openTwoSchools, type TwoSchools } from '../../test/two-schools.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Actor } from '../permissions/decide.ts'
import { perform } from '../permissions/perform.ts'
import type { Role } from '../permissions/table.ts'
import { fetchFile } from './fetch-file.ts'

forEachDatabase((name) => {
  let schools: TwoSchools
  let cardiff: Api
  let newport: Api
  const la = async (role: Role): Promise<Api> =>
    apiOf(schools.server, await schools.server.client('681LLLL', role))

  before(async () => {
    schools = await openTwoSchools(name)
    cardiff = schools.cardiff
    newport = schools.newport
  })
  after(() => schools.close())

  /** A file that the LA sent for Cardiff High School. */
  async function sentByAuthority(): Promise<string> {
    const file = schools.newFile()
    const { status, json } = await (await la('lea-school')).upload(file.name, file.bytes)
    assert.equal(status, 201)
    return json.id
  }

  async function reject(id: string): Promise<void> {
    const json = { reason: 'not on our roll' }
    assert.equal((await newport.call('POST', `/api/v1/files/${id}/reject`, { json })).status, 200)
  }

  it('a role that sends no CTF sees that its LA sent one, and does not read it', async () => {
    const id = await sentByAuthority()
    for (const role of ['lea-plasc', 'lea-admissions', 'lea-lost-pupil'] as const) {
      const api = await la(role)
      assert.equal((await api.call('GET', `/api/v1/files/${id}`)).status, 200, role)
      assert.equal((await api.call('GET', `/api/v1/files/${id}/content`)).status, 403, role)
    }
    for (const role of ['lea-school', 'lea-user'] as const) {
      assert.equal((await (await la(role)).call('GET', `/api/v1/files/${id}/content`)).status, 200, role)
    }
  })

  it('only a role that may send for the source sends its rejected file on', async () => {
    const id = await sentByAuthority()
    await reject(id)
    const path = `/api/v1/files/${id}/readdress`
    const json = { to: '6804025' }
    assert.equal((await (await la('lea-user')).call('POST', path, { json })).status, 404)
    assert.equal((await (await la('lea-school')).call('POST', path, { json })).status, 201)
  })

  it('the school that rejected a file is not told where it went then; the sender is', async () => {
    const { id } = await schools.send()
    await reject(id)
    const json = { to: '6804025' }
    assert.equal((await cardiff.call('POST', `/api/v1/files/${id}/readdress`, { json })).status, 201)
    const seenBy = async (api: Api): Promise<string> =>
      (await api.call('GET', `/api/v1/files/${id}`)).bytes.toString()
    assert.match(await seenBy(cardiff), /6804025/)
    assert.doesNotMatch(await seenBy(newport), /6804025/)
  })

  it('files that are readdressed at one moment to one school get a name each, the same bytes too', async () => {
    const ids = []
    const twin = schools.newFile()
    for (let sent = 0; sent < 5; sent += 1) {
      const file = sent < 3 ? schools.newFile() : twin
      const { json } = await cardiff.upload(file.name, file.bytes)
      await reject(json.id)
      ids.push(json.id)
    }
    const to = { json: { to: '6804003' } }
    const answers = await Promise.all(
      ids.map((id) => cardiff.call('POST', `/api/v1/files/${id}/readdress`, to)),
    )
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 201, 201, 201, 201],
    )
    assert.equal(new Set(answers.map(({ json }) => json.name)).size, 5)
  })

  it('a partial CTF cannot be readdressed to the Lost Pupil Database: 422', async () => {
    const file = schools.newFile()
    const partial = Buffer.from(file.bytes)
      .toString()
      .replace('>full<', '>partial<')
      .replace('<SupplierID>', '<DataQualifier>KS2</DataQualifier><SupplierID>')
    const { json } = await cardiff.upload(file.name.replace('CTF', 'KS2'), partial)
    await reject(json.id)
    const to = { json: { to: 'XXXXXXX' } }
    const answer = await cardiff.call('POST', `/api/v1/files/${json.id}/readdress`, to)
    assert.equal(answer.status, 422)
    assert.equal(answer.json.findings[0].rule, 'name-route')
  })

  it('a file that is recalled while a fetch begins is not given out', async () => {
    const { id } = await schools.send()
    const { world } = schools.server
    const actor: Actor = {
      kind: 'client',
      id: 'collector',
      name: 'collector',
      organisation: JOHN_FROST,
      roles: ['school-user'],
      address: null,
    }
    const crossed: typeof fetchFile = {
      ...fetchFile,
      async find(asked) {
        const found = await fetchFile.find(asked)
        assert.equal((await cardiff.call('DELETE', `/api/v1/files/${id}`)).status, 200)
        return found
      },
    }
    await assert.rejects(
      perform(world, actor, crossed, { id }),
      (error) => error instanceof Refusal && error.code === 'changed-meanwhile',
    )
  })

  it('the department is no destination: nobody there may collect', async () => {
    const file = ctf(CARDIFF_HIGH, '101LLLL')
    const { status, json } = await cardiff.upload(file.name, file.bytes)
    assert.equal(status, 422)
    assert.equal(json.findings[0].rule, 'destination-unknown')
  })

  it('an identifier that is none is answered 404', async () => {
    for (const id of ['%00', '%F0%9F%98%80', 'a'.repeat(65), 'a'.repeat(300)]) {
      const answer = await cardiff.call('GET', `/api/v1/files/${id}`)
      assert.equal(answer.status, 404, id)
      assert.equal(answer.json.type, 'urn:cts:problem:not-found')
    }
  })

  it('a deposit that is recalled is told to its LA, which was told of the deposit', async () => {
    const file = ctf(CARDIFF_HIGH, 'XXXXXXX', { pupils: 1 })
    const { json } = await cardiff.upload(file.name, file.bytes)
    assert.equal((await cardiff.call('DELETE', `/api/v1/files/${json.id}`)).status, 200)
    assert.deepEqual(
      (await schools.mailAbout(json.id)).filter((mail) => mail.includes('recalled')),
      ['deposit-recalled office@cardiff-high.example.org', 'deposit-recalled transfers@cardiff.example.org'],
    )
  })

  it('does not say that an LA was told which has no address', async () => {
    const file = ctf(CARDIFF_HIGH, '201LLLL')
    const { json } = await cardiff.upload(file.name, file.bytes)
    const rules: string[] = json.findings.map(({ rule }: { rule: string }) => rule)
    assert.ok(rules.includes('nobody-there-untold') && !rules.includes('nobody-there'), rules.join())
  })

  it('what somebody called a file is not in the audit unless it is a right name', async () => {
    assert.equal((await cardiff.upload('Gwen Castell 2015-03-01.xml', 'x')).status, 422)
    const { rows } = await sql`select 1 from kit.audit where subject ilike '%gwen%'`.execute(
      schools.server.world.db,
    )
    assert.equal(rows.length, 0)
  })
})
