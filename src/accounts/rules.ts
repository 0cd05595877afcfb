import type { OrganisationKind } from '../establishments/rules.ts'
import { ROLES, type Role } from '../permissions/table.ts'

const LA_ROLES = ROLES.filter((role) => role.startsWith('lea-'))

/** The roles by the kind of organisation they belong to: guidance for local authorities §1.6; suppliers §5.5. */
const ROLES_OF: Record<OrganisationKind, readonly Role[]> = {
  school: ['school-user'],
  authority: LA_ROLES,
  department: ['national-administrator'],
  supplier: ['supplier-user'],
}

/**
 * The roles that a machine client of such an organisation may have. Approver is none of them: it approves people,
 * which is a person's judgement (ICES Bulletin 65 §1).
 */
export function clientRoles(kind: OrganisationKind): readonly Role[] {
  return ROLES_OF[kind]
}

/** The longest name of a client, in characters. */
export const CLIENT_NAME_MAX = 100

/**
 * A client's name as it is kept: trimmed, composed (NFC). Null when it is empty, too long, or holds control or
 * direction characters, which would mislead in a file's history and in the audit.
 */
export function readClientName(text: string): string | null {
  const name = text.trim().normalize('NFC')
  return name === '' || name.length > CLIENT_NAME_MAX || /[\p{C}\p{Zl}\p{Zp}]/u.test(name) ? null : name
}
