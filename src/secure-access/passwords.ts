import { hash as digest } from 'node:crypto'
import argon2 from '@node-rs/argon2'
import type { Config } from '../kit/config.ts'
import { threadsOf } from '../kit/processes.ts'
import { Refusal } from '../kit/refusal.ts'
import { normalPassword } from './rules.ts'

/** Argon2id as OWASP asks for: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** How every hash of today begins. */
const TODAY = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`

/** The hash of no password, at the same cost: what is compared where there is nobody to compare with. */
const NOBODY = `${TODAY}${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Threads beside the script in a Node process; files and names of hosts need one of them too. */
const POOL = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4)

/** How many may wait for their turn: more would wait for seconds. */
const WAITING_MOST = 100

/** How many are hashed side by side in this process. */
let atOnce = 1
const waiting: (() => void)[] = []
let running = 0

/**
 * Says how many passwords are hashed side by side: in all web processes of the machine together as many as it has cores
 * less one, so that pages are answered while a flood of sign-ins comes.
 */
export function boundHashing(config: Pick<Config, 'databaseUrl' | 'webProcesses'>): void {
  atOnce = Math.max(1, Math.min(threadsOf(config), POOL - 1))
}

/** Gives a password its turn, so that a flood of them takes neither memory nor all cores. Throws Refusal 503. */
async function inTurn<Done>(work: () => Promise<Done>): Promise<Done> {
  if (running < atOnce) running++
  else if (waiting.length >= WAITING_MOST) throw new Refusal('unavailable', 'too-busy', { retryAfter: 5 })
  else await new Promise<void>((resolve) => waiting.push(resolve))
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

/** What is kept of a password: Argon2id in PHC format. Throws Refusal `too-busy` (503). */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => argon2.hash(normalPassword(password), COST))
}

/**
 * Whether a password is the one that was hashed. Without a hash it is never so, and takes as long to say. Throws
 * Refusal `too-busy` (503).
 */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const same = await inTurn(() => argon2.verify(hash ?? NOBODY, normalPassword(password)))
  return hash !== null && same
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
