import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { forEachDatabase, type TestDatabase } from '../../test/world.ts'
import { blankOrganisation } from '../establishments/differences.ts'
import { saveOrganisations } from '../establishments/store.ts'
import { sql } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import {
  audienceOf,
  createClient,
  listClients,
  liveSecretHashes,
  newClientId,
  noteClientUse,
  revokeClient,
  secretMatches,
} from './index.ts'

const NOW = new Date('2026-09-02T09:05:00Z')

const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

forEachDatabase((_name, open) => {
  let database: TestDatabase

  before(async () => {
    database = await open()
    const codes = ['6804020', '6814039', '680LLLL', '681LLLL', '101LLLL', 'SUP0001']
    const organisations = codes.map((code) => blankOrganisation(code, code))
    await database.db.transaction().execute((tx) => saveOrganisations(tx, organisations, new Map()))
  })
  after(() => database.close())

  async function create(
    organisation: string,
    role: string,
    name = 'MIS',
  ): Promise<{ id: string; secret: string }> {
    const id = newClientId()
    const asked = { id, name, organisation, role }
    const { secret } = await database.db.transaction().execute((tx) => createClient(tx, asked, NOW))
    return { id, secret }
  }
  const revoke = (id: string, at = NOW): Promise<void> =>
    database.db.transaction().execute((tx) => revokeClient(tx, id, at))

  test('a client is kept with its organisation and role, and with no secret that could be read', async () => {
    const { id, secret } = await create('6804020', 'school-user', ' School system ')
    assert.match(id, /^client-[\w-]{22}$/)
    assert.match(secret, /^[\w-]{43}$/)
    const { rows } = await sql<{ text: string }>`
      select c::text || encode(secret_hash, 'escape') as text
      from accounts.client c join accounts.client_secret s on s.client = c.id where c.id = ${id}`.execute(
      database.db,
    )
    assert.ok(!rows[0]!.text.includes(secret))
    const client = (await listClients(database.db, '6804020')).find((one) => one.id === id)
    assert.deepEqual(client, {
      id,
      name: 'School system',
      organisation: '6804020',
      role: 'school-user',
      createdAt: NOW,
      createdBy: null,
      lastUsedAt: null,
      revokedAt: null,
    })
  })

  test('its own secret matches, and no other does', async () => {
    const one = await create('6804020', 'school-user')
    const other = await create('6804020', 'school-user')
    const [hash] = await liveSecretHashes(database.db, one.id, NOW)
    assert.ok(hash && secretMatches(one.secret, hash))
    for (const wrong of [other.secret, '', hash.toString('hex'), `${one.secret} `]) {
      assert.equal(secretMatches(wrong, hash), false)
    }
  })

  const MISFITS: [organisation: string, role: string, code: string][] = [
    ['6804020', 'lea-user', 'client-role'],
    ['680LLLL', 'school-user', 'client-role'],
    ['680LLLL', 'approver', 'client-role'],
    ['6804020', 'approver', 'client-role'],
    ['SUP0001', 'lea-dba', 'client-role'],
    ['101LLLL', 'lea-user', 'client-role'],
    ['6804020', 'School-User', 'client-role'],
    ['6804020', '', 'client-role'],
    ['6809999', 'school-user', 'client-organisation'],
    ['', 'school-user', 'client-organisation'],
    ["6804020'--", 'school-user', 'client-organisation'],
  ]
  for (const [organisation, role, code] of MISFITS) {
    test(`${role || 'no role'} for ${organisation || 'nobody'} is refused and leaves nothing`, async () => {
      const before = await listClients(database.db, null)
      await assert.rejects(create(organisation, role), refused(code))
      assert.deepEqual(await listClients(database.db, null), before)
    })
  }

  test('a name that cannot be shown is refused', async () => {
    await assert.rejects(create('6804020', 'school-user', 'a\u202eb'), refused('client-name'))
  })

  test('a code in small letters is the same organisation', async () => {
    const { id } = await create('680llll', 'lea-school')
    const found = await listClients(database.db, '680LLLL')
    assert.deepEqual(
      found.map((client) => client.id),
      [id],
    )
  })

  test('an organisation has somebody while one of its clients is not revoked', async () => {
    const anybody = async (): Promise<boolean> =>
      (await audienceOf(database.db, ['6814039'])).hasAnybody('6814039')
    assert.equal(await anybody(), false)
    const one = await create('6814039', 'school-user')
    const other = await create('6814039', 'school-user')
    await revoke(one.id)
    assert.equal(await anybody(), true)
    await revoke(other.id)
    assert.equal(await anybody(), false)
  })

  test('revoking ends a client for good, keeps the first time, and refuses an id that nobody has', async () => {
    const { id } = await create('SUP0001', 'supplier-user')
    await revoke(id)
    await revoke(id, new Date('2026-10-01T00:00:00Z'))
    assert.deepEqual((await listClients(database.db, 'SUP0001'))[0]!.revokedAt, NOW)
    assert.deepEqual(await liveSecretHashes(database.db, id, NOW), [])
    await assert.rejects(revoke('client-nobody'), refused('client-unknown'))
  })

  test('the last use is kept to the minute', async () => {
    const { id } = await create('101LLLL', 'national-administrator')
    const lastUse = async (): Promise<Date | null> =>
      (await listClients(database.db, '101LLLL'))[0]!.lastUsedAt
    await noteClientUse(database.db, id, NOW)
    await noteClientUse(database.db, id, new Date('2026-09-02T09:05:59.999Z'))
    assert.deepEqual(await lastUse(), NOW)
    const later = new Date('2026-09-02T09:06:00Z')
    await noteClientUse(database.db, id, later)
    assert.deepEqual(await lastUse(), later)
  })
})
