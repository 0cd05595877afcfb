import {
  accountEvents,
  approversOf,
  invitationUntil,
  otherMembershipsOf,
  type EventRow,
  type Member,
} from '../accounts/index.ts'
import { findEstablishments, type Establishment } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import { action } from '../permissions/action.ts'
import { decide, type Actor } from '../permissions/decide.ts'
import { grantsOf, listSystems, type Grant, type System } from '../systems/index.ts'
import { memberInput, ofMember } from './of-member.ts'
import { rightsAt, type Rights } from './rules.ts'

/** Events of an account that its page tells. */
const EVENTS_SHOWN = 50

/** A person at an organisation, with what pages about the person show. */
export interface PersonFile {
  member: Member
  organisation: Establishment
  /** What whoever looks may do for people of the organisation. */
  rights: Rights
  /** The account is that of whoever looks. */
  own: boolean
  /** Where the person belongs too, as far as whoever looks sees people there; for the rest, only that there is more. */
  elsewhere: { known: Establishment[]; unknown: boolean }
  /** Until when the link to set a password can be used; null: none is out. */
  invitedUntil: Date | null
  /** How many approve for the organisation now. */
  approvers: number
  systems: System[]
  grants: Grant[]
}

/** Reads what pages about a member show to somebody. */
export async function fileOf(tx: Tx, actor: Actor, member: Member): Promise<PersonFile> {
  const { id: person, organisation: code } = member
  const others = await otherMembershipsOf(tx, { person, organisation: code })
  const seen = others
    .map(({ organisation }) => organisation)
    .filter((one) => decide(actor, 'see-people', [one]).allowed)
  const establishments = await findEstablishments(tx, [code, ...seen])
  return {
    member,
    organisation: establishments.get(code)!,
    rights: rightsAt(actor, code),
    own: actor.id === person,
    elsewhere: {
      known: seen.flatMap((one) => establishments.get(one) ?? []),
      unknown: seen.length < others.length,
    },
    invitedUntil: await invitationUntil(tx, person),
    approvers: (await approversOf(tx, code)).length,
    systems: await listSystems(tx),
    grants: await grantsOf(tx, { person, organisation: code }),
  }
}

/** A person's account at an organisation, with its history. */
export const showPerson = action({
  ...ofMember,
  name: 'people.show',
  permission: 'see-people',
  input: memberInput,
  audited: 'refusals',
  run: async ({ tx, actor, subject }): Promise<PersonFile & { history: EventRow[] }> => ({
    ...(await fileOf(tx, actor, subject)),
    history: await accountEvents(tx, subject, EVENTS_SHOWN),
  }),
})
