import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import cookie from '@fastify/cookie'
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import pino from 'pino'
import { z } from 'zod'
import { createClient, newClientId, revokeClient } from '../src/accounts/index.ts'
import { blankOrganisation } from '../src/establishments/differences.ts'
import { saveOrganisations } from '../src/establishments/store.ts'
import { openFront } from '../src/front.ts'
import { openAudit } from '../src/kit/audit/store.ts'
import { openMailer } from '../src/kit/mail/mailer.ts'
import { masterKeys, openSecrets } from '../src/kit/secrets.ts'
import { openRefused } from '../src/refused.ts'
import { openSecureAccess, type SecureAccess } from '../src/secure-access/index.ts'
import type { SecureAccessWorld } from '../src/secure-access/parts.ts'
import { endSessionsOf } from '../src/sessions/index.ts'
import type { World } from '../src/world.ts'
import { testConfig } from './templates.ts'
import { testClock, type TestClock, type TestDatabase } from './world.ts'

/** A machine client and its secret. */
export interface TestClient {
  id: string
  secret: string
}

/** Secure Access alone on a server of its own, with two schools and an LA. */
export interface TestSecureAccess {
  issuer: string
  /** Where the service stands that Secure Access is part of. */
  origin: string
  clock: TestClock
  /** What it was opened with. */
  world: SecureAccessWorld
  /** Lines of the log. */
  logged: string[]
  /** Work that went on beside requests. */
  following: Promise<unknown>[]
  newClient(organisation?: string, role?: string): Promise<TestClient>
  revoke(id: string): Promise<void>
  /** Posts a body to the token endpoint. */
  ask(body: string, headers?: Record<string, string>): Promise<Response>
  /** An access token. */
  tokenOf(client: TestClient): Promise<string>
  /** How a call is identified: the actor, or 401. */
  who(authorization: string | null, query?: string): Promise<unknown>
  /** Opens it anew, with nothing carried over but the database. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** The body of a client credentials request. */
export const GRANT = 'grant_type=client_credentials'

/** Credentials as HTTP Basic. */
export function basic({ id, secret }: TestClient): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
}

/**
 * Opens Secure Access on a migrated, empty database.
 * @param publicUrl by which it names itself; else where it listens
 * @param env more settings, by their names
 */
export async function openTestSecureAccess(
  { db, dataDir }: TestDatabase,
  publicUrl?: string,
  env: Record<string, string> = {},
): Promise<TestSecureAccess> {
  const organisations = ['6804020', '6814039', '680LLLL'].map((code) => blankOrganisation(code, code))
  await db.transaction().execute((tx) => saveOrganisations(tx, organisations, new Map()))
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const origin = publicUrl ?? here
  const clock = testClock()
  const logged: string[] = []
  const following: Promise<unknown>[] = []
  const log = pino({ base: null }, { write: (line: string) => logged.push(line) })
  const config = testConfig({ dataDir, databaseUrl: null }, env)
  // a page's frame uses no more of the world
  const around = { clock, demonstration: false } as Partial<World> as World
  let world: SecureAccessWorld
  let secureAccess: SecureAccess

  async function restart(): Promise<void> {
    const secrets = await openSecrets(db, masterKeys(['a key for tests only, never one for service']))
    const audit = await openAudit({ db, secrets, clock, dataDir })
    const mailer = openMailer({ db, config, clock, log })
    const follow = (work: Promise<unknown>): void => void following.push(work)
    world = { db, clock, log, secrets, follow, audit, mailer, config, demonstration: false }
    const front = openFront(around, origin)
    secureAccess = await openSecureAccess(world, `${origin}/secure-access`, front, endSessionsOf)
  }

  function ask(body: string, headers: Record<string, string> = {}): Promise<Response> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return fetch(`${here}/secure-access/token`, { method: 'POST', headers: { ...type, ...headers }, body })
  }

  await restart()
  const app = Fastify({
    // tests come from as many addresses as they say
    trustProxy: ['127.0.0.1'],
    routerOptions: { maxParamLength: 64 },
    serverFactory: (handler) => server.on('request', handler),
  })
  await app.register(cookie, { secret: 'a key for tests only' })
  addRoutes(app, () => secureAccess)
  const refused = openRefused({ log }, openFront(around, origin), () => null)
  app.setErrorHandler((error: FastifyError, request, reply) => refused.answer(error, request, reply))
  await app.ready()

  return {
    issuer: `${here}/secure-access`,
    origin: here,
    clock,
    world: world!,
    logged,
    following,
    ask,
    restart,
    async newClient(organisation = '6804020', role = 'school-user') {
      const id = newClientId()
      const asked = { id, name: 'School system', organisation, role }
      const { secret } = await db.transaction().execute((tx) => createClient(tx, asked, clock.now()))
      return { id, secret }
    },
    revoke: (id) => db.transaction().execute((tx) => revokeClient(tx, id, clock.now())),
    async tokenOf(client) {
      const answer = await ask(GRANT, { authorization: basic(client) })
      return z.object({ access_token: z.string() }).parse(await answer.json()).access_token
    },
    async who(authorization, query = '') {
      const answer = await fetch(new URL(`/who${query}`, here), {
        headers: authorization ? { authorization } : {},
      })
      return answer.status === 200 ? answer.json() : answer.status
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await app.close()
    },
  }
}

/** The addresses as the service puts them in; each asks for what is open now. */
function addRoutes(app: FastifyInstance, open: () => SecureAccess): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  for (const [index, { method, path }] of open().addresses.entries()) {
    app.route({
      method,
      url: path,
      config: { page: true },
      handler: (request, reply) => open().addresses[index]!.handle(request, reply),
    })
  }
  app.all('/secure-access/*', (request, reply) => {
    reply.hijack()
    open().callback(request.raw, reply.raw)
  })
  app.get('/who', async (request, reply) => (await open().identify(request)) ?? reply.status(401).send())
}
