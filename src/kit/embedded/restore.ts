import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { decompress, tar } from './archive.ts'
import { syncPath, syncTree } from './durable-files.ts'
import { EmbeddedFault } from './fault.ts'
import { placesIn, type Places } from './folder.ts'
import { lockHolder, takeLock } from './lock.ts'
import { openEmbedded } from './open.ts'
import { snapshotFile, writeSnapshot, type Snapshot } from './snapshot.ts'

/** Writes a snapshot whether or not the service runs on this DATA_DIR: by asking it, else by opening the database. */
export async function requestSnapshot(dataDir: string, now: Date): Promise<Snapshot> {
  const embedded = await openEmbedded({ dataDir })
  try {
    return await writeSnapshot(embedded, dataDir, now)
  } finally {
    await embedded.close()
  }
}

/** What bringing a snapshot back did. */
export interface Restored {
  name: string
  /** The folder that holds the database as it was before, with what came after the snapshot; null where there was none. */
  kept: string | null
}

/**
 * Puts the database of a snapshot in the place of the present one. What was written after it is not in it; the
 * replaced folder is kept beside it. The key and the audit heads in DATA_DIR stay as they are. A crash at any point
 * leaves either database, whole.
 * @throws EmbeddedFault inUse while any process has the database open; snapshotUnknown; snapshotDamaged; noTar
 */
export async function restoreSnapshot(dataDir: string, name: string, now: Date): Promise<Restored> {
  const places = placesIn(dataDir)
  const file = snapshotFile(dataDir, name)
  const lock = takeLock(places.lock)
  if (!lock) throw new EmbeddedFault('inUse', { folder: dataDir, pid: lockHolder(places.lock) })
  try {
    await unpack(file, name, places)
    // from here on a crash is mended by the next start, which moves the restored folder in
    renameSync(places.partial, places.restored)
    syncPath(dataDir)
    const kept = `${places.database}.before-restore-${now.toISOString().replace(/[:.]/g, '-')}`
    const replaced = existsSync(places.database)
    if (replaced) renameSync(places.database, kept)
    renameSync(places.restored, places.database)
    syncPath(dataDir)
    return { name, kept: replaced ? kept : null }
  } finally {
    lock.release()
  }
}

/** Unpacks a snapshot into the partial folder, on the disk, and makes sure that it is the one that was written. */
async function unpack(file: string, name: string, { partial, restored }: Places): Promise<void> {
  const note = `${file}.sha256`
  const written = existsSync(note) ? readFileSync(note, 'latin1').slice(0, 64) : ''
  for (const folder of [partial, restored]) rmSync(folder, { recursive: true, force: true })
  mkdirSync(partial, { mode: 0o700 })
  const archive = `${partial}.tar`
  try {
    const read = await decompress(file, archive)
    if (read !== written) throw new EmbeddedFault('snapshotDamaged', { name })
    await tar('--extract', `--file=${archive}`, '--no-same-owner', `--directory=${partial}`)
    syncTree(partial)
  } finally {
    rmSync(archive, { force: true })
  }
}
