import { step, type Patience } from './patience.ts'

/** Failures in a row, whatever their kind, after which the server is taken to refuse everything. */
const IN_A_ROW = 5

/**
 * Keeps a server in trouble from being hammered. Pauses the whole sender, longer each time; after a pause one mail
 * goes first, and only when it is through the others follow. `now` is in milliseconds.
 */
export interface Circuit {
  /** Milliseconds from `now` until anything may be tried. */
  waitFor(now: number): number
  /** Only one mail may be under way: nothing has been through since the last pause. */
  probing(): boolean
  /** A mail was taken. */
  went(): void
  /** A mail was not taken; `server`: for a reason that would hold for every mail. */
  failed(now: number, server: boolean): void
}

/** A closed circuit. */
export function openCircuit({ pauses }: Pick<Patience, 'pauses'>): Circuit {
  let failures = 0
  let trips = 0
  let until = -Infinity
  return {
    waitFor: (now) => Math.max(0, until - now),
    probing: () => trips > 0,
    went() {
      failures = 0
      trips = 0
    },
    failed(now, server) {
      failures += 1
      // failures of mails under way together count once: the pause has begun
      if (now < until || !(server || failures >= IN_A_ROW || trips > 0)) return
      trips += 1
      until = now + step(pauses, trips) * 1000
    },
  }
}
