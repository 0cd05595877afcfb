import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { routes as establishmentRoutes } from './establishments/index.ts'
import { openHealth } from './health.ts'
import { isDatabaseAway } from './kit/database.ts'
import { preferredLanguage } from './kit/i18n.ts'
import { newId } from './kit/ids.ts'
import { problemOf, rawProblem } from './kit/problem.ts'
import { Refusal } from './kit/refusal.ts'
import { openApi } from './permissions/openapi.ts'
import { addRoutes, type AnyRoute } from './permissions/route.ts'
import { openSecureAccess } from './secure-access/index.ts'
import { routes as transferRoutes } from './transfers/index.ts'
import type { World } from './world.ts'

/** Every route for somebody signed in. */
export const ROUTES: readonly AnyRoute[] = [...establishmentRoutes, ...transferRoutes]

/** Tries at the token endpoint a minute from one address: a guessed secret has 256 random bits, this stops floods. */
const TOKEN_CALLS_A_MINUTE = 600

/**
 * The web app, in the order in which a request meets it.
 * @param server the HTTP server, already listening, so that `publicUrl` is known
 */
export async function buildApp(world: World, server: Server, publicUrl: string): Promise<FastifyInstance> {
  const log: FastifyBaseLogger = world.log
  let handle: RequestListener | undefined
  server.on('request', answerStarting)
  const app = Fastify({
    loggerInstance: log,
    // an address holds a file's name, so requests are counted and timed, never logged
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: [...world.config.trustedProxies],
    serverFactory(handler) {
      handle = handler
      return server
    },
    clientErrorHandler: refuseConnection,
    // what the router refuses before any route: a malformed address, too long a parameter
    frameworkErrors: (error, request, reply) => void answerError(world, error, request, reply),
    routerOptions: { maxParamLength: 64 },
    exposeHeadRoutes: false,
  })
  // bodies are read by the actions, after rights are known and with their own limits
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(world, error, request, reply))
  app.setNotFoundHandler((request, reply) =>
    sendProblem(new Refusal('not-found', 'not-found'), request, reply),
  )

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    strictTransportSecurity: publicUrl.startsWith('https:'),
  })
  await app.register(rateLimit, { global: false, errorResponseBuilder: (_request, { ttl }) => tooMany(ttl) })
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.header('cache-control', 'no-store')
    done()
  })
  app.addHook('onSend', async (request, reply) => {
    if (!reply.raw.shouldKeepAlive) await readRest(request.raw)
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    world.metrics.answered(request.method, route, reply.statusCode, reply.elapsedTime / 1000)
    done()
  })

  openHealth(app, world)
  const secureAccess = await openSecureAccess(world, `${publicUrl}/secure-access`)
  const perMinute = { max: TOKEN_CALLS_A_MINUTE, timeWindow: 60_000 }
  app.all('/secure-access/*', { config: { rateLimit: perMinute } }, (request, reply) => {
    reply.hijack()
    secureAccess.callback(request.raw, reply.raw)
  })
  const description = openApi(ROUTES, publicUrl)
  app.get('/api/v1/openapi.json', () => description)
  const limitClient = app.createRateLimit({
    max: world.config.apiCallsAMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => actorIds.get(request) ?? request.ip,
  })
  addRoutes(
    app,
    world,
    async (request) => {
      const actor = await secureAccess.identify(request)
      if (!actor) return null
      actorIds.set(request, actor.id)
      const limit = await limitClient(request)
      if (!limit.isAllowed && limit.isExceeded) throw tooMany(limit.ttl)
      return actor
    },
    ROUTES,
  )
  await app.ready()
  // a request that came before the app is whole would end the process
  server.off('request', answerStarting).on('request', handle!)
  return app
}

/** Answers what comes while the app is being built: the service starts. */
function answerStarting(_request: IncomingMessage, response: ServerResponse): void {
  const body = JSON.stringify(problemOf(new Refusal('unavailable', 'too-busy'), 'en'))
  response.writeHead(503, {
    'content-type': 'application/problem+json; charset=utf-8',
    'retry-after': '1',
    connection: 'close',
  })
  response.end(body)
}

const REST_MS = 10_000

/**
 * Reads and drops what is still to come of a request whose connection closes after the answer: closing it with bytes
 * unread resets it, and a sender that writes all before it reads would never see the answer. For 10 seconds at most.
 */
function readRest(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(settle, REST_MS)
    function settle(): void {
      clearTimeout(timer)
      request.off('end', settle).off('close', settle).off('error', settle)
      resolve()
    }
    request.on('end', settle).on('close', settle).on('error', settle).resume()
  })
}

/** Who sends a request, for the limit by client; forgotten with the request. */
const actorIds = new WeakMap<FastifyRequest, string>()

function tooMany(milliseconds: number): Refusal {
  return new Refusal('too-many', 'too-many', { retryAfter: Math.max(1, Math.ceil(milliseconds / 1000)) })
}

function answerError(
  world: World,
  error: FastifyError | Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof Refusal) return sendProblem(error, request, reply)
  // what the web framework refuses by itself: a malformed address, too long a parameter
  if ('statusCode' in error && error.statusCode !== undefined && error.statusCode < 500) {
    const refusal =
      error.statusCode === 404 || error.code === 'FST_ERR_MAX_PARAM_LENGTH'
        ? new Refusal('not-found', 'not-found')
        : new Refusal('malformed', 'bad-request')
    return sendProblem(refusal, request, reply)
  }
  if (isDatabaseAway(error)) {
    world.log.error({ err: error, route: request.routeOptions.url }, 'database away')
    return sendProblem(new Refusal('unavailable', 'database-away', { retryAfter: 5 }), request, reply)
  }
  const reference = newId()
  world.log.error({ err: error, reference, route: request.routeOptions.url }, 'request failed')
  return sendProblem(new Refusal('internal', 'internal', { params: { reference } }), request, reply)
}

function sendProblem(refusal: Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = preferredLanguage(request.headers['accept-language'])
  if (refusal.kind === 'unauthenticated') void reply.header('www-authenticate', 'Bearer realm="cts"')
  if (refusal.detail.retryAfter) void reply.header('retry-after', refusal.detail.retryAfter)
  return reply
    .status(refusal.status)
    .header('content-language', language)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(refusal, language)))
}

/** Bytes that are no HTTP request, or a body that ends before its promised length. */
function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
  else socket.end(rawProblem(new Refusal('malformed', 'bad-request')), () => socket.destroy())
}
