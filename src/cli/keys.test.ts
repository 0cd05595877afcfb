import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { forEachDatabase, testClock, type TestDatabase } from '../../test/world.ts'
import { openAudit, type AuditEntry } from '../kit/audit/store.ts'
import { ConfigurationError } from '../kit/config.ts'
import { sql, type Database, type Tx } from '../kit/database.ts'
import { newId } from '../kit/ids.ts'
import { keptUnder, rewrap } from '../kit/rotation.ts'
import { masterKeys, openSecrets } from '../kit/secrets.ts'
import { signingKeyNames, signingKeys } from '../kit/signing-keys.ts'
import { openStrongroom, sealBody } from '../kit/strongroom.ts'
import { keysCommand } from './keys.ts'

const FORMER = 'a former key for tests, thirty-two long'
const NEWEST = 'the newest key for tests, thirty-two long'
const former = masterKeys([FORMER])
const newest = masterKeys([NEWEST])
const both = masterKeys([NEWEST, FORMER])

/** Runs `cts keys rotate` with these keys; gives what it printed, its progress and its exit status. */
async function rotate(
  { db, dataDir }: TestDatabase,
  keys = both,
  { meanwhile, flags = [] }: { meanwhile?: (tx: Tx) => Promise<void>; flags?: string[] } = {},
): Promise<{ printed: string[]; remarks: string[]; exit: number }> {
  const clock = testClock()
  const audit = await openAudit({ db, secrets: await openSecrets(db, keys), clock, dataDir })
  const printed: string[] = []
  const remarks: string[] = []
  const write = async (tx: Tx, entry: AuditEntry): Promise<void> => {
    await audit.write(tx, entry)
    await meanwhile?.(tx)
  }
  await keysCommand({
    operator: (run) => run({ db, audit: { ...audit, write }, clock, keys }),
    print: (line) => void printed.push(line),
    remark: (line) => void remarks.push(line),
  }).parseAsync(['rotate', ...flags], { from: 'user' })
  const exit = Number(process.exitCode ?? 0)
  process.exitCode = 0
  return { printed, remarks, exit }
}

async function put(db: Database, keys = former): Promise<string> {
  return db.transaction().execute((tx) => putIn(tx, keys))
}

async function putIn(tx: Tx, keys = former): Promise<string> {
  const id = newId()
  await openStrongroom(keys).put(tx, id, sealBody(Buffer.from(`text of ${id}`), id))
  return id
}

/** As many bodies as asked, by copying the rows' shape: only their keys matter. */
async function putMany(db: Database, count: number): Promise<void> {
  const rows = Array.from({ length: count }, () => {
    const id = newId()
    const row = openStrongroom(former).row(id, sealBody(Buffer.from('text'), id))
    return {
      ...row,
      ciphertext: row.ciphertext.toString('hex'),
      wrapped_key: row.wrapped_key.toString('hex'),
    }
  })
  await sql`
    insert into kit.body (id, ciphertext, wrapped_key, key_id, sha256, size)
    select id, decode(ciphertext, 'hex'), decode(wrapped_key, 'hex'), key_id, sha256, size
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (id text, ciphertext text, wrapped_key text, key_id text, sha256 text, size int)`.execute(db)
}

