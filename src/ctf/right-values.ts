import type { Child } from './plan.ts'

/** Values that were found right, each of its element. */
export interface RightValues {
  /** The value in ASCII that stands between two places of a window, if it was found right; else null. */
  find(child: Pick<Child, 'number'>, window: DataView, from: number, to: number): string | null
  /** What was last looked for is right. */
  keep(value: string): void
}

const SLOTS = 1024
/** To be copied, since each file has one: to make it takes as long as to read a header. */
const EMPTY: readonly string[] = Array.from({ length: SLOTS }, () => '')

/** Up to so many bytes are three times four; and a slice of so few is no part of the text that it was cut from. */
const LONGEST = 12

/**
 * Remembers short values: most are codes, dates and numbers of schools that come again and again, and those
 * need be neither made nor checked a second time. They are compared four bytes at a time, with whatever stands behind
 * those that have fewer. A value takes the place of another of the same hash, so that memory does not grow.
 */
export function rememberRight(): RightValues {
  const keys = new Int32Array(SLOTS * 4)
  const values = EMPTY.slice()
  let [slot, kind, first, middle, last] = [-1, 0, 0, 0, 0]

  return {
    find({ number }, window, from, to) {
      const length = to - from
      slot = -1
      if (length > LONGEST || from < LONGEST) return null
      kind = number * 16 + length
      first = window.getInt32(from)
      middle = length > 8 ? window.getInt32(from + 4) : 0
      last = window.getInt32(to - 4)
      const hash = Math.imul(first ^ kind, 0x9e3779b1) ^ Math.imul(last + middle, 0x85ebca6b)
      slot = (hash >>> 20) & (SLOTS - 1)
      const at = slot * 4
      const isKnown =
        keys[at] === kind && keys[at + 1] === first && keys[at + 2] === middle && keys[at + 3] === last
      return isKnown ? values[slot]! : null
    },
    keep(value) {
      if (slot < 0) return
      values[slot] = value
      keys.set([kind, first, middle, last], slot * 4)
    },
  }
}
