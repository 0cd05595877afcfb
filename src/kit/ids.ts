import { randomBytes } from 'node:crypto'

/** A new identifier: 128 random bits, URL-safe text of 22 characters, so that none can be guessed or counted. */
export function newId(): string {
  return randomBytes(16).toString('base64url')
}
