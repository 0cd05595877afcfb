/** Where the time comes from, so that rules take it as an argument and tests can set it. */
export interface Clock {
  /** The present moment. */
  now(): Date
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() }
