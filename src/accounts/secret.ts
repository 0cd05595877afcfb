import { hash, timingSafeEqual } from 'node:crypto'

/**
 * What is kept of a secret: its SHA-256. A slow hash protects words that people choose; nobody can try through
 * 256 random bits, so a fast one serves and keeps the token endpoint fast.
 */
export function hashSecret(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}

const HASH_BYTES = 32

/**
 * Whether `secret` is the one whose hash is kept, or one of several whose hashes stand one after the other. All are
 * compared, so that the time tells neither which it was nor how nearly it was one.
 */
export function secretMatches(secret: string, kept: Buffer): boolean {
  const given = hashSecret(secret)
  const count = kept.length / HASH_BYTES
  const same = Array.from({ length: count }, (_, at) =>
    timingSafeEqual(given, kept.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)),
  )
  return same.includes(true)
}
