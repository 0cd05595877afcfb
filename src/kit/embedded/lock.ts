import { spawnSync } from 'node:child_process'
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { EmbeddedFault } from './fault.ts'

/** A lock that this process holds. */
export interface Lock {
  release(): void
}

/**
 * Takes the lock of a file, or gives null where another process (or an earlier call in this one) holds it.
 *
 * flock(2) locks the open file description. The `flock` program locks the one it inherits from us and ends; we go on
 * holding it, and the kernel frees it when this process ends, whatever ends it: no lock is ever stale, also between
 * containers that share the folder. Nothing else tells the holder's process number, so it is written into the file.
 * @throws EmbeddedFault noFlock where the program (util-linux) is missing
 */
export function takeLock(file: string): Lock | null {
  const fd = openSync(file, 'a+', 0o600)
  const { status, error } = spawnSync('flock', ['--nonblock', '--exclusive', '3'], {
    stdio: ['ignore', 'ignore', 'ignore', fd],
  })
  if (status !== 0) {
    closeSync(fd)
    if (error || status !== 1) throw new EmbeddedFault('noFlock', { file })
    return null
  }
  ftruncateSync(fd)
  writeSync(fd, `${process.pid}\n`)
  let held = true
  return {
    release() {
      if (held) closeSync(fd)
      held = false
    },
  }
}

/** The process number that the last holder of the lock wrote into its file; 0 where it holds none. */
export function lockHolder(file: string): number {
  return Number.parseInt(readFileSync(file, 'latin1'), 10) || 0
}
