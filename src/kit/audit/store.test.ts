import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { forEachDatabase, testClock, type TestDatabase } from '../../../test/world.ts'
import { sql, type Database } from '../database.ts'
import { masterKeys, openSecrets } from '../secrets.ts'
import { openAudit, type Audit, type AuditEntry } from './store.ts'

const clock = testClock('2026-09-02T09:05:00.123Z')
const keys = masterKeys(['the key of these tests, thirty-two long'])

function entry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: clock.now(),
    actorKind: 'client',
    actor: 'client-1',
    organisation: '6804020',
    action: 'transfers.upload',
    outcome: 'done',
    reason: null,
    subject: 'file-1',
    address: '192.0.2.7',
    ...changes,
  }
}

forEachDatabase((name, open) => {
  let database: TestDatabase
  let db: Database
  let dataDir: string
  let audit: Audit

  const write = (changes?: Partial<AuditEntry>): Promise<void> =>
    db.transaction().execute((tx) => audit.write(tx, entry(changes)))
  const heads = (): string[] => readFileSync(join(dataDir, 'audit-heads'), 'utf8').trimEnd().split('\n')

  before(async () => {
    database = await open()
    db = database.db
  })
  after(() => database.close())
  beforeEach(async () => {
    dataDir = mkdtempSync(join(database.dataDir, 'data-'))
    await sql`alter table kit.audit disable trigger user`.execute(db)
    await sql`delete from kit.audit`.execute(db)
    await sql`alter table kit.audit enable trigger user`.execute(db)
    audit = await openAudit({ db, secrets: await openSecrets(db, keys), clock, dataDir })
  })

  test('a row stands as it was written, to the millisecond', async () => {
    await write({ reason: 'name-taken', outcome: 'refused' })
    const { rows } = await sql`
      select at, actor_kind, actor, organisation, action, outcome, reason, subject, address, n
      from kit.audit`.execute(db)
    const { actorKind, ...rest } = entry({ reason: 'name-taken', outcome: 'refused' })
    assert.deepEqual(rows, [{ ...rest, actor_kind: actorKind, n: null }])
  })

  test('a row of an action that is undone is not there, and leaves no gap', async () => {
    await write()
    await assert.rejects(
      db.transaction().execute(async (tx) => {
        await audit.write(tx, entry())
        throw new Error('undo')
      }),
    )
    await write()
    assert.equal(await audit.chain(), 2)
    assert.equal((await audit.verify()).intact, true)
  })

  test('what the database would give back otherwise than it was given is written so that it verifies', async () => {
    const odd = { actor: 'NUL \0 and half \ud800 a character', subject: 'x'.repeat(10_000), reason: '' }
    await write({ ...odd, organisation: null, address: '' })
    assert.deepEqual(await audit.verify(), { intact: true, rows: 1, waiting: 0, heads: 1, broken: null })
    const { rows } = await sql`select actor, length(subject) as length from kit.audit`.execute(db)
    assert.deepEqual(rows, [{ actor: 'NUL \ufffd and half \ufffd a character', length: 500 }])
  })

  for (const statement of [
    `delete from kit.audit`,
    `delete from kit.audit where actor = 'nobody'`,
    `truncate kit.audit`,
    `update kit.audit set subject = 'another'`,
    `update kit.audit set at = at + interval '1 second', n = 1, hash = 'x'`,
    `update kit.audit set seal = 'x' where n is null`,
  ]) {
    test(`the database refuses: ${statement}`, async () => {
      await write()
      await assert.rejects(sql.raw(statement).execute(db), /append-only/)
    })
  }

  for (const change of [`n = null, hash = null`, `n = 7`, `hash = 'x'`]) {
    test(`the database refuses to chain a row anew: ${change}`, async () => {
      await write()
      await audit.chain()
      await assert.rejects(sql.raw(`update kit.audit set ${change}`).execute(db), /append-only/)
    })
  }

  test('chaining gives each row the next number once, and goes on after a restart', async () => {
    for (let i = 0; i < 3; i++) await write()
    assert.equal(await audit.chain(), 3)
    assert.equal(await audit.chain(), 0)
    await write()
    const restarted = await openAudit({ db, secrets: await openSecrets(db, keys), clock, dataDir })
    assert.equal(await restarted.chain(), 1)
    const { rows } = await sql`select n from kit.audit order by n`.execute(db)
    assert.deepEqual(rows, [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }])
  })

  test('more rows than a batch are chained in one call, a head for each batch', async () => {
    await db.transaction().execute(async (tx) => {
      for (let i = 0; i < 1500; i++) await audit.write(tx, entry())
    })
    assert.equal(await audit.chain(), 1500)
    assert.deepEqual(
      heads().map((line) => line.split(' ')[0]),
      ['1000', '1500'],
    )
    assert.deepEqual(await audit.verify(), { intact: true, rows: 1500, waiting: 0, heads: 2, broken: null })
  })

  test('of several chainers at once each row is chained by one', async () => {
    for (let i = 0; i < 20; i++) await write()
    const others = await Promise.all(
      Array.from({ length: 3 }, async () =>
        openAudit({ db, secrets: await openSecrets(db, keys), clock, dataDir }),
      ),
    )
    const chained = await Promise.all([...others, audit].map((one) => one.chain()))
    assert.equal(
      chained.reduce((sum, count) => sum + count),
      20,
    )
    assert.equal((await audit.verify()).intact, true)
  })

  test('a head is number, hash, time and its own seal, readable by its owner', async () => {
    await write()
    await audit.chain()
    const { rows } = await sql<{ hash: string }>`select encode(hash, 'hex') as hash from kit.audit`.execute(
      db,
    )
    const [n, hash, at, seal] = heads()[0]!.split(' ')
    assert.deepEqual([n, hash, at], ['1', rows[0]!.hash, '2026-09-02T09:05:00.123Z'])
    assert.match(seal!, /^[0-9a-f]{64}$/)
  })

  test('two processes may append their heads to one file', async () => {
    await write()
    await audit.chain()
    await write()
    await (await openAudit({ db, secrets: await openSecrets(db, keys), clock, dataDir })).chain()
    assert.deepEqual(await audit.verify(), { intact: true, rows: 2, waiting: 0, heads: 2, broken: null })
    rmSync(dataDir, { recursive: true })
  })

  // the embedded database runs one transaction at a time, so that none commits late there
  test(
    'a row that commits after later ones were chained is never skipped',
    { skip: name === 'embedded' },
    async () => {
      await db.transaction().execute(async (tx) => {
        await audit.write(tx, entry({ subject: 'late' }))
        clock.advance(1)
        await write()
        assert.equal(await audit.chain(), 1)
      })
      assert.equal(await audit.chain(), 1)
      const { rows } = await sql`select n from kit.audit where subject = 'late'`.execute(db)
      assert.deepEqual(rows, [{ n: 2 }])
      assert.equal((await audit.verify()).intact, true)
    },
  )

  test(
    'writing goes on while the chain grows, and everything ends up in it',
    { skip: name === 'embedded' },
    async () => {
      const state = { writing: true }
      const chaining = (async () => {
        while (state.writing) await audit.chain()
      })()
      await Promise.all(
        Array.from({ length: 8 }, async () => {
          for (let i = 0; i < 50; i++) await write()
        }),
      )
      state.writing = false
      await chaining
      const { rows, intact, waiting } = await audit.verify()
      assert.deepEqual({ rows, intact, waiting }, { rows: 400, intact: true, waiting: 0 })
    },
  )
})
