import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { apiOf, CARDIFF_HIGH, ctf, JOHN_FROST } from '../../test/api.ts'
import { openTwoSchools, type TwoSchools } from '../../test/two-schools.ts'
import { forEachDatabase } from '../../test/world.ts'
import { createPerson, invite, newPersonId, redeemInvitation, type NewPerson } from '../accounts/index.ts'
import { sql } from '../kit/database.ts'
import type { Role } from '../permissions/table.ts'

forEachDatabase((name) => {
  let schools: TwoSchools

  before(async () => {
    schools = await openTwoSchools(name)
    await add('teacher', CARDIFF_HIGH, 'school-user')
    await add('approver', CARDIFF_HIGH, null)
    await add('ysgrifenyddes', JOHN_FROST, 'school-user', { language: 'cy' })
    // somebody whose own address the school gave as its own
    await add('clerk', JOHN_FROST, 'school-user', { email: 'Office@john-frost.example.org' }, false)
    await add('dba', '680LLLL', 'lea-dba')
    await add('finder', '681LLLL', 'lea-lost-pupil')
    await add('sender', '681LLLL', 'lea-school')
  })
  after(() => schools.close())

  async function add(
    username: string,
    organisation: string,
    role: Role | null,
    more: Partial<NewPerson> = {},
    checked = true,
  ): Promise<string> {
    const { world } = schools.server
    const asked = {
      username,
      organisation,
      role,
      approver: role === null,
      name: `Name of ${username}`,
      ...more,
    }
    const id = newPersonId()
    const email = more.email ?? `${username}@work.example`
    const lists = checked ? world.config : { personalMailDomains: [], genericMailboxes: [] }
    await world.db
      .transaction()
      .execute((tx) => createPerson(tx, { ...asked, id, email }, world.clock.now(), lists))
    return id
  }
  async function activate(person: string): Promise<void> {
    const { world } = schools.server
    const now = world.clock.now()
    await world.db.transaction().execute(async (tx) => {
      const { token } = await invite(tx, person, now)
      assert.equal(await redeemInvitation(tx, token, now), person)
    })
  }
  async function upload(destination: string): Promise<{ id: string; rules: string[] }> {
    const sample = ctf(CARDIFF_HIGH, destination, { serial: (serial += 1), pupils: 1 })
    const { status, json } = await schools.cardiff.upload(sample.name, sample.bytes)
    assert.equal(status, 201, JSON.stringify(json))
    return { id: json.id, rules: json.findings.map(({ rule }: { rule: string }) => rule) }
  }
  let serial = 500

  const SENDERS = ['office@cardiff-high.example.org', 'teacher@work.example']
  const DESTINATION = ['office@john-frost.example.org', 'ysgrifenyddes@work.example']
  const lines = (template: string, addresses: readonly string[]): string[] =>
    addresses.map((address) => `${template} ${address}`)

  it('of a sent file both schools and their people are told, each address once', async () => {
    const { id, rules } = await upload(JOHN_FROST)
    assert.deepEqual(rules, [])
    assert.deepEqual(await schools.mailAbout(id), [
      ...lines('awaiting', DESTINATION),
      ...lines('sent', SENDERS),
    ])
  })

  it('each is written to in the own language and by the own name; a shared address stays that of the school', async () => {
    const { id } = await upload(JOHN_FROST)
    const { rows } = await sql`
      select to_name as name, language from kit.mail
      where about = ${id} and template = 'awaiting' order by to_address`.execute(schools.server.world.db)
    assert.deepEqual(rows, [
      { name: 'The John Frost School', language: 'both' },
      { name: 'Name of ysgrifenyddes', language: 'cy' },
    ])
  })

  it('who declined mail or was archived gets none', async () => {
    const { db } = schools.server.world
    await sql`update accounts.person set wants_mail = false where username = 'teacher'`.execute(db)
    await sql`update accounts.person set archived_at = now() where username = 'ysgrifenyddes'`.execute(db)
    const { id } = await upload(JOHN_FROST)
    assert.deepEqual(await schools.mailAbout(id), [
      'awaiting office@john-frost.example.org',
      'sent office@cardiff-high.example.org',
    ])
    await sql`update accounts.person set wants_mail = true, archived_at = null`.execute(db)
  })

  it('what becomes of the file is told to people too', async () => {
    const recalled = await upload(JOHN_FROST)
    assert.equal((await schools.cardiff.call('DELETE', `/api/v1/files/${recalled.id}`)).status, 200)
    assert.deepEqual(
      (await schools.mailAbout(recalled.id)).filter((line) => line.startsWith('recalled')),
      lines('recalled', [...SENDERS, ...DESTINATION].sort()),
    )
    const rejected = await upload(JOHN_FROST)
    const path = `/api/v1/files/${rejected.id}/reject`
    const { status } = await schools.newport.call('POST', path, { json: { reason: 'not on our roll' } })
    assert.equal(status, 200)
    assert.deepEqual(
      (await schools.mailAbout(rejected.id)).filter((line) => line.startsWith('rejected')),
      lines('rejected', SENDERS),
    )
  })

  it('of what an LA sends for a school both are told: those of the LA who see what it sent', async () => {
    const la = apiOf(schools.server, await schools.server.client('681LLLL', 'lea-school'))
    const sample = ctf(CARDIFF_HIGH, JOHN_FROST, { serial: 800 })
    const { json } = await la.upload(sample.name, sample.bytes)
    assert.deepEqual(
      (await schools.mailAbout(json.id)).filter((line) => line.startsWith('sent')),
      lines('sent', [
        'finder@work.example',
        ...SENDERS.slice(0, 1),
        'sender@work.example',
        'teacher@work.example',
        'transfers@cardiff.example.org',
      ]),
    )
  })

  it('of a deposit the LA is told with its people who may collect', async () => {
    const { id } = await upload('XXXXXXX')
    assert.deepEqual(
      (await schools.mailAbout(id)).filter((line) => line.startsWith('deposited-la')),
      lines('deposited-la', ['sender@work.example', 'transfers@cardiff.example.org']),
    )
  })

  it('a school without an address is told through its people: nobody there, until one of them sets a password', async () => {
    const person = await add('newcomer', '6804003', 'school-user')
    const before = await upload('6804003')
    assert.deepEqual(before.rules, ['nobody-there'])
    const mails = await schools.mailAbout(before.id)
    assert.ok(mails.includes('awaiting newcomer@work.example'), mails.join())
    assert.ok(mails.includes('nobody-there dba@work.example'), mails.join())
    await activate(person)
    assert.deepEqual((await upload('6804003')).rules, [])
    await sql`update accounts.person set wants_mail = false where id = ${person}`.execute(
      schools.server.world.db,
    )
    assert.deepEqual((await upload('6804003')).rules, ['nobody-told'])
  })

  it('an LA without an address is told through its people, and the sender is told so', async () => {
    await sql`update establishments.organisation set email = null where code = '680LLLL'`.execute(
      schools.server.world.db,
    )
    const { id, rules } = await upload('6804025')
    assert.deepEqual(rules, ['nobody-there', 'nobody-told'])
    assert.deepEqual(
      (await schools.mailAbout(id)).filter((line) => line.startsWith('nobody')),
      ['nobody-there dba@work.example'],
    )
  })
})
