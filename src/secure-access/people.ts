import type { Account, AdapterPayload, KoaContextWithOIDC } from 'oidc-provider'
import { livePerson, membershipsOf, signOutsOf } from '../accounts/index.ts'
import type { Database } from '../kit/database.ts'
import { nameParts, organisationClaim } from '../systems/index.ts'
import type { SystemGrant } from './access.ts'
import { markOf } from './passwords.ts'
import { findCredential } from './people-store.ts'
import { OWN_CLIENT } from './scopes.ts'

/** How a session tells of its sign-in: by a password, by which, and at which count of sign-outs. */
export async function methodsOf(db: Database, person: string, mark: string): Promise<string[]> {
  return ['pwd', mark, String(await signOutsOf(db, person))]
}

/**
 * Whether a session holds: nobody's does; a person's until the person may act nowhere, gets another password, or all
 * that the person has open is ended.
 */
export async function sessionHolds(db: Database, { accountId, amr }: AdapterPayload): Promise<boolean> {
  if (accountId === undefined) return true
  const signOuts = await signOutsOf(db, accountId)
  const credential = await findCredential(db, accountId)
  const isSame = amr?.[1] === markOf(credential?.passwordHash ?? '') && amr[2] === String(signOuts)
  return signOuts !== null && credential !== null && isSame
}

/** The person of an id as the provider knows one; undefined when there is none or it is archived. */
export async function findPerson(
  db: Database,
  { oidc }: KoaContextWithOIDC,
  id: string,
): Promise<Account | undefined> {
  const person = await livePerson(db, id)
  if (!person) return undefined
  const { name, email, language } = person
  const own = async (): Promise<object> => {
    const memberships = await membershipsOf(db, id)
    return { organisations: memberships.map((one) => ({ code: one.organisation, name: one.name[language] })) }
  }
  const system = async (): Promise<object> => {
    const { organisation }: SystemGrant = oidc.grant!
    return {
      organisation: organisation === undefined ? undefined : await organisationClaim(db, organisation),
    }
  }
  return {
    accountId: id,
    async claims(use) {
      // the token that proves a sign-in stands in an address at log-off, so it holds no more than this
      if (use === 'id_token') return { sub: id }
      const where = oidc.client!.clientId === OWN_CLIENT ? await own() : await system()
      return { sub: id, name, ...nameParts(name), email, ...where }
    },
  }
}
