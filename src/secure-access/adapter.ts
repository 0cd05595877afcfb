import { errors, type Adapter, type AdapterPayload } from 'oidc-provider'
import { liveSecretHashes } from '../accounts/index.ts'
import { findSystemClient, type SystemClient } from '../systems/index.ts'
import type { World } from '../world.ts'
import { grantHolds } from './access.ts'
import { sessionHolds } from './people.ts'
import {
  consumeArtifact,
  findArtifact,
  findArtifactByUid,
  keepArtifact,
  removeArtifact,
  removeArtifactsOfGrant,
  removeGrantOf,
} from './store.ts'

type Needed = Pick<World, 'db' | 'clock'>

/** Where the provider keeps its things: machine clients are accounts', connected systems systems', all else its own. */
export function adapters(world: Needed): (model: string) => Adapter {
  return (model) => ({
    findByUserCode: unreached,
    ...artifacts(world, model),
    ...(model === 'Session' ? sessions(world) : {}),
    ...(model === 'Grant' ? grants(world) : {}),
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
      if (await consumeArtifact(db, model, id, clock.now())) return
      // of two that use one code or refresh token side by side one wins, and what it wins ends: one of them stole it
      await removeGrantOf(db, model, id)
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

/** What was granted counts as nothing once the person has no access to the system any more. */
function grants(world: Needed): Pick<Adapter, 'find'> {
  const { find } = artifacts(world, 'Grant')
  return {
    async find(id) {
      const payload = await find(id)
      return payload && (await grantHolds(world.db, payload)) ? payload : undefined
    },
  }
}

function clients({ db, clock }: Needed): Pick<Adapter, 'find'> {
  return {
    async find(id) {
      // an id in another shape is nobody's, and may hold bytes that a database text cannot
      if (!/^[\w-]{1,64}$/.test(id)) return undefined
      const system = await findSystemClient(db, id, clock.now())
      if (system) return systemClient(id, system)
      const hashes = await liveSecretHashes(db, id, clock.now())
      if (hashes.length === 0) return undefined
      return {
        ...signsIn(id, hashes),
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      }
    },
  }
}

function systemClient(id: string, system: SystemClient): AdapterPayload {
  return {
    ...signsIn(id, system.secretHashes),
    client_name: system.nameEn,
    client_uri: system.url,
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    response_types: ['code'],
    redirect_uris: system.redirectUris,
    post_logout_redirect_uris: system.postLogoutRedirectUris,
    ...(system.backchannelLogoutUri === null
      ? {}
      : { backchannel_logout_uri: system.backchannelLogoutUri, backchannel_logout_session_required: true }),
  }
}

/** What compareClientSecret is given as the client's secret: after a change of secret several work for a while. */
function signsIn(id: string, hashes: readonly Buffer[]): AdapterPayload {
  return { client_id: id, client_secret: Buffer.concat(hashes).toString('hex') }
}
