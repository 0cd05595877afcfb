import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { forEachDatabase, type TestDatabase } from '../../test/world.ts'
import { isDatabaseAway, sql } from './database.ts'

forEachDatabase((name, open) => {
  let database: TestDatabase
  before(async () => {
    database = await open()
  })
  after(() => database.close())

  it('a transaction whose statement fails leaves nothing, and the connection is good for the next', async () => {
    const { db } = database
    await sql`create table if not exists public.tried (n integer primary key)`.execute(db)
    const failing = db.transaction().execute(async (tx) => {
      await sql`insert into public.tried values (${1})`.execute(tx)
      await sql`insert into public.tried values (${1})`.execute(tx)
    })
    await assert.rejects(failing, /duplicate key/)
    const { rows } = await sql`select n from public.tried`.execute(db)
    assert.deepEqual(rows, [])
    await db.transaction().execute((tx) => sql`insert into public.tried values (${2})`.execute(tx))
    assert.equal((await sql`select n from public.tried`.execute(db)).rows.length, 1)
  })

  it('an isolation level that is asked for is set', async () => {
    const level = await database.db
      .transaction()
      .setIsolationLevel('serializable')
      .execute(
        async (tx) =>
          (await sql<{ level: string }>`select current_setting('transaction_isolation') as level`.execute(tx))
            .rows[0]!.level,
      )
    assert.equal(level, 'serializable')
  })

  it('a server keeps the plans of statements by name, the embedded database none', async () => {
    await database.db.connection().execute(async (db) => {
      const ask = (n: number) => sql<{ n: number }>`select ${n}::integer + 1 as n`.execute(db)
      for (const n of [1, 2, 3]) assert.equal((await ask(n)).rows[0]!.n, n + 1)
      // a statement that cannot be planned fails each time, and spoils none after it
      for (const n of [1, 2])
        await assert.rejects(sql`select nothing from nowhere where n = ${n}`.execute(db))
      assert.equal((await ask(4)).rows[0]!.n, 5)
      const { rows } = await sql<{ kept: number }>`
        select count(*)::int as kept from pg_prepared_statements where statement like '%::integer + 1 as n'`.execute(
        db,
      )
      assert.equal(rows[0]!.kept, name === 'postgres' ? 1 : 0)
    })
  })

  it('no more than 500 plans are kept, and statements beyond work all the same', async () => {
    await database.db.connection().execute(async (db) => {
      for (let n = 0; n < 520; n += 1) {
        const { rows } = await sql<{
          n: number
        }>`select ${n}::integer as ${sql.ref(`n`)}, ${sql.lit(n)} as m`.execute(db)
        assert.equal(rows[0]!.n, n)
      }
      const { rows } = await sql<{
        kept: number
      }>`select count(*)::int as kept from pg_prepared_statements`.execute(db)
      assert.ok(rows[0]!.kept <= 500)
    })
  })
})

it('an error says whether the database is away', () => {
  const cases: [Error, boolean][] = [
    [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), true],
    [Object.assign(new Error('x'), { code: '57P01' }), true],
    [new Error('Connection terminated unexpectedly'), true],
    [Object.assign(new Error('x'), { code: '23505' }), false],
    [new Error('no such thing'), false],
  ]
  for (const [error, away] of cases) assert.equal(isDatabaseAway(error), away, error.message)
})
