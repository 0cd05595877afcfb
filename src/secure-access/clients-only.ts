/** What machine clients ask for: discovery, keys, tokens. */
const FOR_CLIENTS = /^\/(\.well-known\/openid-configuration|jwks|token(\/(introspection|revocation))?)(\?|$)/

/** An address that there is not. */
const NOWHERE = '/closed'

/**
 * The address that the provider is asked for, by its path here. Where people sign in at another provider, nothing but
 * what machine clients ask for is there.
 */
export function providerPath(path: string, clientsOnly: boolean): string {
  if (clientsOnly && !FOR_CLIENTS.test(path)) return NOWHERE
  return path.startsWith('/') ? path : `/${path}`
}
