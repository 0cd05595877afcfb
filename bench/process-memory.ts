import { readFileSync } from 'node:fs'

/**
 * Bytes of memory that a process has taken at most since its program began; null when it has ended. From the system's
 * own book: getrusage counts what its parent had at the time, too.
 */
export function peakMemory(pid: number | 'self'): number | null {
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return found && Number(found[1]) * 1024
  } catch {
    return null
  }
}
