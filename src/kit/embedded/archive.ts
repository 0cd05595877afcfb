import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { EmbeddedFault } from './fault.ts'

const start = promisify(execFile)

/** Bytes that are compressed at a time: each piece is a trip to another thread. */
const CHUNK = 1024 * 1024

/** Runs tar. @throws EmbeddedFault noTar; Error with what tar complained of */
export async function tar(...args: string[]): Promise<void> {
  await start('tar', args).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new EmbeddedFault('noTar') : error
  })
}

/** Passes bytes on and takes their SHA-256. */
function digesting(): { stream: Transform; hex: () => string } {
  const hash = createHash('sha256')
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  return { stream, hex: () => hash.digest('hex') }
}

/** Compresses a file into another, which is on the disk afterwards; gives the SHA-256 of what was written, in lower-case hex. */
export async function compress(from: string, to: string): Promise<string> {
  const { stream, hex } = digesting()
  const packing = createZstdCompress({ chunkSize: CHUNK })
  const writing = createWriteStream(to, { mode: 0o600, flush: true })
  await pipeline(createReadStream(from, { highWaterMark: CHUNK }), packing, stream, writing)
  return hex()
}

/** Unpacks a compressed file into another; gives the SHA-256 of what was read, or null where that is not whole. */
export async function decompress(from: string, to: string): Promise<string | null> {
  const { stream, hex } = digesting()
  const unpacking = createZstdDecompress({ chunkSize: CHUNK })
  const writing = createWriteStream(to, { mode: 0o600 })
  try {
    await pipeline(createReadStream(from, { highWaterMark: CHUNK }), stream, unpacking, writing)
    return hex()
  } catch (error) {
    if (error instanceof Error && 'code' in error && /^Z(STD)?_/.test(String(error.code))) return null
    throw error
  }
}
