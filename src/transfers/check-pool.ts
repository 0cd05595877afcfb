import { Piscina } from 'piscina'
import { Refusal } from '../kit/refusal.ts'
import type { BegunTask, CheckResult, CheckTask } from './check-worker.ts'

/** Worker threads that read and check files, so that no request waits for another's file. */
export interface CheckPool {
  /**
   * Checks and seals one file; the bytes are handed over and cannot be used afterwards. Throws Refusal
   * `too-busy` (503) when too many wait or it waited too long, CheckTimeout when it takes too long itself.
   */
  check(task: CheckTask): Promise<CheckResult>
  close(): Promise<void>
}

/** A file took longer to check than any honest one does. */
export class CheckTimeout extends Error {}

const FILES_WAITING_MAX = 200
/** How long a file may wait for a thread, and at least how long it may then take. */
const PATIENCE_MS = 30_000

/** At most `threads` worker threads, started when files come. */
export function openCheckPool(threads: number): CheckPool {
  const pool = new Piscina<BegunTask, CheckResult>({
    filename: new URL('./check-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 10 * 60_000,
    maxQueue: FILES_WAITING_MAX,
    // waking a thread that sleeps in an atomic costs the waker more than a message does
    atomics: 'disabled',
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  return {
    async check(task) {
      if (pool.queueSize >= FILES_WAITING_MAX) throw new Refusal('unavailable', 'too-busy', { retryAfter: 5 })
      const limit = new AbortController()
      // set by the worker when it begins; time in the queue is not the file's fault
      const begun = new Uint8Array(new SharedArrayBuffer(1))
      let seenRunning = false
      const timer = setInterval(() => {
        if (!begun[0] || seenRunning) limit.abort()
        seenRunning = true
      }, PATIENCE_MS)
      try {
        const bytes = ownBytes(task.bytes)
        const result = await pool.run(
          { ...task, bytes, begun },
          { transferList: [bytes.buffer], signal: limit.signal },
        )
        return { ...result, sealed: result.sealed && withBuffers(result.sealed) }
      } catch (error) {
        if (!limit.signal.aborted) throw error
        throw begun[0] ? new CheckTimeout() : new Refusal('unavailable', 'too-busy', { retryAfter: 5 })
      } finally {
        clearInterval(timer)
      }
    },
    close: () => pool.close({ force: false }),
  }
}

/** The bytes in a buffer of their own, which can be handed to another thread: a Buffer may share its memory with others. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const owned = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength
  return owned ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes)
}

/** A Buffer arrives from another thread as a plain Uint8Array. */
function withBuffers(sealed: NonNullable<CheckResult['sealed']>): NonNullable<CheckResult['sealed']> {
  return { ...sealed, ciphertext: asBuffer(sealed.ciphertext), dataKey: asBuffer(sealed.dataKey) }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
