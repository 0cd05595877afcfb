import { kindOfCode } from '../establishments/rules.ts'
import type { Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { roleChanges, systemRolesFor } from './rules.ts'
import { deleteGranted, holdSystem, insertGranted, lockGranted, type MemberKey } from './store.ts'

/** What a member is to have in one system, in place of what was there; no role takes the access away. */
export interface WantedGrants extends MemberKey {
  /** The system's code. */
  system: string
  /** Codes of its roles. */
  roles: readonly string[]
  at: Date
}

/**
 * Replaces the roles that a member of an organisation has in one system; whoever asks writes the audit and the mail.
 * Throws Refusal `system-unknown` (404), and `system-role` (422) for a role that the system does not have for that kind
 * of organisation.
 */
export async function setGrants(
  tx: Tx,
  { system: code, roles, at, ...member }: WantedGrants,
): Promise<{ added: string[]; removed: string[] }> {
  const system = await holdSystem(tx, code)
  if (!system) throw new Refusal('not-found', 'system-unknown', { params: { code: code.slice(0, 40) } })
  const kind = kindOfCode(member.organisation)
  const fitting = kind ? systemRolesFor(system, kind).map((role) => role.code) : []
  const strange = roles.find((role) => !fitting.includes(role))
  if (strange !== undefined)
    throw new Refusal('unacceptable', 'system-role', {
      params: { role: strange.slice(0, 40), roles: fitting.join(', ') },
    })
  const changes = roleChanges(await lockGranted(tx, member, code), roles)
  await deleteGranted(tx, member, { system: code, roles: changes.removed })
  await insertGranted(tx, member, { system: code, roles: changes.added, at })
  return changes
}
