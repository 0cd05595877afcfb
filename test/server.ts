import { createServer, type Server } from 'node:http'
import { z } from 'zod'
import { createClient, newClientId } from '../src/accounts/index.ts'
import type { Role } from '../src/permissions/table.ts'
import { buildApp } from '../src/serve.ts'
import { openWork } from '../src/work.ts'
import type { World } from '../src/world.ts'
import type { Place } from './templates.ts'
import { openTestWorld, type DatabaseName, type TestClock, type TestWorldOptions } from './world.ts'

/** A machine client of the running service, with a token that is good for an hour of its clock. */
export interface TestClient {
  id: string
  secret: string
  token: string
}

/** The whole service, running in this process on a port of its own. */
export interface TestServer {
  /** Where it listens. */
  url: string
  world: World
  clock: TestClock
  /** Makes a machine client bound to an organisation and a role. */
  client(organisation: string, role: Role): Promise<TestClient>
  /** A fresh token of a client, by its id and secret. */
  token(id: string, secret: string): Promise<string>
  /** Finishes what is under way, closes the world and removes its database and folder. */
  close(): Promise<void>
}

/** What a test may want otherwise; with PUBLIC_URL in `env` the service names that address as its own. */
export interface TestServerOptions extends TestWorldOptions {
  /** Runs the jobs and the sending of mail as well. */
  work?: boolean
  /** The name by which it is reached, such as localhost, where browsers know passkeys; else 127.0.0.1. */
  host?: string
}

/** Starts the whole service as `cts serve` does, on a database with the shipped register and nothing else. */
export async function openTestServer(
  where: DatabaseName | Place,
  { work = false, host = '127.0.0.1', ...options }: TestServerOptions = {},
): Promise<TestServer> {
  const opened = await openTestWorld(where, options)
  const { world, clock } = opened
  const stopWork = work ? await openWork(world) : null
  const server = createServer()
  const url = await listen(server, host)
  const app = await buildApp(world, server, world.config.publicUrl ?? url)
  const token = (id: string, secret: string): Promise<string> => askToken(url, id, secret)
  return {
    url,
    world,
    clock,
    async client(organisation, role) {
      const id = newClientId()
      const asked = { id, name: `${role} of ${organisation}`, organisation, role }
      const { secret } = await world.db.transaction().execute((tx) => createClient(tx, asked, clock.now()))
      return { id, secret, token: await token(id, secret) }
    },
    token,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await app.close()
      await stopWork?.()
      await opened.close()
    },
  }
}

async function listen(server: Server, host: string): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens at no port')
  return `http://${host}:${address.port}`
}

async function askToken(url: string, id: string, secret: string): Promise<string> {
  const answer = await fetch(`${url}/secure-access/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: id,
      client_secret: secret,
    }),
  })
  if (!answer.ok) throw new Error(`no token: ${answer.status} ${await answer.text()}`)
  return z.object({ access_token: z.string() }).parse(await answer.json()).access_token
}
