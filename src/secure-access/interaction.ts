import type { FastifyReply, FastifyRequest } from 'fastify'
import { errors, type Interaction, type InteractionResults } from 'oidc-provider'
import { show, type Parts } from './parts.ts'
import { methodsOf } from './people.ts'

/** The sign-in under way that the browser's cookie names, which it shows at its address only; null when it is over. */
export function findInteraction(
  { provider }: Pick<Parts, 'provider'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Interaction | null> {
  return unlessOver(() => provider.interactionDetails(request.raw, reply.raw))
}

/**
 * Notes how far the sign-in under way has come, and gives where the provider goes on with it; null when it is over.
 * @param further what was noted before counts too
 */
export function noteResult(
  { provider }: Pick<Parts, 'provider'>,
  request: FastifyRequest,
  reply: FastifyReply,
  result: InteractionResults,
  further = false,
): Promise<string | null> {
  const options = { mergeWithLastSubmission: further }
  return unlessOver(() => provider.interactionResult(request.raw, reply.raw, result, options))
}

async function unlessOver<Found>(find: () => Promise<Found>): Promise<Found | null> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return null
    throw error
  }
}

/** Says that the sign-in took too long, with the way to begin again. */
export function beginAgain(
  parts: Pick<Parts, 'front'>,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  return show(parts, request, reply, { status: 400, view: 'problem', data: { about: 'tookTooLong' } })
}

/**
 * Signs a person in at the provider, which takes the browser back to where it came from. The cookie goes with the
 * browser's window: many sit in front of the computers of a school.
 */
export async function finish(
  parts: Pick<Parts, 'provider' | 'front' | 'world'>,
  request: FastifyRequest,
  reply: FastifyReply,
  { person, mark }: { person: string; mark: string },
): Promise<FastifyReply> {
  const amr = await methodsOf(parts.world.db, person, mark)
  const login = { accountId: person, amr, remember: false }
  const to = await noteResult(parts, request, reply, { login })
  return to === null ? beginAgain(parts, request, reply) : reply.redirect(to, 303)
}
