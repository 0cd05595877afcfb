/** The client of this provider that the service itself is: everybody may sign in to it. */
export const OWN_CLIENT = 'common-transfer-system'

/**
 * What is told of a person at userinfo, by the scope that asks for it; roles are not: each application knows its own,
 * or asks for them. Of `organisation`, the service itself is told every one, a connected system the one that was chosen.
 * The token that proves a sign-in stands in an address at log-off, so it holds none of it but `sub`.
 */
export const CLAIMS = {
  openid: ['sub'],
  profile: ['name', 'given_name', 'family_name'],
  email: ['email'],
  organisation: ['organisation', 'organisations'],
}
