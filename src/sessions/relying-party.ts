import * as oidc from 'openid-client'
import { z } from 'zod'

/** Client of the built-in Secure Access that this service itself is. */
export const CLIENT_ID = 'common-transfer-system'

/** What the browser carries between the request to sign in and the answer. */
export interface SigningIn {
  state: string
  nonce: string
  verifier: string
  /** Where on this service to go afterwards. */
  to: string
}

/** Who signed in, as the provider says. */
export interface SignedIn {
  person: string
  sid: string | null
  idToken: string
}

/** This service's side of OpenID Connect: the code flow with PKCE. */
export interface RelyingParty {
  /** The provider's address for a new sign-in. `anew`: the password is asked for even where the provider knows the browser. */
  begin(to: string, anew: boolean): Promise<{ url: URL; signingIn: SigningIn }>
  /** What came back, checked; throws when anything about it is not right. */
  complete(url: URL, signingIn: SigningIn): Promise<SignedIn>
  /** Where the provider ends the sign-in. */
  endUrl(idToken: string, language: string): Promise<URL>
}

/** What the built-in provider says of people: their identifier here, and the name of the sign-in. */
const CLAIMS = z.object({ sub: z.string(), sid: z.string().optional() })

/**
 * Speaks to the provider behind `issuer`.
 * @param localUrl where the same server answers on this machine, since its public address need not lead back to it
 * @param maxAge seconds after which the provider asks for the password again
 */
export function relyingParty(
  issuer: URL,
  publicUrl: string,
  localUrl: string,
  secret: string,
  maxAge: number,
): RelyingParty {
  let discovered: Promise<oidc.Configuration> | undefined
  const local: oidc.CustomFetch = (url, options) =>
    fetch(url.startsWith(publicUrl) ? localUrl + url.slice(publicUrl.length) : url, options as RequestInit)

  function discover(): Promise<oidc.Configuration> {
    discovered ??= oidc
      .discovery(issuer, CLIENT_ID, secret, oidc.ClientSecretBasic(secret), {
        [oidc.customFetch]: local,
        // the built-in provider is this very server: what is said to it does not leave the machine
        execute: [oidc.allowInsecureRequests],
      })
      .catch((error: unknown) => {
        discovered = undefined
        throw error
      })
    return discovered
  }

  return {
    async begin(to, anew) {
      const verifier = oidc.randomPKCECodeVerifier()
      const signingIn = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier, to }
      const url = oidc.buildAuthorizationUrl(await discover(), {
        redirect_uri: `${publicUrl}/sign-in/callback`,
        scope: 'openid',
        state: signingIn.state,
        nonce: signingIn.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        max_age: String(maxAge),
        ...(anew ? { prompt: 'login' } : {}),
      })
      return { url, signingIn }
    },
    async complete(url, { state, nonce, verifier }) {
      const tokens = await oidc.authorizationCodeGrant(await discover(), url, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        maxAge,
        idTokenExpected: true,
      })
      const { sub, sid = null } = CLAIMS.parse(tokens.claims())
      return { person: sub, sid, idToken: tokens.id_token! }
    },
    async endUrl(idToken, language) {
      return oidc.buildEndSessionUrl(await discover(), {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${publicUrl}/signed-out`,
        ui_locales: language,
      })
    },
  }
}
