import { createHash, randomBytes } from 'node:crypto'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as oidc from 'openid-client'
import { AuthorizationCode } from 'simple-oauth2'
import { z } from 'zod'
import { formOf, openBrowser, type Browser, type Seen } from './secure-access-browser.ts'
import type { TestServer } from './server.ts'
import type { TestSystem } from './systems.ts'

const TOKENS = z.object({ access_token: z.string(), refresh_token: z.string(), id_token: z.string() })
const CLAIMS = z.object({ sub: z.string(), sid: z.string() })

/** What a sign-in gives an application, its id token checked. */
export interface Tokens {
  access: string
  refresh: string
  idToken: string
  sub: string
  sid: string
}

/** An application that people sign in to, written with some library. */
export interface Party {
  /** Sends a browser to sign in, and gives the page that it comes to, or where it is sent back. */
  begin(browser: Browser, params?: Record<string, string>): Promise<Seen>
  /** Takes what it is sent back with. */
  complete(back: Seen): Promise<Tokens>
  refresh(token: string): Promise<Tokens>
  revoke(kind: 'access_token' | 'refresh_token', token: string): Promise<void>
}

/** Where the example systems are sent back to. */
export const SENT_BACK = 'https://collect.example.org/signed-in'

const SCOPE = 'openid profile email organisation'

/** An application that uses openid-client. */
export async function withOpenidClient({ url }: TestServer, system: TestSystem): Promise<Party> {
  const auth = oidc.ClientSecretBasic(system.secret)
  const config = await oidc.discovery(new URL(`${url}/secure-access`), system.clientId, system.secret, auth, {
    execute: [oidc.allowInsecureRequests],
  })
  const verifier = oidc.randomPKCECodeVerifier()
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()]
  const read = (answer: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers): Tokens => {
    const { access_token: access, refresh_token: refresh, id_token: idToken } = TOKENS.parse(answer)
    return { access, refresh, idToken, ...CLAIMS.parse(answer.claims()) }
  }
  return {
    async begin(browser, params = {}) {
      const to = oidc.buildAuthorizationUrl(config, {
        redirect_uri: SENT_BACK,
        scope: SCOPE,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ...params,
      })
      return browser.follow(await browser.get(to.href))
    },
    complete: async (back) =>
      read(
        await oidc.authorizationCodeGrant(config, new URL(back.location!), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        }),
      ),
    refresh: async (token) => read(await oidc.refreshTokenGrant(config, token)),
    revoke: (kind, token) => oidc.tokenRevocation(config, token, { token_type_hint: kind }),
  }
}

/** An application that uses simple-oauth2 and, for the id token, jose. */
export function withSimpleOauth2({ url }: TestServer, system: TestSystem): Promise<Party> {
  const issuer = `${url}/secure-access`
  const client = new AuthorizationCode({
    client: { id: system.clientId, secret: system.secret },
    auth: {
      tokenHost: url,
      authorizePath: '/secure-access/auth',
      tokenPath: '/secure-access/token',
      revokePath: '/secure-access/token/revocation',
    },
    options: { authorizationMethod: 'body' },
    // a revocation is answered without a body
    http: { json: true },
  })
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`))
  const verifier = randomBytes(32).toString('base64url')
  const [state, nonce] = [randomBytes(9).toString('base64url'), randomBytes(9).toString('base64url')]
  async function read(answer: object, expected: { nonce?: string }): Promise<Tokens> {
    const { access_token: access, refresh_token: refresh, id_token: idToken } = TOKENS.parse(answer)
    const { payload } = await jwtVerify(idToken, keys, {
      issuer,
      audience: system.clientId,
      algorithms: ['RS256'],
    })
    if (expected.nonce !== undefined && payload['nonce'] !== expected.nonce) throw new Error('another nonce')
    return { access, refresh, idToken, ...CLAIMS.parse(payload) }
  }
  return Promise.resolve({
    async begin(browser, params = {}) {
      const to = client.authorizeURL({
        redirect_uri: SENT_BACK,
        scope: SCOPE,
        state,
        nonce,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...params,
      })
      return browser.follow(await browser.get(to))
    },
    async complete(back) {
      const params = new URL(back.location!).searchParams
      if (params.get('state') !== state) throw new Error('another state')
      const code = params.get('code') ?? ''
      const { token } = await client.getToken({ code, redirect_uri: SENT_BACK, code_verifier: verifier })
      return read(token, { nonce })
    },
    async refresh(token) {
      return read((await client.createToken({ refresh_token: token }).refresh()).token, {})
    },
    async revoke(kind, token) {
      await client.createToken({ [kind]: token }).revoke(kind)
    },
  })
}

/** What a system asks without a library. */
export interface Asking {
  /** Status and body at userinfo. */
  userinfo(access: string): Promise<{ status: number; body: Record<string, unknown> }>
  introspect(token: string): Promise<Record<string, unknown>>
  /** Status and body of the token endpoint. */
  token(fields: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }>
}

/** Asks as a system, with its id and secret. */
export function askingAs({ url }: TestServer, { clientId, secret }: TestSystem): Asking {
  const authorization = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`
  async function post(
    path: string,
    fields: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const body = new URLSearchParams(fields)
    const answer = await fetch(`${url}/secure-access${path}`, {
      method: 'POST',
      body,
      headers: { authorization },
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  return {
    async userinfo(access) {
      const headers = { authorization: `Bearer ${access}` }
      const answer = await fetch(`${url}/secure-access/me`, { headers })
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    },
    introspect: async (token) => (await post('/token/introspection', { token })).body,
    token: (fields) => post('/token', fields),
  }
}

/** Where an application sends a browser that is to log off. */
export function logOffPath(params: Record<string, string>): string {
  return `/secure-access/session/end?${new URLSearchParams(params).toString()}`
}

/** Fills in the form of a page, and follows where it leads. */
export async function answer(browser: Browser, page: Seen, fields: Record<string, string>): Promise<Seen> {
  const form = formOf(page)
  return browser.follow(await browser.post(form.action, { ...form.fields, ...fields }))
}

/** Signs a person in to an application with a browser of their own, by the form. */
export async function signIn(
  { url }: TestServer,
  party: Party,
  { username, password }: { username: string; password: string },
  params: Record<string, string> = {},
): Promise<{ browser: Browser; page: Seen }> {
  const browser = openBrowser(url)
  const page = await answer(browser, await party.begin(browser, params), { username, password })
  return { browser, page }
}
