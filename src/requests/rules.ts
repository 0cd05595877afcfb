import { authorityOf, DEPARTMENT } from '../establishments/rules.ts'
import { decide, type Actor } from '../permissions/decide.ts'
import type { Role } from '../permissions/table.ts'

/** What is asked: roles where one belongs already; to belong to another organisation; help. */
export const KINDS = ['access', 'join', 'help'] as const

/** What a request asks. */
export type Kind = (typeof KINDS)[number]

/** Who is asked, from the nearest on: the organisation's approvers, its LA's DBA, the national administrator. */
export const STAGES = ['approver', 'dba', 'national'] as const

/** Who is asked. */
export type Stage = (typeof STAGES)[number]

/** How far a request has come; all but `open` are its end. */
export type State = 'open' | 'approved' | 'declined' | 'answered' | 'withdrawn' | 'closed'

/** What help can be asked for. */
export const TOPICS = ['sign-in', 'factor', 'account', 'details', 'other'] as const

/** What help is asked for. */
export type Topic = (typeof TOPICS)[number]

/** The longest text that comes with a request, and the longest reason of an answer, in characters. */
export const TEXT_MAX = { details: 1000, reason: 500 }

/** Open requests that one person may have, at most. */
export const OPEN_MOST = 20

/** Forms by nobody signed in: how many an hour from one network address, and how many a day about one organisation. */
export const HELP_LIMITS = { fromAddressAnHour: 5, ofOrganisationADay: 30 }

/** Days after its end for which the texts of a request are kept. */
export const KEPT_DAYS = 365

/** Somebody who looks after accounts of an organisation, or above it. */
export interface Keeper {
  id: string
  organisation: string
  approver: boolean
  roles: readonly Role[]
}

/** Where requests of an organisation can stand: at itself, at its LA, at the department. */
export function placesOf(organisation: string): string[] {
  return [...new Set([organisation, authorityOf(organisation), DEPARTMENT])]
}

/** Those of `keepers` whom a request about an organisation is put to at a stage: never the person who asks. */
export function keepersAt<One extends Keeper>(
  stage: Stage,
  organisation: string,
  keepers: readonly One[],
  asker: string | null,
): One[] {
  const stands: Record<Stage, (one: One) => boolean> = {
    approver: (one) => one.approver && one.organisation === organisation,
    dba: (one) => one.roles.includes('lea-dba') && one.organisation === authorityOf(organisation),
    national: (one) => one.roles.includes('national-administrator') && one.organisation === DEPARTMENT,
  }
  return keepers.filter((one) => one.id !== asker && stands[stage](one))
}

/** The stage that a request goes to from `from` (null: when it is made): the next where there is anybody, at last the nation. */
export function nextStage(
  from: Stage | null,
  organisation: string,
  keepers: readonly Keeper[],
  asker: string | null,
): Stage {
  const later = STAGES.slice(from === null ? 0 : STAGES.indexOf(from) + 1)
  return later.find((stage) => keepersAt(stage, organisation, keepers, asker).length > 0) ?? 'national'
}

/** Whether a request that stands at `stage` was put to those of `asked`, now or before. */
export function wasPutTo(asked: Stage, stage: Stage): boolean {
  return STAGES.indexOf(asked) <= STAGES.indexOf(stage)
}

const ROLE_AT: Record<Stage, Role> = {
  approver: 'approver',
  dba: 'lea-dba',
  national: 'national-administrator',
}

/** The stages that somebody stands at by the own roles. */
export function stagesOf({ roles }: Pick<Actor, 'roles'>): Stage[] {
  return STAGES.filter((stage) => roles.includes(ROLE_AT[stage]))
}

/** Whether somebody stands at a stage for an organisation, by the reach that the permission table gives that role. */
export function standsAt(actor: Actor, stage: Stage, organisation: string): boolean {
  if (!actor.roles.includes(ROLE_AT[stage])) return false
  return decide({ ...actor, roles: [ROLE_AT[stage]] }, 'answer-requests', [organisation]).allowed
}

/** The nearest stage at which somebody may answer a request: one that it was put to. Null: none. */
export function answersAs(
  actor: Actor,
  { organisation, stage }: { organisation: string; stage: Stage },
): Stage | null {
  return STAGES.find((one) => wasPutTo(one, stage) && standsAt(actor, one, organisation)) ?? null
}

/** What is asked of an organisation's access: roles of a connected system, or with null of this service. */
export interface Wanted {
  system: string | null
  roles: readonly string[]
}

/**
 * Of the roles that can be given at all, those that an answer may give. Approvers give what they could give anyway, and
 * so does a DBA with the roles of this service; whoever stands in for an approver otherwise gives what was asked for or
 * less, since no row of the permission table lets them give it of themselves.
 */
export function roomForAnswer(as: Stage, wanted: Wanted, possible: readonly string[]): string[] {
  const isOwn = as === 'approver' || (as === 'dba' && wanted.system === null)
  return possible.filter((role) => isOwn || wanted.roles.includes(role))
}
