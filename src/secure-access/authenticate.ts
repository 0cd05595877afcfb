import { personByUsername, type LivePerson } from '../accounts/index.ts'
import type { Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { hashOf, type Shown } from './browsers.ts'
import type { Guess } from './guesses.ts'
import { writeStep, type Parts } from './parts.ts'
import { hashPassword, isOfToday, isPassword, markOf } from './passwords.ts'
import { findSignInFacts, replaceHash, type Credential } from './people-store.ts'
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
  /** A second factor is set up. */
  hasFactor: boolean
  /** The browser is known as the person's. */
  isKnown: boolean
}

/** Takes the password of whoever signs in, as `recognise` says, and tells what comes next; null: nothing more. */
export async function authenticate(
  parts: Parts,
  typed: Typed,
): Promise<{ under: UnderWay; step: Step | null }> {
  const { world } = parts
  const { guess, hasFactor, isKnown, ...who } = await recognise(parts, typed, 'secure-access.sign-in')
  const { person } = who
  const under = { ...who, second: false }
  const step = await nextStep(world, under, hasFactor)
  const action = who.mustChange ? 'secure-access.one-time-password' : 'secure-access.password'
  await world.db
    .transaction()
    .execute((tx) =>
      Promise.all([
        guess.wasRight(tx),
        step === null
          ? settleSignIn(parts, tx, { ...typed, person, isKnown })
          : writeStep(world, tx, { action, person: person.id, address: typed.address }),
      ]),
    )
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
  const id = found?.id ?? ''
  const facts = await findSignInFacts(db, { person: id, tokenHash: hashOf(id, browser.token), at })
  const { credential, knownBrowser, hasFactor } = facts
  const guess = await begin()
  const right = await compare(password, credential, guess)
  if (!right || !credential || !found || isOver(credential, at)) {
    await refused(found && !credential ? 'no password yet' : 'wrong')
    throw new Refusal('unacceptable', 'sign-in-wrong')
  }
  if (!facts.isLive) {
    await refused('nowhere', (tx) => guess.wasRight(tx))
    throw new Refusal('forbidden', 'sign-in-nowhere')
  }
  const passwordHash = await raised(world, found, { password, passwordHash: credential.passwordHash })
  const { mustChange } = credential
  const isKnown = knownBrowser !== null
  return { person: found, mark: markOf(passwordHash), mustChange, guess, hasFactor, isKnown }

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

/** The hash of the right password: made anew, and kept, where it was made at another cost than one of today. */
async function raised(
  { db }: Pick<Parts['world'], 'db'>,
  { id }: LivePerson,
  { password, passwordHash }: { password: string; passwordHash: string },
): Promise<string> {
  if (isOfToday(passwordHash)) return passwordHash
  const fresh = await hashPassword(password)
  await replaceHash(db, id, { former: passwordHash, fresh })
  return fresh
}
