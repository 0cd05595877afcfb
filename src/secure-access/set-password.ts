import type { Tx } from '../kit/database.ts'
import { hashPassword } from './passwords.ts'
import { keepCredential } from './people-store.ts'

/**
 * Sets a person's password for them, whatever it is: what the person has open at the provider ends. Says nothing of it
 * to anybody.
 * @param mustChange it is a one-time password: the person sets another before the first sign-in goes on
 * @param goodUntil when a one-time password ends unless it was used; left out: never
 */
export async function setPassword(
  tx: Tx,
  person: string,
  password: string,
  { mustChange, goodUntil = null }: { mustChange: boolean; goodUntil?: Date | null },
  now: Date,
): Promise<void> {
  const passwordHash = await hashPassword(password)
  await keepCredential(tx, person, { passwordHash, mustChange, goodUntil }, now)
}
