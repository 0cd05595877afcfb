import { hash, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { zstdCompressSync, zstdDecompress } from 'node:zlib'
import { decrypt, encrypt } from './cipher.ts'

const decompress = promisify(zstdDecompress)

/** A body as a worker thread hands it over to be stored: its key is still to be wrapped. */
export interface SealedBody {
  /** AES-256-GCM of the compressed bytes, bound to the body's id. */
  ciphertext: Buffer
  /** 32 bytes, for this body alone. */
  dataKey: Buffer
  /** Of the bytes as they came; lower-case hex. */
  sha256: string
  /** Length of the bytes as they came. */
  size: number
}

/** Digests, compresses (zstd) and encrypts a body under a fresh key. Pure but for the key: runs in any thread. */
export function sealBody(bytes: Uint8Array, bodyId: string): SealedBody {
  const dataKey = randomBytes(32)
  const ciphertext = encrypt(dataKey, boundTo(bodyId), zstdCompressSync(bytes))
  return { ciphertext, dataKey, sha256: hash('sha256', bytes), size: bytes.length }
}

/** The bytes as they came. Throws when anything about them is not as it was sealed. */
export async function openBody(
  { ciphertext, dataKey, sha256, size }: SealedBody,
  bodyId: string,
): Promise<Buffer> {
  const compressed = decrypt(dataKey, boundTo(bodyId), ciphertext)
  const bytes = await decompress(compressed, { maxOutputLength: Math.max(size, 1) })
  if (bytes.length !== size || hash('sha256', bytes) !== sha256)
    throw new Error('digest is not the one stored')
  return bytes
}

function boundTo(bodyId: string): string {
  return `cts body ${bodyId}`
}
