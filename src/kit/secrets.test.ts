import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { forEachDatabase, type TestDatabase } from '../../test/world.ts'
import { ConfigurationError } from './config.ts'
import { sql } from './database.ts'
import { masterKeys, openSecrets, unwrap, wrap } from './secrets.ts'

const FORMER = 'a former key for tests, thirty-two long'
const NEWEST = 'the newest key for tests, thirty-two long'

test('the id of a key is always the same and tells keys apart', () => {
  const ids = [FORMER, NEWEST].map((key) => masterKeys([key]).newest.id)
  assert.match(ids[0]!, /^[0-9a-f]{16}$/)
  assert.equal(masterKeys([FORMER]).newest.id, ids[0])
  assert.notEqual(ids[0], ids[1])
})

test('everything new is under the newest key, and what is under a former one opens', () => {
  const former = masterKeys([FORMER])
  const both = masterKeys([NEWEST, FORMER])
  const old = wrap(former, 'body', 'b', Buffer.from('data key'))
  assert.equal(unwrap(both, 'body', 'b', old).toString(), 'data key')
  assert.equal(wrap(both, 'body', 'b', Buffer.from('x')).keyId, masterKeys([NEWEST]).newest.id)
})

test('what is wrapped opens for its own name and use only', () => {
  const keys = masterKeys([NEWEST])
  const wrapped = wrap(keys, 'body', 'one', Buffer.from('data key'))
  assert.throws(() => unwrap(keys, 'body', 'two', wrapped))
  assert.throws(() => unwrap(keys, 'secret', 'one', wrapped))
})

test('a key that SECRET_KEY lacks is named in one line', () => {
  const wrapped = wrap(masterKeys([FORMER]), 'body', 'one', Buffer.from('data key'))
  assert.throws(
    () => unwrap(masterKeys([NEWEST]), 'body', 'one', wrapped),
    (error) => error instanceof ConfigurationError && error.message.includes(wrapped.keyId),
  )
})

forEachDatabase((_name, open) => {
  let database: TestDatabase
  const keys = masterKeys([NEWEST])
  before(async () => {
    database = await open()
  })
  after(() => database.close())

  test('a secret is made once: by two at the same time, and after a restart', async () => {
    const [one, two] = await Promise.all([openSecrets(database.db, keys), openSecrets(database.db, keys)])
    const made = await Promise.all([one.get('first'), two.get('first'), one.get('first')])
    assert.equal(made[0].length, 32)
    for (const other of made) assert.ok(other.equals(made[0]))
    assert.ok((await (await openSecrets(database.db, keys)).get('first')).equals(made[0]))
    assert.ok(!(await one.get('second')).equals(made[0]))
  })

  test('a secret kept as JSON is made once and comes back as it was made', async () => {
    const value = { keys: [{ kty: 'EC', d: 'private part' }] }
    const secrets = await openSecrets(database.db, keys)
    assert.deepEqual(await secrets.json('signing', () => Promise.resolve(value)), value)
    const again = await openSecrets(database.db, keys)
    assert.deepEqual(await again.json('signing', () => Promise.reject(new Error('made twice'))), value)
  })

  test('a secret that could not be made is made at the next call', async () => {
    const secrets = await openSecrets(database.db, keys)
    await assert.rejects(secrets.json('late', () => Promise.reject(new Error('not now'))))
    assert.equal(await secrets.json('late', () => Promise.resolve(1)), 1)
  })

  test('nothing of a secret stands in the database in the clear', async () => {
    const secrets = await openSecrets(database.db, keys)
    await secrets.json('hidden', () => Promise.resolve('plain words'))
    const { rows } = await sql<{ wrapped: Buffer }>`select wrapped from kit.secret`.execute(database.db)
    for (const { wrapped } of rows) assert.ok(!wrapped.includes('plain words'))
  })

  test('a secret put in the place of another is refused', async () => {
    const secrets = await openSecrets(database.db, keys)
    await Promise.all([secrets.get('here'), secrets.get('there')])
    await sql`update kit.secret set wrapped = (select wrapped from kit.secret where name = 'there')
              where name = 'here'`.execute(database.db)
    await assert.rejects((await openSecrets(database.db, keys)).get('here'))
  })

  test('a start with a SECRET_KEY that lacks a key in use stops with one line that names the key', async () => {
    await (await openSecrets(database.db, keys)).get('first')
    await assert.rejects(
      openSecrets(database.db, masterKeys([FORMER])),
      (error) =>
        error instanceof ConfigurationError &&
        error.message.includes(keys.newest.id) &&
        !error.message.includes('\n'),
    )
  })
})
