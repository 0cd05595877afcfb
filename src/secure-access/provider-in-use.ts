import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Provider } from 'oidc-provider'
import { signingKeyNames, signingKeys } from '../kit/signing-keys.ts'
import type { SecureAccessWorld } from './parts.ts'
import type { ProviderPages } from './provider-pages.ts'
import { makeProvider } from './provider.ts'

/** The provider as it is now. */
export interface ProviderInUse {
  readonly provider: Provider
  /** Answers a request, whose address stands below the issuer's. */
  answer(req: IncomingMessage, res: ServerResponse): Promise<void>
}

/** For so long a process may not notice that keys have changed: far less than a new one is published before it signs. */
const LOOKED_AT_MS = 60_000

/**
 * Opens the provider, and makes it anew when the keys that are published or the one that signs have changed: it takes
 * keys only when it is made, and keeps nothing but in the database.
 */
export async function openProvider(
  world: SecureAccessWorld,
  issuer: string,
  pages: ProviderPages,
): Promise<ProviderInUse> {
  const { db, clock, log } = world
  let used = await make()
  let looking: Promise<void> | undefined

  async function make() {
    const now = clock.now()
    const keys = await signingKeys(world, now)
    const names = (await signingKeyNames(db, now)).join(' ')
    const provider = await makeProvider(world, issuer, pages, keys)
    return { provider, handle: provider.callback(), names, lookedAt: now.getTime() }
  }

  async function look(): Promise<void> {
    try {
      const names = (await signingKeyNames(db, clock.now())).join(' ')
      if (names === used.names) used.lookedAt = clock.now().getTime()
      else used = await make()
    } catch (err) {
      log.error({ err }, 'the signing keys could not be looked at')
    }
  }

  return {
    get provider() {
      return used.provider
    },
    async answer(req, res) {
      if (Math.abs(clock.now().getTime() - used.lookedAt) >= LOOKED_AT_MS) {
        looking ??= look().finally(() => (looking = undefined))
        await looking
      }
      await used.handle(req, res)
    },
  }
}
