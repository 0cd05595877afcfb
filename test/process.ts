import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const ROOT = join(import.meta.dirname, '..')

/** A server in a process of its own. */
export interface ServerProcess {
  url: string
  pid: number
  /** Whether it still runs. */
  running(): boolean
  /** What it has said on standard error so far. */
  said(): string
  /** Sends a signal and waits for the end; the exit status, or null when the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

const START_MS = 60_000

/** Starts a server, which says `ready <url>` on a line, with these settings. */
export async function startProcess(
  args: readonly string[],
  env: Record<string, string>,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    // as under `npm start`: the service stops by itself when what started it is gone
    env: { ...surroundings(), npm_lifecycle_event: 'start', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve)
  })
  const late = setTimeout(() => child.kill('SIGKILL'), START_MS)
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const ready = /^ready (\S+)$/.exec(line)
      if (ready) resolve(ready[1]!)
    })
    void ended.then((code) =>
      reject(new Error(`${args.join(' ')} ended (${code}) before it was ready:\n${said}`)),
    )
  }).finally(() => clearTimeout(late))
  return {
    url,
    pid: child.pid!,
    running: () => child.exitCode === null && child.signalCode === null,
    said: () => said,
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
}

/** Starts the service as an operator does. */
export function startService(env: Record<string, string>): Promise<ServerProcess> {
  return startProcess(['src/main.ts', 'serve'], env)
}

/** What `cts` with these arguments prints. Throws when its exit status is not 0. */
export async function runCts(args: readonly string[], env: Record<string, string>): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['src/main.ts', ...args], {
    cwd: ROOT,
    env: { ...surroundings(), ...env },
    timeout: START_MS,
  })
  return stdout
}

/** The environment without what tells Node's test runner that a process is one of its own. */
function surroundings(): NodeJS.ProcessEnv {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  return env
}
