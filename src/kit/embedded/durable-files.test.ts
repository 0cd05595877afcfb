import assert from 'node:assert/strict'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { PGlite } from '@electric-sql/pglite'
import { DURABLE_START, DurableFiles, syncTree } from './durable-files.ts'

test('each commit and each checkpoint is synced to the disk before it is acknowledged', async (t) => {
  const folder = fs.mkdtempSync(join(tmpdir(), 'cts-durable-'))
  const sync = t.mock.method(fs, 'fsyncSync')
  syncBuiltinESMExports()
  t.after(() => {
    sync.mock.restore()
    syncBuiltinESMExports()
    fs.rmSync(folder, { recursive: true })
  })
  const syncsOf = async (work: () => Promise<unknown>): Promise<number> => {
    const before = sync.mock.callCount()
    await work()
    return sync.mock.callCount() - before
  }
  const db = await PGlite.create({ fs: new DurableFiles(folder, () => {}), startParams: DURABLE_START })
  await db.exec('CREATE TABLE pupil (id integer)')
  for (let id = 0; id < 3; id++) {
    assert.equal(await syncsOf(() => db.query('INSERT INTO pupil VALUES ($1)', [id])), 1)
  }
  assert.equal(await syncsOf(() => db.query('SELECT * FROM pupil')), 0)
  // the log, the tables it wrote to, and folders
  assert.ok((await syncsOf(() => db.exec('CHECKPOINT'))) > 5)
  await db.close()
  assert.ok((await syncsOf(async () => syncTree(folder))) > 500)
})
