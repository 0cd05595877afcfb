import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { apiOf, CARDIFF_HIGH, ctf, JOHN_FROST } from './api.ts'

/** Schools that uploads come from and go to: each client has a pair of its own, so that all names differ. */
export const SENDERS = [CARDIFF_HIGH, '6814049', '6814041', '6814042']
const RECEIVERS = [JOHN_FROST, '6804025', '6804026', '6804021']

/** A file as it was sent. */
export interface SentFile {
  name: string
  bytes: Uint8Array
  token: string
}

/** A file that was acknowledged: what the sender may rely on. */
export interface Acknowledged extends SentFile {
  id: string
  sha256: string
}

/** Several clients that upload different files all the time, and what they were told. */
export interface Uploads {
  acknowledged: Acknowledged[]
  /** Sent, and never answered, or answered that it failed. */
  unanswered: SentFile[]
  /** Answers other than 201 while it ran: status and problem. */
  failures: { status: number; type: string; milliseconds: number }[]
  /**
   * Uploads to `url` until the connection breaks or `stop` is called; over when every client is.
   * `stubborn`: goes on after a failure.
   */
  run(url: string, options?: { stubborn?: boolean }): Promise<void>
  stop(): void
  /** Waits until `count` more are acknowledged than when it is called. */
  untilMore(count: number): Promise<void>
  /** Sends again what was not answered: each must be there already as a whole (200) or not at all (201). */
  repeat(url: string): Promise<{ there: number; absent: number }>
}

const PATIENCE_MS = 60_000

/** Uploads by one client for each token; the tokens belong to SENDERS in their order. */
export function openUploads(tokens: readonly string[]): Uploads {
  const acknowledged: Acknowledged[] = []
  let unanswered: SentFile[] = []
  const failures: Uploads['failures'] = []
  const sent = tokens.map(() => 0)
  const state = { going: false }

  function nextFile(client: number): SentFile {
    const n = (sent[client] = sent[client]! + 1)
    const receiver = RECEIVERS[Math.floor(n / 999)]!
    const today = new Date().toISOString().slice(0, 10)
    const made = ctf(SENDERS[client]!, receiver, {
      serial: (n % 999) + 1,
      seed: n,
      pupils: 1 + (n % 8),
      today,
    })
    return { ...made, token: tokens[client]! }
  }

  async function send(url: string, file: SentFile): Promise<{ status: number; again: boolean }> {
    const began = performance.now()
    const { status, json } = await apiOf({ url }, file).upload(file.name, file.bytes)
    if (status === 200 || status === 201) {
      assert.equal(json.receipt.sha256, createHash('sha256').update(file.bytes).digest('hex'))
      assert.equal(json.receipt.size, file.bytes.length)
      acknowledged.push({ ...file, id: json.id, sha256: json.receipt.sha256 })
    } else failures.push({ status, type: json?.type, milliseconds: performance.now() - began })
    return { status, again: status === 200 }
  }

  async function client(url: string, at: number, stubborn: boolean): Promise<void> {
    while (state.going) {
      const file = nextFile(at)
      const { status, broken } = await send(url, file).then(
        ({ status }) => ({ status, broken: false }),
        (error: unknown) => {
          if (error instanceof assert.AssertionError) throw error
          return { status: 0, broken: true }
        },
      )
      if (status !== 201) unanswered.push(file)
      if (broken) return
      if (!stubborn) assert.equal(status, 201)
      else if (status !== 201) await sleep(50)
    }
  }

  return {
    acknowledged,
    get unanswered() {
      return unanswered
    },
    failures,
    async run(url, { stubborn = false } = {}) {
      state.going = true
      await Promise.all(tokens.map((_, at) => client(url, at, stubborn)))
    },
    stop() {
      state.going = false
    },
    async untilMore(count) {
      const enough = acknowledged.length + count
      for (const began = performance.now(); acknowledged.length < enough; await sleep(5)) {
        assert.ok(performance.now() - began < PATIENCE_MS, `no ${count} uploads within a minute`)
      }
    },
    async repeat(url) {
      const again = unanswered
      unanswered = []
      const answers = await Promise.all(again.map((file) => send(url, file)))
      assert.deepEqual(
        answers.filter(({ status }) => status !== 200 && status !== 201),
        [],
      )
      const there = answers.filter(({ again }) => again).length
      return { there, absent: answers.length - there }
    },
  }
}
