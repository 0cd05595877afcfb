import { hash as digest } from 'node:crypto'
import { Piscina } from 'piscina'
import type { Config } from '../kit/config.ts'
import { threadsOf } from '../kit/processes.ts'
import { Refusal } from '../kit/refusal.ts'
import type { HashTask } from './hash-worker.ts'
import { normalPassword } from './rules.ts'

/**
 * Argon2id: 32 MiB, three passes, one lane. OWASP's least is 19 MiB and two; a sign-in may take longer than that, and
 * whoever guesses at stolen hashes takes as much longer for each.
 */
export const COST = { memoryCost: 32_768, timeCost: 3, parallelism: 1 }

/** How every hash of today begins. */
const TODAY = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`

/** The hash of no password, at the same cost: what is compared where there is nobody to compare with. */
export const NOBODY = `${TODAY}${'A'.repeat(22)}$${'A'.repeat(43)}`

/** How many may wait for their turn: more would wait for seconds. */
const WAITING_MOST = 100

const IDLE_MS = 5 * 60_000

let threads = 1
let pool: Piscina<HashTask, string | boolean> | undefined

/**
 * Says how many passwords are hashed side by side: in all web processes of the machine together as many as it has cores
 * less one, so that pages are answered while a flood of sign-ins comes.
 */
export function boundHashing(config: Pick<Config, 'databaseUrl' | 'webProcesses'>): void {
  if (threadsOf(config) === threads) return
  threads = threadsOf(config)
  // threads of the former pool end when they have been idle
  pool = undefined
}

/** Gives a password its turn in a thread of its own, so that a flood of them takes neither memory nor all cores. */
async function inTurn(task: HashTask): Promise<string | boolean> {
  pool ??= new Piscina({
    filename: new URL('./hash-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    atomics: 'disabled',
  })
  if (pool.queueSize >= WAITING_MOST) throw new Refusal('unavailable', 'too-busy', { retryAfter: 5 })
  return pool.run(task)
}

/** What is kept of a password: Argon2id in PHC format. Throws Refusal `too-busy` (503). */
export async function hashPassword(password: string): Promise<string> {
  return (await inTurn({ password: normalPassword(password), cost: COST })) as string
}

/**
 * Whether a password is the one that was hashed. Without a hash it is never so, and takes as long to say. Throws
 * Refusal `too-busy` (503).
 */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const same = await inTurn({ password: normalPassword(password), hash: hash ?? NOBODY })
  return hash !== null && same === true
}

/** Whether a hash was made at the cost of today. */
export function isOfToday(hash: string): boolean {
  return hash.startsWith(TODAY)
}

/**
 * A name for the password set at one time, made from its hash: it tells whether that password still holds, and
 * nothing of it.
 */
export function markOf(passwordHash: string): string {
  return digest('sha256', passwordHash, 'base64url').slice(0, 22)
}
