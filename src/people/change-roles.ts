import { z } from 'zod'
import { endRoles, giveRole, grantableRoles, noteAccountEvent, type Member } from '../accounts/index.ts'
import { kindOfCode } from '../establishments/index.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Permission, Role } from '../permissions/table.ts'
import { grantsOf } from '../systems/index.ts'
import { markOf, memberChange, refuseEnded, refuseStale } from './member-change.ts'
import { memberShape } from './of-member.ts'
import { roleChanges } from './rules.ts'
import { rolesInWords, tellPerson } from './tell.ts'

const input = z.strictObject({
  ...memberShape,
  roles: z.array(z.string().max(60)).max(20).default([]),
  seen: z.string().max(100),
})

/** The roles that one may give at an organisation (code) by a row of the permission table. */
export function grantableAt(by: Permission, organisation: string): readonly Role[] {
  const kind = kindOfCode(organisation)
  return kind ? grantableRoles(by, kind) : []
}

/** Roles as they were asked for. Throws Refusal `person-role` (422) for one that cannot be given there, or not by this row. */
export function readRoles(asked: readonly string[], by: Permission, code: string): Role[] {
  const grantable = grantableAt(by, code)
  return [...new Set(asked)].map((slug) => {
    const role = grantable.find((role) => role === slug)
    if (role) return role
    const params = { code, role: slug.slice(0, 40), roles: grantable.join(', ') }
    throw new Refusal('unacceptable', 'person-role', { params })
  })
}

/**
 * Gives and takes roles (guidance for local authorities §3.4); those that are set up from above stay. The person is told,
 * and what was taken ends with the person's next request.
 */
export const changeRoles = memberChange({
  verb: 'change-roles',
  permission: 'manage-people',
  asksAgain: true,
  input,
  refuse({ member }) {
    refuseEnded(member)
  },
  async run(changing): Promise<Member & { given: Role[]; taken: Role[] }> {
    const { tx, actor, by, member, now } = changing
    refuseStale(changing.input.seen, markOf(member))
    const { id: person, organisation } = member
    const wanted = readRoles(changing.input.roles, by, organisation)
    const changes = roleChanges(member.roles, wanted, grantableAt(by, organisation))
    const { given, taken } = changes
    const left = member.roles.length + given.length - taken.length
    if (left === 0 && !member.approver && (await grantsOf(tx, { person, organisation })).length === 0)
      throw new Refusal('unacceptable', 'person-no-access')
    if (given.length + taken.length === 0) return { ...member, ...changes }
    await endRoles(tx, { person, organisation, roles: taken, at: now })
    for (const role of given) await giveRole(tx, { person, organisation, role, givenAt: now })
    await noteAccountEvent(tx, member, { event: 'roles', by: actor, at: now, given, taken })
    const words = { given: rolesInWords(given), taken: rolesInWords(taken) }
    await tellPerson(changing, member, 'access-roles', words)
    return { ...member, ...changes }
  },
})
