import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { Role } from '../permissions/table.ts'
import type { LivePerson } from './people-store.ts'

const LIVE = sql`person as id, username, name, email, language`

/** Who approves for an organisation now, by name; also somebody who was invited and has not come yet. */
export async function approversOf(querying: Querying, organisation: string): Promise<LivePerson[]> {
  const { rows } = await sql<LivePerson>`
    select ${LIVE} from accounts.live_membership
    where organisation = ${organisation} and approver order by name, person`.execute(querying)
  return rows
}

/** Who holds a role at an organisation now, by name. */
export async function holdersOf(querying: Querying, organisation: string, role: Role): Promise<LivePerson[]> {
  const { rows } = await sql<LivePerson>`
    select ${LIVE} from accounts.live_membership
    where organisation = ${organisation} and ${role} = any(roles) order by name, person`.execute(querying)
  return rows
}

/** Makes a member of an organisation an approver there. */
export async function becomeApprover(
  tx: Tx,
  { person, organisation }: { person: string; organisation: string },
): Promise<void> {
  await sql`
    update accounts.membership set approver = true
    where person = ${person} and organisation = ${organisation} and ended_at is null`.execute(tx)
}

/** Marks an account as one that several people use. */
export async function markShared(tx: Tx, person: string): Promise<void> {
  await sql`update accounts.person set shared = true where id = ${person}`.execute(tx)
}
