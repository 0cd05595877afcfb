import type { Tx } from '../kit/database.ts'
import { newToken } from '../kit/ids.ts'
import { Refusal } from '../kit/refusal.ts'
import { hashSecret } from './secret.ts'
import {
  endFormerSecrets,
  lockClient,
  replaceSecret,
  secretsOf,
  setRevoked,
  type ClientRow,
} from './store.ts'

const DAY = 24 * 60 * 60 * 1000

async function lockLive(tx: Tx, id: string): Promise<ClientRow> {
  const client = await lockClient(tx, id)
  if (!client) throw new Refusal('not-found', 'client-unknown')
  if (client.revokedAt) throw new Refusal('conflict', 'client-revoked')
  return client
}

/** A secret that is told once, and until when the former one goes on working. */
export interface RotatedSecret {
  client: ClientRow
  secret: string
  overlapEnds: Date
}

/**
 * Gives a client a new secret; the former one works for some days more, so that a system can be set to the new one
 * without a break. Throws Refusal: `client-unknown` (404), `client-revoked` (409), `client-rotated` (409) where the newest secret
 * is not the one that was seen.
 * @param seen when the secret was made that whoever asks takes for the newest; null: whichever it is
 */
export async function rotateClient(
  tx: Tx,
  id: string,
  { overlapDays, seen, now }: { overlapDays: number; seen: Date | null; now: Date },
): Promise<RotatedSecret> {
  const client = await lockLive(tx, id)
  const [newest] = await secretsOf(tx, id, now)
  if (seen && newest?.createdAt.getTime() !== seen.getTime()) throw new Refusal('conflict', 'client-rotated')
  const secret = newToken()
  const overlapEnds = new Date(now.getTime() + overlapDays * DAY)
  await replaceSecret(tx, { client: id, secretHash: hashSecret(secret), at: now, overlapEnds })
  return { client, secret, overlapEnds }
}

/** Ends former secrets of a client now. Throws Refusal: as `rotateClient`, `client-no-overlap` (409) where none works. */
export async function endOverlap(tx: Tx, id: string, now: Date): Promise<ClientRow> {
  const client = await lockLive(tx, id)
  if (!(await endFormerSecrets(tx, id, now))) throw new Refusal('conflict', 'client-no-overlap')
  return client
}

/** Ends a client and with it every token it holds, at once. Throws Refusal `client-unknown` (404). */
export async function revokeClient(tx: Tx, id: string, now: Date): Promise<void> {
  if (!(await setRevoked(tx, id, now))) throw new Refusal('not-found', 'client-unknown')
}
