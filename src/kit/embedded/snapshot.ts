import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { compress, tar } from './archive.ts'
import { askControl } from './control.ts'
import { syncPath } from './durable-files.ts'
import { EmbeddedFault } from './fault.ts'
import { CONTROL_SOCKET, openSocketFolder, placesIn } from './folder.ts'

/** A snapshot of the database: PostgreSQL's whole folder at one moment. */
export interface Snapshot {
  /** Its name: the UTC time of writing, e.g. 2026-09-01T08-30-00-000Z. */
  name: string
  at: Date
  /** Bytes on the disk. */
  size: number
}

/** What a snapshot is taken of: see Embedded. */
interface Source {
  owner: boolean
  paused<T>(work: () => Promise<T>): Promise<T>
}

/** The ending of a snapshot's file; beside it lies its SHA-256 in the format of sha256sum. */
const ENDING = '.tar.zst'
const PARTIAL = '.partial'

const NAME = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d{3}Z)$/

/** The file of a snapshot. @throws EmbeddedFault snapshotUnknown */
export function snapshotFile(dataDir: string, name: string): string {
  const { snapshots } = placesIn(dataDir)
  const file = join(snapshots, name + ENDING)
  if (!NAME.test(name) || !existsSync(file))
    throw new EmbeddedFault('snapshotUnknown', { name, folder: snapshots })
  return file
}

/**
 * Writes a snapshot, digest and all, to the disk. Clients wait while the folder is copied (about a second for 300 MB),
 * not while the copy is packed. Where another process runs the database, that one is asked to.
 * @throws EmbeddedFault snapshotFailed, noTar
 */
export async function writeSnapshot(source: Source, dataDir: string, now: Date): Promise<Snapshot> {
  const name = now.toISOString().replace(/[:.]/g, '-')
  if (source.owner) await pack(source, dataDir, name)
  else await askOwner(dataDir, now)
  return { name, at: now, size: statSync(snapshotFile(dataDir, name)).size }
}

async function askOwner(dataDir: string, now: Date): Promise<void> {
  const address = openSocketFolder(placesIn(dataDir).sockets)
  const answer = await askControl(join(address.path, CONTROL_SOCKET), {
    do: 'snapshot',
    at: now.toISOString(),
  })
  address.close()
  if (!answer.ok) throw new EmbeddedFault('snapshotFailed', { reason: answer.reason })
}

async function pack(source: Source, dataDir: string, name: string): Promise<void> {
  const { database, snapshots } = placesIn(dataDir)
  mkdirSync(snapshots, { recursive: true, mode: 0o700 })
  const file = join(snapshots, name + ENDING)
  const [copy, packed, note] = [`${file}.tar${PARTIAL}`, file + PARTIAL, `${file}.sha256`]
  try {
    await source.paused(() => tar('--create', `--file=${copy}`, `--directory=${database}`, '.'))
    const digest = await compress(copy, packed)
    writeFileSync(note, `${digest}  ${basename(file)}\n`, { mode: 0o600, flush: true })
    renameSync(packed, file)
    syncPath(snapshots)
  } catch (error) {
    for (const path of [packed, note]) rmSync(path, { force: true })
    throw error instanceof EmbeddedFault
      ? error
      : new EmbeddedFault('snapshotFailed', { reason: String(error) })
  } finally {
    rmSync(copy, { force: true })
  }
}

/** The whole snapshots in a DATA_DIR, newest first. */
export function listSnapshots(dataDir: string): Snapshot[] {
  const { snapshots } = placesIn(dataDir)
  const files = existsSync(snapshots) ? readdirSync(snapshots) : []
  return files
    .filter((file) => file.endsWith(ENDING) && NAME.test(file.slice(0, -ENDING.length)))
    .sort()
    .reverse()
    .map((file) => {
      const name = file.slice(0, -ENDING.length)
      return {
        name,
        at: new Date(name.replace(NAME, '$1:$2:$3.$4')),
        size: statSync(join(snapshots, file)).size,
      }
    })
}

/** Deletes all but the newest `keep` snapshots. Gives the names deleted. */
export function pruneSnapshots(dataDir: string, keep: number): string[] {
  const { snapshots } = placesIn(dataDir)
  const old = listSnapshots(dataDir).slice(keep)
  for (const { name } of old) {
    rmSync(join(snapshots, name + ENDING))
    rmSync(join(snapshots, `${name}${ENDING}.sha256`), { force: true })
  }
  return old.map(({ name }) => name)
}

/** Deletes what snapshots that were cut off have left. Only under the lock, when none is being written. */
export function dropUnfinished(dataDir: string): void {
  const { snapshots } = placesIn(dataDir)
  const files = existsSync(snapshots) ? readdirSync(snapshots) : []
  for (const file of files.filter((file) => file.endsWith(PARTIAL))) rmSync(join(snapshots, file))
}
