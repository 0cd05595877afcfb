import { personByUsername } from '../accounts/index.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Guess } from './guesses.ts'
import { writeStep, type Parts } from './parts.ts'
import { isPassword, markOf } from './passwords.ts'
import { findCredential, type Credential } from './people-store.ts'

/** What somebody typed to sign in, and from where. */
export interface Typed {
  username: string
  password: string
  address: string
}

/** Somebody who typed the right password. */
export interface Authenticated {
  person: string
  /** The name of the password that was right. */
  mark: string
  /** It was a one-time password: another must be set before anything else. */
  mustChange: boolean
}

/** The same, with its guess still to be noted as right. */
export interface Recognised extends Authenticated {
  guess: Guess
}

/** Signs in whoever typed a username and a password, as `recognise` says, and writes it into the audit. */
export async function authenticate(
  parts: Pick<Parts, 'world' | 'guesses'>,
  typed: Typed,
): Promise<Authenticated> {
  const { guess, ...who } = await recognise(parts, typed, 'secure-access.sign-in')
  const action = who.mustChange ? 'secure-access.one-time-password' : 'secure-access.sign-in'
  await parts.world.db.transaction().execute(async (tx) => {
    await guess.wasRight(tx)
    await writeStep(parts.world, tx, { action, person: who.person, address: typed.address })
  })
  return who
}

/**
 * Says who typed a username and a password; whoever asks notes in a transaction that the guess was right. Whatever is
 * wrong, the same work is done and the same is answered: unknown, archived or not activated, another letter case,
 * another password. Throws Refusal: `sign-in-wrong` (422), `sign-in-throttled` (429), `too-busy` (503).
 * @param action what it is for, as a refusal stands in the audit
 */
export async function recognise(
  { world, guesses }: Pick<Parts, 'world' | 'guesses'>,
  { username, password, address }: Typed,
  action: string,
): Promise<Recognised> {
  const found = await personByUsername(world.db, username)
  const guess = await begin()
  const credential = await findCredential(world.db, found?.id ?? '')
  const right = await compare(password, credential, guess)
  if (!right || !credential || !found) {
    await refused(found && !credential ? 'no password yet' : 'wrong')
    throw new Refusal('unacceptable', 'sign-in-wrong')
  }
  const { mustChange, passwordHash } = credential
  return { person: found.id, mark: markOf(passwordHash), mustChange, guess }

  async function begin(): Promise<Guess> {
    try {
      return await guesses.begin(username, address)
    } catch (error) {
      if (error instanceof Refusal) await refused('throttled')
      throw error
    }
  }

  function refused(why: string): Promise<void> {
    const step = {
      action,
      person: found?.id ?? null,
      byAnybody: true,
      refused: why,
      address,
    }
    return world.db.transaction().execute((tx) => writeStep(world, tx, step))
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
