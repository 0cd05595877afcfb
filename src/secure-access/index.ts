import type { IncomingMessage, ServerResponse } from 'node:http'
import { ConfigurationError, otherProviderOf } from '../kit/config.ts'
import type { Tx } from '../kit/database.ts'
import type { Address } from '../kit/pages/address.ts'
import type { AnyPage } from '../permissions/page.ts'
import type { Front } from '../permissions/front.ts'
import type { Identify } from '../permissions/route.ts'
import { byLink } from './by-link.ts'
import { chooseOrganisation } from './choose-organisation.ts'
import { providerPath } from './clients-only.ts'
import { leadingOn } from './form-targets.ts'
import { forcedChange } from './forced-change.ts'
import { forgottenUsername } from './forgotten-username.ts'
import { passkeyAlone } from './factors/alone.ts'
import { factorsForOthers } from './factors/for-others-pages.ts'
import { loadFactorKeys } from './factors/keys.ts'
import { ownPages } from './factors/own-pages.ts'
import { unknownRole } from './factors/rules.ts'
import { secondFactor } from './factors/second-factor.ts'
import { setUp } from './factors/set-up.ts'
import { forgotten } from './forgotten.ts'
import { openGuesses } from './guesses.ts'
import { identifyBy } from './identify.ts'
import { ownChange } from './own-change.ts'
import { SECURE_ACCESS_PATH, type Parts, type SecureAccessWorld } from './parts.ts'
import { boundHashing } from './passwords.ts'
import { openProviderPages, type Answer } from './provider-pages.ts'
import { openProvider } from './provider-in-use.ts'
import { signIn } from './sign-in.ts'

/** Pages for somebody signed in. */
export const pages: readonly AnyPage[] = [...ownPages, ...factorsForOthers]

export { helpWithFactors } from './factors/by-operator.ts'
export { setPassword } from './set-password.ts'
export { SECURE_ACCESS_PATH } from './parts.ts'
export { purgeExpired } from './store.ts'

/** The built-in Secure Access. */
export interface SecureAccess {
  /** Its pages, and what of the provider browsers visit; none where people sign in at another provider. */
  addresses: readonly Address[]
  /** Answers every other request under SECURE_ACCESS_PATH; the path comes as it was asked for, with that prefix. */
  callback(req: IncomingMessage, res: ServerResponse): void
  /** Says who sends a request to the API. */
  identify: Identify
}

/**
 * Opens the built-in Secure Access (OpenID Connect) under `issuer`, which is PUBLIC_URL and SECURE_ACCESS_PATH.
 * Its keys are made at first use and kept in the database, so all processes on one database share them.
 * Throws ConfigurationError when SECOND_FACTOR_ROLES names what is no role.
 * @param front what stands around every page
 * @param endSessionsOf ends what a person has open at the service itself, when the password changes
 */
export async function openSecureAccess(
  world: SecureAccessWorld,
  issuer: string,
  front: Pick<Front, 'publicUrl' | 'frameOf'>,
  endSessionsOf: (tx: Tx, person: string) => Promise<void>,
): Promise<SecureAccess> {
  const unknown = unknownRole(world.config.secondFactorRoles)
  if (unknown !== null) throw new ConfigurationError(`SECOND_FACTOR_ROLES names ${unknown}, which is no role`)
  boundHashing(world.config)
  await loadFactorKeys(world)
  const pages = openProviderPages()
  const inUse = await openProvider(world, issuer, pages)
  const clientsOnly = otherProviderOf(world.config) !== null
  const answer: Answer = (req, res) => {
    req.url = providerPath(req.url!.slice(SECURE_ACCESS_PATH.length), clientsOnly)
    return inUse.answer(req, res)
  }
  const parts: Parts = {
    world,
    front,
    get provider() {
      return inUse.provider
    },
    guesses: await openGuesses(world),
    endSessionsOf,
  }
  return {
    addresses: clientsOnly
      ? []
      : [...formPages(parts).map((page) => leadingOn(parts, page)), ...pages.addresses(parts, answer)],
    callback: (req, res) => void answer(req, res),
    identify: identifyBy(world),
  }
}

/** What people fill in. */
function formPages(parts: Parts): readonly Address[] {
  return [
    ...signIn(parts),
    ...chooseOrganisation(parts),
    ...passkeyAlone(parts),
    ...secondFactor(parts),
    ...forcedChange(parts),
    ...setUp(parts),
    ...byLink(parts),
    ...forgotten(parts),
    ...forgottenUsername(parts),
    ...ownChange(parts),
  ]
}
