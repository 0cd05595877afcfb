import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { interactionPolicy, Provider, type JWK, type KoaContextWithOIDC } from 'oidc-provider'

/** A server that knows how a service is to be told of it. */
export interface OnLoopback {
  issuer: string
  /** The settings that put it in the place of the built-in Secure Access. */
  env: Record<string, string>
  /** Tells it where the service that it signs people in for stands. */
  serves(origin: string): void
  close(): Promise<void>
}

/** What a test may want otherwise of the other provider. */
export interface OtherProviderOptions {
  /** It offers no address at which a sign-in ends. */
  withoutLogOff?: boolean
  /** How it takes the secret of a client. */
  secretBy?: 'client_secret_basic' | 'client_secret_post'
}

const CLIENT = { id: 'common-transfer-system-here', secret: 'a secret of that client, for tests only + %/=' }

/** Listens at a free port of this machine, without keeping the process from its end. */
export async function listenOnLoopback(server: Server): Promise<string> {
  server.unref()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** The settings for a provider at an address. */
export function settingsFor(issuer: string): Record<string, string> {
  return { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret }
}

/**
 * A second provider, of the same library as the built-in one and otherwise a stranger to it: whoever types a name into
 * its form (`login`) is signed in under that name.
 */
export async function openOtherProvider(options: OtherProviderOptions = {}): Promise<OnLoopback> {
  const server = createServer()
  const issuer = await listenOnLoopback(server)
  let origin = 'http://nowhere.invalid'
  const provider = makeProvider(issuer, options)
  const isAllowed = (uri: string): boolean => uri.startsWith(`${origin}/`)
  provider.Client.prototype.redirectUriAllowed = isAllowed
  provider.Client.prototype.postLogoutRedirectUriAllowed = isAllowed
  const callback = provider.callback()
  server.on('request', (req: IncomingMessage, res: ServerResponse) => {
    if (req.url?.startsWith('/who/')) void askWho(provider, req, res)
    else void callback(req, res)
  })
  return {
    issuer,
    env: settingsFor(issuer),
    serves(at) {
      origin = at
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function makeProvider(
  issuer: string,
  { withoutLogOff = false, secretBy = 'client_secret_basic' }: OtherProviderOptions,
): Provider {
  const policy = interactionPolicy.base()
  policy.remove('consent')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: ['http://127.0.0.1/sign-in/callback'],
        token_endpoint_auth_method: secretBy,
      },
    ],
    clientAuthMethods: [secretBy],
    cookies: { keys: ['a key for tests only'] },
    jwks: { keys: [{ ...(privateKey.export({ format: 'jwk' }) as JWK), use: 'sig', alg: 'RS256' }] },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: !withoutLogOff, logoutSource: askToLogOff },
    },
    interactions: { policy, url: (_ctx, { uid }) => `/who/${uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    async loadExistingGrant({ oidc }: KoaContextWithOIDC) {
      const { accountId } = oidc.account!
      const grant = new oidc.provider.Grant({ accountId, clientId: oidc.client!.clientId })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
  })
}

/** The page on which somebody logs off; the library's own would load a typeface from elsewhere. */
function askToLogOff(ctx: KoaContextWithOIDC, form: string): void {
  const button = '<button form="op.logoutForm" name="logout" value="yes">Yes, log off</button>'
  ctx.body = `<!doctype html><title>Log off?</title>${form}${button}`
}

/** The page on which somebody says who it is. */
async function askWho(provider: Provider, req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (req.method === 'GET') {
    res.setHeader('content-type', 'text/html; charset=utf-8')
    res.end(
      '<title>Who are you?</title><form method="post"><input name="login"><button>Sign in</button></form>',
    )
    return
  }
  const accountId = new URLSearchParams(await text(req)).get('login') ?? ''
  await provider.interactionFinished(req, res, { login: { accountId } }, { mergeWithLastSubmission: false })
}
