import type { Querying, Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { hasLiveClient, setRevoked } from './store.ts'

export { createClient, newClientId, type CreatedClient, type NewClient } from './create-client.ts'
export { secretMatches } from './secret.ts'
export { listClients, liveSecretHash, setLastUsed as noteClientUse, type ClientRow } from './store.ts'

/** Whether anybody could collect for the organisation: at least one machine client that may act now. */
export function organisationHasAnybody(querying: Querying, code: string): Promise<boolean> {
  return hasLiveClient(querying, code)
}

/** Ends a client and with it every token it holds, at once. Refuses an id that no client has. */
export async function revokeClient(tx: Tx, id: string, now: Date): Promise<void> {
  if (!(await setRevoked(tx, id, now))) throw new Refusal('not-found', 'client-unknown')
}
