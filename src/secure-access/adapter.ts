import type { Adapter } from 'oidc-provider'
import { liveSecretHash } from '../accounts/index.ts'
import type { World } from '../world.ts'
import { findArtifact, keepArtifact } from './store.ts'

type Needed = Pick<World, 'db' | 'clock'>

/**
 * Where the provider keeps its things: machine clients are accounts', tokens its own. Nothing that it offers to
 * machine clients ends, uses up or finds a thing in any other way.
 */
export function adapters(world: Needed): (model: string) => Adapter {
  return (model) => ({
    ...UNREACHED,
    ...artifacts(world, model),
    ...(model === 'Client' ? clients(world) : {}),
  })
}

const UNREACHED = {
  findByUserCode: unreached,
  findByUid: unreached,
  consume: unreached,
  destroy: unreached,
  revokeByGrantId: unreached,
}

function unreached(): never {
  throw new Error('Secure Access holds nothing of people, so there is nothing to end or to use up')
}

/** An id is what a bearer shows, so only its hash is kept and it is taken out of the payload, where it is `jti`. */
function artifacts({ db, clock }: Needed, model: string): Pick<Adapter, 'upsert' | 'find'> {
  return {
    async upsert(id, payload, expiresIn = 0) {
      const expiresAt = new Date(clock.now().getTime() + expiresIn * 1000)
      await keepArtifact(db, model, id, { ...payload, jti: undefined }, expiresAt)
    },
    async find(id) {
      const payload = await findArtifact(db, model, id, clock.now())
      return payload ? { ...payload, jti: id } : undefined
    },
  }
}

function clients({ db }: Needed): Pick<Adapter, 'find'> {
  return {
    async find(id) {
      // an id in another shape is nobody's, and may hold bytes that a database text cannot
      if (!/^[\w-]{1,64}$/.test(id)) return undefined
      const hash = await liveSecretHash(db, id)
      if (!hash) return undefined
      return {
        client_id: id,
        // what compareClientSecret is given as the client's secret
        client_secret: hash.toString('hex'),
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      }
    },
  }
}
