import { findEstablishments, type Establishment } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import { newId, newToken } from '../kit/ids.ts'
import { Refusal } from '../kit/refusal.ts'
import { NAME_MAX, readClientName, rolesFor } from './rules.ts'
import { hashSecret } from './secret.ts'
import { insertClient, replaceSecret } from './store.ts'

/**
 * An id for a new client. The word in front keeps it from beginning with a hyphen, which command lines take for an
 * option.
 */
export function newClientId(): string {
  return `client-${newId()}`
}

/** A client as it is asked for. */
export interface NewClient {
  /** From `newClientId`. */
  id: string
  name: string
  /** 7-character code of its organisation, in any letter case. */
  organisation: string
  /** A role's slug. */
  role: string
  /** Id of the person who makes it; the operator unless there is one. */
  by?: string
}

/** What is told of a new client once: its secret stands nowhere else. */
export interface CreatedClient {
  secret: string
  organisation: Establishment
}

/**
 * Makes a machine client bound to one organisation and one role. Refuses a name that cannot be shown, an
 * organisation that is not in the register, a role that does not belong to its kind, and an id that was used before: its
 * secret was shown then. A closed school may have one: it still collects what waits for it.
 */
export async function createClient(tx: Tx, asked: NewClient, now: Date): Promise<CreatedClient> {
  const name = readClientName(asked.name)
  if (name === null) throw new Refusal('unacceptable', 'client-name', { params: { max: NAME_MAX } })
  const code = asked.organisation.trim().toUpperCase()
  const organisation = (await findEstablishments(tx, [code])).get(code)
  if (!organisation)
    throw new Refusal('unacceptable', 'client-organisation', { params: { code: code.slice(0, 20) } })
  const roles = rolesFor(organisation.kind)
  const role = roles.find((role) => role === asked.role)
  if (!role) {
    const params = { code, role: asked.role.slice(0, 40), roles: roles.join(', ') }
    throw new Refusal('unacceptable', 'client-role', { params })
  }
  const secret = newToken()
  const { id, by = 'operator' } = asked
  if (!(await insertClient(tx, { id, name, organisation: code, role, createdAt: now }, by)))
    throw new Refusal('conflict', 'client-made')
  await replaceSecret(tx, { client: id, secretHash: hashSecret(secret), at: now, overlapEnds: now })
  return { secret, organisation }
}
