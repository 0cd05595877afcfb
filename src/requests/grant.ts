import {
  endApprover,
  endRoles,
  giveRole,
  insertMembership,
  lockPeople,
  memberOf,
  noteAccountEvent,
  restoreMembership,
  type Member,
} from '../accounts/index.ts'
import type { Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Actor } from '../permissions/decide.ts'
import { ROLES } from '../permissions/table.ts'
import { grantsOf, setGrants } from '../systems/index.ts'
import type { RequestRow } from './store.ts'

/** Gives what was granted to whoever asked, as it is given on the pages about people; what is held already stays. */
export async function grant(
  tx: Tx,
  request: Pick<RequestRow, 'kind' | 'organisation' | 'person' | 'system'>,
  { roles, by, at }: { roles: readonly string[]; by: Actor; at: Date },
): Promise<void> {
  const person = request.person!
  const { organisation, system } = request
  await lockPeople(tx, [person])
  const found = await memberOf(tx, organisation, person)
  const isMember = found !== null && found.endedAt === null
  if (request.kind === 'join' && !isMember) await join(tx, { person, organisation, found, by, at })
  else if (!isMember) throw new Refusal('conflict', 'request-asker-gone')
  const member = { id: person, organisation }
  if (system === null) await giveRoles(tx, member, { roles, by, at })
  else {
    const held = (await grantsOf(tx, { person, organisation }))
      .filter((one) => one.system === system)
      .map(({ role }) => role)
    const { added } = await setGrants(tx, {
      person,
      organisation,
      system,
      roles: [...new Set([...held, ...roles])],
      at,
    })
    // as the history of an account names what is given in systems
    const given = added.map((role) => `${system}:${role}`)
    if (given.length > 0) await noteAccountEvent(tx, member, { event: 'systems', by, at, given })
  }
}

async function giveRoles(
  tx: Tx,
  member: { id: string; organisation: string },
  { roles, by, at }: { roles: readonly string[]; by: Actor; at: Date },
): Promise<void> {
  const held = (await memberOf(tx, member.organisation, member.id))?.roles ?? []
  const given = ROLES.filter((role) => roles.includes(role) && !held.includes(role))
  for (const role of given)
    await giveRole(tx, { person: member.id, organisation: member.organisation, role, givenAt: at })
  if (given.length > 0) await noteAccountEvent(tx, member, { event: 'roles', by, at, given })
}

/** Makes somebody a member, who begins without anything: also where it was one before. */
async function join(
  tx: Tx,
  {
    person,
    organisation,
    found,
    by,
    at,
  }: { person: string; organisation: string; found: Member | null; by: Actor; at: Date },
): Promise<void> {
  const member = { id: person, organisation }
  if (!found) {
    await insertMembership(tx, { person, organisation, approver: false, createdAt: at })
    return noteAccountEvent(tx, member, { event: 'joined', by, at })
  }
  const { given } = await restoreMembership(tx, found, { by, at })
  await endRoles(tx, { person, organisation, roles: given, at })
  await endApprover(tx, member)
  const systems = new Set((await grantsOf(tx, { person, organisation })).map(({ system }) => system))
  for (const system of systems) await setGrants(tx, { person, organisation, system, roles: [], at })
}
