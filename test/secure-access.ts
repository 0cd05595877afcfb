import Fastify from 'fastify'
import pino from 'pino'
import { z } from 'zod'
import { createClient, newClientId, revokeClient } from '../src/accounts/index.ts'
import { blankOrganisation } from '../src/establishments/differences.ts'
import { saveOrganisations } from '../src/establishments/store.ts'
import { masterKeys, openSecrets } from '../src/kit/secrets.ts'
import { openSecureAccess, type SecureAccess } from '../src/secure-access/index.ts'
import { testClock, type TestClock, type TestDatabase } from './world.ts'

/** A machine client and its secret. */
export interface TestClient {
  id: string
  secret: string
}

/** Secure Access alone on a server of its own, with two schools and an LA. */
export interface TestSecureAccess {
  issuer: string
  clock: TestClock
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

/** Opens Secure Access on a migrated, empty database. */
export async function openTestSecureAccess({ db }: TestDatabase): Promise<TestSecureAccess> {
  const organisations = ['6804020', '6814039', '680LLLL'].map((code) => blankOrganisation(code, code))
  await db.transaction().execute((tx) => saveOrganisations(tx, organisations, new Map()))
  const clock = testClock()
  const logged: string[] = []
  const following: Promise<unknown>[] = []
  let secureAccess: SecureAccess

  const app = Fastify()
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  app.all('/secure-access/*', (request, reply) => {
    reply.hijack()
    secureAccess.callback(request.raw, reply.raw)
  })
  app.get(
    '/who',
    async (request, reply) => (await secureAccess.identify(request)) ?? reply.status(401).send(),
  )
  const issuer = `${await app.listen({ port: 0, host: '127.0.0.1' })}/secure-access`

  async function restart(): Promise<void> {
    const secrets = await openSecrets(db, masterKeys(['a key for tests only, never one for service']))
    const log = pino({ base: null }, { write: (line: string) => logged.push(line) })
    const follow = (work: Promise<unknown>): void => void following.push(work)
    secureAccess = await openSecureAccess({ db, clock, log, secrets, follow }, issuer)
  }

  function ask(body: string, headers: Record<string, string> = {}): Promise<Response> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return fetch(`${issuer}/token`, { method: 'POST', headers: { ...type, ...headers }, body })
  }

  await restart()
  return {
    issuer,
    clock,
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
      const answer = await fetch(new URL(`/who${query}`, issuer), {
        headers: authorization ? { authorization } : {},
      })
      return answer.status === 200 ? answer.json() : answer.status
    },
    close: () => app.close(),
  }
}
