import { createHash, type Hash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseFileName } from '../ctf/file-name.ts'
import { sentAnswer, type SentAnswer } from './answers.ts'
import type { Connection, Upload } from './connection.ts'
import { ClientFault, fileFault } from './fault.ts'

/** A file that the service took. */
export interface SentFile {
  /** The service had these bytes under this name already: the receipt is the first one. */
  again: boolean
  file: SentAnswer
}

/** Told of each piece that went out; `sent` of `total` bytes. When all are out, the service checks the file. */
export type SendProgress = (sent: number, total: number) => void

/**
 * The name under which a file is sent: the canonical one where its own can be read, else its own, for the service to
 * say what is wrong with it. `browserCopy`: a browser's "(1)" was taken out.
 */
export function nameToSend(path: string): { name: string; browserCopy: boolean } {
  const own = basename(path)
  const parsed = parseFileName(own)
  return parsed.ok
    ? { name: parsed.name.canonical, browserCopy: parsed.name.browserCopy }
    : { name: own, browserCopy: false }
}

/**
 * Sends a file from the disk and gives its receipt, whose SHA-256 is that of the bytes that were read. It may be sent
 * again after any failure: the same bytes under a name still taken give the first receipt.
 * Throws ServiceRefusal with what was found in the file, or ClientFault.
 */
export async function sendFile(
  connection: Connection,
  path: string,
  progress: SendProgress,
): Promise<SentFile> {
  const handle = await openFile(path)
  try {
    const { name } = nameToSend(path)
    let hash = createHash('sha256')
    const { status, file } = await connection.call({
      method: 'POST',
      path: `api/v1/files?name=${encodeURIComponent(name)}`,
      upload() {
        hash = createHash('sha256')
        return uploadOf(handle, path, hash, progress)
      },
      read: async (answer) => ({ status: answer.status, file: await answer.json(sentAnswer) }),
    })
    const sha256 = hash.digest('hex')
    if (file.receipt.sha256 !== sha256) {
      throw new ClientFault('receipt-differs', { name: file.name, id: file.id })
    }
    return { again: status === 200, file }
  } finally {
    await handle.close()
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    const handle = await open(path, 'r')
    if ((await handle.stat()).isFile()) return handle
    await handle.close()
    throw new ClientFault('cannot-open', { path, reason: 'EISDIR' })
  } catch (error) {
    throw error instanceof ClientFault ? error : fileFault('cannot-open', path, error)
  }
}

const CHUNK = 64 * 1024

async function uploadOf(
  handle: FileHandle,
  path: string,
  hash: Hash,
  progress: SendProgress,
): Promise<Upload> {
  const { size } = await handle.stat()
  let failure: ClientFault | null = null

  async function* chunks(): AsyncGenerator<Uint8Array> {
    progress(0, size)
    for (let at = 0; at < size;) {
      const { buffer, bytesRead } = await handle
        .read(Buffer.allocUnsafe(CHUNK), 0, Math.min(CHUNK, size - at), at)
        .catch((error: unknown) => {
          throw (failure = fileFault('cannot-open', path, error))
        })
      if (bytesRead === 0) throw (failure = new ClientFault('changed-while-sent', { path }))
      const chunk = buffer.subarray(0, bytesRead)
      hash.update(chunk)
      yield chunk
      at += bytesRead
      progress(at, size)
    }
  }
  const type = nameToSend(path).name.endsWith('.ZIP') ? 'application/zip' : 'application/xml'
  return { type, length: size, chunks: chunks(), failure: () => failure }
}
