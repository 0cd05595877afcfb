import { buffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import { fromBufferPromise } from 'yauzl'

/** An entry of a zip that was read back. */
export interface Unzipped {
  name: string
  at: Date
  bytes: Buffer
}

/** Every entry of a zip, in its order. Throws when it is none, or an entry's checksum is wrong. */
export async function unzip(zip: Buffer): Promise<Unzipped[]> {
  const file = await fromBufferPromise(zip)
  const found: Unzipped[] = []
  for await (const entry of file.eachEntry()) {
    const bytes = await buffer(await file.openReadStreamPromise(entry))
    if (crc32(bytes) !== entry.crc32) throw new Error(`${entry.fileName} is not what went in`)
    found.push({ name: entry.fileName, at: entry.getLastModDate(), bytes })
  }
  return found
}
