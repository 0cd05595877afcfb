import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { citext } from '@electric-sql/pglite/contrib/citext'
import { fuzzystrmatch } from '@electric-sql/pglite/contrib/fuzzystrmatch'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'
import { DURABLE_START, DurableFiles, syncPath, syncTree } from './durable-files.ts'
import { serve } from './serving.ts'

/** What the thread is started with. */
export interface WorkerInput {
  database: string
  partial: string
  restored: string
  socket: string
}

/** What it is asked. */
export type WorkerRequest = 'pause' | 'resume' | 'close'

/** What it says. `stopped` is its last word: the engine could not start, or must not be used any more. */
export type WorkerReport = { is: 'ready' | 'paused' | 'closed' } | { is: 'stopped'; reason: string }

/** How often the write-ahead log is cut, in milliseconds, and after how many times rows are tidied: there is no autovacuum. */
const CHECKPOINT_EVERY = 5 * 60_000
const VACUUM_EVERY = 12

const { database, partial, restored, socket }: WorkerInput = workerData
const port = parentPort!
const report = (message: WorkerReport): void => port.postMessage(message)

/** The engine's last complaint, for the reason of a failure. */
let complaint = ''
const listen = (line: string): boolean => {
  const [, text] = /(?:PANIC|FATAL): +(.*)/.exec(line) ?? []
  if (text) complaint = text
  return false
}

function stop(error: unknown): never {
  report({ is: 'stopped', reason: complaint || (error instanceof Error ? error.message : String(error)) })
  process.exit(1)
}

function open(folder: string): Promise<PGlite> {
  return PGlite.create({
    fs: new DurableFiles(folder, () => stop(new Error('the engine aborted'))),
    startParams: DURABLE_START,
    extensions: { citext, fuzzystrmatch, pg_trgm, unaccent },
    relaxedDurability: false,
    onStderr: listen,
  })
}

/** Sees to it that the folder holds a whole database: a new one is made aside and moved in when it is on the disk. */
async function prepare(): Promise<void> {
  rmSync(partial, { recursive: true, force: true })
  if (existsSync(database) && readdirSync(database).length > 0) {
    // without this file PGlite would write a new database over the old one
    if (!existsSync(`${database}/PG_VERSION`)) throw new Error('the file PG_VERSION is missing')
    return
  }
  if (!existsSync(restored)) {
    await (await open(partial)).close()
    syncTree(partial)
  }
  renameSync(existsSync(restored) ? restored : partial, database)
  syncPath(dirname(database))
}

async function main(): Promise<void> {
  await prepare()
  const db = await open(database)
  const serving = await serve(db, socket, stop)
  let resume = (): void => {}
  let rounds = 0
  setInterval(() => {
    if (serving.traffic() === 0) return
    rounds += 1
    if (rounds % VACUUM_EVERY === 0) void serving.maintain('VACUUM (ANALYZE)')
    void serving.maintain('CHECKPOINT')
  }, CHECKPOINT_EVERY)
  const answers: Record<WorkerRequest, () => Promise<void>> = {
    async pause() {
      resume = await serving.pause()
      report({ is: 'paused' })
    },
    async resume() {
      resume()
    },
    async close() {
      await serving.stop()
      await db.close()
      report({ is: 'closed' })
    },
  }
  port.on('message', (request: WorkerRequest) => void answers[request]().catch(stop))
  report({ is: 'ready' })
}

await main().catch(stop)
