import { generateKeyPair } from 'node:crypto'
import type { EventEmitter } from 'node:events'
import { promisify } from 'node:util'
import { Provider, type Configuration, type JWK } from 'oidc-provider'
import { secretMatches } from '../accounts/index.ts'
import { newId } from '../kit/ids.ts'
import type { World } from '../world.ts'
import { adapters } from './adapter.ts'
import { explainNoAddress, renderError } from './answers.ts'

/** Seconds that an access token of a machine client is good for. */
const CLIENT_TOKEN_SECONDS = 3600

const OFF = { enabled: false }

const OFFERED: Configuration = {
  scopes: ['openid', 'profile', 'email', 'organisation'],
  responseTypes: ['code'],
  pkce: { required: () => true },
  clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
  enabledJWA: { idTokenSigningAlgValues: ['RS256'] },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: OFF,
    dPoP: OFF,
    pushedAuthorizationRequests: OFF,
    resourceIndicators: OFF,
    rpInitiatedLogout: OFF,
    userinfo: OFF,
  },
  ttl: { ClientCredentials: CLIENT_TOKEN_SECONDS },
  // no script in a browser may hold a client's secret
  clientBasedCORS: () => false,
  renderError,
}

/**
 * The OpenID Connect provider behind `issuer`. It offers the code flow with S256 and client credentials, and nothing
 * else: no implicit or hybrid flow, no registration, no tokens bound to keys.
 */
export async function makeProvider(
  world: Pick<World, 'db' | 'clock' | 'log' | 'secrets'>,
  issuer: string,
): Promise<Provider> {
  const provider = new Provider(issuer, {
    ...OFFERED,
    adapter: adapters(world),
    jwks: { keys: [await world.secrets.json('secure-access-signing', makeSigningKey)] },
    cookies: { keys: [await world.secrets.get('secure-access-cookies')] },
  })
  provider.Client.prototype.compareClientSecret = function (given) {
    return secretMatches(given, Buffer.from(this.clientSecret!, 'hex'))
  }
  staysAtIssuer(provider)
  provider.use(explainNoAddress)
  // a wrong secret is worth a line: the operator sees who keeps trying
  provider.on('grant.error', (ctx, err) => {
    const client = ctx.oidc?.client?.clientId ?? null
    world.log.warn({ client, address: ctx.req.socket.remoteAddress, error: err.message }, 'token refused')
  })
  provider.on('server_error', (ctx, err) => world.log.error({ err, path: ctx.path }, 'secure access failed'))
  // an exchange that broke off, such as a client that hung up; the types know only the provider's own events
  const broken: EventEmitter = provider
  broken.on('error', (err: unknown) => world.log.warn({ err }, 'secure access: exchange broke off'))
  return provider
}

/** RS256 with 2048 bits is what every relying party can check (OpenID Connect Core §15.1). */
async function makeSigningKey(): Promise<JWK> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), kid: newId(), use: 'sig', alg: 'RS256' }
}

/** Addresses come from PUBLIC_URL alone: a Host header or a request line of the sender's choosing changes nothing. */
function staysAtIssuer(provider: Provider): void {
  const { host, protocol } = new URL(provider.issuer)
  Object.defineProperties(provider.request, {
    host: { value: host },
    protocol: { value: protocol.slice(0, -1) },
  })
  provider.OIDCContext.prototype.urlFor = (name, options) => provider.urlFor(name, options)
}
