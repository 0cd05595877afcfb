import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { forEachDatabase, type TestDatabase } from '../../test/world.ts'
import { blankOrganisation } from '../establishments/differences.ts'
import { saveOrganisations } from '../establishments/store.ts'
import { readConfig } from '../kit/config.ts'
import { sql, type Tx } from '../kit/database.ts'
import type { Language } from '../kit/i18n.ts'
import { reachOf, ROLES, type Permission } from '../permissions/table.ts'
import { archivePerson, audienceOf, createPerson, invite, newPersonId, redeemInvitation } from './index.ts'

const NOW = new Date('2026-09-02T09:05:00Z')
const LA_ROLES = ROLES.filter((role) => role.startsWith('lea-'))

forEachDatabase((_name, open) => {
  let database: TestDatabase

  before(async () => {
    database = await open()
    const codes = ['6804020', '6804021', '6804022', '680LLLL', '681LLLL', '101LLLL']
    const organisations = codes.map((code) => blankOrganisation(code, code))
    await database.db.transaction().execute((tx) => saveOrganisations(tx, organisations, new Map()))
  })
  after(() => database.close())

  const inTransaction = <T>(run: (tx: Tx) => Promise<T>): Promise<T> => database.db.transaction().execute(run)

  async function add(
    username: string,
    organisation: string,
    role: string | null,
    language: Language = 'en',
  ): Promise<string> {
    const id = newPersonId()
    const more = { name: `Name of ${username}`, email: `${username}@work.example`, approver: role === null }
    const asked = { id, username, organisation, role, language, ...more }
    await inTransaction((tx) => createPerson(tx, asked, NOW, readConfig({})))
    return id
  }
  async function addressesOf(organisation: string, permission: Permission): Promise<string[]> {
    const audience = await audienceOf(database.db, [organisation])
    return audience.recipients(organisation, permission).map(({ address }) => address)
  }

  test('mail about a matter goes to the people whose role may see to it, and to no others', async () => {
    for (const role of LA_ROLES) await add(role.replaceAll('-', ''), '680LLLL', role)
    await add('approveronly', '680LLLL', null)
    for (const permission of ['collect-ctf', 'see-sent-files'] as const) {
      const expected = LA_ROLES.filter((role) => reachOf(role, permission) !== null)
      assert.ok(expected.length > 0 && expected.length < LA_ROLES.length)
      assert.deepEqual(
        (await addressesOf('680LLLL', permission)).sort(),
        expected.map((role) => `${role.replaceAll('-', '')}@work.example`).sort(),
      )
    }
  })

  test('each is written to by name, in the language of the person, from the invitation on', async () => {
    await add('welsh', '6804020', 'school-user', 'cy')
    await add('english', '6804020', 'school-user')
    const audience = await audienceOf(database.db, ['6804020', '6804021'])
    const told = audience.recipients('6804020', 'collect-ctf')
    assert.deepEqual(
      told.sort((a, b) => a.address.localeCompare(b.address)),
      [
        { address: 'english@work.example', name: 'Name of english', language: 'en' },
        { address: 'welsh@work.example', name: 'Name of welsh', language: 'cy' },
      ],
    )
    assert.deepEqual(audience.recipients('6804021', 'collect-ctf'), [])
    assert.deepEqual(audience.recipients('6804022', 'collect-ctf'), [], 'one that was not asked about')
  })

  test('a person of several roles that may is written to once', async () => {
    const id = await add('twice', '681LLLL', 'lea-user')
    await sql`
      insert into accounts.held_role (person, organisation, role, given_at)
      values (${id}, '681LLLL', 'lea-school', ${NOW})`.execute(database.db)
    assert.deepEqual(await addressesOf('681LLLL', 'collect-ctf'), ['twice@work.example'])
    await inTransaction((tx) => archivePerson(tx, id, NOW))
  })

  test('who declined mail, was archived or lost the role gets none', async () => {
    const ids = await Promise.all(
      ['stays', 'declines', 'leaves', 'changes'].map((name) => add(name, '6804021', 'school-user')),
    )
    await sql`update accounts.person set wants_mail = false where id = ${ids[1]}`.execute(database.db)
    await inTransaction((tx) => archivePerson(tx, ids[2]!, NOW))
    await sql`update accounts.held_role set ended_at = now() where person = ${ids[3]}`.execute(database.db)
    assert.deepEqual(await addressesOf('6804021', 'collect-ctf'), ['stays@work.example'])
  })

  test('an organisation has somebody once a person who may collect has set a password, until that one goes', async () => {
    const anybody = async (code: string): Promise<boolean> =>
      (await audienceOf(database.db, [code])).hasAnybody(code)
    const activate = async (id: string): Promise<void> => {
      const { token } = await inTransaction((tx) => invite(tx, id, NOW))
      assert.equal(await inTransaction((tx) => redeemInvitation(tx, token, NOW)), id)
    }
    const collects = await add('collects', '681LLLL', 'lea-user')
    const looks = await add('looks', '681LLLL', 'lea-dba-view-only')
    await activate(looks)
    assert.equal(await anybody('681LLLL'), false)
    await activate(collects)
    assert.equal(await anybody('681LLLL'), true)
    await sql`update accounts.person set wants_mail = false where id = ${collects}`.execute(database.db)
    assert.equal(await anybody('681LLLL'), true, 'to decline mail is not to be away')
    await inTransaction((tx) => archivePerson(tx, collects, NOW))
    assert.equal(await anybody('681LLLL'), false)
    assert.equal(await anybody('6809999'), false)
  })

  test('all that is asked about several organisations is one statement', async () => {
    let statements = 0
    await inTransaction((tx) =>
      audienceOf(
        tx.withPlugin({
          transformQuery({ node }) {
            statements += 1
            return node
          },
          transformResult: ({ result }) => Promise.resolve(result),
        }),
        ['6804020', '6804021', '680LLLL', '681LLLL', '6804020'],
      ),
    )
    assert.equal(statements, 1)
  })
})
