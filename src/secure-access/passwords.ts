import { hash as digest } from 'node:crypto'
import argon2 from '@node-rs/argon2'
import { Refusal } from '../kit/refusal.ts'
import { normalPassword } from './rules.ts'

/** Argon2id as OWASP asks for: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The hash of no password, at the same cost: what is compared where there is nobody to compare with. */
const NOBODY = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** How many are hashed side by side in a process (it has two cores to itself), and how many more may wait. */
const AT_ONCE = 2
const WAITING_MOST = 100

const waiting: (() => void)[] = []
let running = 0

/** Gives a password its turn, so that a flood of them takes neither memory nor all cores. Throws Refusal 503. */
async function inTurn<Done>(work: () => Promise<Done>): Promise<Done> {
  if (running < AT_ONCE) running++
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

/**
 * A name for the password set at one time, made from its hash: it tells whether that password still holds, and
 * nothing of it.
 */
export function markOf(passwordHash: string): string {
  return digest('sha256', passwordHash, 'base64url').slice(0, 22)
}
