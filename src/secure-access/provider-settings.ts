import { generateKeyPair, hash } from 'node:crypto'
import { promisify } from 'node:util'
import { interactionPolicy, type ClientMetadata, type Configuration, type JWK } from 'oidc-provider'
import { newId } from '../kit/ids.ts'
import type { SecureAccessWorld } from './parts.ts'
import { sessionSeconds } from './rules.ts'

/** The client of this provider that the service itself is: the one for people. */
const OWN_CLIENT = 'common-transfer-system'

const MINUTE = 60
const HOUR = 60 * MINUTE

/** The service itself, with a secret of its own making. */
export async function ownClient({ secrets }: SecureAccessWorld, origin: string): Promise<ClientMetadata> {
  const secret = (await secrets.get('sessions-client')).toString('hex')
  return {
    client_id: OWN_CLIENT,
    // what compareClientSecret is given as the client's secret
    client_secret: hash('sha256', secret, 'hex'),
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: [`${origin}/sign-in/callback`],
    post_logout_redirect_uris: [`${origin}/signed-out`],
  }
}

/** People are asked who they are, and nothing else: what the one client is told is granted. */
export function onlySignIn(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base()
  policy.remove('consent')
  return policy
}

/**
 * Cookies for this host only, signed, and unread by scripts. Over HTTPS their names hold browsers to that; those of a
 * sign-in under way have its path, so that several windows do not mix.
 */
export function cookies(issuer: string, key: Buffer): Configuration['cookies'] {
  const secure = issuer.startsWith('https:')
  const options = { httpOnly: true, sameSite: 'lax', secure, signed: true } as const
  return {
    keys: [key],
    names: {
      session: `${secure ? '__Host-' : ''}secure-access`,
      interaction: `${secure ? '__Secure-' : ''}signing-in-at`,
      resume: `${secure ? '__Secure-' : ''}signed-in-at`,
    },
    long: options,
    short: options,
  }
}

/** Seconds for which things are good. */
export function lifetimes({ config }: SecureAccessWorld): Configuration['ttl'] {
  return {
    ClientCredentials: HOUR,
    AuthorizationCode: MINUTE,
    AccessToken: 10 * MINUTE,
    IdToken: HOUR,
    Interaction: HOUR,
    Grant: config.sessionHours * HOUR,
    // in the provider's own time, by which it notes the sign-in
    Session: (_ctx, { loginTs: loginAt }) =>
      sessionSeconds({ loginAt, now: Math.floor(Date.now() / 1000) }, config),
  }
}

/** RS256 with 2048 bits is what every relying party can check (OpenID Connect Core §15.1). */
export async function makeSigningKey(): Promise<JWK> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), kid: newId(), use: 'sig', alg: 'RS256' }
}
