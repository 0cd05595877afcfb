import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Command, Option } from 'commander'
import { readConfig, type Config } from '../kit/config.ts'
import { processesOf } from '../kit/processes.ts'
import type { World } from '../world.ts'
import { isWebProcess, leave, startWebProcesses, tellReady } from './web-processes.ts'

const ROLES = ['all', 'web', 'worker'] as const
type Role = (typeof ROLES)[number]

/** `cts serve`: runs the service until SIGTERM or SIGINT, then finishes what is under way and stops. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('run the service')
    .addOption(new Option('--role <role>', 'what this process does').choices(ROLES).default('all'))
    .action(({ role }: { role: Role }, command: Command) => {
      const config = readConfig(process.env)
      if (role !== 'all' && !config.databaseUrl) {
        command.error('cts: --role web and worker need a server database: set DATABASE_URL', { exitCode: 2 })
      }
      return serve(config, role)
    })
}

async function serve(config: Config, asked: Role): Promise<void> {
  const role = isWebProcess ? 'web' : asked
  const { openWorld } = await import('../world.ts')
  const { openWork } = await import('../work.ts')
  const world = await openWorld(config, { mustOwn: true, onStopped: endAtOnce })
  const stops: (() => Promise<void>)[] = []
  let stopping: Promise<void> | null = null
  const stop = (): Promise<void> => (stopping ??= stopAll(world, stops))
  try {
    if (role !== 'web') stops.push(await openWork(world))
    const url = role === 'worker' ? null : await openWeb(world, stops, isWebProcess ? 1 : processesOf(config))
    if (isWebProcess) tellReady(url!)
    else for await (const line of banner(world, url)) process.stdout.write(`${line}\n`)
  } catch (error) {
    await stop()
    throw error
  }
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve())
    stopWhenNpmIsGone(resolve)
  })
  await stop()
  leave()
}

/** The embedded database stopped by itself (disk full, damage): nothing can be finished, a restart can mend it. */
function endAtOnce(fault: Error): never {
  process.stderr.write(`cts: ${fault.message}\n`)
  process.exit(1)
}

/**
 * Answers requests in this process, or in several that share the port. Listens before the app is built, so that PORT=0
 * is known to what names its own address.
 */
async function openWeb(world: World, stops: (() => Promise<void>)[], processes: number): Promise<string> {
  if (processes > 1) {
    const web = await startWebProcesses(processes)
    stops.push(web.stop)
    return web.url
  }
  const { buildApp } = await import('../serve.ts')
  const server = createServer({ requestTimeout: 300_000, headersTimeout: 20_000, keepAliveTimeout: 65_000 })
  const url = await listen(server, world.config)
  let app: Awaited<ReturnType<typeof buildApp>> | undefined
  stops.push(async () => {
    await closeServer(server)
    await app?.close()
  })
  app = await buildApp(world, server, url)
  return url
}

/** Lets requests in flight finish, for so long; a sender slower than that must send again. */
const FINISH_MS = 30_000

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), FINISH_MS)
  await closed
  clearTimeout(timer)
}

async function listen(server: Server, { host, port, publicUrl }: Config): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  const shown = host.includes(':') ? `[${host}]` : host
  return (publicUrl ?? `http://${shown}:${taken}`).replace(/\/+$/, '')
}

async function* banner(
  { config, database, demonstration }: World,
  url: string | null,
): AsyncGenerator<string> {
  if (url) yield `Common Transfer System at ${url}`
  if (database.embedded) {
    yield 'Database: embedded, for trying out. For service set DATABASE_URL to PostgreSQL.'
  }
  yield 'Uploads are not scanned for viruses.'
  if (!config.smtpUrl)
    yield `E-mail is not sent: it is written to ${config.dataDir}/mail (SMTP_URL is not set).`
  if (url && demonstration) {
    const { DEMONSTRATION_ACCOUNTS } = await import('../demonstration-cast.ts')
    yield 'Accounts of the demonstration, each with its username, password, organisation and role:'
    for (const { username, password, organisation, role } of DEMONSTRATION_ACCOUNTS) {
      yield `account ${username} ${password} ${organisation} ${role}`
    }
  }
  yield url ? `ready ${url}` : 'ready'
}

async function stopAll(world: World, stops: (() => Promise<void>)[]): Promise<void> {
  for (const stop of stops.toReversed()) await stop()
  await world.close()
}

/** `npm start` that is killed outright would leave the service behind, holding its port and its database. */
function stopWhenNpmIsGone(stop: () => void): void {
  if (process.env['npm_lifecycle_event'] !== 'start') return
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && stop(), 1000).unref()
}
