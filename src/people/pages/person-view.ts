import type { EventRow, Member } from '../../accounts/index.ts'
import { isSetUpAbove, stateOf } from '../../accounts/rules.ts'
import { establishmentName } from '../../establishments/index.ts'
import type { PageExchange } from '../../permissions/page.ts'
import { mayEver } from '../../permissions/decide.ts'
import { grantInWords } from '../change-systems.ts'
import type { PersonFile } from '../person-file.ts'
import type { System } from '../../systems/index.ts'
import { rolesOf, tagsOf } from './list-view.ts'

/** What stands at the top of every page about a person. */
export function headOf({ member, organisation }: PersonFile, { language }: PageExchange): object {
  return {
    personPath: pathOf(member),
    member,
    organisation: { code: organisation.code, name: establishmentName(organisation, language) },
  }
}

/** The address of a person at an organisation. */
export function pathOf({ organisation, id }: { organisation: string; id: string }): string {
  return `/people/${organisation}/${id}`
}

/** What can be done on a person's page by whoever looks, as a button or link each. */
function offersOf({ member, rights, own, elsewhere }: PersonFile, setsUp: boolean): Record<string, boolean> {
  const { people, access } = rights
  const isLive = !own && member.endedAt === null
  const isAbove = isSetUpAbove(member.roles)
  // the national administrator helps those whom it sets up (guidance for local authorities §3.1)
  const isTheirs = (people && !isAbove) || (setsUp && member.roles.includes('lea-dba'))
  const mayTakeOver = isLive && isTheirs && !elsewhere.unknown
  return {
    edit: isLive && people && !isAbove,
    roles: isLive && people,
    systems: isLive && access,
    invite: isLive && (people || access),
    oneTimePassword: mayTakeOver && people,
    resetFactors: mayTakeOver,
    endSessions: isLive && access && !isAbove && !elsewhere.unknown,
    approver: isLive && access,
    archive: isLive && people && !isAbove,
    restore: !own && member.endedAt !== null && people,
  }
}

/** A person's page as its view shows it. */
export function personView(file: PersonFile & { history: EventRow[] }, exchange: PageExchange): object {
  const { words, language, world, visit } = exchange
  const { member, elsewhere, systems, grants, invitedUntil, approvers, rights } = file
  const offers = offersOf(file, mayEver(visit.actor, 'set-up-dba'))
  const name = (one: { nameEn: string; nameCy: string | null }): string => establishmentName(one, language)
  return {
    ...headOf(file, exchange),
    state: stateOf(member),
    tags: tagsOf(exchange),
    roles: rolesOf(member, words),
    isLastApprover: member.approver && !member.endedAt && approvers === 1,
    systems: systems.flatMap((system) => {
      const held = grants.filter((one) => one.system === system.code)
      const roles = system.roles.filter(({ code }) => held.some(({ role }) => role === code))
      return held.length > 0 ? [{ name: name(system), roles: roles.map(name) }] : []
    }),
    elsewhere: {
      known: elsewhere.known.map((one) => ({ code: one.code, name: name(one), id: member.id })),
      unknown: elsewhere.unknown,
    },
    invitation: invitedUntil && {
      until: invitedUntil,
      isOver: invitedUntil.getTime() <= world.clock.now().getTime(),
    },
    own: file.own,
    offers,
    isAny: Object.values(offers).some(Boolean),
    isAbove: isSetUpAbove(member.roles) && (rights.people || rights.access) && !file.own,
    isMaintenance: mayEver(visit.actor, 'see-school-details'),
    history: file.history.map((event) => lineOf(event, member, systems, exchange)),
  }
}

/** A line of an account's history in words. */
function lineOf(
  { event, at, given, taken, ...by }: EventRow,
  { organisation }: Member,
  systems: readonly System[],
  { words, language }: PageExchange,
): object {
  const k = 'pages.people.history.'
  const inWords = (names: readonly string[]): string =>
    names.map((name) => thingInWords(event, name, systems, { words, language })).join(', ')
  const who =
    by.actorKind === 'person'
      ? words(`${k}${by.actorOrganisation === organisation ? 'by' : 'byOther'}`, {
          name: by.actorName ?? '',
          organisation: establishmentName(
            { nameEn: by.actorOrganisationEn ?? by.actorOrganisation ?? '', nameCy: by.actorOrganisationCy },
            language,
          ),
        })
      : words(`${k}${by.actorKind}`)
  const parts = [
    given.length > 0 ? words(`${k}given`, { what: inWords(given) }) : null,
    taken.length > 0 ? words(`${k}taken`, { what: inWords(taken) }) : null,
  ].filter((part) => part !== null)
  return { at, what: words(`${k}${event}`), who, parts }
}

function thingInWords(
  event: EventRow['event'],
  name: string,
  systems: readonly System[],
  { words, language }: Pick<PageExchange, 'words' | 'language'>,
): string {
  if (event === 'systems') return grantInWords(name, systems)[language]
  return event === 'details' ? words(`pages.people.details.${name}`) : words(`pages.accounts.roles.${name}`)
}
