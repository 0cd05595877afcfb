import type { EventEmitter } from 'node:events'
import { Provider, type Configuration, type JWK, type KoaContextWithOIDC } from 'oidc-provider'
import { noteSignIn, secretMatches } from '../accounts/index.ts'
import { CHOOSING, granting, keepOrganisations, policy, type SystemGrant } from './access.ts'
import { adapters } from './adapter.ts'
import { explainNoAddress } from './answers.ts'
import { SECURE_ACCESS_PATH, writeStep, type SecureAccessWorld } from './parts.ts'
import { findPerson } from './people.ts'
import type { ProviderPages } from './provider-pages.ts'
import { cookies, lifetimes, ownClient } from './provider-settings.ts'
import { CLAIMS, OWN_CLIENT } from './scopes.ts'

const OFF = { enabled: false }

const OFFERED: Configuration = {
  scopes: Object.keys(CLAIMS),
  claims: CLAIMS,
  responseTypes: ['code'],
  pkce: { required: () => true },
  clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
  enabledJWA: { idTokenSigningAlgValues: ['RS256'] },
  // without offline_access, which is not offered: they end with the sign-in
  issueRefreshToken: (_ctx, client) => Promise.resolve(client.grantTypeAllowed('refresh_token')),
  rotateRefreshToken: true,
  // no script in a browser may hold a client's secret
  clientBasedCORS: () => false,
}

const FEATURES: Configuration['features'] = {
  backchannelLogout: { enabled: true },
  clientCredentials: { enabled: true },
  introspection: { enabled: true, allowedPolicy: isOwnToken },
  revocation: { enabled: true, allowedPolicy: isOwnToken },
  devInteractions: OFF,
  dPoP: OFF,
  pushedAuthorizationRequests: OFF,
  resourceIndicators: OFF,
}

/** A client learns of its own tokens and ends them; those of others are none to it. */
function isOwnToken(
  _ctx: unknown,
  client: { clientId: string },
  token: { clientId?: string | undefined },
): boolean {
  return token.clientId === client.clientId
}

/**
 * The OpenID Connect provider behind `issuer`. It offers people the code flow with S256, refresh and a log-off that
 * reaches every system, machine clients and systems client credentials, and nothing else: no implicit or hybrid flow, no
 * registration, no tokens bound to keys.
 * @param keys private keys, the one that signs first
 */
export async function makeProvider(
  world: SecureAccessWorld,
  issuer: string,
  pages: ProviderPages,
  keys: readonly JWK[],
): Promise<Provider> {
  const { origin } = new URL(issuer)
  const provider = new Provider(issuer, {
    ...OFFERED,
    features: {
      ...FEATURES,
      rpInitiatedLogout: {
        enabled: true,
        // `sendForms` gives the page
        logoutSource() {},
        postLogoutSuccessSource: (ctx) => ctx.redirect(`${origin}/signed-out`),
      },
    },
    adapter: adapters(world),
    clients: [await ownClient(world, origin)],
    findAccount: (ctx, id) => findPerson(world.db, ctx, id),
    loadExistingGrant: granting(world.db),
    interactions: {
      policy: policy(),
      url: (_ctx, { uid, prompt }) =>
        `${SECURE_ACCESS_PATH}/${prompt.name === CHOOSING ? 'organisation' : 'sign-in'}/${uid}`,
    },
    jwks: { keys: [...keys] },
    // nothing is asked but the systems that the operator connected, which may stand in a network of their own
    fetch: (address, init) => fetch(address, { ...init, dispatcher: undefined } as unknown as RequestInit),
    cookies: cookies(issuer, await world.secrets.get('secure-access-cookies')),
    ttl: lifetimes(world),
    renderError: (ctx, out, error) => pages.renderError(ctx, out, error),
  })
  provider.Client.prototype.compareClientSecret = function (given) {
    return secretMatches(given, Buffer.from(this.clientSecret!, 'hex'))
  }
  // tokens name the sign-in they come from, so that an application ends its own side of it
  provider.Client.prototype.includeSid = () => true
  keepOrganisations(provider)
  staysAtIssuer(provider)
  provider.use(explainNoAddress)
  provider.use<unknown, KoaContextWithOIDC>((ctx, next) => pages.sendForms(ctx, next))
  watch(provider, world, pages)
  return provider
}

function watch(provider: Provider, world: SecureAccessWorld, pages: ProviderPages): void {
  const { db, log } = world
  provider.on('end_session.success', ({ oidc, req }) => {
    const person = oidc.session?.accountId
    if (person === undefined) return
    const step = { action: 'secure-access.log-off', person, address: pages.addressOf(req) }
    world.follow(db.transaction().execute((tx) => writeStep(world, tx, step)))
  })
  provider.on('authorization.success', ({ oidc, req }) => {
    const person = oidc.account!.accountId
    const { clientId } = oidc.client!
    if (clientId === OWN_CLIENT) return
    const { organisation }: SystemGrant = oidc.grant!
    const at = { organisation, system: clientId, address: pages.addressOf(req) }
    const step = { action: 'secure-access.open-system', person, ...at }
    world.follow(
      db.transaction().execute(async (tx) => {
        await noteSignIn(tx, person, world.clock.now())
        await writeStep(world, tx, step)
      }),
    )
  })
  provider.on('backchannel.error', (_ctx, err, client) =>
    log.warn({ client: client.clientId, error: err.message }, 'a system was not told of a log-off'),
  )
  // a wrong secret is worth a line: the operator sees who keeps trying
  provider.on('grant.error', (ctx, err) => {
    const client = ctx.oidc?.client?.clientId ?? null
    log.warn({ client, address: ctx.req.socket.remoteAddress, error: err.message }, 'token refused')
  })
  provider.on('server_error', (ctx, err) => log.error({ err, path: ctx.path }, 'secure access failed'))
  // an exchange that broke off, such as a client that hung up; the types know only the provider's own events
  const broken: EventEmitter = provider
  broken.on('error', (err: unknown) => log.warn({ err }, 'secure access: exchange broke off'))
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
