import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { serveControl, type ControlAnswer } from './control.ts'
import { startEngine, type Engine } from './engine.ts'
import { EmbeddedFault } from './fault.ts'
import {
  CONTROL_SOCKET,
  DATABASE_SOCKET,
  openSocketFolder,
  placesIn,
  PORT,
  type Address,
  type Places,
} from './folder.ts'
import { lockHolder, takeLock, type Lock } from './lock.ts'
import { dropUnfinished, listSnapshots, writeSnapshot } from './snapshot.ts'

/** How to reach the database, as pg.Pool takes it. Good until the Embedded is closed. */
export interface Connection {
  host: string
  port: number
  user: string
  database: string
}

/** The embedded database of a DATA_DIR, run by this process or found running in another. */
export interface Embedded {
  connection: Connection
  /** This process runs the database; false: another does, and the database goes when that one ends. */
  owner: boolean
  /**
   * Runs `work` while no transaction is open and every client waits, after a checkpoint, so that the folder holds all
   * that was committed. Only for the owner.
   */
  paused: <T>(work: () => Promise<T>) => Promise<T>
  /** Owner: lets running transactions end, then stops the database and frees the folder. Else: lets the address go. */
  close(): Promise<void>
}

/** How to open. */
export interface OpenOptions {
  dataDir: string
  /** Only as owner (the service must not depend on a command that ends before it); waits for the lock. */
  mustOwn?: boolean
  /** How long to wait for another process to answer or to let go, in milliseconds. */
  patience?: number
  /**
   * Told once if the running database stops by itself (disk full, damage): the process should end and be started
   * again. Without it the error is thrown, which ends the process.
   */
  onStopped?: (fault: EmbeddedFault) => void
}

/**
 * Opens the embedded database of a DATA_DIR: runs it where nobody does, else joins the process that does.
 * @throws EmbeddedFault inUse, noAnswer, damaged, noFlock: each with a sentence that says what to do
 */
export async function openEmbedded(options: OpenOptions): Promise<Embedded> {
  const { dataDir, mustOwn = false, patience = 10_000 } = options
  const places = placesIn(dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const until = performance.now() + patience
  for (;;) {
    const lock = takeLock(places.lock)
    if (lock) return run(options, lock)
    const joined = mustOwn ? null : await joinOwner(places.sockets)
    if (joined) return joined
    if (performance.now() > until) {
      throw new EmbeddedFault(mustOwn ? 'inUse' : 'noAnswer', {
        folder: dataDir,
        pid: lockHolder(places.lock),
      })
    }
    await sleep(100)
  }
}

const connectionTo = (address: Address): Connection => ({
  host: address.path,
  port: PORT,
  user: 'postgres',
  database: 'postgres',
})

/** Joins the process that runs the database; null while none answers. */
async function joinOwner(sockets: string): Promise<Embedded | null> {
  const address = openSocketFolder(sockets)
  const connection = connectionTo(address)
  const client = new Client({ ...connection, connectionTimeoutMillis: 2000 })
  // an owner that ends just now breaks the line; the next try finds out
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
  } catch {
    address.close()
    return null
  }
  return {
    connection,
    owner: false,
    paused: () => Promise.reject(new Error('only the owner of the database can pause it')),
    async close() {
      address.close()
    },
  }
}

/** Runs the database under the lock. */
async function run({ dataDir, onStopped }: OpenOptions, lock: Lock): Promise<Embedded> {
  const places = placesIn(dataDir)
  const address = openSocketFolder(places.sockets)
  const release = (): void => {
    address.close()
    lock.release()
  }
  const stopped = (reason: string): void => {
    const fault = new EmbeddedFault('stopped', { reason })
    if (!onStopped) throw fault
    onStopped(fault)
  }
  try {
    const engine = await start(dataDir, places, address, stopped)
    const embedded = { connection: connectionTo(address), owner: true, paused: engine.paused }
    const stopControl = await serveControl(
      join(address.path, CONTROL_SOCKET),
      async ({ at }): Promise<ControlAnswer> => {
        const { name } = await writeSnapshot(embedded, dataDir, new Date(at))
        return { ok: true, name }
      },
    )
    return {
      ...embedded,
      async close() {
        stopControl()
        await engine.close()
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}

async function start(
  dataDir: string,
  { database, partial, restored, sockets }: Places,
  address: Address,
  onStopped: (reason: string) => void,
): Promise<Engine> {
  // what a process that was killed has left; we hold the lock, so nobody uses it
  for (const name of [DATABASE_SOCKET, CONTROL_SOCKET]) rmSync(join(sockets, name), { force: true })
  dropUnfinished(dataDir)
  try {
    return await startEngine(
      { database, partial, restored, socket: join(address.path, DATABASE_SOCKET) },
      onStopped,
    )
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const [newest] = listSnapshots(dataDir)
    if (!newest) throw new EmbeddedFault('damagedNoSnapshot', { folder: database, reason })
    throw new EmbeddedFault('damaged', { folder: database, reason, snapshot: newest.name })
  }
}
