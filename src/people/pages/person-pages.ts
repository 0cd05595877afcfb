import { mayEver } from '../../permissions/decide.ts'
import { page, type AnyPage, type PageExchange } from '../../permissions/page.ts'
import { establishmentName } from '../../establishments/index.ts'
import { systemRolesFor } from '../../systems/index.ts'
import { archivePersonHere, restorePersonHere } from '../archive-person.ts'
import { changeApprover } from '../change-approver.ts'
import { changeRoles, grantableAt } from '../change-roles.ts'
import { changeSystems, grantName } from '../change-systems.ts'
import { editPerson } from '../edit-person.ts'
import { markOf } from '../member-change.ts'
import { showPerson, type PersonFile } from '../person-file.ts'
import { endSessions, invitePerson } from '../reach-person.ts'
import { rolesInWords } from '../tell.ts'
import { formPages, saidOnPerson } from './form-pages.ts'
import { personView } from './person-view.ts'

/** What a field that may stand several times was filled in with. */
function several(typed: unknown): string[] {
  return [typed].flat().filter((one) => typeof one === 'string')
}

/** Roles to tick, with what each is for; those that are set up from above only stand there. */
export function rolesToTick(
  permission: 'manage-people',
  { member, organisation }: Pick<PersonFile, 'organisation'> & { member: { roles: readonly string[] } },
  chosen: readonly string[],
  { words }: PageExchange,
): { items: object[]; fixed: string[] } {
  const grantable = grantableAt(permission, organisation.code)
  const say = (role: string): string => words(`pages.accounts.roles.${role}`)
  return {
    items: grantable.map((role) => ({
      value: role,
      text: say(role),
      hint: { text: words(`pages.people.means.${role}`) },
      checked: chosen.includes(role),
    })),
    fixed: member.roles.filter((role) => !grantable.some((one) => one === role)).map(say),
  }
}

/** Each system with the roles that people of the organisation may have there. */
function systemsToTick(
  { systems, grants, organisation }: PersonFile,
  chosen: readonly string[] | null,
  { language }: PageExchange,
): object[] {
  const held = chosen ?? grants.map(grantName)
  return systems.flatMap((system) => {
    const roles = systemRolesFor(system, organisation.kind).map((role) => {
      const value = grantName({ system: system.code, role: role.code })
      return { value, text: establishmentName(role, language), checked: held.includes(value) }
    })
    return roles.length > 0
      ? [{ code: system.code, name: establishmentName(system, language), items: roles }]
      : []
  })
}

/** A person's page, and every form behind its buttons. */
export const personPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: '/people/{organisation}/{id}',
    action: showPerson,
    show: (file, exchange) => ({ view: 'people/views/person.njk', data: personView(file, exchange) }),
  }),
  ...formPages({
    path: 'edit',
    offered: editPerson,
    view: 'people/views/edit.njk',
    data: ({ member }, _exchange, typed) => ({
      seen: typed?.['seen'] ?? markOf(member),
      typed: typed ?? { ...member },
    }),
    done: (edited) =>
      saidOnPerson(
        edited,
        edited.invited ? 'editedInvited' : edited.changed.length > 0 ? 'edited' : 'unchanged',
      ),
  }),
  ...formPages({
    path: 'roles',
    offered: changeRoles,
    view: 'people/views/roles.njk',
    lists: ['roles'],
    data: (file, exchange, typed) => ({
      seen: typed?.['seen'] ?? markOf(file.member),
      ...rolesToTick('manage-people', file, typed ? several(typed['roles']) : file.member.roles, exchange),
    }),
    done: ({ given, taken, ...member }) =>
      given.length + taken.length === 0
        ? saidOnPerson(member, 'unchanged')
        : saidOnPerson(member, 'roles', { given: rolesInWords(given), taken: rolesInWords(taken) }),
  }),
  ...formPages({
    path: 'systems',
    offered: changeSystems,
    view: 'people/views/systems.njk',
    lists: ['grants'],
    data: (file, exchange, typed) => ({
      seen: typed?.['seen'] ?? markOf(file.member, ...file.grants.map(grantName)),
      choices: systemsToTick(file, typed && several(typed['grants']), exchange),
    }),
    done: ({ given, taken, ...member }) =>
      saidOnPerson(member, given.length + taken.length === 0 ? 'unchanged' : 'systems'),
  }),
  ...formPages({
    path: 'approver',
    offered: changeApprover,
    view: 'people/views/approver.njk',
    data: ({ approvers }) => ({ approvers }),
    // who handed over sees people no more, unless another role lets them
    done: (member, { visit }) => {
      const said = saidOnPerson(member, `approver.${member.did}`)
      const mayStay = visit.actor.roles.some(
        (role) => role !== 'approver' && mayEver({ ...visit.actor, roles: [role] }, 'see-people'),
      )
      return member.did === 'hand-over' && !mayStay ? { ...said, to: '/' } : said
    },
  }),
  ...formPages({
    path: 'archive',
    offered: archivePersonHere,
    view: 'people/views/archive.njk',
    data: ({ member, approvers, elsewhere }) => ({
      isLast: member.approver && approvers <= 1,
      isElsewhere: elsewhere.unknown || elsewhere.known.length > 0,
    }),
    done: (member) => saidOnPerson(member, 'archived'),
  }),
  ...formPages({
    path: 'restore',
    offered: restorePersonHere,
    view: 'people/views/restore.njk',
    data: ({ member, rights }) => ({ flagIsLost: member.approver && !rights.access }),
    done: ({ given, missing, ...member }) =>
      saidOnPerson(member, missing.length > 0 ? 'restoredNotAll' : 'restored', {
        given: rolesInWords(given),
        missing: rolesInWords(missing),
      }),
  }),
  ...formPages({
    path: 'invite',
    offered: invitePerson,
    view: 'people/views/invite.njk',
    done: (member) => saidOnPerson(member, 'invited', { email: member.email, count: member.hours }),
  }),
  ...formPages({
    path: 'end-sessions',
    offered: endSessions,
    view: 'people/views/end-sessions.njk',
    done: (member) => saidOnPerson(member, 'endedSessions'),
  }),
]
