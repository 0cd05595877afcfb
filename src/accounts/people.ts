import { bothNames, findEstablishments } from '../establishments/index.ts'
import type { Querying, Tx } from '../kit/database.ts'
import type { InBoth } from '../kit/i18n.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Role } from '../permissions/table.ts'
import { noteAccountEvent } from './events-store.ts'
import { selectLastEnded } from './members-store.ts'
import { restoreMembership } from './members.ts'
import {
  lockPerson,
  selectByUsername,
  selectMemberships,
  setArchived,
  type LivePerson,
} from './people-store.ts'
import { isUsername } from './rules.ts'

/** The person who may sign in with exactly this username; null for whatever else somebody types. */
export async function personByUsername(querying: Querying, username: string): Promise<LivePerson | null> {
  return isUsername(username) ? selectByUsername(querying, username) : null
}

/** What a person is at one organisation. */
export interface Membership {
  /** 7-character code. */
  organisation: string
  name: InBoth
  /** Without the approver's flag, which stands beside them. */
  roles: Role[]
  approver: boolean
}

/** The organisations of a person, by code; none of one who is archived. */
export async function membershipsOf(querying: Querying, person: string): Promise<Membership[]> {
  const rows = await selectMemberships(querying, person)
  if (rows.length === 0) return []
  const codes = rows.map(({ organisation }) => organisation)
  const found = await findEstablishments(querying, codes)
  return rows.map((row) => ({ ...row, name: bothNames(found.get(row.organisation)!) }))
}

/**
 * What the operator does: ends a person everywhere at once. Roles and links end, and nobody can sign in by the username
 * or be given it again. What the person did stays. Refuses an id that nobody has.
 */
export async function archivePerson(tx: Tx, id: string, now: Date): Promise<void> {
  await lockPerson(tx, id)
  for (const { organisation } of await selectMemberships(tx, id))
    await noteAccountEvent(tx, { id, organisation }, { event: 'archived', by: 'operator', at: now })
  if (!(await setArchived(tx, id, now))) throw new Refusal('not-found', 'person-unknown')
}

/**
 * What the operator does: lets a person come back where the person was last, to every organisation that ended then, with
 * the roles held there but those that somebody else holds now. Gives what came back where, and what did not. Throws Refusal
 * `person-not-ended` (409): nothing of it ended; `person-unknown`.
 */
export async function restorePerson(
  tx: Tx,
  id: string,
  now: Date,
): Promise<{ organisation: string; given: Role[]; missing: Role[] }[]> {
  const found = await lockPerson(tx, id)
  if (!found) throw new Refusal('not-found', 'person-unknown')
  const { username } = found
  const ended = found.archivedAt ? await selectLastEnded(tx, id) : []
  if (ended.length === 0) throw new Refusal('conflict', 'person-not-ended', { params: { username } })
  const restored = []
  for (const organisation of ended) {
    const roles = await restoreMembership(
      tx,
      { id, username, organisation },
      { above: true, flag: true, by: 'operator', at: now },
    )
    restored.push({ organisation, ...roles })
  }
  return restored
}
