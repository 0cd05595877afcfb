import { livePerson, personByUsername, type LivePerson } from '../accounts/index.ts'
import type { Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { knownAs, type Shown } from './browsers.ts'
import type { Guess } from './guesses.ts'
import { writeStep, type Parts } from './parts.ts'
import { hashPassword, isBelowToday, isPassword, markOf } from './passwords.ts'
import { findCredential, replaceHash, type Credential } from './people-store.ts'
import { nextStep, settleSignIn, type Step, type UnderWay } from './steps.ts'

/** What somebody typed to sign in, and from where. */
export interface Typed {
  username: string
  password: string
  address: string
  browser: Shown
}

/** Somebody who typed the right password; that the guess was right is still to be noted. */
export interface Recognised extends Pick<UnderWay, 'person' | 'mark' | 'mustChange'> {
  guess: Guess
}

/** Takes the password of whoever signs in, as `recognise` says, and tells what comes next; null: nothing more. */
export async function authenticate(
  parts: Parts,
  typed: Typed,
): Promise<{ under: UnderWay; step: Step | null }> {
  const { world } = parts
  const { guess, ...who } = await recognise(parts, typed, 'secure-access.sign-in')
  const under = { ...who, second: false }
  const step = await nextStep(world, under)
  await world.db.transaction().execute(async (tx) => {
    await guess.wasRight(tx)
    if (step === null) return settleSignIn(parts, tx, { ...typed, person: who.person })
    const action = who.mustChange ? 'secure-access.one-time-password' : 'secure-access.password'
    await writeStep(world, tx, { action, person: who.person.id, address: typed.address })
  })
  return { under, step }
}

/**
 * Says who typed a username and a password; whoever asks notes in a transaction that the guess was right. Whatever is
 * wrong, the same work is done and the same is answered: unknown, archived or not activated, another letter case,
 * another password. Throws Refusal: `sign-in-wrong` (422), `sign-in-throttled` (429), `too-busy` (503), and, once the
 * password was right, `sign-in-nowhere` (403).
 * @param action what it is for, as a refusal stands in the audit
 */
export async function recognise(
  { world, guesses }: Pick<Parts, 'world' | 'guesses'>,
  { username, password, address, browser }: Typed,
  action: string,
): Promise<Recognised> {
  const { db } = world
  const found = await personByUsername(db, username)
  const at = world.clock.now()
  const knownBrowser = await knownAs(db, { person: found?.id ?? '', token: browser.token, at })
  const guess = await begin()
  const credential = await findCredential(db, found?.id ?? '')
  const right = await compare(password, credential, guess)
  if (!right || !credential || !found || isOver(credential, at)) {
    await refused(found && !credential ? 'no password yet' : 'wrong')
    throw new Refusal('unacceptable', 'sign-in-wrong')
  }
  const person = await livePerson(db, found.id)
  if (!person) {
    await refused('nowhere', (tx) => guess.wasRight(tx))
    throw new Refusal('forbidden', 'sign-in-nowhere')
  }
  const passwordHash = await raised(world, person, { password, passwordHash: credential.passwordHash })
  return { person, mark: markOf(passwordHash), mustChange: credential.mustChange, guess }

  async function begin(): Promise<Guess> {
    try {
      return await guesses.begin({ username, address, knownBrowser })
    } catch (error) {
      if (error instanceof Refusal) await refused('throttled')
      throw error
    }
  }

  function refused(why: string, also?: (tx: Tx) => Promise<void>): Promise<void> {
    const step = { action, person: found?.id ?? null, byAnybody: true, refused: why, address }
    return db.transaction().execute(async (tx) => {
      await also?.(tx)
      await writeStep(world, tx, step)
    })
  }
}

/** Compares, once and always; a guess for which there was no turn does not count. */
async function compare(password: string, credential: Credential | null, guess: Guess): Promise<boolean> {
  try {
    return await isPassword(password, credential?.passwordHash ?? null)
  } catch (error) {
    await guess.wasNone()
    throw error
  }
}

/** Whether a one-time password that somebody else made was left unused for too long. */
function isOver({ goodUntil }: Credential, at: Date): boolean {
  return goodUntil !== null && goodUntil <= at
}

/** The hash of the right password: made anew, and kept, where it costs a guesser less than one of today. */
async function raised(
  { db }: Pick<Parts['world'], 'db'>,
  { id }: LivePerson,
  { password, passwordHash }: { password: string; passwordHash: string },
): Promise<string> {
  if (!isBelowToday(passwordHash)) return passwordHash
  const fresh = await hashPassword(password)
  await replaceHash(db, id, { former: passwordHash, fresh })
  return fresh
}
