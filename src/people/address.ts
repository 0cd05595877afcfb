import type { Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { lockOrganisation, nameByEmail } from './store.ts'

/**
 * Refuses an e-mail address that somebody of the organisation has (`person-email-taken`): most likely the same person. Holds
 * until the transaction ends.
 * @param about `but` a person who may have it; null: nobody
 */
export async function refuseTakenAddress(
  tx: Tx,
  about: { organisation: string; email: string; but: string | null },
): Promise<void> {
  await lockOrganisation(tx, about.organisation)
  const name = await nameByEmail(tx, { ...about, email: about.email.trim() })
  if (name !== null) throw new Refusal('conflict', 'person-email-taken', { params: { name } })
}
