import { noteClientUse } from '../accounts/index.ts'
import type { Identify } from '../permissions/route.ts'
import type { World } from '../world.ts'
import { findBearer, type Bearer } from './store.ts'

/** Exactly an access token's shape: 256 bits as 43 characters. Anything else is nobody's and asks no database. */
const BEARER = /^Bearer ([\w-]{43})$/i

const MINUTE = 60_000

/**
 * Says which machine client or connected system sends a request, by its bearer token in the Authorization header and
 * nowhere else; null without a token that is good now. A system's organisation is its own code.
 */
export function identifyBy(world: Pick<World, 'db' | 'clock' | 'log' | 'follow'>): Identify {
  const noting = new Set<string>()

  // beside the request, which neither waits for it nor fails with it
  function noteUse({ id, role, lastUsedAt }: Bearer, now: Date): void {
    if (
      role === 'connected-system' ||
      noting.has(id) ||
      (lastUsedAt && now.getTime() - lastUsedAt.getTime() < MINUTE)
    )
      return
    noting.add(id)
    const noted = noteClientUse(world.db, id, now)
      .catch((err: unknown) => world.log.warn({ err, client: id }, "a client's last use could not be noted"))
      .finally(() => noting.delete(id))
    world.follow(noted)
  }

  return async (request) => {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1]
    if (token === undefined) return null
    const now = world.clock.now()
    const bearer = await findBearer(world.db, token, now)
    if (!bearer) return null
    noteUse(bearer, now)
    const { id, name, organisation, role } = bearer
    return { kind: 'client', id, name, organisation, roles: [role], address: request.ip }
  }
}
