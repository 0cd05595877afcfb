/** How long the sender waits and tries; every figure in seconds. */
export interface Patience {
  /** After the first, second, … failure of a mail; the last one repeats. */
  delays: readonly number[]
  /** After which a mail that could not be sent is dead. */
  giveUp: number
  /** How long the whole sender pauses after the first, second, … trouble with the server; the last one repeats. */
  pauses: readonly number[]
  /** How often the outbox is looked at when nothing wakes the sender. */
  poll: number
  /** How long a mail stays with a sender that gives no sign of life. */
  hold: number
  /** For connecting, and again for the greeting. */
  connect: number
  /** Without a byte from the server. */
  silence: number
  /** For one mail altogether. */
  mail: number
  /** That stopping waits for what is under way. */
  stop: number
}

/** For service: retried over two days, as mail servers do, and then kept for the operator. */
export const PATIENCE: Patience = {
  delays: [10, 60, 300, 1800, 7200, 14_400],
  giveUp: 2 * 24 * 3600,
  pauses: [10, 30, 60, 120, 300],
  poll: 2,
  hold: 30,
  connect: 30,
  silence: 120,
  mail: 300,
  stop: 10,
}

/** The entry of `steps` for the nth time (from 1); the last one repeats. */
export function step(steps: readonly number[], n: number): number {
  return steps[Math.min(n, steps.length) - 1] ?? 0
}
