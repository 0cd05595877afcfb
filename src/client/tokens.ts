import {
  allowInsecureRequests,
  clientCredentialsGrant,
  ClientSecretBasic,
  discovery,
  type Configuration,
} from 'openid-client'
import { ClientFault, connectionFault, isNetworkError } from './fault.ts'
import { renewalTime } from './rules.ts'

/** Who asks, and where. */
export interface Credentials {
  /** Address of the service, from readServerAddress. */
  server: URL
  /** It is this machine, so plain http is allowed. */
  loopback: boolean
  id: string
  secret: string
}

/** Access tokens of one machine client. */
export interface Tokens {
  /** A token that is good now; throws ClientFault. */
  get(): Promise<string>
  /** Gives up a token that the service did not take. */
  drop(token: string): void
}

const ANSWER_SECONDS = 30

/** Gets tokens by client credentials from the token endpoint that the service's Secure Access names. */
export function openTokens(credentials: Credentials): Tokens {
  const { server, loopback, id, secret } = credentials
  let configuration: Configuration | null = null
  let held: { token: string; until: number } | null = null

  async function renew(): Promise<{ token: string; until: number }> {
    configuration ??= await discovery(
      new URL('secure-access', server),
      id,
      undefined,
      ClientSecretBasic(secret),
      { execute: loopback ? [allowInsecureRequests] : [], timeout: ANSWER_SECONDS },
    )
    const { access_token: token, expires_in: life = ANSWER_SECONDS } =
      await clientCredentialsGrant(configuration)
    return { token, until: renewalTime(Date.now(), life) }
  }

  return {
    async get() {
      if (held && Date.now() < held.until) return held.token
      try {
        held = await renew()
        return held.token
      } catch (error) {
        throw tokenFault(error, server)
      }
    },
    drop(token) {
      if (held?.token === token) held = null
    },
  }
}

/** What a failed exchange means; openid-client tells its reasons by codes. */
function tokenFault(error: unknown, server: URL): ClientFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const status = error instanceof Error && 'status' in error ? error.status : null
  if (status === 400 || status === 401) return new ClientFault('credentials', {}, { cause: error })
  if (code === 'OAUTH_HTTP_REQUEST_FORBIDDEN') {
    return new ClientFault('server-plain-http', { address: server.href })
  }
  if (code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') {
    return new ClientFault('server-other-address', { server: server.href, own: ownAddress(error) })
  }
  const fault = connectionFault(error, server)
  if (fault.code === 'unexpected-answer') return new ClientFault('not-this-service', fault.params)
  // an answer that came whole and is not what the standards ask for; fetch's own failures are TypeErrors
  const isAnswered = code.startsWith('OAUTH_') && code !== 'OAUTH_TIMEOUT'
  const isNone = fault.code === 'unreachable' && isAnswered && !isNetworkError(error)
  return isNone ? new ClientFault('not-this-service', { server: server.origin, status: 200 }) : fault
}

/** The address by which a service calls itself, as its discovery answered. */
function ownAddress(error: unknown): string {
  const cause = error instanceof Error ? error.cause : null
  const text = JSON.stringify(cause) ?? ''
  return /"issuer":"([^"\\]{1,200})\/secure-access"/.exec(text)?.[1] ?? '?'
}
