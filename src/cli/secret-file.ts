import { writeFileSync } from 'node:fs'

/** Writes a new file that only its owner may read: there is a secret in it. Throws when the file is there. */
export function writeSecretly(path: string, text: string): void {
  writeFileSync(path, text, { flag: 'wx', mode: 0o600 })
}
