import { spawn, spawnSync } from 'node:child_process'
import {
  accessSync,
  chownSync,
  constants,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client, escapeIdentifier } from 'pg'

/** The line that installs what `startPostgres` needs. */
export const POSTGRES_INSTALL = 'apt-get install -y --no-install-recommends postgresql'

/** A PostgreSQL server of our own, for tests and the bench. */
export interface TestPostgres {
  /** The address of one of its databases, as DATABASE_URL takes it. */
  url(database: string): string
  /** Makes a database, empty or as a copy of `template`, and gives its address. */
  createDatabase(name: string, template?: string): Promise<string>
  /** Kills the server and all its processes outright. The function it gives starts it again on the same data. */
  crash(): () => Promise<void>
  /** Kills the server and removes its folder. */
  stop(): Promise<void>
}

/** The folder with the binaries of the newest PostgreSQL from 15 on, on the PATH or where Debian puts them; else null. */
export function findPostgres(): string | null {
  const debian = '/usr/lib/postgresql'
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...listed(debian).map((version) => join(debian, version, 'bin')),
  ]
  const found = folders
    .flatMap((folder) => installedIn(folder))
    .filter(({ major }) => major >= 15)
    .sort((a, b) => b.major - a.major)
  return found[0]?.folder ?? null
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function installedIn(folder: string): { folder: string; major: number }[] {
  try {
    const initdb = realpathSync(join(folder, 'initdb'))
    accessSync(join(initdb, '..', 'postgres'), constants.X_OK)
    const version = spawnSync(initdb, ['--version'], { encoding: 'utf8' }).stdout
    return [{ folder: join(initdb, '..'), major: Number(/ (\d+)/.exec(version)?.[1]) }]
  } catch {
    return []
  }
}

/** PostgreSQL refuses to run as root: it runs as Debian's `postgres`, else as `nobody`. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const user = ['postgres', 'nobody'].find((name) => spawnSync('id', [name]).status === 0) ?? 'nobody'
  const id = (flag: string): number => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout)
  return { uid: id('-u'), gid: id('-g') }
}

/**
 * Starts a server with a cluster of its own in a new folder under the temporary one, reachable only through a UNIX
 * socket in that folder, which is closed to other users. Debian's own cluster is never touched.
 * `durable` syncs every commit to disk, for crash tests and the bench; logic is tested faster without.
 * Throws when there is no PostgreSQL or it does not start.
 */
export async function startPostgres({ durable }: { durable: boolean }): Promise<TestPostgres> {
  const binaries = findPostgres()
  if (!binaries) throw new Error(`PostgreSQL 15 or later is not installed: ${POSTGRES_INSTALL}`)
  const user = unprivileged()
  const folder = mkdtempSync(join(tmpdir(), 'cts-pg-'))
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const initdb = spawnSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...user, cwd: folder, encoding: 'utf8' },
  )
  if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stderr}`)
  const { again, stop } = supervise(binaries, folder, data, user, durable)
  const url = (database: string): string =>
    databaseAt(`postgresql://postgres@localhost/?host=${encodeURIComponent(folder)}`, database)
  const ready = (): Promise<void> => untilReady(() => ask(url('postgres'), 'select 1'))
  try {
    await ready()
  } catch (error) {
    await stop()
    throw error
  }
  return {
    url,
    createDatabase: (name, template) => createDatabase(url('postgres'), name, template),
    crash() {
      killWithChildren(Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]))
      return () => {
        again()
        return ready()
      }
    },
    stop,
  }
}

function killWithChildren(pid: number): void {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  process.kill(pid, 'SIGKILL')
  for (const child of children) {
    try {
      process.kill(Number(child), 'SIGKILL')
    } catch {
      // it ended with its parent
    }
  }
}

async function ask(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** The address of another database on the server of `url`. */
export function databaseAt(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}

/** Makes a database on the server of `url`, empty or as a copy of `template`, and gives its address. */
export async function createDatabase(url: string, name: string, template = 'template0'): Promise<string> {
  const statement = `create database ${escapeIdentifier(name)} template ${escapeIdentifier(template)}`
  await ask(databaseAt(url, 'postgres'), statement)
  return databaseAt(url, name)
}

/** Removes the database at `url` with whatever is still connected to it. */
export async function dropDatabase(url: string): Promise<void> {
  const name = escapeIdentifier(new URL(url).pathname.slice(1))
  await ask(databaseAt(url, 'postgres'), `drop database if exists ${name} with (force)`)
}

// The shell holds the reading end of a pipe from this process. When it closes, by stop() or because this process died
// in whatever way, the shell kills the server and removes its folder: kill -9 of a test run leaves nothing behind. A
// line through the pipe says that the server was killed and is to be started again.
const SUPERVISOR =
  '"$@" & while read -r line; do wait $!; "$@" & done; kill -QUIT $!; wait $!; rm -rf "$CTS_FOLDER"'

function supervise(
  binaries: string,
  folder: string,
  data: string,
  user: { uid?: number; gid?: number },
  durable: boolean,
): { again: () => void; stop: () => Promise<void> } {
  const switches = durable ? 'on' : 'off'
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${folder}`,
    'unix_socket_permissions=0700',
    'max_connections=300',
    `fsync=${switches}`,
    `synchronous_commit=${switches}`,
    `full_page_writes=${switches}`,
    `log_destination=stderr`,
  ]
  const server = [join(binaries, 'postgres'), '-D', data, ...settings.flatMap((setting) => ['-c', setting])]
  const shell = spawn('sh', ['-c', SUPERVISOR, 'sh', ...server], {
    ...user,
    cwd: '/',
    env: { ...process.env, CTS_FOLDER: folder },
    stdio: ['pipe', 'ignore', 'ignore'],
    // a session of its own: Ctrl-C at the terminal must reach the supervisor as the closed pipe only
    detached: true,
  })
  const ended = new Promise<void>((resolve) => {
    shell.once('exit', () => resolve())
  })
  shell.unref()
  return {
    again: () => shell.stdin.write('again\n'),
    async stop() {
      shell.ref()
      shell.stdin.end()
      await ended
    },
  }
}

async function untilReady(ask: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask()
    } catch (error) {
      if (attempt === 300) throw new Error('PostgreSQL did not start in 30 seconds', { cause: error })
      await wait(100)
    }
  }
}
