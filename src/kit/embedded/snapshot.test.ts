import assert from 'node:assert/strict'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Pool } from 'pg'
import { openEmbedded, type Embedded } from './open.ts'
import { requestSnapshot, restoreSnapshot } from './restore.ts'
import { listSnapshots, pruneSnapshots, writeSnapshot } from './snapshot.ts'

const folder = fs.mkdtempSync(join(tmpdir(), 'cts-snapshot-'))
const prepared = join(folder, 'prepared')
let copies = 0

/** Runs `work` with the database of a DATA_DIR open. */
async function withDatabase<T>(
  dataDir: string,
  work: (pool: Pool, embedded: Embedded) => Promise<T>,
): Promise<T> {
  const embedded = await openEmbedded({ dataDir })
  const pool = new Pool({ ...embedded.connection, max: 3 })
  try {
    return await work(pool, embedded)
  } finally {
    await pool.end()
    await embedded.close()
  }
}

/** A DATA_DIR of its own for a test, with the one file `first.ctf` in its database. */
function freshDataDir(): string {
  const dataDir = join(folder, `data-${(copies += 1)}`)
  fs.cpSync(prepared, dataDir, { recursive: true })
  fs.writeFileSync(join(dataDir, 'secret-key'), 'of this folder')
  return dataDir
}

const names = async (pool: Pool): Promise<string[]> =>
  (await pool.query('SELECT name FROM file ORDER BY name')).rows.map(({ name }) => name)
const add = (pool: Pool, name: string): Promise<unknown> => pool.query('INSERT INTO file VALUES ($1)', [name])
const at = (minute: number): Date => new Date(Date.UTC(2026, 8, 1, 8, minute))

before(() =>
  withDatabase(prepared, async (pool, embedded) => {
    await pool.query('CREATE TABLE file (name text)')
    await add(pool, 'first.ctf')
    await writeSnapshot(embedded, prepared, at(0))
  }),
)
after(() => fs.rmSync(folder, { recursive: true }))

test('a snapshot brings back the database as it was, keeps the replaced one, and leaves the key alone', async () => {
  const dataDir = freshDataDir()
  const [snapshot] = listSnapshots(dataDir)
  assert.equal(snapshot?.name, '2026-09-01T08-00-00-000Z')
  await withDatabase(dataDir, async (pool) => {
    await add(pool, 'later.ctf')
    await assert.rejects(restoreSnapshot(dataDir, snapshot.name, at(1)), { code: 'inUse' })
  })
  const { kept } = await restoreSnapshot(dataDir, snapshot.name, at(2))
  assert.equal(kept, join(dataDir, 'database.before-restore-2026-09-01T08-02-00-000Z'))
  assert.ok(fs.existsSync(join(kept, 'PG_VERSION')))
  assert.equal(fs.readFileSync(join(dataDir, 'secret-key'), 'utf8'), 'of this folder')
  assert.deepEqual(await withDatabase(dataDir, names), ['first.ctf'])
})

test('a snapshot waits for the open transaction, so it holds whole transactions only', async () => {
  const dataDir = freshDataDir()
  const { name } = await withDatabase(dataDir, async (pool, embedded) => {
    const client = await pool.connect()
    await client.query('BEGIN')
    await client.query("INSERT INTO file VALUES ('second.ctf')")
    const writing = writeSnapshot(embedded, dataDir, at(1))
    await new Promise((resolve) => setTimeout(resolve, 200))
    assert.equal(listSnapshots(dataDir).length, 1)
    await client.query("INSERT INTO file VALUES ('third.ctf')")
    await client.query('COMMIT')
    client.release()
    return writing
  })
  await restoreSnapshot(dataDir, name, at(2))
  assert.deepEqual(await withDatabase(dataDir, names), ['first.ctf', 'second.ctf', 'third.ctf'])
})

