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

/**
 * Says who typed a username and a password, and writes it into the audit. Whatever is wrong, the same work is done and
 * the same is answered: unknown, archived or not activated, another letter case, another password. Throws Refusal:
 * `sign-in-wrong` (422), `sign-in-throttled` (429), `too-busy` (503).
 */
export async function authenticate(
  { world, guesses }: Pick<Parts, 'world' | 'guesses'>,
  { username, password, address }: Typed,
  action = 'secure-access.sign-in',
): Promise<Authenticated> {
  const found = await personByUsername(world.db, username)
  const guess = await begin()
  const credential = await findCredential(world.db, found?.id ?? '')
  const right = await compare(password, credential, guess)
  if (!right || !credential || !found) {
    await refused(found && !credential ? 'no password yet' : 'wrong')
    throw new Refusal('unacceptable', 'sign-in-wrong')
  }
  const { mustChange, passwordHash } = credential
  await world.db.transaction().execute(async (tx) => {
    await guess.wasRight(tx)
    // of another action its own row follows
    const step = mustChange ? 'secure-access.one-time-password' : 'secure-access.sign-in'
    if (action === 'secure-access.sign-in')
      await writeStep(world, tx, { action: step, person: found.id, address })
  })
  return { person: found.id, mark: markOf(passwordHash), mustChange }

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
