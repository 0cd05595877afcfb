import { hash } from 'node:crypto'
import type { ClientMetadata, Configuration } from 'oidc-provider'
import type { SecureAccessWorld } from './parts.ts'
import { sessionSeconds } from './rules.ts'
import { OWN_CLIENT } from './scopes.ts'

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
    RefreshToken: config.sessionHours * HOUR,
    // in the provider's own time, by which it notes the sign-in
    Session: (_ctx, { loginTs: loginAt }) =>
      sessionSeconds({ loginAt, now: Math.floor(Date.now() / 1000) }, config),
  }
}
