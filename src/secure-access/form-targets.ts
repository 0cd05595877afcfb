import type { FastifyRequest } from 'fastify'
import type { Provider } from 'oidc-provider'
import type { Address } from '../kit/pages/address.ts'
import type { Parts } from './parts.ts'

const targets = new WeakMap<FastifyRequest, readonly string[]>()

/** The origins beside this service to which the forms of a request's page lead in the end. */
export function targetsOf(request: FastifyRequest): readonly string[] {
  return targets.get(request) ?? []
}

/**
 * The origins of an application beside this service: a browser that sent a form here is sent on to them, which the
 * policy of the form's page must allow.
 */
export async function originsOf(provider: Provider, clientId: unknown): Promise<string[]> {
  const client = typeof clientId === 'string' ? await provider.Client.find(clientId) : undefined
  if (!client) return []
  const addresses = [
    ...(client.redirectUris ?? []),
    ...(client.postLogoutRedirectUris ?? []),
    client.clientUri,
  ]
  const origins = new Set(addresses.flatMap((one) => (one === undefined ? [] : new URL(one).origin)))
  origins.delete(new URL(provider.issuer).origin)
  return [...origins]
}

/** Lets the forms of a sign-in under way, whose `uid` stands in the address, lead to the application that it is for. */
export function leadingOn(parts: Pick<Parts, 'provider'>, { handle, ...address }: Address): Address {
  return {
    ...address,
    async handle(request, reply) {
      const { uid } = request.params as { uid?: string }
      const interaction = uid === undefined ? undefined : await parts.provider.Interaction.find(uid)
      if (interaction) targets.set(request, await originsOf(parts.provider, interaction.params['client_id']))
      return handle(request, reply)
    },
  }
}
