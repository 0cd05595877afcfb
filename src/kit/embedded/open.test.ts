import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { Pool, type PoolClient } from 'pg'
import type { EmbeddedFault } from './fault.ts'
import { takeLock } from './lock.ts'
import { openEmbedded, type Embedded } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'cts-open-'))
// longer than the path of a UNIX socket may be
const dataDir = join(folder, 'd'.repeat(150))
const stopped = Promise.withResolvers<EmbeddedFault>()
let embedded: Embedded
let pool: Pool

async function open(): Promise<void> {
  embedded = await openEmbedded({ dataDir, onStopped: stopped.resolve })
  pool = new Pool({ ...embedded.connection, max: 5 })
  pool.on('error', () => {})
}

async function close(): Promise<void> {
  await pool.end()
  await embedded.close()
}

before(async () => {
  await open()
  await pool.query('CREATE TABLE note (id integer, body bytea)')
})
after(async () => {
  await close()
  rmSync(folder, { recursive: true })
})

const count = async (): Promise<number> => (await pool.query('SELECT count(*)::int AS n FROM note')).rows[0].n

/** Another process that opens the same DATA_DIR and runs `work` with `embedded` and `pool`; `lines` are what it says. */
function otherProcess(work: string): { process: ChildProcess; lines: AsyncIterator<string> } {
  const source = `import { Pool } from 'pg'
    import { openEmbedded } from ${JSON.stringify(new URL('open.ts', import.meta.url).href)}
    const embedded = await openEmbedded({ dataDir: ${JSON.stringify(dataDir)} })
    const pool = new Pool({ ...embedded.connection, max: 5 })
    ${work}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: import.meta.dirname,
  })
  return { process: child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
}

async function kill(process: ChildProcess): Promise<void> {
  process.kill('SIGKILL')
  if (process.exitCode === null && process.signalCode === null) await once(process, 'exit')
}

test('it serves from a DATA_DIR of any length, and only its own user can reach the socket', async () => {
  assert.equal(embedded.owner, true)
  assert.equal(statSync(join(dataDir, 'socket')).mode & 0o777, 0o700)
  assert.equal((await pool.query('SHOW fsync')).rows[0].fsync, 'on')
  await pool.query('CREATE EXTENSION fuzzystrmatch; CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent')
  await pool.query('CREATE EXTENSION citext')
  assert.equal((await pool.query("SELECT unaccent('Siân') AS name")).rows[0].name, 'Sian')
})

test('many clients at once, with parameters larger than the socket’s buffer, each get their own answer', async () => {
  const ask = async (client: number): Promise<void> => {
    for (let round = 0; round < 8; round++) {
      if (client % 2) {
        const body = Buffer.alloc(2_000_000, client)
        const { rows } = await pool.query('SELECT $1::int AS client, $2::bytea AS body', [client, body])
        assert.equal(rows[0].client, client)
        assert.ok(body.equals(rows[0].body))
      } else {
        const { rows } = await pool.query('SELECT $1::text AS name', [`client ${client}`])
        assert.equal(rows[0].name, `client ${client}`)
      }
    }
  }
  await Promise.all([1, 2, 3, 4, 5, 6].map(ask))
})

test('a statement that fails for one client is answered, and the others go on', async () => {
  const asked = Array.from({ length: 20 }, (_, i) =>
    pool.query(i % 2 ? 'SELEC $1::int' : 'SELECT $1::int AS i', [i]),
  )
  const answers = await Promise.allSettled(asked)
  answers.forEach((answer, i) => assert.equal(answer.status, i % 2 ? 'rejected' : 'fulfilled'))
})

test('a body of 20 MiB comes back byte for byte', async () => {
  const body = Buffer.alloc(20 * 1024 * 1024, 'Siân ')
  await pool.query('INSERT INTO note VALUES (1, $1)', [body])
  const { rows } = await pool.query('DELETE FROM note RETURNING body')
  assert.ok(body.equals(rows[0].body))
})

test('the event loop keeps ticking while a statement runs', async () => {
  let ticks = 0
  const timer = setInterval(() => (ticks += 1), 10)
  const started = performance.now()
  await pool.query('SELECT sum(sqrt(i)) FROM generate_series(1, 3000000) AS i')
  clearInterval(timer)
  assert.ok(ticks > (performance.now() - started) / 50, `${ticks} ticks`)
})

test('a connection that breaks in a transaction is rolled back and the next client is served', async () => {
  const client: PoolClient = await pool.connect()
  client.on('error', () => {})
  await client.query('BEGIN')
  await client.query('INSERT INTO note VALUES (2)')
  const waiting = count()
  client.release(true)
  assert.equal(await waiting, 0)
})

test('a process killed in a transaction is rolled back and the next client is served', async () => {
  const other = otherProcess(`const client = await pool.connect()
    await client.query('BEGIN')
    await client.query('INSERT INTO note VALUES (3)')
    console.log(embedded.owner ? 'owner' : 'joined'); setInterval(() => {}, 1000)`)
  assert.equal((await other.lines.next()).value, 'joined')
  const waiting = count()
  await kill(other.process)
  assert.equal(await waiting, 0)
})

test('COPY FROM STDIN, which the engine cannot wait for, is refused and the database goes on', async () => {
  await assert.rejects(pool.query('COPY note FROM STDIN'), /COPY/)
  assert.equal(await count(), 0)
})

test('who must own the database is told which process has it', async () => {
  await assert.rejects(openEmbedded({ dataDir, mustOwn: true, patience: 200 }), {
    code: 'inUse',
    message: `${dataDir} is in use by process ${process.pid}. Stop that process, then try again.`,
  })
})

test('an owner that never answers is named', async () => {
  const silent = join(folder, 'silent')
  mkdirSync(silent)
  const lock = takeLock(join(silent, 'database.lock'))
  await assert.rejects(openEmbedded({ dataDir: silent, patience: 200 }), {
    code: 'noAnswer',
    message: new RegExp(`^Process ${process.pid} has the database in .* open but does not answer`),
  })
  lock?.release()
})

test('after kill -9 of the owner the next process opens the database with every acknowledged commit', async () => {
  await close()
  const other = otherProcess(`console.log(embedded.owner ? 'owner' : 'joined')
    for (let id = 100; ; id++) { await pool.query('INSERT INTO note VALUES ($1)', [id]); console.log(id) }`)
  assert.equal((await other.lines.next()).value, 'owner')
  let acknowledged = 0
  while (acknowledged < 200) acknowledged = Number((await other.lines.next()).value)
  await kill(other.process)
  for (let line = await other.lines.next(); !line.done; line = await other.lines.next())
    acknowledged = Number(line.value)
  await open()
  const { rows } = await pool.query('SELECT count(*)::int AS n, max(id) AS last FROM note')
  assert.ok(rows[0].last >= acknowledged, `${rows[0].last} of ${acknowledged}`)
  assert.equal(rows[0].n, rows[0].last - 99)
})

test('a write that fails stops the database, tells it, and loses nothing that was acknowledged', async () => {
  const before = await count()
  const log = join(dataDir, 'database/pg_wal')
  renameSync(log, `${log}.away`)
  await assert.rejects(
    pool.query('SELECT pg_switch_wal()').then(() => pool.query('INSERT INTO note VALUES (4)')),
  )
  await assert.rejects(pool.query('SELECT 1'))
  assert.equal((await stopped.promise).code, 'stopped')
  await assert.rejects(embedded.paused(async () => {}))
  await close()
  renameSync(`${log}.away`, log)
  await open()
  assert.equal(await count(), before)
})
