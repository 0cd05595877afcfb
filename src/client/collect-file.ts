import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { parseFileName } from '../ctf/file-name.ts'
import { fileAnswer, type FileAnswer } from './answers.ts'
import type { Connection } from './connection.ts'
import { ClientFault, ServiceRefusal } from './fault.ts'
import {
  contentIs,
  discardPart,
  forget,
  place,
  syncPath,
  wasPlaced,
  writePart,
  type Folder,
} from './folder.ts'

/**
 * What became of a file that awaited us: `received` and confirmed; `unconfirmed`, as it was asked for; `here`
 * already and unconfirmed, as it was asked for; `confirmed-before`, by another collector or at an earlier try.
 */
export type CollectOutcome = 'received' | 'unconfirmed' | 'here' | 'confirmed-before'

/** How files are collected. */
export interface Collecting {
  connection: Connection
  folder: Folder
  /** Says "downloaded correctly" once the file is safe on the disk. */
  confirm: boolean
  /** Told of each piece that came: `received` of `total` bytes of `file`. */
  progress(file: FileAnswer, received: number, total: number): void
}

/**
 * Collects one file: it is on the disk, whole and under its own name, before it is confirmed. What has its name
 * already is never touched. Throws ServiceRefusal or ClientFault; then the service still has it awaiting.
 */
export async function collectFile(collecting: Collecting, file: FileAnswer): Promise<CollectOutcome> {
  const folder = collecting.folder.path
  const parsed = parseFileName(file.name)
  // the name becomes a path: only what the grammar of names allows
  if (!parsed.ok || parsed.name.canonical !== file.name) {
    throw new ClientFault('name-not-allowed', { name: JSON.stringify(file.name.slice(0, 100)) })
  }
  const isNew = !(await wasPlaced(folder, file.id)) && (await bring(collecting, file))
  if (!collecting.confirm) {
    await forget(folder, file.id)
    return isNew ? 'unconfirmed' : 'here'
  }
  return confirm(collecting, file)
}

/** Brings a file into the folder; false where it is there already. */
async function bring(collecting: Collecting, file: FileAnswer): Promise<boolean> {
  const { path: folder } = collecting.folder
  const path = join(folder, file.name)
  const held = await contentIs(path, file.receipt)
  if (held === 'other') throw otherFile(file, path)
  if (held === null || file.fetchedAt === null) {
    // the service lets only those confirm who fetched: a file that is here by another way is fetched all the same
    await download(collecting, file)
    if (held === null && (await place(folder, file.id, file.name))) return true
    await discardPart(folder, file.id)
    if ((await contentIs(path, file.receipt)) !== 'same') throw otherFile(file, path)
  }
  await syncPath(path)
  await syncPath(folder)
  return false
}

function otherFile(file: FileAnswer, path: string): ClientFault {
  return new ClientFault('other-file-there', { name: file.name, path })
}

function download(collecting: Collecting, file: FileAnswer): Promise<void> {
  const folder = collecting.folder.path
  const { size, sha256 } = file.receipt
  return collecting.connection.call({
    path: `api/v1/files/${file.id}/content`,
    async read(answer) {
      const hash = createHash('sha256')
      let received = 0
      const differs = new ClientFault('digest-differs', { name: file.name })
      collecting.progress(file, 0, size)
      await writePart(folder, file.id, answer.chunks(), (chunk) => {
        received += chunk.length
        if (received > size) throw differs
        hash.update(chunk)
        collecting.progress(file, received, size)
      })
      if (hash.digest('hex') === sha256) return
      await discardPart(folder, file.id)
      throw differs
    },
  })
}

async function confirm({ connection, folder }: Collecting, file: FileAnswer): Promise<CollectOutcome> {
  try {
    await connection.call({
      method: 'POST',
      path: `api/v1/files/${file.id}/confirm`,
      read: (answer) => answer.json(fileAnswer),
    })
  } catch (error) {
    if (!(error instanceof ServiceRefusal) || error.problem.status !== 409) throw error
    const { status } = await connection.call({
      path: `api/v1/files/${file.id}`,
      read: (answer) => answer.json(fileAnswer),
    })
    await forget(folder.path, file.id)
    if (status === 'downloaded') return 'confirmed-before'
    throw status === 'awaiting' ? error : new ClientFault('taken-back', { name: file.name, status })
  }
  await forget(folder.path, file.id)
  return 'received'
}
