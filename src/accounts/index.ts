export { approversOf, becomeApprover, holdersOf, markShared } from './approvers-store.ts'
export { audienceOf, type Audience } from './audience.ts'
export { clientPages as pages } from './client-pages.ts'
export { createClient, newClientId, type CreatedClient, type NewClient } from './create-client.ts'
export { createPerson, giveRole, newPersonId, type NewPerson } from './create-person.ts'
export { accountEvents, noteAccountEvent, type Doer, type EventRow } from './events-store.ts'
export { lockAdministrators } from './housekeeping-store.ts'
export { keepAccounts } from './housekeeping.ts'
export { invitationUntil, revokeInvitation, type Invited } from './invitations-store.ts'
export { invitationOf, invite, redeemInvitation, sendInvitation } from './invitations.ts'
export {
  liveRoles,
  MEMBER,
  memberOf,
  noteSignIn,
  selectOtherMemberships as otherMembershipsOf,
  signOutEverywhere,
  signOutsOf,
  type Ending,
  type EndingReason,
  type Member,
} from './members-store.ts'
export {
  endMembership,
  grantableRoles,
  refuseAbove,
  refuseAboveAnywhere,
  refuseTakeover,
  restoreMembership,
} from './members.ts'
export { changeOwnAccount, showOwnAccount } from './own-account.ts'
export {
  endApprover,
  endRoles,
  findPersonId,
  insertMembership,
  listPeople,
  livePerson,
  lockPeople,
  setDetails,
  setPersonLanguage,
  type LivePerson,
  type PersonRow,
} from './people-store.ts'
export { archivePerson, membershipsOf, personByUsername, restorePerson, type Membership } from './people.ts'
export { readDetails, type TypedDetails } from './read-person.ts'
export { revokeClient, rotateClient } from './rotate-client.ts'
export { hashSecret, secretMatches } from './secret.ts'
export {
  findClient,
  listClients,
  liveSecretHashes,
  setLastUsed as noteClientUse,
  type ClientRow,
} from './store.ts'
export { tellOfClient } from './tell-of-client.ts'