test('a snapshot is written on request whether or not the database runs; they are listed and pruned', async () => {
  const dataDir = freshDataDir()
  await withDatabase(dataDir, async (pool) => {
    // the owner holds the lock, so this joins it and asks it
    const [answer, rows] = await Promise.all([requestSnapshot(dataDir, at(1)), names(pool)])
    assert.equal(answer.name, '2026-09-01T08-01-00-000Z')
    assert.deepEqual(rows, ['first.ctf'])
  })
  fs.writeFileSync(join(dataDir, 'snapshots/2026-09-01T07-00-00-000Z.tar.zst.partial'), 'cut off')
  await requestSnapshot(dataDir, at(2))
  const listed = listSnapshots(dataDir)
  assert.deepEqual(
    listed.map((snapshot) => snapshot.at),
    [at(2), at(1), at(0)],
  )
  assert.equal(listed[0]!.size, fs.statSync(join(dataDir, 'snapshots', `${listed[0]!.name}.tar.zst`)).size)
  assert.deepEqual(pruneSnapshots(dataDir, 1), ['2026-09-01T08-01-00-000Z', '2026-09-01T08-00-00-000Z'])
  assert.deepEqual(fs.readdirSync(join(dataDir, 'snapshots')), [
    '2026-09-01T08-02-00-000Z.tar.zst',
    '2026-09-01T08-02-00-000Z.tar.zst.sha256',
  ])
})

test('a folder that cannot be opened names the newest snapshot, and restoring it mends the folder', async () => {
  const dataDir = freshDataDir()
  fs.truncateSync(join(dataDir, 'database/global/pg_control'), 0)
  await assert.rejects(openEmbedded({ dataDir }), {
    code: 'damaged',
    message: /pg_control.*Run: cts restore 2026-09-01T08-00-00-000Z$/,
  })
  await restoreSnapshot(dataDir, '2026-09-01T08-00-00-000Z', at(1))
  assert.deepEqual(await withDatabase(dataDir, names), ['first.ctf'])
})

test('a folder without PG_VERSION is never taken for a new one', async () => {
  const dataDir = freshDataDir()
  fs.rmSync(join(dataDir, 'snapshots'), { recursive: true })
  fs.rmSync(join(dataDir, 'database/PG_VERSION'))
  await assert.rejects(openEmbedded({ dataDir }), { code: 'damagedNoSnapshot', message: /PG_VERSION/ })
  fs.cpSync(join(prepared, 'database/PG_VERSION'), join(dataDir, 'database/PG_VERSION'))
  assert.deepEqual(await withDatabase(dataDir, names), ['first.ctf'])
})

test('a restore that was cut off between its two steps is finished by the next start', async () => {
  const dataDir = freshDataDir()
  fs.cpSync(join(dataDir, 'database'), join(dataDir, 'database.restored'), { recursive: true })
  fs.rmSync(join(dataDir, 'database'), { recursive: true })
  assert.deepEqual(await withDatabase(dataDir, names), ['first.ctf'])
})

test('a snapshot with one byte changed, or none of that name, is refused and the database stays', async () => {
  const dataDir = freshDataDir()
  const name = '2026-09-01T08-00-00-000Z'
  const file = join(dataDir, 'snapshots', `${name}.tar.zst`)
  const bytes = fs.readFileSync(file)
  for (const place of [0, bytes.length >> 1, bytes.length - 1]) {
    const changed = Buffer.from(bytes)
    changed[place] = bytes[place]! ^ 1
    fs.writeFileSync(file, changed)
    await assert.rejects(restoreSnapshot(dataDir, name, at(1)), { code: 'snapshotDamaged' }, `byte ${place}`)
  }
  await assert.rejects(restoreSnapshot(dataDir, '../database', at(1)), { code: 'snapshotUnknown' })
  await assert.rejects(restoreSnapshot(dataDir, '2026-09-01T08-30-00-000Z', at(1)), {
    code: 'snapshotUnknown',
  })
  assert.ok(fs.existsSync(join(dataDir, 'database/PG_VERSION')))
})
