import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JWTPayload,
} from 'jose'
import { listenOnLoopback, settingsFor, type OnLoopback } from './other-provider.ts'

/** What the provider does otherwise than it should. */
export interface Tampering {
  /** Said of itself at discovery, in the place of what is true. */
  metadata?: Record<string, unknown>
  /** Claims of the id token, in the place of the right ones; undefined takes one away. */
  claims?: Record<string, unknown>
  /** How the id token is signed: by default well. */
  sign?: 'with another key' | 'not at all' | 'with the public key as a secret'
  /** What the browser carries back, in the place of what it should; null takes it away. */
  carried?: Record<string, string | null>
}

/** A provider that does as a test says. It knows one person, hands any code out again, and looks at no secret. */
export interface HostileProvider extends OnLoopback {
  /** From now on. */
  tamper(how: Tampering): void
  /** As the public would know it, who signs in. */
  sub: string
}

interface Keys {
  right: CryptoKey
  other: CryptoKey
  /** The public half of the right one, in PEM. */
  pem: string
  jwks: object
}

const CODE_SECONDS = 300

/** Opens such a provider on this machine. */
export async function openHostileProvider(): Promise<HostileProvider> {
  const server = createServer()
  const issuer = await listenOnLoopback(server)
  const keys = await makeKeys()
  const sub = 'somebody-well-known'
  /** The nonce of each code. */
  const codes = new Map<string, string>()
  let how: Tampering = {}

  function metadata(): object {
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      // it says that it signs in any way, so that nothing but the signature tells
      id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
      authorization_response_iss_parameter_supported: true,
      ...how.metadata,
    }
  }

  function authorize(asked: URLSearchParams): string {
    const code = `code-${codes.size}`
    codes.set(code, asked.get('nonce') ?? '')
    const back = new URL(asked.get('redirect_uri')!)
    const carried = { code, state: asked.get('state'), iss: issuer, ...how.carried }
    for (const [name, value] of Object.entries(carried))
      if (value !== null) back.searchParams.set(name, value)
    return back.href
  }

  async function token(form: URLSearchParams): Promise<object> {
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: issuer,
      sub,
      aud: settingsFor(issuer)['OIDC_CLIENT_ID'],
      nonce: codes.get(form.get('code') ?? ''),
      auth_time: now,
      iat: now,
      exp: now + CODE_SECONDS,
      ...how.claims,
    } as JWTPayload
    const id_token = await signed(claims, keys, how.sign)
    return { access_token: 'unused', token_type: 'Bearer', expires_in: CODE_SECONDS, id_token }
  }

  async function answer(req: IncomingMessage, url: URL): Promise<object | string | null> {
    if (url.pathname === '/.well-known/openid-configuration') return metadata()
    if (url.pathname === '/jwks') return keys.jwks
    if (url.pathname === '/authorize') return authorize(url.searchParams)
    if (url.pathname === '/token') return token(new URLSearchParams(await text(req)))
    return null
  }

  server.on('request', (req, res) => {
    void answer(req, new URL(req.url ?? '/', issuer)).then((said) => {
      if (typeof said === 'string') res.writeHead(303, { location: said }).end()
      else if (said === null) res.writeHead(404).end()
      else res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said))
    })
  })

  return {
    issuer,
    sub,
    env: settingsFor(issuer),
    serves() {},
    tamper(next) {
      how = next
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function makeKeys(): Promise<Keys> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const other = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', use: 'sig', alg: 'RS256' }
  return {
    right: privateKey,
    other: other.privateKey,
    pem: await exportSPKI(publicKey),
    jwks: { keys: [jwk] },
  }
}

function signed(claims: JWTPayload, keys: Keys, how: Tampering['sign']): Promise<string> | string {
  if (how === 'not at all') return new UnsecuredJWT(claims).encode()
  const jwt = new SignJWT(claims)
  if (how === 'with the public key as a secret')
    return jwt.setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(Buffer.from(keys.pem))
  return jwt
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .sign(how === 'with another key' ? keys.other : keys.right)
}
