import type { World } from '../../world.ts'

/** What each key protects: secrets of authenticator apps, recovery codes, what pages carry sealed. */
const NAMES = {
  authenticators: 'secure-access-factors',
  recovery: 'secure-access-recovery',
  offers: 'secure-access-offers',
} as const

/** One of the keys of this service for second factors. */
export function factorKey({ secrets }: Pick<World, 'secrets'>, use: keyof typeof NAMES): Promise<Buffer> {
  return secrets.get(NAMES[use])
}

/** Loads them all. They are asked for in transactions, which must not wait for a connection to load one. */
export async function loadFactorKeys(world: Pick<World, 'secrets'>): Promise<void> {
  for (const name of Object.values(NAMES)) await world.secrets.get(name)
}
