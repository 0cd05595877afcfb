import { hashSecret } from '../accounts/index.ts'
import type { Tx } from '../kit/database.ts'
import { newId, newToken } from '../kit/ids.ts'
import { Refusal } from '../kit/refusal.ts'
import { insertSystem, replaceRoles, replaceSecret, setRemoved, updateSystem } from './manage-store.ts'
import type { SystemFile } from './read-system.ts'

/** How a system signs itself in: told once, the secret stands nowhere else. */
export interface SystemSecret {
  clientId: string
  secret: string
}

/** Adds a system by its file; it is in the menus from now on. Throws Refusal `system-exists` (409). */
export async function createSystem(tx: Tx, file: SystemFile, now: Date): Promise<SystemSecret> {
  const secret = newToken()
  const clientId = `system-${newId()}`
  if (!(await insertSystem(tx, file, { clientId, secretHash: hashSecret(secret) }, now)))
    throw new Refusal('conflict', 'system-exists', { params: { code: file.code } })
  await replaceRoles(tx, file)
  return { clientId, secret }
}

/**
 * Changes a system to what its file says: names, addresses, and its roles with whoever had one that is gone. Gives how
 * many accesses ended by it. Throws Refusal `system-unknown` (404).
 */
export async function changeSystem(tx: Tx, file: SystemFile): Promise<number> {
  if (!(await updateSystem(tx, file))) throw unknown(file.code)
  return replaceRoles(tx, file)
}

const DAY = 24 * 60 * 60 * 1000

/** Gives a system a new secret; the one before works for some days more. Throws Refusal `system-unknown` (404). */
export async function rotateSecret(
  tx: Tx,
  code: string,
  { now, overlapDays }: { now: Date; overlapDays: number },
): Promise<SystemSecret> {
  const secret = newToken()
  const formerUntil = new Date(now.getTime() + overlapDays * DAY)
  const clientId = await replaceSecret(tx, code, { secretHash: hashSecret(secret), formerUntil })
  if (clientId === null) throw unknown(code)
  return { clientId, secret }
}

/** Ends a system at once, with every access to it, its tokens and its part of sign-ins. Throws Refusal `system-unknown` (404). */
export async function removeSystem(tx: Tx, code: string, now: Date): Promise<void> {
  if (!(await setRemoved(tx, code, now))) throw unknown(code)
}

function unknown(code: string): Refusal {
  return new Refusal('not-found', 'system-unknown', { params: { code: code.slice(0, 40) } })
}
