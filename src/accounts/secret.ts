import { hash, timingSafeEqual } from 'node:crypto'

/**
 * What is kept of a secret: its SHA-256. A slow hash protects words that people choose; nobody can try through
 * 256 random bits, so a fast one serves and keeps the token endpoint fast.
 */
export function hashSecret(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}

/** Whether `secret` is the one whose hash is kept, in the same time for every wrong one. */
export function secretMatches(secret: string, kept: Buffer): boolean {
  return timingSafeEqual(hashSecret(secret), kept)
}
