import { once } from 'node:events'
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** A file that goes into a zip. */
export interface ZipEntry {
  /** Its name, with folders before it where it lies in some. */
  name: string
  /** The time that it keeps. */
  at: Date
  bytes: Buffer
}

const CHUNK = 64 * 1024

/**
 * A zip as it is made: the next entry is asked for once the one before went out, so memory holds one at a time. An error
 * of `entries` ends the stream with it, and what came out is no zip; who stops reading stops the entries.
 */
export function zipStream(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): Readable {
  const zip = new ZipFile()
  const out = zip.outputStream as Readable
  zip.once('error', (error: Error) => out.destroy(error))
  fill(zip, out, entries).catch((error: Error) => out.destroy(error))
  return out
}

async function fill(
  zip: ZipFile,
  out: Readable,
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
): Promise<void> {
  const stopped = new Promise<void>((resolve) => out.once('close', resolve))
  for await (const { name, at, bytes } of entries) {
    if (out.destroyed) return
    let source: Readable | null = Readable.from(chunks(bytes), { objectMode: false })
    const taken = once(source, 'end')
    zip.addReadStreamLazy(name, { mtime: at, size: bytes.length }, (give) => {
      give(null, source!)
      // the zip keeps its entries until it is whole, and they this function
      source = null
    })
    await Promise.race([taken, stopped])
  }
  zip.end()
}

function* chunks(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK)
}
