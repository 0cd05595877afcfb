import { createHmac } from 'node:crypto'
import type { Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import type { World } from '../world.ts'
import { countTry, forgetTries, takeBackTry } from './guess-store.ts'
import { GUESSES, RESET } from './rules.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A guess that counts as wrong until it turned out otherwise. */
export interface Guess {
  /** It was right: the wrong ones of the username before it no longer count. */
  wasRight(tx: Tx): Promise<void>
  /** It was never looked at. */
  wasNone(): Promise<void>
}

/** Counts guesses of passwords. A username that nobody has counts like any other. */
export interface Guesses {
  /**
   * Counts a guess before it is looked at, so that guesses side by side count too. Throws Refusal `sign-in-throttled`
   * (429) when there were too many.
   * @param address the network address that it comes from; many people may share one
   */
  begin(username: string, address: string): Promise<Guess>
  /** Forgets those of a username: it has a new password. */
  forget(tx: Tx, username: string): Promise<void>
  /** Counts a link for a new password that a person is sent; false: there were enough within the hour. */
  mayReset(tx: Tx, person: string): Promise<boolean>
}

/** Opens the count of guesses. */
export async function openGuesses({
  db,
  clock,
  secrets,
}: Pick<World, 'db' | 'clock' | 'secrets'>): Promise<Guesses> {
  const secret = await secrets.get('secure-access-guesses')
  // under a secret: what somebody types as a username may be a password
  const keyOf = (text: string): Buffer => createHmac('sha256', secret).update(text).digest()
  const keyOfUsername = (username: string): Buffer => keyOf(`username ${username.toLowerCase()}`)

  return {
    async begin(username, address) {
      const [ofUsername, fromAddress] = [keyOfUsername(username), keyOf(`address ${address}`)]
      const at = clock.now()
      const since = new Date(at.getTime() - GUESSES.minutes * MINUTE)
      const first = await db.transaction().execute(async (tx) => {
        const first = await countTry(tx, ofUsername, { most: GUESSES.ofUsername, since, at })
        if (first) return first
        const another = await countTry(tx, fromAddress, { most: GUESSES.fromAddress, since, at })
        if (another) await takeBackTry(tx, ofUsername, at)
        return another
      })
      if (first) throw throttled(first.getTime() - since.getTime())
      return {
        async wasRight(tx) {
          await forgetTries(tx, ofUsername)
          await takeBackTry(tx, fromAddress, at)
        },
        wasNone: () =>
          db.transaction().execute(async (tx) => {
            await takeBackTry(tx, ofUsername, at)
            await takeBackTry(tx, fromAddress, at)
          }),
      }
    },
    forget: (tx, username) => forgetTries(tx, keyOfUsername(username)),
    async mayReset(tx, person) {
      const at = clock.now()
      const since = new Date(at.getTime() - HOUR)
      return (await countTry(tx, keyOf(`reset ${person}`), { most: RESET.anHour, since, at })) === null
    },
  }
}

function throttled(milliseconds: number): Refusal {
  const retryAfter = Math.max(1, Math.ceil(milliseconds / 1000))
  return new Refusal('too-many', 'sign-in-throttled', { retryAfter, params: { minutes: GUESSES.minutes } })
}
