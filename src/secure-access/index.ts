import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Identify } from '../permissions/route.ts'
import type { World } from '../world.ts'
import { identifyBy } from './identify.ts'
import { makeProvider } from './provider.ts'

export { purgeExpired } from './store.ts'

/** Where Secure Access stands on this server. */
export const SECURE_ACCESS_PATH = '/secure-access'

/** The built-in Secure Access. */
export interface SecureAccess {
  /** Answers every request under SECURE_ACCESS_PATH; the path comes as it was asked for, with that prefix. */
  callback(req: IncomingMessage, res: ServerResponse): void
  /** Says who sends a request to the API. */
  identify: Identify
}

/**
 * Opens the built-in Secure Access (OpenID Connect) under `issuer`, which is PUBLIC_URL and SECURE_ACCESS_PATH.
 * Its keys are made at first use and kept in the database, so all processes on one database share them.
 */
export async function openSecureAccess(
  world: Pick<World, 'db' | 'clock' | 'log' | 'secrets' | 'follow'>,
  issuer: string,
): Promise<SecureAccess> {
  const answer = (await makeProvider(world, issuer)).callback()
  return {
    callback(req, res) {
      const rest = req.url!.slice(SECURE_ACCESS_PATH.length)
      req.url = rest.startsWith('/') ? rest : `/${rest}`
      void answer(req, res)
    },
    identify: identifyBy(world),
  }
}
