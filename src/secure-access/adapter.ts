import { errors, type Adapter, type AdapterPayload } from 'oidc-provider'
import { liveSecretHash } from '../accounts/index.ts'
import type { World } from '../world.ts'
import { sessionHolds } from './people.ts'
import {
  consumeArtifact,
  findArtifact,
  findArtifactByUid,
  keepArtifact,
  removeArtifact,
  removeArtifactsOfGrant,
} from './store.ts'

type Needed = Pick<World, 'db' | 'clock'>

/** Where the provider keeps its things: machine clients are accounts', all else its own. */
export function adapters(world: Needed): (model: string) => Adapter {
  return (model) => ({
    findByUserCode: unreached,
    ...artifacts(world, model),
    ...(model === 'Session' ? sessions(world) : {}),
    ...(model === 'Client' ? clients(world) : {}),
  })
}

function unreached(): never {
  throw new Error('Secure Access offers no sign-in on devices without a browser')
}

/** An id is what a bearer shows, so only its hash is kept, and it is taken out of the payload wherever it stands. */
function artifacts({ db, clock }: Needed, model: string): Omit<Adapter, 'findByUserCode'> {
  return {
    async upsert(id, payload, expiresIn = 0) {
      const expiresAt = new Date(clock.now().getTime() + expiresIn * 1000)
      const { uid = null, grantId = null } = payload
      await keepArtifact(db, { model, id, uid, grantId, payload: withoutSecrets(id, payload), expiresAt })
    },
    async find(id) {
      const payload = await findArtifact(db, model, id, clock.now())
      return payload ? withSecrets(id, payload) : undefined
    },
    async findByUid(uid) {
      return (await findArtifactByUid(db, model, uid, clock.now())) ?? undefined
    },
    async consume(id) {
      // of two that use one code side by side one wins
      if (!(await consumeArtifact(db, model, id, clock.now())))
        throw new errors.InvalidGrant('already consumed')
    },
    destroy: (id) => removeArtifact(db, model, id),
    revokeByGrantId: (grantId) => removeArtifactsOfGrant(db, model, grantId),
  }
}

/**
 * Ids are bearers' secrets: a thing's own, in its `jti` and at the end of the address to which a sign-in returns, and
 * that of the session beneath a sign-in, which nothing asks for again.
 */
function withoutSecrets(id: string, payload: AdapterPayload): AdapterPayload {
  const { returnTo, session } = payload
  return {
    ...payload,
    jti: undefined,
    ...(returnTo ? { returnTo: returnTo.slice(0, -id.length) } : {}),
    ...(session ? { session: { ...session, cookie: undefined } } : {}),
  }
}

function withSecrets(id: string, payload: AdapterPayload): AdapterPayload {
  return { ...payload, jti: id, ...(payload.returnTo ? { returnTo: payload.returnTo + id } : {}) }
}

/** A session of a person counts as none once it no longer holds. */
function sessions(world: Needed): Pick<Adapter, 'find' | 'findByUid'> {
  const { find, findByUid } = artifacts(world, 'Session')
  const held = async (payload: AdapterPayload | undefined | void): Promise<AdapterPayload | undefined> =>
    payload && (await sessionHolds(world.db, payload)) ? payload : undefined
  return {
    find: async (id) => held(await find(id)),
    findByUid: async (uid) => held(await findByUid(uid)),
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
