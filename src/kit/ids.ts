import { randomBytes } from 'node:crypto'

/** A new identifier: 128 random bits, URL-safe text of 22 characters, so that none can be guessed or counted. */
export function newId(): string {
  return randomBytes(16).toString('base64url')
}

/** A new secret for a cookie or a link: 256 random bits, URL-safe text of 43 characters. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}
