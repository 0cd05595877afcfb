import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { forEachDatabase, type TestDatabase } from '../../test/world.ts'
import { blankOrganisation } from '../establishments/differences.ts'
import { saveOrganisations } from '../establishments/store.ts'
import { readConfig } from '../kit/config.ts'
import { sql, type Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import {
  archivePerson,
  createPerson,
  invitationOf,
  invite,
  listPeople,
  newPersonId,
  personByUsername,
  redeemInvitation,
} from './index.ts'

const NOW = new Date('2026-09-02T09:05:00Z')
const HOUR = 3_600_000
const after48 = (milliseconds: number): Date => new Date(NOW.getTime() + 48 * HOUR + milliseconds)

const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

forEachDatabase((_name, open) => {
  let database: TestDatabase
  let serial = 0

  before(async () => {
    database = await open()
    const organisations = [blankOrganisation('6804020', 'The John Frost School')]
    await database.db.transaction().execute((tx) => saveOrganisations(tx, organisations, new Map()))
  })
  after(() => database.close())

  const inTransaction = <T>(run: (tx: Tx) => Promise<T>): Promise<T> => database.db.transaction().execute(run)

  async function add(): Promise<{ id: string; username: string }> {
    serial += 1
    const one = { id: newPersonId(), username: `person${serial}` }
    const more = { name: 'Siân Ŵyn', email: `${one.username}@school.example`, organisation: '6804020' }
    const asked = { ...one, ...more, role: 'school-user', approver: false, language: 'cy' as const }
    await inTransaction((tx) => createPerson(tx, asked, NOW, readConfig({})))
    return one
  }
  const activatedAt = async (person: string): Promise<Date | null> =>
    (await listPeople(database.db, null)).find(({ id }) => id === person)!.activatedAt
  const tokenFor = async (person: string): Promise<string> =>
    (await inTransaction((tx) => invite(tx, person, NOW))).token
  const redeem = (token: string, at = NOW): Promise<string | null> =>
    inTransaction((tx) => redeemInvitation(tx, token, at))

  test('an invitation lets its person in once and activates that person', async () => {
    const { id, username } = await add()
    const token = await tokenFor(id)
    const invited = { person: id, username, name: 'Siân Ŵyn', language: 'cy' }
    assert.deepEqual(await invitationOf(database.db, token, NOW), invited)
    assert.deepEqual(await invitationOf(database.db, token, NOW), invited, 'to look is not to use')
    assert.equal(await activatedAt(id), null)
    assert.equal(await redeem(token), id)
    assert.deepEqual(await activatedAt(id), NOW)
    assert.equal(await redeem(token), null)
    assert.equal(await invitationOf(database.db, token, NOW), null)
  })

  test('its token has 256 random bits and stands nowhere in the database', async () => {
    const token = await tokenFor((await add()).id)
    assert.match(token, /^[\w-]{43}$/)
    const { rows } = await sql<{ text: string }>`
      select i::text || encode(token_hash, 'escape') as text from accounts.invitation i`.execute(database.db)
    assert.ok(rows.length > 0)
    for (const { text } of rows) assert.ok(!text.includes(token))
  })

  test('it works for 48 hours and no longer', async () => {
    const { id } = await add()
    const { token, expiresAt } = await inTransaction((tx) => invite(tx, id, NOW))
    assert.deepEqual(expiresAt, after48(0))
    assert.equal(await invitationOf(database.db, token, after48(0)), null)
    assert.equal(await redeem(token, after48(0)), null)
    assert.equal(await redeem(token, after48(-1)), id)
  })

  test('of many who use one token at once, one is let in', async () => {
    // in the first round connections are still being made, so that they come one after another
    for (let round = 0; round < 4; round++) {
      const { id } = await add()
      const token = await tokenFor(id)
      const answers = await Promise.all(Array.from({ length: 8 }, () => redeem(token)))
      assert.deepEqual(answers.filter(Boolean), [id])
    }
  })

  test('a new invitation ends the earlier ones, of many made at once too', async () => {
    const { id } = await add()
    const first = await tokenFor(id)
    const tokens = await Promise.all(Array.from({ length: 5 }, () => tokenFor(id)))
    const live = await Promise.all(tokens.map((token) => invitationOf(database.db, token, NOW)))
    assert.equal(live.filter(Boolean).length, 1)
    assert.equal(await redeem(first), null)
  })

  test("it ends nobody else's", async () => {
    const [one, other] = [await add(), await add()]
    const token = await tokenFor(one.id)
    await tokenFor(other.id)
    assert.equal(await redeem(token), one.id)
  })

  test('a second one, after the first was used, keeps the time of activation', async () => {
    const { id } = await add()
    await redeem(await tokenFor(id))
    await redeem(await tokenFor(id), after48(-1))
    const { rows } = await sql`select activated_at as at from accounts.person where id = ${id}`.execute(
      database.db,
    )
    assert.deepEqual(rows, [{ at: NOW }])
  })

  test('an archived person cannot be invited, and an invitation made before lets nobody in', async () => {
    const { id, username } = await add()
    const token = await tokenFor(id)
    await inTransaction((tx) => archivePerson(tx, id, NOW))
    assert.equal(await invitationOf(database.db, token, NOW), null)
    assert.equal(await redeem(token), null)
    await assert.rejects(tokenFor(id), refused('person-archived'))
    await assert.rejects(tokenFor('person-nobody'), refused('person-unknown'))
    assert.equal(await personByUsername(database.db, username), null)
  })

  test('archiving and using an invitation at once end in an archived person, and neither fails', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, username } = await add()
      const token = await tokenFor(id)
      await Promise.all([redeem(token), inTransaction((tx) => archivePerson(tx, id, NOW)), redeem(token)])
      assert.equal(await personByUsername(database.db, username), null)
    }
  })

  test('what is no token of ours lets nobody in', async () => {
    for (const token of ['', 'x', '\0', 'A'.repeat(43), 'A'.repeat(10_000), "' or 1=1 --"])
      assert.equal(await redeem(token), null)
  })
})
