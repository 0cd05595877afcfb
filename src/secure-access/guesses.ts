import { createHmac } from 'node:crypto'
import type { Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import type { World } from '../world.ts'
import { countTries, forgetTries, needNotLast, takeBackTries, type TryCount } from './guess-store.ts'
import { GUESSES, RESET } from './rules.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A count that a guess adds to. */
interface Lane extends TryCount {
  /** Others' guesses are in it too: one that was right says nothing of them. */
  shared?: true
}

/** A guess that counts as wrong until it turned out otherwise. */
export interface Guess {
  /** It was right: the wrong ones before it, of the same person by the same lane, no longer count. */
  wasRight(tx: Tx): Promise<void>
  /** It was never looked at. */
  wasNone(): Promise<void>
}

/** A guess of a password: of whose, and from where. */
export interface PasswordGuess {
  username: string
  /** The network address that it comes from; many people may share one. */
  address: string
  /** The id under which the browser is known as that person's; null: it is not. */
  knownBrowser: string | null
}

/** Counts guesses. A username that nobody has counts like any other. */
export interface Guesses {
  /**
   * Counts a guess before it is looked at, so that guesses side by side count too. A browser that is known as the
   * person's has a lane of its own, so that nobody else's guesses keep the person out. Throws Refusal
   * `sign-in-throttled` (429) when there were too many.
   */
  begin(guess: PasswordGuess): Promise<Guess>
  /** The same for the code of a second factor; gives the Refusal `factor-throttled` when there were too many. */
  beginCode(guess: { person: string; knownBrowser: string | null }): Promise<Guess | Refusal>
  /** Forgets those of a username: it has a new password. */
  forget(tx: Tx, username: string): Promise<void>
  /** Counts a mail that tells a person of too many guesses; false: there was one within the hour. */
  mayTell(tx: Tx, person: string): Promise<boolean>
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

  /**
   * Counts a guess under each of some keys; where there were as many under one of them as it takes, gives the
   * milliseconds until the next is looked at.
   */
  async function count(lanes: readonly Lane[]): Promise<Guess | number> {
    const at = clock.now()
    const since = new Date(at.getTime() - GUESSES.minutes * MINUTE)
    const first = await db.transaction().execute(async (tx) => {
      const [first] = await Promise.all([countTries(tx, lanes, { since, at }), needNotLast(tx)])
      return first
    })
    if (first) return first.getTime() - since.getTime()
    const own = lanes.filter(({ shared }) => !shared).map(({ key }) => key)
    const shared = lanes.filter((lane) => lane.shared).map(({ key }) => key)
    return {
      async wasRight(tx) {
        await Promise.all([forgetTries(tx, own), takeBackTries(tx, shared, at)])
      },
      wasNone: () => db.transaction().execute((tx) => takeBackTries(tx, [...own, ...shared], at)),
    }
  }

  async function countWithin(tx: Tx, key: string, most: number): Promise<boolean> {
    const at = clock.now()
    const since = new Date(at.getTime() - HOUR)
    return (await countTries(tx, [{ key: keyOf(key), most }], { since, at })) === null
  }

  return {
    async begin({ username, address, knownBrowser }) {
      const most = GUESSES.ofUsername
      const strangers: Lane[] = [
        { key: keyOfUsername(username), most },
        { key: keyOf(`address ${address}`), most: GUESSES.fromAddress, shared: true },
      ]
      const lanes = knownBrowser === null ? strangers : [{ key: keyOf(`browser ${knownBrowser}`), most }]
      const counted = await count(lanes)
      if (typeof counted === 'number') throw throttled('sign-in-throttled', counted)
      return counted
    },
    async beginCode({ person, knownBrowser }) {
      const counted = await count([
        { key: keyOf(`code ${knownBrowser ?? person}`), most: GUESSES.ofUsername },
      ])
      return typeof counted === 'number' ? throttled('factor-throttled', counted) : counted
    },
    forget: (tx, username) => forgetTries(tx, [keyOfUsername(username)]),
    mayTell: (tx, person) => countWithin(tx, `told ${person}`, 1),
    mayReset: (tx, person) => countWithin(tx, `reset ${person}`, RESET.anHour),
  }
}

function throttled(code: 'sign-in-throttled' | 'factor-throttled', milliseconds: number): Refusal {
  const retryAfter = Math.max(1, Math.ceil(milliseconds / 1000))
  return new Refusal('too-many', code, { retryAfter, params: { minutes: GUESSES.minutes } })
}
