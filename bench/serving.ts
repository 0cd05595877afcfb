import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../test/postgres.ts'
import { runCts, startProcess, type ServerProcess } from '../test/process.ts'
import { openJar } from '../test/jar.ts'
import { sampleCtf } from '../src/ctf/index.ts'
import { fire, type Shot } from './load.ts'

/** The service in processes of its own, on a database of its own with the shipped register and nothing else. */
export interface BenchService extends ServerProcess {
  /** What the requests of a machine client of an organisation carry. */
  client(organisation: string, role: string): Promise<{ authorization: string }>
  /** Makes a person with a password; `at` tells one from another. */
  person(organisation: string, role: string, at?: number): Promise<{ username: string; password: string }>
  stop(): Promise<void>
}

/** Starts the service as an operator does, without the limits that a load would meet. */
export async function startBenchService(databaseUrl: string, folder: string): Promise<BenchService> {
  const env = {
    DATABASE_URL: databaseUrl,
    DATA_DIR: join(folder, 'data'),
    PORT: '0',
    DEMO: '0',
    SECRET_KEY: 'a key for the benchmark only: never for service',
    API_CALLS_A_MINUTE: '1000000',
    PAGES_A_MINUTE: '1000000',
    SECOND_FACTOR_ROLES: 'none',
  }
  const service = await startProcess(['src/main.ts', 'serve'], env)
  const { url } = service
  const create = async (what: string, args: readonly string[]): Promise<unknown> =>
    JSON.parse(await runCts([what, 'create', ...args], { ...env, PUBLIC_URL: url }))
  return {
    ...service,
    async client(organisation, role) {
      const args = ['--name', 'bench', '--organisation', organisation, '--role', role]
      const client = (await create('client', args)) as { client_id: string; client_secret: string }
      const answer = await fetch(`${url}/secure-access/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'client_credentials', ...client }),
      })
      const { access_token: token } = (await answer.json()) as { access_token: string }
      return { authorization: `Bearer ${token}` }
    },
    async person(organisation, role, at = 0) {
      const person = { username: `bench${at}`, password: 'copper kettle morning' }
      const args = ['--username', person.username, '--name', 'Bench', '--email', 'bench@people.example.org']
      const made = await create('user', [...args, '--organisation', organisation, '--role', role, '--json'])
      const jar = openJar()
      const form = await jar.get((made as { activation_link: string }).activation_link)
      const done = await jar.submit(form, { password: person.password, again: person.password })
      if (done.status !== 200) throw new Error(`no password set: ${done.status} ${done.html.slice(0, 2000)}`)
      return person
    },
    async stop() {
      await service.end('SIGTERM')
    },
  }
}

/** Runs with the service on a PostgreSQL of its own, and takes both down again; `folder` is for whatever else is needed. */
export async function withBenchService(
  run: (service: BenchService, folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cts-bench-'))
  const postgres = await startPostgres({ durable: true })
  try {
    await postgres.createDatabase('service')
    const service = await startBenchService(postgres.url('service'), folder)
    try {
      await run(service, folder)
    } finally {
      await service.stop()
    }
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A date as CTFs write it. */
export function today(): string {
  return new Date().toISOString().slice(0, 10)
}

/** Sends so many small files from one organisation to another. */
export async function sendFiles(
  { url, client }: BenchService,
  source: string,
  destination: string,
  files: number,
): Promise<void> {
  const headers = { ...(await client(source, 'school-user')), 'content-type': 'application/xml' }
  const shots = Array.from({ length: files }, (_, at): Shot => {
    const serial = String(at + 1).padStart(3, '0')
    const made = sampleCtf({ pupils: 2, seed: at, source, destination, today: today(), serial })
    return { url: `${url}/api/v1/files?name=${made.name}`, headers, body: made.bytes, expect: 201 }
  })
  await fire(shots, 8)
}
