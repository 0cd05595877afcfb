import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

// NIST SP 800-38D: a nonce of 96 random bits, a tag of 128
const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts with AES-256-GCM: nonce, ciphertext, tag. `key` has 32 bytes; `bound` names what the bytes belong to, and
 * the same must be given to decrypt, so that one thing's bytes cannot be put in the place of another's.
 */
export function encrypt(key: Uint8Array, bound: string, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(bound))
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
}

/** The bytes that `encrypt` was given. Throws when key or `bound` is another or a bit was altered. */
export function decrypt(key: Uint8Array, bound: string, encrypted: Uint8Array): Buffer {
  if (encrypted.length < NONCE_BYTES + TAG_BYTES) throw new Error('ciphertext is cut short')
  const nonce = encrypted.subarray(0, NONCE_BYTES)
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(bound))
  decipher.setAuthTag(encrypted.subarray(-TAG_BYTES))
  const bytes = decipher.update(encrypted.subarray(NONCE_BYTES, -TAG_BYTES))
  // GCM gives everything at update; final only checks the tag, and throws
  decipher.final()
  return bytes
}
