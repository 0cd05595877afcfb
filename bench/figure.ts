/** A figure beside that of a peer, measured in the same run; `peer` is null where the peer is absent. */
export interface Figure {
  name: string
  value: number
  unit: string
  peer: string | null
  peerValue: number | null
  /** value / peerValue. */
  ratio: number | null
}

/** A benchmark: measures, and reports each figure when it is known. */
export type Benchmark = (report: (figure: Figure) => void) => Promise<void>

/** Rounds of every benchmark, the contenders taking turns in each. */
export const ROUNDS = 3

/** The middle value. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

/** The value that 99 of 100 do not exceed. */
export function p99(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1]!
}

/** A figure beside that of its peer, rounded for reading. */
export function figure(
  name: string,
  unit: string,
  value: number,
  peer: string | null,
  peerValue: number | null,
): Figure {
  const round = (number: number): number => Number(number.toPrecision(4))
  return {
    name,
    value: round(value),
    unit,
    peer: peerValue === null ? null : peer,
    peerValue: peerValue === null ? null : round(peerValue),
    ratio: peerValue === null ? null : round(value / peerValue),
  }
}
