import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isDatabaseAway } from './kit/database.ts'
import { preferredLanguage, wordsOf } from './kit/i18n.ts'
import { newId } from './kit/ids.ts'
import { languageOf } from './kit/pages/language.ts'
import { sendPage } from './kit/pages/render.ts'
import { problemOf, rawProblem } from './kit/problem.ts'
import { Refusal } from './kit/refusal.ts'
import { isFromScript, type Front } from './permissions/front.ts'
import type { Visit } from './permissions/page.ts'
import type { World } from './world.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A page for people: its refusals are pages too. */
    page?: boolean
  }
}

/** How everything that went wrong is answered: as a page to people, as application/problem+json to systems and scripts. */
export interface Refused {
  answer(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply
}

/** @param visitOf who visits, where that is known */
export function openRefused(
  world: Pick<World, 'log'>,
  front: Pick<Front, 'frameOf'>,
  visitOf: (request: FastifyRequest) => Visit | null,
): Refused {
  function sendRefusalPage(refusal: Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const visit = visitOf(request)
    const language = languageOf(request, reply, visit?.language)
    const words = wordsOf(language)
    const { code, detail } = refusal
    const back = request.method === 'GET' ? null : (request.headers.referer ?? null)
    const data = {
      title: words(`refusals.${code}.title`, detail.params),
      detail: words(`refusals.${code}.detail`, detail.params),
      back: back?.replace(/^https?:\/\/[^/]+/, ''),
    }
    const frame = front.frameOf(request, reply, { language, visit, data })
    return sendPage(reply, refusal.status, 'kit/pages/views/refused.njk', frame)
  }

  return {
    answer(error, request, reply) {
      const refusal = refusalOf(world, error, request)
      if (refusal.detail.retryAfter) void reply.header('retry-after', refusal.detail.retryAfter)
      if (isForPerson(request)) return sendRefusalPage(refusal, request, reply)
      return sendProblem(refusal, request, reply)
    },
  }
}

/** A page was asked for, or an address that is none by a browser. Systems ask for addresses under /api/. */
function isForPerson(request: FastifyRequest): boolean {
  if (isFromScript(request) || request.url.startsWith('/api/')) return false
  // where the router refused, there is no cookie read yet and no route
  if (request.cookies === undefined) return false
  return request.routeOptions.config?.page === true || (request.headers.accept ?? '').includes('text/html')
}

function refusalOf(
  world: Pick<World, 'log'>,
  error: FastifyError | Refusal,
  request: FastifyRequest,
): Refusal {
  if (error instanceof Refusal) return error
  // what the web framework refuses by itself: a malformed address, too long a parameter
  if ('statusCode' in error && error.statusCode !== undefined && error.statusCode < 500) {
    return error.statusCode === 404 || error.code === 'FST_ERR_MAX_PARAM_LENGTH'
      ? new Refusal('not-found', 'not-found')
      : new Refusal('malformed', 'bad-request')
  }
  const route = request.routeOptions.url
  if (isDatabaseAway(error)) {
    world.log.error({ err: error, route }, 'database away')
    return new Refusal('unavailable', 'database-away', { retryAfter: 5 })
  }
  const reference = newId()
  world.log.error({ err: error, reference, route }, 'request failed')
  return new Refusal('internal', 'internal', { params: { reference } })
}

function sendProblem(refusal: Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = preferredLanguage(request.headers['accept-language'])
  if (refusal.kind === 'unauthenticated') void reply.header('www-authenticate', 'Bearer realm="cts"')
  return reply
    .status(refusal.status)
    .header('content-language', language)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(refusal, language)))
}

/** Bytes that are no HTTP request, or a body that ends before its promised length. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
  else socket.end(rawProblem(new Refusal('malformed', 'bad-request')), () => socket.destroy())
}

/** That somebody asked too often, and may again after `milliseconds`. */
export function tooMany(milliseconds: number): Refusal {
  return new Refusal('too-many', 'too-many', { retryAfter: Math.max(1, Math.ceil(milliseconds / 1000)) })
}
