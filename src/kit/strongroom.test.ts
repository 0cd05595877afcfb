import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { forEachDatabase, type TestDatabase } from '../../test/world.ts'
import { ConfigurationError } from './config.ts'
import { sql, type Database } from './database.ts'
import { newId } from './ids.ts'
import { masterKeys, openSecrets } from './secrets.ts'
import { openStrongroom, sealBody } from './strongroom.ts'

const keys = masterKeys(['the key of these tests, thirty-two long'])
const strongroom = openStrongroom(keys)

async function put(db: Database, text: string): Promise<string> {
  const id = newId()
  const sealed = sealBody(Buffer.from(text), id)
  await db.transaction().execute((tx) => strongroom.put(tx, id, sealed))
  return id
}

forEachDatabase((_name, open) => {
  let database: TestDatabase
  let db: Database
  before(async () => {
    database = await open()
    db = database.db
  })
  after(() => database.close())

  test('a body comes back byte for byte, in a transaction and outside', async () => {
    const id = await put(db, 'Siân o’r Fenni')
    assert.equal((await strongroom.read(db, id)).toString(), 'Siân o’r Fenni')
    await db.transaction().execute(async (tx) => {
      assert.equal((await strongroom.read(tx, id)).toString(), 'Siân o’r Fenni')
    })
  })

  test('a body of 20 MiB comes back', async () => {
    const text = 'x'.repeat(20 * 1024 * 1024)
    assert.equal((await strongroom.read(db, await put(db, text))).length, text.length)
  })

  test('nothing of a body stands in the database in the clear', async () => {
    const id = await put(db, 'plain words '.repeat(100))
    const { rows } = await sql<{ row: string }>`
      select encode(ciphertext, 'escape') || encode(wrapped_key, 'escape') as row
      from kit.body where id = ${id}`.execute(db)
    assert.ok(!rows[0]!.row.includes('plain words'))
  })

  test('of a transaction that is undone nothing is left', async () => {
    const id = newId()
    const undone = db.transaction().execute(async (tx) => {
      await strongroom.put(tx, id, sealBody(Buffer.from('text'), id))
      throw new Error('undo')
    })
    await assert.rejects(undone, { message: 'undo' })
    await assert.rejects(strongroom.read(db, id), { message: `body ${id} is not in the strongroom` })
  })

  // each as whoever rules the database could do it, with another body of the same service at hand
  const TAMPERING = {
    'its ciphertext altered': `ciphertext = set_byte(ciphertext, 20, get_byte(ciphertext, 20) # 1)`,
    'its wrapped key altered': `wrapped_key = set_byte(wrapped_key, 20, get_byte(wrapped_key, 20) # 1)`,
    'its digest altered': `sha256 = repeat('0', 64)`,
    'its size altered': `size = size - 1`,
    'the ciphertext of another': `ciphertext = other.ciphertext`,
    'the key of another': `wrapped_key = other.wrapped_key`,
    'everything of another': `ciphertext = other.ciphertext, wrapped_key = other.wrapped_key,
       sha256 = other.sha256, size = other.size`,
  }
  for (const [what, change] of Object.entries(TAMPERING)) {
    test(`a body is refused, and named, that has ${what}`, async () => {
      const [id, other] = [await put(db, 'its own text'), await put(db, 'text of another')]
      await sql`update kit.body set ${sql.raw(change.replaceAll('other.', '(o).'))}
        from (select o from kit.body o where id = ${other}) as other
        where kit.body.id = ${id}`.execute(db)
      await assert.rejects(strongroom.read(db, id), { message: `body ${id} was altered in the database` })
      assert.equal((await strongroom.read(db, other)).toString(), 'text of another')
    })
  }

  test('a destroyed body is gone, with its key; its digest and size stay', async () => {
    const id = await put(db, 'text')
    await db.transaction().execute((tx) => strongroom.destroy(tx, id))
    await assert.rejects(strongroom.read(db, id), { kind: 'gone', code: 'body-gone' })
    const { rows } = await sql`
      select ciphertext, wrapped_key, key_id, size from kit.body where id = ${id}`.execute(db)
    assert.deepEqual(rows, [{ ciphertext: null, wrapped_key: null, key_id: null, size: 4 }])
  })

  test('a body under a key that SECRET_KEY lacks stops the start, and reading it names the key', async () => {
    const id = await put(db, 'text')
    const others = masterKeys(['another key of these tests, as long'])
    const clear = (error: unknown): boolean =>
      error instanceof ConfigurationError && error.message.includes(keys.newest.id)
    await assert.rejects(openSecrets(db, others), clear)
    await assert.rejects(openStrongroom(others).read(db, id), clear)
  })
})
