import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { basic, GRANT, openTestSecureAccess, type TestSecureAccess } from '../../test/secure-access.ts'
import { forEachDatabase, type TestDatabase } from '../../test/world.ts'
import { listClients } from '../accounts/index.ts'
import { sql } from '../kit/database.ts'
import { purgeExpired } from './index.ts'

const HOUR = 3_600_000

forEachDatabase((_name, open) => {
  let database: TestDatabase
  let room: TestSecureAccess

  before(async () => {
    database = await open()
    room = await openTestSecureAccess(database)
  })
  after(async () => {
    await room.close()
    await database.close()
  })

  test('a token works for its own organisation and role only', async () => {
    const school = `Bearer ${await room.tokenOf(await room.newClient('6814039'))}`
    const authority = `Bearer ${await room.tokenOf(await room.newClient('680LLLL', 'lea-school'))}`
    for (const query of ['', '?organisation=6804020&client_id=x']) {
      assert.partialDeepStrictEqual(await room.who(school, query), {
        organisation: '6814039',
        roles: ['school-user'],
      })
      assert.partialDeepStrictEqual(await room.who(authority, query), {
        organisation: '680LLLL',
        roles: ['lea-school'],
      })
    }
  })

  test('revoking a client ends its token at the next call, and its secret; its successor works', async () => {
    const old = await room.newClient()
    const token = `Bearer ${await room.tokenOf(old)}`
    await room.revoke(old.id)
    assert.equal(await room.who(token), 401)
    assert.equal((await room.ask(GRANT, { authorization: basic(old) })).status, 401)
    const successor = await room.newClient()
    assert.equal((await room.ask(GRANT, { authorization: basic({ ...old, id: successor.id }) })).status, 401)
    assert.notEqual(await room.who(`Bearer ${await room.tokenOf(successor)}`), 401)
  })

  test('a token works for an hour and not a second longer; then it is cleared away', async () => {
    const token = `Bearer ${await room.tokenOf(await room.newClient())}`
    room.clock.advance(HOUR - 1000)
    assert.notEqual(await room.who(token), 401)
    await purgeExpired(database.db, room.clock.now())
    assert.notEqual(await room.who(token), 401)
    room.clock.advance(1000)
    assert.equal(await room.who(token), 401)
    assert.ok((await purgeExpired(database.db, room.clock.now())) >= 1)
    assert.equal(await purgeExpired(database.db, room.clock.now()), 0)
  })

  test('tokens and keys outlive a restart', async () => {
    const keys = async (): Promise<unknown> => (await fetch(`${room.issuer}/jwks`)).json()
    const token = `Bearer ${await room.tokenOf(await room.newClient())}`
    const before = await keys()
    await room.restart()
    assert.deepEqual(await keys(), before)
    assert.notEqual(await room.who(token), 401)
    assert.ok(!JSON.stringify(before).includes('"d"'))
  })

  test('a token counts as Bearer in the Authorization header and nowhere else', async () => {
    const token = await room.tokenOf(await room.newClient())
    assert.notEqual(await room.who(`bearer ${token}`), 401)
    const around = [token, `Basic ${token}`, `DPoP ${token}`, `Bearer  ${token}`, `Bearer ${token},${token}`]
    const broken = ['Bearer', `Bearer ${token.slice(1)}`, `Bearer ${token}x`, `Bearer ${'a'.repeat(8000)}`]
    for (const none of [null, ...around, ...broken]) assert.equal(await room.who(none), 401)
    assert.equal(await room.who(null, `?access_token=${token}`), 401)
  })

  test('the last use of a client is noted, at most once a minute', async () => {
    const { id, secret } = await room.newClient()
    const token = `Bearer ${await room.tokenOf({ id, secret })}`
    const lastUsed = async (): Promise<Date | null> => {
      await Promise.all(room.following)
      return (await listClients(database.db, '6804020')).find((client) => client.id === id)!.lastUsedAt
    }
    const before = room.following.length
    const first = room.clock.now()
    for (let call = 0; call < 3; call++) await room.who(token)
    assert.deepEqual(await lastUsed(), first)
    assert.equal(room.following.length, before + 1)
    room.clock.advance(59_000)
    await room.who(token)
    assert.deepEqual(await lastUsed(), first)
    room.clock.advance(1000)
    await room.who(token)
    assert.deepEqual(await lastUsed(), room.clock.now())
  })

  test('a last use that cannot be noted is logged, and the call goes on', async () => {
    const token = `Bearer ${await room.tokenOf(await room.newClient())}`
    await sql`alter table accounts.client rename column last_used_at to gone`.execute(database.db)
    try {
      assert.notEqual(await room.who(token), 401)
      await Promise.all(room.following)
    } finally {
      await sql`alter table accounts.client rename column gone to last_used_at`.execute(database.db)
    }
    assert.match(room.logged.at(-1)!, /last use could not be noted/)
    assert.ok(!room.logged.join('').includes(token.slice(7)))
  })
})
