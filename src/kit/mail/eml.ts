import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Letter } from './compose.ts'
import type { Outcome, Post } from './post.ts'

/**
 * Writes letters as `<time>-<id>.eml` into `folder`, whole or not at all, readable by their owner only. The name is
 * made from the mail, so a letter that a killed process wrote is the same file when it is written again.
 */
export function openFolder(folder: string): Post {
  async function write(letter: Letter): Promise<Outcome> {
    const name = `${letter.createdAt.toISOString().replaceAll(':', '-')}-${letter.id}`
    try {
      await writeFile(join(folder, `.${name}.part`), letter.message, { mode: 0o600 })
      await rename(join(folder, `.${name}.part`), join(folder, `${name}.eml`))
      return { id: letter.id, kind: 'sent' }
    } catch (error) {
      return {
        id: letter.id,
        kind: 'unreachable',
        error: error instanceof Error && 'code' in error ? String(error.code) : 'not written',
      }
    }
  }
  return {
    batch: 100,
    lines: 1,
    async carry(letters, desk) {
      // a folder that cannot be made shows as files that cannot be written
      await mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => {})
      await desk.settle(await Promise.all(letters.map(write)))
    },
    breakOff() {},
  }
}
