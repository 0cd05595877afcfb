import type { Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { setRevoked } from './store.ts'

export { pages } from './account-pages.ts'
export { audienceOf, type Audience } from './audience.ts'
export { createClient, newClientId, type CreatedClient, type NewClient } from './create-client.ts'
export { createPerson, newPersonId, type NewPerson } from './create-person.ts'
export type { Invited } from './invitations-store.ts'
export { invitationOf, invite, redeemInvitation, sendInvitation } from './invitations.ts'
export {
  memberOf,
  noteSignIn,
  signOutEverywhere,
  signOutsOf,
  type Ending,
  type EndingReason,
  type Member,
} from './members-store.ts'
export { endMembership, grantableRoles, refuseTakeover, restoreMembership } from './members.ts'
export {
  findPersonId,
  listPeople,
  livePerson,
  setPersonLanguage,
  type LivePerson,
  type PersonRow,
} from './people-store.ts'
export { archivePerson, membershipsOf, personByUsername, type Membership } from './people.ts'
export { secretMatches } from './secret.ts'
export { listClients, liveSecretHash, setLastUsed as noteClientUse, type ClientRow } from './store.ts'

/** Ends a client and with it every token it holds, at once. Refuses an id that no client has. */
export async function revokeClient(tx: Tx, id: string, now: Date): Promise<void> {
  if (!(await setRevoked(tx, id, now))) throw new Refusal('not-found', 'client-unknown')
}
