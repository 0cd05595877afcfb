import type { Account, AdapterPayload, Grant, KoaContextWithOIDC } from 'oidc-provider'
import { livePerson, membershipsOf, signOutsOf } from '../accounts/index.ts'
import type { Database } from '../kit/database.ts'
import { markOf } from './passwords.ts'
import { findCredential } from './people-store.ts'

/**
 * What is told of a person at userinfo, by the scope that asks for it; roles are not: each application knows its own.
 * The token that proves a sign-in stands in an address at log-off, so it holds none of it but `sub`.
 */
export const CLAIMS = {
  openid: ['sub'],
  profile: ['name'],
  email: ['email'],
  organisation: ['organisations'],
}

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
export async function findPerson(db: Database, id: string): Promise<Account | undefined> {
  const person = await livePerson(db, id)
  if (!person) return undefined
  const { name, email, language } = person
  return {
    accountId: id,
    async claims() {
      const organisations = (await membershipsOf(db, id)).map(({ organisation, name }) => ({
        code: organisation,
        name: name[language],
      }))
      return { sub: id, name, email, organisations }
    },
  }
}

/** Grants without asking what the service itself, the one client for people, asks for. */
export async function grantOf({ oidc }: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { provider, session, client, account } = oidc
  const kept = session?.grantIdFor(client!.clientId)
  const found = kept === undefined ? undefined : await provider.Grant.find(kept)
  if (found) return found
  const grant = new provider.Grant({ accountId: account!.accountId, clientId: client!.clientId })
  grant.addOIDCScope(Object.keys(CLAIMS).join(' '))
  await grant.save()
  return grant
}
