import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Tx } from '../kit/database.ts'
import type { Address } from '../kit/pages/address.ts'
import type { AnyPage } from '../permissions/page.ts'
import type { Front } from '../permissions/front.ts'
import type { Identify } from '../permissions/route.ts'
import { byLink } from './by-link.ts'
import { forcedChange } from './forced-change.ts'
import { forgotten } from './forgotten.ts'
import { openGuesses } from './guesses.ts'
import { identifyBy } from './identify.ts'
import { ownChange } from './own-change.ts'
import { SECURE_ACCESS_PATH, type Parts, type SecureAccessWorld } from './parts.ts'
import { openProviderPages, type Answer } from './provider-pages.ts'
import { makeProvider } from './provider.ts'
import { signIn } from './sign-in.ts'

/** Pages for somebody signed in. */
export const pages: readonly AnyPage[] = []

export { setPassword } from './set-password.ts'
export { SECURE_ACCESS_PATH } from './parts.ts'
export { purgeExpired } from './store.ts'

/** The built-in Secure Access. */
export interface SecureAccess {
  /** Its pages, and what of the provider browsers visit. */
  addresses: readonly Address[]
  /** Answers every other request under SECURE_ACCESS_PATH; the path comes as it was asked for, with that prefix. */
  callback(req: IncomingMessage, res: ServerResponse): void
  /** Says who sends a request to the API. */
  identify: Identify
}

/**
 * Opens the built-in Secure Access (OpenID Connect) under `issuer`, which is PUBLIC_URL and SECURE_ACCESS_PATH.
 * Its keys are made at first use and kept in the database, so all processes on one database share them.
 * @param front what stands around every page
 * @param endSessionsOf ends what a person has open at the service itself, when the password changes
 */
export async function openSecureAccess(
  world: SecureAccessWorld,
  issuer: string,
  front: Pick<Front, 'publicUrl' | 'frameOf'>,
  endSessionsOf: (tx: Tx, person: string) => Promise<void>,
): Promise<SecureAccess> {
  const pages = openProviderPages()
  const provider = await makeProvider(world, issuer, pages)
  const handle = provider.callback()
  const answer: Answer = (req, res) => {
    const rest = req.url!.slice(SECURE_ACCESS_PATH.length)
    req.url = rest.startsWith('/') ? rest : `/${rest}`
    return handle(req, res)
  }
  const parts: Parts = { world, front, provider, guesses: await openGuesses(world), endSessionsOf }
  return {
    addresses: [
      ...signIn(parts),
      ...forcedChange(parts),
      ...byLink(parts),
      ...forgotten(parts),
      ...ownChange(parts),
      ...pages.addresses(parts, answer),
    ],
    callback: (req, res) => void answer(req, res),
    identify: identifyBy(world),
  }
}
