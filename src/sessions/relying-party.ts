import * as oidc from 'openid-client'
import { z } from 'zod'

/** The provider that people sign in at, and what this service is to it. */
export interface Provider {
  issuer: URL
  clientId: string
  secret: string
  /**
   * Of the built-in provider, where this very server answers on this machine, since its public address need not lead
   * back to it; null of another.
   */
  localUrl: string | null
}

/** How a sign-in is asked for. */
export interface Asking {
  /** Where on this service to go afterwards. */
  to: string
  /** The password is asked for even where the provider knows the browser. */
  anew: boolean
}

/** What the browser carries between the request to sign in and the answer. */
export interface SigningIn extends Asking {
  state: string
  nonce: string
  verifier: string
  /** When it began, in milliseconds of the machine's own time, as tokens are dated. */
  begunAt: number
}

/** Who signed in, as the provider says. */
export interface SignedIn {
  issuer: string
  /** The provider's name of the person. */
  sub: string
  sid: string | null
  idToken: string
  /** How long ago the person showed who it is, in milliseconds. */
  ago: number
}

/** This service's side of OpenID Connect: the code flow with PKCE. */
export interface RelyingParty {
  /** Host of a provider that is not this service itself; null of the built-in one. */
  elsewhere: string | null
  /** The provider's address for a new sign-in. Throws when the provider does not answer or says that it is another. */
  begin(asked: Asking): Promise<{ url: URL; signingIn: SigningIn }>
  /** What came back, checked; throws when anything about it is not right. */
  complete(url: URL, signingIn: SigningIn): Promise<SignedIn>
  /** Where the provider ends the sign-in; null where it offers no such address. */
  endUrl(idToken: string, language: string): Promise<URL | null>
}

const CLAIMS = z.object({
  iss: z.string(),
  sub: z.string().min(1),
  sid: z.string().optional(),
  auth_time: z.number(),
})

/** Seconds for which another provider is waited for. */
const PATIENCE_SECONDS = 10

/**
 * Speaks to a provider.
 * @param maxAge seconds after which the provider asks for the password again
 */
export function relyingParty(provider: Provider, publicUrl: string, maxAge: number): RelyingParty {
  let discovered: Promise<oidc.Configuration> | undefined

  function discover(): Promise<oidc.Configuration> {
    discovered ??= discoverAt(provider, publicUrl).catch((error: unknown) => {
      discovered = undefined
      throw error
    })
    return discovered
  }

  return {
    elsewhere: provider.localUrl === null ? provider.issuer.host : null,
    async begin(asked) {
      const verifier = oidc.randomPKCECodeVerifier()
      const secrets = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier }
      const url = oidc.buildAuthorizationUrl(await discover(), {
        redirect_uri: `${publicUrl}/sign-in/callback`,
        scope: 'openid',
        state: secrets.state,
        nonce: secrets.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        max_age: String(asked.anew ? 0 : maxAge),
        ...(asked.anew ? { prompt: 'login' } : {}),
      })
      return { url, signingIn: { ...asked, ...secrets, begunAt: Date.now() } }
    },
    async complete(url, { state, nonce, verifier, anew, begunAt }) {
      const since = Math.ceil((Date.now() - begunAt) / 1000)
      const tokens = await oidc.authorizationCodeGrant(await discover(), url, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        // that the password was asked for is shown by its time: a provider may overlook that it should have been
        maxAge: anew ? since : maxAge,
        idTokenExpected: true,
      })
      const { iss: issuer, sub, sid = null, auth_time: at } = CLAIMS.parse(tokens.claims())
      return { issuer, sub, sid, idToken: tokens.id_token!, ago: Math.max(0, Date.now() - at * 1000) }
    },
    async endUrl(idToken, language) {
      const known = await discover()
      if (known.serverMetadata().end_session_endpoint === undefined) return null
      return oidc.buildEndSessionUrl(known, {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${publicUrl}/signed-out`,
        ui_locales: language,
      })
    },
  }
}

function discoverAt(provider: Provider, publicUrl: string): Promise<oidc.Configuration> {
  const { issuer, clientId, secret, localUrl } = provider
  return oidc.discovery(
    issuer,
    clientId,
    secret,
    authentication(secret),
    localUrl === null ? otherProvider(issuer) : thisServer(localUrl, publicUrl),
  )
}

/** The built-in provider is this very server: what is said to it does not leave the machine. */
function thisServer(localUrl: string, publicUrl: string): oidc.DiscoveryRequestOptions {
  const local: oidc.CustomFetch = (url, options) =>
    fetch(url.startsWith(publicUrl) ? localUrl + url.slice(publicUrl.length) : url, options as RequestInit)
  return { [oidc.customFetch]: local, execute: [oidc.allowInsecureRequests] }
}

/** Of another provider the signature of every token is checked by its published keys, which no shared secret is among. */
function otherProvider(issuer: URL): oidc.DiscoveryRequestOptions {
  const insecure = issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : []
  return { execute: [oidc.enableNonRepudiationChecks, ...insecure], timeout: PATIENCE_SECONDS }
}

/** The secret by HTTP Basic, unless the provider says that it takes it in the body only. */
function authentication(secret: string): oidc.ClientAuth {
  const basic = oidc.ClientSecretBasic(secret)
  const post = oidc.ClientSecretPost(secret)
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const auth = methods.includes('client_secret_basic') ? basic : post
    auth(server, client, body, headers)
  }
}
