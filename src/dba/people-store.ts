import { sql, type Querying } from '../kit/database.ts'
import type { Role } from '../permissions/table.ts'

/** Somebody who belongs to an organisation now, be it active or not. */
export interface PresentMember {
  id: string
  username: string
  name: string
  /** Several people use the account. */
  shared: boolean
  roles: Role[]
  approver: boolean
  /** When the first password was set; null before. */
  activatedAt: Date | null
  lastSignInAt: Date | null
}

/** Who belongs to an organisation now, by name. */
export async function membersOf(querying: Querying, organisation: string): Promise<PresentMember[]> {
  const { rows } = await sql<PresentMember>`
    select person as id, username, name, shared, roles, approver, activated_at as "activatedAt",
           last_sign_in_at as "lastSignInAt"
    from accounts.present_member where organisation = ${organisation} order by lower(name), person`.execute(
    querying,
  )
  return rows
}

/** How many belong to each of these organisations; none stands there for those without anybody. */
export async function countMembers(
  querying: Querying,
  organisations: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ organisation: string; n: number }>`
    select organisation, count(*)::integer as n from accounts.present_member
    where organisation = any(${[...organisations]}::text[]) group by organisation`.execute(querying)
  return new Map(rows.map(({ organisation, n }) => [organisation, n]))
}

/** The database administrator of an LA. */
export interface Administrator {
  organisation: string
  id: string
  name: string
  username: string
  activatedAt: Date | null
  lastSignInAt: Date | null
}

/** The database administrators of all LAs that have one. */
export async function listAdministrators(querying: Querying): Promise<Administrator[]> {
  const { rows } = await sql<Administrator>`
    select organisation, person as id, name, username, activated_at as "activatedAt", last_sign_in_at as "lastSignInAt"
    from accounts.present_member where 'lea-dba' = any(roles)`.execute(querying)
  return rows
}
