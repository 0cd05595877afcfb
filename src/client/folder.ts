import { hash } from 'node:crypto'
import { constants } from 'node:fs'
import { access, link, lstat, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lockHolder, takeLock } from '../kit/embedded/lock.ts'
import { ClientFault, fileFault } from './fault.ts'

const LOCK = '.cts-receive.lock'

/** While a file is received: its bytes so far, under the service's id of it. */
const partOf = (folder: string, id: string): string => join(folder, `.cts-${id}.part`)
/** From just before it stands under its name until it is confirmed. */
const markOf = (folder: string, id: string): string => join(folder, `.cts-${id}.placed`)

const PART = /^\.cts-([\w-]{1,64})\.part$/
const MARK = /^\.cts-([\w-]{1,64})\.placed$/

/** A folder that this process alone receives files into. */
export interface Folder {
  path: string
  release(): void
}

/** Takes a folder for receiving and clears away what an interrupted run left. Throws ClientFault. */
export async function takeFolder(path: string): Promise<Folder> {
  try {
    await access(path, constants.W_OK)
    if (!(await stat(path)).isDirectory()) throw new ClientFault('folder', { path, reason: 'ENOTDIR' })
  } catch (error) {
    throw error instanceof ClientFault ? error : fileFault('folder', path, error)
  }
  const lock = takeLock(join(path, LOCK))
  if (!lock) throw new ClientFault('folder-in-use', { path, pid: lockHolder(join(path, LOCK)) })
  for (const id of await idsIn(path, PART)) await discardPart(path, id)
  return { path, release: () => lock.release() }
}

async function idsIn(folder: string, pattern: RegExp): Promise<string[]> {
  return (await readdir(folder)).flatMap((name) => pattern.exec(name)?.[1] ?? [])
}

/** Whether what has this name is a file with that content: `same`, `other`, or null where nothing has the name. */
export async function contentIs(
  path: string,
  { size, sha256 }: { size: number; sha256: string },
): Promise<'same' | 'other' | null> {
  const found = await lstat(path).catch(() => null)
  if (!found) return null
  if (!found.isFile() || found.size !== size) return 'other'
  return hash('sha256', await readFile(path), 'hex') === sha256 ? 'same' : 'other'
}

/**
 * Writes bytes as the part of `id`, readable by its owner only, and on to the disk. `take` sees each chunk first.
 * Throws ClientFault; on any failure nothing of it stays.
 */
export async function writePart(
  folder: string,
  id: string,
  chunks: AsyncIterable<Uint8Array>,
  take: (chunk: Uint8Array) => void,
): Promise<void> {
  const path = partOf(folder, id)
  try {
    const handle = await writing(path, open(path, 'w', 0o600))
    try {
      for await (const chunk of chunks) {
        take(chunk)
        await writing(path, handle.writeFile(chunk))
      }
      await writing(path, handle.sync())
    } finally {
      await handle.close()
    }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

async function writing<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw fileFault('cannot-write', path, error)
  }
}

/**
 * Gives the part of `id` its name, unless something has it: false, and the part stays. From here on until `forget`
 * the mark says that it was placed, also when somebody has taken it out of the folder since.
 */
export async function place(folder: string, id: string, name: string): Promise<boolean> {
  const part = partOf(folder, id)
  const path = join(folder, name)
  await writing(path, writeFile(markOf(folder, id), '', { mode: 0o600 }))
  await syncPath(folder)
  if (!(await writing(path, moveToFree(part, path)))) {
    await forget(folder, id)
    return false
  }
  await syncPath(folder)
  return true
}

/** What link answers on file systems without hard links, such as FAT and some network shares. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

/** Moves a file to a name that is free; false where it is not. Unlike rename, link never replaces what is there. */
async function moveToFree(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'EEXIST') return false
    // the lock keeps other receivers away
    if (!NO_LINKS.has(String(code))) throw error
    if (await lstat(to).catch(() => null)) return false
    await rename(from, to)
    return true
  }
  await rm(from)
  return true
}

/** Whether an earlier run gave `id` its name and did not come to confirm it. */
export async function wasPlaced(folder: string, id: string): Promise<boolean> {
  return (await lstat(markOf(folder, id)).catch(() => null)) !== null
}

/** Forgets that `id` was placed. */
export async function forget(folder: string, id: string): Promise<void> {
  await rm(markOf(folder, id), { force: true })
}

/** Forgets all that were placed but those in `kept`. */
export async function forgetOthers(folder: string, kept: ReadonlySet<string>): Promise<void> {
  for (const id of await idsIn(folder, MARK)) if (!kept.has(id)) await forget(folder, id)
}

/** Removes the part of `id`. Its mark goes first: a mark without a part says that the file was placed. */
export async function discardPart(folder: string, id: string): Promise<void> {
  await forget(folder, id)
  await syncPath(folder)
  await rm(partOf(folder, id), { force: true })
}

/** Writes what the operating system still holds of a file or folder to the disk. */
export async function syncPath(path: string): Promise<void> {
  const handle = await writing(path, open(path, 'r'))
  try {
    await writing(path, handle.sync())
  } finally {
    await handle.close()
  }
}
