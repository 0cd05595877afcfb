import type { World } from '../../world.ts'
import { decrypt, encrypt } from '../../kit/cipher.ts'
import { factorKey } from './keys.ts'
import { OFFER_MINUTES } from './rules.ts'

const MINUTE = 60_000

/**
 * What a page is shown for, and whose it is. Nobody else's page, and none for something else, can send it back.
 */
export interface OfferFor {
  use: 'authenticator' | 'passkey' | 'sign-in'
  /** A person's id, or the name of a sign-in under way. */
  owner: string
}

type Needed = Pick<World, 'secrets' | 'clock'>

const boundTo = ({ use, owner }: OfferFor): string => `cts offer ${use} ${owner}`

/**
 * Seals what the service must know again when a form comes back, such as the secret that an authenticator app is set up
 * with: the page carries it, so nothing is kept of those who never go on. Good for 30 minutes.
 */
export async function sealOffer(world: Needed, offered: OfferFor, text: string): Promise<string> {
  const until = world.clock.now().getTime() + OFFER_MINUTES * MINUTE
  const bytes = Buffer.from(JSON.stringify({ until, text }))
  return encrypt(await factorKey(world, 'offers'), boundTo(offered), bytes).toString('base64url')
}

/** What was sealed; null when it is too late for it, or it was sealed for something or somebody else. */
export async function openOffer(world: Needed, offered: OfferFor, sealed: string): Promise<string | null> {
  const key = await factorKey(world, 'offers')
  try {
    const bytes = decrypt(key, boundTo(offered), Buffer.from(sealed, 'base64url'))
    const { until, text } = JSON.parse(bytes.toString()) as { until: number; text: string }
    return until > world.clock.now().getTime() ? text : null
  } catch {
    return null
  }
}
