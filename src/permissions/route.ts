import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { preferredLanguage, type Language } from '../kit/i18n.ts'
import { Refusal } from '../kit/refusal.ts'
import type { World } from '../world.ts'
import type { Action } from './action.ts'
import type { Actor } from './decide.ts'
import { perform } from './perform.ts'

/** What a route's answer may use beside the action's answer. */
export interface Exchange {
  world: World
  actor: Actor
  request: FastifyRequest
  reply: FastifyReply
  language: Language
}

/** A path tied to an action. `{id}` in the path, the names in `query` and the rest as JSON body are its input. */
export interface Route<Input, Subject, Prepared, Answer> {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  action: Action<Input, Subject, Prepared, Answer>
  /** Names of input that come in the query string. */
  query?: readonly string[]
  /** The body is a file's bytes, given to the action as the stream `body`, under any of these media types. */
  bytes?: readonly string[]
  /** Status of the answer; default 200. */
  status?: number | ((answer: Answer) => number)
  /** One line for the API's description. */
  summary: string
  /** Statuses of refusals, for the API's description, beside 400, 401, 403, 404, 429. */
  refusals?: readonly number[]
  /** The shape of what is sent as JSON, for the API's description; or the media type of what is not JSON. */
  answers: z.ZodType | string
  /** What is sent, where it is not the action's answer as it stands. */
  answer?(answer: Answer, exchange: Exchange): unknown
}

/** A route whose types no longer matter: what the list of all routes holds. */
export type AnyRoute = Route<never, never, never, never>

/** Ties a path to an action: the only way to make a route for somebody signed in. */
export function route<Input, Subject, Prepared, Answer>(
  spec: Route<Input, Subject, Prepared, Answer>,
): AnyRoute {
  return spec as unknown as AnyRoute
}

/** Says who sends a request, or null when it carries no valid token. */
export type Identify = (request: FastifyRequest) => Promise<Actor | null>

/** Puts routes into the web app. */
export function addRoutes(
  app: FastifyInstance,
  world: World,
  identify: Identify,
  routes: readonly AnyRoute[],
): void {
  for (const one of routes)
    addRoute(app, world, identify, one as unknown as Route<unknown, unknown, unknown, unknown>)
}

function addRoute(
  app: FastifyInstance,
  world: World,
  identify: Identify,
  one: Route<unknown, unknown, unknown, unknown>,
): void {
  app.route({
    method: one.method,
    url: one.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    async handler(request, reply) {
      const actor = await identify(request)
      if (!actor) throw new Refusal('unauthenticated', 'unauthenticated')
      const language = preferredLanguage(request.headers['accept-language'])
      const answer = await perform(world, actor, one.action, () => rawInput(one, request))
      void reply.status(typeof one.status === 'function' ? one.status(answer) : (one.status ?? 200))
      void reply.header('content-language', language)
      return one.answer ? one.answer(answer, { world, actor, request, reply, language }) : answer
    },
  })
}

/** Joins path, query and body into the raw input; a name given twice or in the wrong place is refused. */
async function rawInput(
  one: Route<unknown, unknown, unknown, unknown>,
  request: FastifyRequest,
): Promise<object> {
  const query = request.query as Record<string, unknown>
  const stray = Object.keys(query).find((name) => !one.query?.includes(name))
  if (stray !== undefined) throw new Refusal('malformed', 'input', { params: { field: stray.slice(0, 60) } })
  const params = request.params as Record<string, string>
  if (one.bytes) return { ...query, ...params, body: bytesBody(one.bytes, request) }
  const body = one.method === 'GET' ? {} : await jsonBody(request)
  const twice = Object.keys(body).find((name) => name in params || one.query?.includes(name))
  if (twice !== undefined) throw new Refusal('malformed', 'input', { params: { field: twice.slice(0, 60) } })
  return { ...query, ...body, ...params }
}

/** A file's bytes as they come in, not yet read. */
export interface BytesBody {
  stream: Readable
  mediaType: string
  /** Content-Length as the sender gave it; null when chunked. */
  length: number | null
}

/** How an action's input names a file's bytes. */
export const bytesBodySchema = z.custom<BytesBody>((value) => typeof value === 'object' && value !== null)

function bytesBody(types: readonly string[], request: FastifyRequest): BytesBody {
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (!types.includes(mediaType)) {
    throw new Refusal('unsupported', 'media-type', { params: { types: types.join(', ') } })
  }
  // the bytes are kept as they come, so their digest would be of something else than the file
  if (!/^(identity)?$/i.test(request.headers['content-encoding'] ?? ''))
    throw new Refusal('unsupported', 'content-encoding')
  const length = request.headers['content-length']
  return { stream: request.raw, mediaType, length: length === undefined ? null : Number(length) }
}

const JSON_BODY_MAX = 64 * 1024

async function jsonBody(request: FastifyRequest): Promise<object> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.raw as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > JSON_BODY_MAX) throw new Refusal('too-large', 'json-too-large')
    chunks.push(chunk)
  }
  if (size === 0) return {}
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (mediaType !== 'application/json') {
    throw new Refusal('unsupported', 'media-type', { params: { types: 'application/json' } })
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // answered below like every other body that is no object
  }
  throw new Refusal('malformed', 'json')
}
