import { ROLES, type Role } from '../../permissions/table.ts'

/** How many second factors a person may set up. */
export const FACTORS_MOST = 10

/** How many recovery codes are made at once. */
export const RECOVERY_CODES = 10

/** The longest name of a factor, in characters. */
export const FACTOR_NAME_MAX = 60

/** Minutes for which what a page offered to be set up can be sent back. */
export const OFFER_MINUTES = 30

/**
 * Whose sign-in needs a second factor, by SECOND_FACTOR_ROLES: roles, or all. Unset: all, but none where the
 * installation shows invented data.
 */
export function factorRoles(
  setting: readonly string[] | 'all' | null,
  demonstration: boolean,
): readonly string[] | 'all' {
  return setting ?? (demonstration ? [] : 'all')
}

/** Whether a person of these roles, wherever they are held, needs one. */
export function needsFactor(
  roles: readonly string[] | 'all',
  held: readonly { roles: readonly Role[]; approver: boolean }[],
): boolean {
  if (roles === 'all') return true
  return held.some(
    (one) => one.roles.some((role) => roles.includes(role)) || (one.approver && roles.includes('approver')),
  )
}

/** The first of these that is no role of a person; null when all are. */
export function unknownRole(setting: readonly string[] | 'all' | null): string | null {
  if (setting === null || setting === 'all') return null
  const roles: readonly string[] = ROLES.filter((role) => role !== 'connected-system')
  return setting.find((slug) => !roles.includes(slug)) ?? null
}

/** A factor's name as it is kept: trimmed, composed; null when it is empty, too long or cannot be shown. */
export function readFactorName(text: string): string | null {
  const name = text.trim().normalize('NFC')
  const isOne = name !== '' && name.length <= FACTOR_NAME_MAX && !/[\p{C}\p{Zl}\p{Zp}]/u.test(name)
  return isOne ? name : null
}