forEachDatabase((_name, open) => {
  let database: TestDatabase
  let db: Database
  before(async () => {
    database = await open()
    db = database.db
  })
  after(() => database.close())
  beforeEach(async () => {
    await sql`alter table kit.audit disable trigger user`.execute(db)
    for (const table of ['audit', 'body', 'secret']) await sql`delete from kit.${sql.ref(table)}`.execute(db)
    await sql`alter table kit.audit enable trigger user`.execute(db)
    rmSync(join(database.dataDir, 'audit-heads'), { force: true })
  })

  test('after a rotation the former key can be dropped, and everything reads', async () => {
    const ids = [await put(db), await put(db)]
    const secret = await (await openSecrets(db, former)).get('of the service')
    const { printed, exit } = await rotate(database)
    assert.equal(exit, 0)
    assert.ok(printed[0]!.includes(newest.newest.id))
    for (const id of ids) {
      assert.equal((await openStrongroom(newest).read(db, id)).toString(), `text of ${id}`)
    }
    assert.ok((await (await openSecrets(db, newest)).get('of the service')).equals(secret))
    await assert.rejects(openSecrets(db, former), ConfigurationError)
  })

  test('it goes batch by batch with progress, each batch in the audit, and the audit stays intact', async () => {
    await putMany(db, 2100)
    await (await openSecrets(db, former)).get('audit')
    const { remarks, printed } = await rotate(database, both, { flags: ['--json'] })
    assert.equal(remarks.length, 3)
    assert.deepEqual(JSON.parse(printed[0]!), {
      key: newest.newest.id,
      bodies: 2100,
      secrets: 1,
      rotated: true,
    })
    const { rows } = await sql`select action, subject, actor_kind from kit.audit`.execute(db)
    const subject = `${former.newest.id} ${newest.newest.id}`
    const row = { action: 'keys.rotate', subject, actor_kind: 'operator' }
    assert.deepEqual(rows, [row, row, row])
    const secrets = await openSecrets(db, newest)
    const audit = await openAudit({ db, secrets, clock: testClock(), dataDir: database.dataDir })
    assert.equal((await audit.verify()).intact, true)
  })

  test('a rotation that was stopped half-way goes on where it stopped', async () => {
    await putMany(db, 30)
    await db.transaction().execute((tx) => rewrap(tx, both, former.newest.id, 10))
    assert.equal((await keptUnder(db, former.newest.id)).bodies, 20)
    await rotate(database)
    assert.deepEqual(await keptUnder(db, former.newest.id), { bodies: 0, secrets: 0 })
    assert.equal((await keptUnder(db, newest.newest.id)).bodies, 30)
  })

  test('with nothing to do it says so and writes nothing', async () => {
    await put(db, newest)
    const { remarks, exit } = await rotate(database, newest)
    assert.deepEqual({ remarks, exit }, { remarks: [], exit: 0 })
    const { rows } = await sql`select id from kit.audit`.execute(db)
    assert.deepEqual(rows, [])
  })

  test('a destroyed body stays destroyed', async () => {
    const [gone, kept] = [await put(db), await put(db)]
    await db.transaction().execute((tx) => openStrongroom(former).destroy(tx, gone))
    await rotate(database)
    await assert.rejects(openStrongroom(newest).read(db, gone), { code: 'body-gone' })
    assert.ok(await openStrongroom(newest).read(db, kept))
  })

  test('a body whose key was altered stops the rotation, and nothing of its batch is changed', async () => {
    const [whole, altered] = [await put(db), await put(db)]
    await sql`update kit.body set wrapped_key = set_byte(wrapped_key, 20, get_byte(wrapped_key, 20) # 1)
              where id = ${altered}`.execute(db)
    await assert.rejects(rotate(database), {
      message: `the wrapping of body ${altered} was altered in the database`,
    })
    assert.equal((await openStrongroom(former).read(db, whole)).toString(), `text of ${whole}`)
  })

  test('what a process with the former key stored meanwhile is named, with exit status 1', async () => {
    await put(db)
    const { remarks, exit } = await rotate(database, both, {
      async meanwhile(tx) {
        await putIn(tx)
      },
    })
    assert.equal(exit, 1)
    assert.ok(remarks.at(-1)!.includes(former.newest.id))
  })

  test('a SECRET_KEY without the former key is refused, and nothing is changed', async () => {
    const id = await put(db)
    await assert.rejects(rotate(database, newest), ConfigurationError)
    assert.ok(await openStrongroom(former).read(db, id))
  })

  test('Secure Access gets a new signing key where that is asked for, or where the newest is old', async () => {
    const now = testClock().now()
    const names = (): Promise<string[]> => signingKeyNames(db, now)
    await signingKeys({ db, secrets: await openSecrets(db, newest) }, now)
    assert.deepEqual((await rotate(database, newest)).remarks, [])
    assert.equal((await names()).length, 1)
    const { remarks } = await rotate(database, newest, { flags: ['--signing'] })
    assert.match(remarks.join(' '), /signs from tomorrow/)
    assert.equal((await names()).length, 2)
    await sql`update kit.signing_key set made_at = made_at - interval '90 days'`.execute(db)
    assert.match((await rotate(database, newest)).remarks.join(' '), /signs from tomorrow/)
  })
})
