import assert from 'node:assert/strict'
import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { forEachDatabase, testClock, type TestDatabase } from '../../../test/world.ts'
import { sql, type Database } from '../database.ts'
import { masterKeys, openSecrets } from '../secrets.ts'
import { CHAIN_START, linkOf } from './chain.ts'
import { openAudit, type Audit } from './store.ts'
import type { AuditBreak } from './verify.ts'

const clock = testClock()
const keys = masterKeys(['the key of these tests, thirty-two long'])

forEachDatabase((_name, open) => {
  let database: TestDatabase
  let db: Database
  let audit: Audit
  let key: KeyObject
  let heads: string

  async function write(count: number): Promise<void> {
    await db.transaction().execute(async (tx) => {
      for (let i = 1; i <= count; i++) {
        clock.advance(1000)
        await audit.write(tx, {
          at: clock.now(),
          actorKind: 'client',
          actor: 'client-1',
          organisation: '6804020',
          action: 'transfers.upload',
          outcome: 'done',
          reason: null,
          subject: `file-${i}`,
          address: null,
        })
      }
    })
  }

  /** As whoever rules the database can: the triggers are off for as long as it takes. */
  async function tamper(...statements: string[]): Promise<void> {
    await db.transaction().execute(async (tx) => {
      await sql`alter table kit.audit disable trigger user`.execute(tx)
      for (const statement of statements) await sql.raw(statement).execute(tx)
      await sql`alter table kit.audit enable trigger user`.execute(tx)
    })
  }

  /** Takes row 5 out and closes the gap, with every hash computed anew by `otherKey`. */
  async function rewriteWithoutRow5(otherKey: KeyObject): Promise<void> {
    const { rows } = await sql<{ id: string; seal: Buffer }>`
      select id, seal from kit.audit where n <> 5 order by n`.execute(db)
    let hash: Buffer = CHAIN_START
    const updates = rows.map(({ id, seal }, index) => {
      hash = linkOf(otherKey, hash, seal)
      return `update kit.audit set n = ${index + 1}, hash = '\\x${hash.toString('hex')}' where id = '${id}'`
    })
    await tamper(`delete from kit.audit where n = 5`, ...updates)
  }

  const broken = async (files?: string[]): Promise<AuditBreak | null> => {
    const { broken, intact } = await audit.verify(files)
    assert.equal(intact, broken === null)
    return broken
  }

  const idOf = async (n: number): Promise<string> => {
    const { rows } = await sql<{ id: string }>`select id from kit.audit where n = ${n}`.execute(db)
    return rows[0]!.id
  }

  before(async () => {
    database = await open()
    db = database.db
    const secrets = await openSecrets(db, keys)
    const dataDir = mkdtempSync(join(database.dataDir, 'data-'))
    heads = join(dataDir, 'audit-heads')
    key = createSecretKey(await secrets.get('audit'))
    audit = await openAudit({ db, secrets, clock, dataDir })
  })
  after(() => database.close())

  // twenty rows, with heads kept at row 10 and row 20
  beforeEach(async () => {
    await tamper(`delete from kit.audit`)
    rmSync(heads, { force: true })
    for (let i = 0; i < 2; i++) {
      await write(10)
      await audit.chain()
    }
  })

  test('an audit as it was written is intact, and what waits is chained first', async () => {
    await write(3)
    assert.deepEqual(await audit.verify(), { intact: true, rows: 23, waiting: 0, heads: 3, broken: null })
  })

  test('an empty audit is intact', async () => {
    await tamper(`delete from kit.audit`)
    rmSync(heads)
    assert.deepEqual(await audit.verify(), { intact: true, rows: 0, waiting: 0, heads: 0, broken: null })
  })

  for (const change of [
    `actor = 'client-2'`,
    `actor_kind = 'person'`,
    `organisation = null`,
    `action = 'transfers.recall'`,
    `outcome = 'refused'`,
    `reason = ''`,
    `subject = 'file-8'`,
    `address = '192.0.2.7'`,
    `at = at + interval '1 millisecond'`,
    `seal = decode(repeat('00', 32), 'hex')`,
  ]) {
    test(`a row altered is found and named: ${change}`, async () => {
      await tamper(`update kit.audit set ${change} where n in (7, 12)`)
      assert.deepEqual(await broken(), { what: 'altered', n: 7, id: await idOf(7) })
    })
  }

  test('a time altered by less than a millisecond does not stay altered', async () => {
    await tamper(`update kit.audit set at = at + interval '300 microseconds' where n = 7`)
    assert.equal(await broken(), null)
  })

  test('a row taken out of the middle is missed', async () => {
    await tamper(`delete from kit.audit where n = 7`)
    assert.deepEqual(await broken(), { what: 'removed', n: 7 })
  })

  test('the first row taken out is missed', async () => {
    await tamper(`delete from kit.audit where n = 1`)
    assert.deepEqual(await broken(), { what: 'removed', n: 1 })
  })

  test('a row taken out of the middle and the gap closed is found where it was', async () => {
    await tamper(
      `delete from kit.audit where n = 7`,
      ...Array.from({ length: 13 }, (_, i) => `update kit.audit set n = ${i + 7} where n = ${i + 8}`),
    )
    assert.deepEqual(await broken(), { what: 'moved', n: 7, id: await idOf(7) })
  })

  test('a row taken back out of the chain, to be chained again, is missed where it was', async () => {
    await tamper(`update kit.audit set n = null, hash = null where n = 7`)
    assert.deepEqual(await broken(), { what: 'removed', n: 7 })
  })

  test('two rows swapped are found', async () => {
    await tamper(
      `update kit.audit set n = 0 where n = 7`,
      `update kit.audit set n = 7 where n = 9`,
      `update kit.audit set n = 9 where n = 0`,
    )
    assert.deepEqual(await broken(), { what: 'moved', n: 7, id: await idOf(7) })
  })

  test('two rows swapped together with their hashes are found', async () => {
    await tamper(`
      create temporary table kept on commit drop as select n, hash from kit.audit where n in (7, 9);
      update kit.audit set n = n + 100 where n in (7, 9);
      update kit.audit set n = kept.n, hash = kept.hash from kept where kept.n = 116 - audit.n`)
    assert.deepEqual(await broken(), { what: 'moved', n: 7, id: await idOf(7) })
  })

  const INVENTED = `insert into kit.audit (id, at, actor_kind, actor, action, outcome, seal, n, hash)
    select gen_random_uuid(), now(), 'client', 'client-2', 'transfers.upload', 'done'`

  test('a row inserted at the end is found', async () => {
    await tamper(`${INVENTED}, seal, 21, hash from kit.audit where n = 20`)
    assert.deepEqual(await broken(), { what: 'altered', n: 21, id: await idOf(21) })
  })

  test('a row inserted for the chainer to chain is found', async () => {
    await tamper(`${INVENTED}, seal, null, null from kit.audit where n = 20`)
    assert.deepEqual(await broken(), { what: 'altered', n: 21, id: await idOf(21) })
  })

  test('a row inserted before the first is found', async () => {
    await tamper(`${INVENTED}, seal, -3, hash from kit.audit where n = 20`)
    assert.deepEqual(await broken(), { what: 'inserted', n: -3, id: await idOf(-3) })
  })

  test('a row inserted under a number already given is found, even with the index that forbids it dropped', async () => {
    await tamper(`drop index kit.audit_n`, `${INVENTED}, seal, 20, hash from kit.audit where n = 20`)
    assert.equal((await broken())?.n, 20)
    await tamper(`delete from kit.audit`, `create unique index audit_n on kit.audit (n) where n is not null`)
  })

  test('a tail cut off up to the last head is missed, with how far it went', async () => {
    await tamper(`delete from kit.audit where n > 14`)
    assert.deepEqual(await broken(), { what: 'tail', n: 15, to: 20 })
  })

  test('everything cut off is missed', async () => {
    await tamper(`delete from kit.audit`)
    assert.deepEqual(await broken(), { what: 'tail', n: 1, to: 20 })
  })

  test('a tail cut off and overgrown by new rows is found at the first head that differs', async () => {
    await tamper(`delete from kit.audit where n > 8`)
    await write(20)
    assert.deepEqual(await broken(), { what: 'rewritten', n: 10 })
  })

  test('a chain computed anew without the key is found where it begins to differ', async () => {
    await rewriteWithoutRow5(createSecretKey(randomBytes(32)))
    assert.equal((await broken())?.n, 1)
  })

  test('a chain computed anew even with the key is found by the heads kept apart', async () => {
    await rewriteWithoutRow5(key)
    assert.deepEqual(await broken(), { what: 'rewritten', n: 10 })
  })

  test('of several breaks the first row is named', async () => {
    await tamper(`delete from kit.audit where n > 14`, `update kit.audit set actor = 'x' where n = 3`)
    assert.equal((await broken())?.n, 3)
  })

  test('a head altered is found, and the chain itself is not blamed', async () => {
    const text = readFileSync(heads, 'utf8')
    for (const altered of [
      text.replace('\n20 ', '\n19 '),
      text.replace(/\n20 ./, '\n20 '),
      `${text}nonsense`,
    ]) {
      writeFileSync(heads, altered)
      assert.equal((await broken())?.what, 'head')
    }
    writeFileSync(heads, text.replace('\n20 ', '\n19 '))
    assert.deepEqual(await broken(), { what: 'head', file: heads, line: 2 })
  })

  test('a line that a power cut left half does not swallow the next', async () => {
    writeFileSync(heads, readFileSync(heads, 'utf8').slice(0, -20))
    await write(1)
    assert.deepEqual(await broken(), { what: 'head', file: heads, line: 2 })
    assert.equal((await audit.verify()).heads, 2)
  })

  test('heads that are missing or emptied are missed, not begun anew', async () => {
    await write(1)
    for (const lose of [() => rmSync(heads), () => writeFileSync(heads, '')]) {
      lose()
      assert.deepEqual(await broken(), { what: 'heads-missing', file: heads })
    }
  })

  test('with the heads beside the database cut too, the copy kept elsewhere tells', async () => {
    const copy = `${heads}.copy`
    copyFileSync(heads, copy)
    await tamper(`delete from kit.audit where n > 10`)
    writeFileSync(heads, readFileSync(heads, 'utf8').split('\n')[0] + '\n')
    assert.equal(await broken(), null)
    assert.deepEqual(await broken([copy]), { what: 'tail', n: 11, to: 20 })
    assert.deepEqual(await broken([heads, copy]), { what: 'tail', n: 11, to: 20 })
  })
})
