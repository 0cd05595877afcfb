import type { Letter } from './compose.ts'

/**
 * What became of a letter. `deferred`: try this one later; `unreachable`: the server takes nothing at present;
 * `refused`: it never will take this one; `uncertain`: handed over whole, but the answer never came.
 */
export type Outcome =
  | { id: string; kind: 'sent' }
  | { id: string; kind: 'deferred' | 'unreachable' | 'refused' | 'uncertain'; error: string }

/** What a post asks of the sender while it carries letters. */
export interface Desk {
  /** To be awaited before the end of a message goes out; throws when it must not. */
  handingOver(id: string): Promise<void>
  /** Writes down what became of letters; to be called once for each, as soon as it is known. */
  settle(outcomes: readonly Outcome[]): Promise<void>
  /** False: leave the rest, somebody takes them later. */
  goOn(): boolean
}

/** A way to deliver letters: an SMTP server or a folder. */
export interface Post {
  /** Letters to give to one `carry`. */
  batch: number
  /** How many `carry` at once. */
  lines: number
  /** Carries letters, settling each or leaving it; never throws for a letter's sake. */
  carry(letters: readonly Letter[], desk: Desk): Promise<void>
  /** Breaks off what is under way; each settles as what it then is. */
  breakOff(): void
}
