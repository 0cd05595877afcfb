import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { pages as accountPages } from './accounts/index.ts'
import { pages as approverPages } from './approvers/index.ts'
import { pages as dbaPages } from './dba/index.ts'
import { demonstrationPages } from './demonstration-files.ts'
import { pages as establishmentPages, routes as establishmentRoutes } from './establishments/index.ts'
import { openFront } from './front.ts'
import { openHealth } from './health.ts'
import { pages as homePages } from './home/index.ts'
import { helpAddresses } from './help/index.ts'
import { otherProviderOf } from './kit/config.ts'
import { assetAt } from './kit/pages/assets.ts'
import { problemOf } from './kit/problem.ts'
import { Refusal } from './kit/refusal.ts'
import { outboxAddresses } from './outbox/index.ts'
import type { Actor } from './permissions/decide.ts'
import { openApi } from './permissions/openapi.ts'
import { addPages, type AnyPage, type Visit } from './permissions/page.ts'
import { addRoutes, type AnyRoute } from './permissions/route.ts'
import { pages as peoplePages } from './people/index.ts'
import { openRefused, refuseConnection, tooMany } from './refused.ts'
import { helpRequestAddresses, pages as requestPages } from './requests/index.ts'
import { openSecureAccess, pages as secureAccessPages } from './secure-access/index.ts'
import { endSessionsOf, openSessions, pages as sessionPages } from './sessions/index.ts'
import { pages as systemPages, routes as systemRoutes } from './systems/index.ts'
import { pages as transferPages, routes as transferRoutes } from './transfers/index.ts'
import { pages as userAuditPages } from './user-audits/index.ts'
import type { World } from './world.ts'

/** Every route of the API for somebody signed in. */
export const ROUTES: readonly AnyRoute[] = [...establishmentRoutes, ...transferRoutes, ...systemRoutes]

/** Every page for somebody signed in. */
export const PAGES: readonly AnyPage[] = [
  ...homePages,
  ...transferPages,
  ...establishmentPages,
  ...peoplePages,
  ...approverPages,
  ...accountPages,
  ...requestPages,
  ...userAuditPages,
  ...dbaPages,
  ...systemPages,
  ...sessionPages,
  ...secureAccessPages,
  ...demonstrationPages,
]

const MINUTE = 60_000

/** Tries at the token endpoint a minute from one address: a guessed secret has 256 random bits, this stops floods. */
const TOKEN_CALLS_A_MINUTE = 600

/** A form with a file: its token, a name, few other fields. How large the file may be is for its action to say. */
const MULTIPART_LIMITS = { fields: 10, fieldSize: 2000, files: 1, parts: 12, fileSize: Infinity }

/**
 * The web app, in the order in which a request meets it.
 * @param server the HTTP server, already listening, so that `publicUrl` is known
 */
export async function buildApp(opened: World, server: Server, publicUrl: string): Promise<FastifyInstance> {
  // links that are mailed name the address of this server, whether or not it was set
  const world: World = { ...opened, config: { ...opened.config, publicUrl } }
  const log: FastifyBaseLogger = world.log
  // forgotten with the request: who sends it, for the limits, and who visits, for the frame of a refusal
  const actors = new WeakMap<FastifyRequest, Actor>()
  const visits = new WeakMap<FastifyRequest, Visit>()
  const front = openFront(world, publicUrl)
  const refused = openRefused(world, front, (request) => visits.get(request) ?? null)
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
    frameworkErrors: (error, request, reply) => void refused.answer(error, request, reply),
    routerOptions: { maxParamLength: 64 },
    exposeHeadRoutes: false,
  })
  // bodies are read by the actions, after rights are known and with their own limits
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  app.setErrorHandler((error: FastifyError, request, reply) => refused.answer(error, request, reply))
  app.setNotFoundHandler((request, reply) =>
    refused.answer(new Refusal('not-found', 'not-found'), request, reply),
  )

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    // a form's own page is told to this service, so that who was signed out comes back to it; to nobody else
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: publicUrl.startsWith('https:'),
  })
  await app.register(cookie, { secret: (await world.secrets.get('cookies')).toString('hex') })
  await app.register(multipart, { limits: MULTIPART_LIMITS })
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
  app.get('/assets/:version/:name', answerAsset)

  const issuer = `${publicUrl}/secure-access`
  const secureAccess = await openSecureAccess(world, issuer, front, endSessionsOf)
  const sessions = await openSessions(world, front, issuer, localUrl(server))
  const pagesPerMinute = { max: world.config.pagesAMinute, timeWindow: MINUTE }
  const tokensPerMinute = { max: TOKEN_CALLS_A_MINUTE, timeWindow: MINUTE }
  app.all('/secure-access/*', { config: { rateLimit: tokensPerMinute } }, (request, reply) => {
    reply.hijack()
    secureAccess.callback(request.raw, reply.raw)
  })

  const description = openApi(ROUTES, publicUrl)
  app.get('/api/v1/openapi.json', () => description)
  /** Counts a request of whoever sends it; throws Refusal 429 where that was one too many. */
  function limitBy(max: number): (request: FastifyRequest, actor: Actor) => Promise<void> {
    const keyGenerator = (request: FastifyRequest): string => actors.get(request)?.id ?? request.ip
    const check = app.createRateLimit({ max, timeWindow: MINUTE, keyGenerator })
    return async (request, actor) => {
      actors.set(request, actor)
      const limit = await check(request)
      if (!limit.isAllowed && limit.isExceeded) throw tooMany(limit.ttl)
    }
  }
  const limitClient = limitBy(world.config.apiCallsAMinute)
  addRoutes(
    app,
    world,
    async (request) => {
      const actor = await secureAccess.identify(request)
      if (actor) await limitClient(request, actor)
      return actor
    },
    ROUTES,
  )
  const limitPerson = limitBy(world.config.pagesAMinute)
  const visitOf = async (request: FastifyRequest): Promise<Visit | null> => {
    const visit = await sessions.visitOf(request)
    if (!visit) return null
    visits.set(request, visit)
    await limitPerson(request, visit.actor)
    return visit
  }
  const open = [
    ...secureAccess.addresses,
    ...sessions.addresses,
    ...helpAddresses({ ...front, visitOf }),
    ...helpRequestAddresses(world, { ...front, visitOf }),
    ...outboxAddresses(world, front),
  ]
  for (const { method, path, handle } of open) {
    const config = { page: true, rateLimit: pagesPerMinute }
    app.route({ method, url: path, config, handler: (request, reply) => handle(request, reply) })
  }
  const { signIn, askAgain } = sessions
  const other = otherProviderOf(world.config)
  // what is asked for at another provider is not changed here
  const offered = other ? PAGES.filter((one) => !secureAccessPages.includes(one)) : PAGES
  addPages(app, world, { ...front, visitOf, signIn, askAgain }, offered)
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

/** Where the server answers on this machine, whatever its public address is. */
function localUrl(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo
  if (address === '0.0.0.0' || address === '::') return `http://127.0.0.1:${port}`
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

const YEAR_SECONDS = 365 * 24 * 60 * 60

/** Styles, scripts and pictures: their address changes with their content. */
function answerAsset(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const asset = assetAt(request.url)
  if (!asset) throw new Refusal('not-found', 'not-found')
  const small = asset.brotli && /\bbr\b/.test(request.headers['accept-encoding'] ?? '') ? asset.brotli : null
  if (small) void reply.header('content-encoding', 'br')
  return reply
    .header('cache-control', `public, max-age=${YEAR_SECONDS}, immutable`)
    .header('vary', 'Accept-Encoding')
    .type(asset.type)
    .send(small ?? asset.body)
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
