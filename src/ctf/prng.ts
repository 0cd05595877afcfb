/** Chance that can be repeated: the same seed gives the same choices. Not for secrets. */
export interface Chance {
  /** A whole number from 0 to below `below`. */
  number(below: number): number
  /** One of a list. */
  pick<T>(list: readonly T[]): T
  /** True once in `times`. */
  once(times: number): boolean
}

/** Mulberry32: 32 bits of state, the same on every machine. */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const number = (below: number) => Math.floor(next() * below)
  return { number, pick: (list) => list[number(list.length)]!, once: (times) => number(times) === 0 }
}
