import type { Readable } from 'node:stream'
import { Refusal } from './refusal.ts'

const IDLE_MS = 30_000

/** Counts the bytes that bodies under way hold together, so that many large ones cannot exhaust the memory. */
export interface BodyBudget {
  /**
   * Takes `bytes`; throws Refusal `too-busy` (503) when too much is under way, of all or of this `holder` (the actor's
   * id). Gives the function that returns them.
   */
  take(bytes: number, holder?: string): () => void
}

/**
 * A budget of `limit` bytes for all bodies under way together. One holder gets at most a quarter of it and one body
 * more, so that nobody who sends slowly shuts out all others.
 */
export function bodyBudget(limit: number): BodyBudget {
  const busy = { retryAfter: 5 }
  const holders = new Map<string, number>()
  let held = 0
  return {
    take(bytes, holder = '') {
      const own = holders.get(holder) ?? 0
      if (held + bytes > limit || own > limit / 4) throw new Refusal('unavailable', 'too-busy', busy)
      held += bytes
      holders.set(holder, own + bytes)
      return () => {
        held -= bytes
        const left = holders.get(holder)! - bytes
        if (left > 0) holders.set(holder, left)
        else holders.delete(holder)
      }
    },
  }
}

/**
 * Reads a request's body of at most `max` bytes and gives what `use` makes of it; the budget is held until then, since
 * the bytes are. Throws Refusal: `body-too-large` (413), `body-cut` (400) when the connection ends before the length
 * that was promised, `body-slow` (400) when nothing comes for 30 seconds.
 */
export async function readBody<Used>(
  body: { stream: Readable; length: number | null },
  { max, budget, holder }: { max: number; budget: BodyBudget; holder: string },
  use: (bytes: Uint8Array<ArrayBuffer>) => Promise<Used>,
): Promise<Used> {
  const { length } = body
  if (length !== null && length > max) throw tooLarge(max)
  const giveBack = budget.take(length ?? max, holder)
  try {
    return await use(await readWhole(body, max))
  } finally {
    giveBack()
  }
}

function tooLarge(max: number): Refusal {
  return new Refusal('too-large', 'body-too-large', { params: { mib: max / 1024 / 1024 } })
}

async function readWhole(
  { stream, length }: { stream: Readable; length: number | null },
  max: number,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return length === null ? await readChunked(stream, max) : await readExactly(stream, length)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('malformed', 'body-cut', { because: 'connection cut' })
  }
}

async function readExactly(stream: Readable, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  let at = 0
  await each(stream, (chunk) => {
    bytes.set(chunk, at)
    at += chunk.length
  })
  if (at !== length) throw new Refusal('malformed', 'body-cut', { because: `${at} of ${length} bytes` })
  return bytes
}

async function readChunked(stream: Readable, max: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  await each(stream, (chunk) => {
    size += chunk.length
    if (size > max) throw tooLarge(max)
    chunks.push(chunk)
  })
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

/** Hands over each chunk; the stream is left open, so that a refusal can still be answered on it. */
function each(stream: Readable, take: (chunk: Uint8Array) => void): Promise<void> {
  // cut off already, while rights were being looked up: no event will say so any more
  if (stream.destroyed) return Promise.reject(new Error('connection cut'))
  return new Promise((resolve, reject) => {
    let timer = setTimeout(slow, IDLE_MS)
    function slow(): void {
      settle(new Refusal('malformed', 'body-slow'))
    }
    function data(chunk: Uint8Array): void {
      timer.refresh()
      try {
        take(chunk)
      } catch (error) {
        settle(error as Error)
      }
    }
    function end(): void {
      settle(null)
    }
    function broken(): void {
      settle(new Error('connection cut'))
    }
    function settle(error: Error | null): void {
      clearTimeout(timer)
      stream
        .off('data', data)
        .off('end', end)
        .off('error', broken)
        .off('close', broken)
        .off('aborted', broken)
      // what still comes of a refused body is read and dropped, or the sender would never see the answer
      if (error) {
        stream.on('error', () => {})
        stream.resume()
        reject(error)
      } else resolve()
    }
    stream.on('data', data).on('end', end).on('error', broken).on('close', broken).on('aborted', broken)
  })
}
