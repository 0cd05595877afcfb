import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { TestClient } from './server.ts'

/** The program behind `cts`. */
export const MAIN = join(import.meta.dirname, '..', 'src', 'main.ts')

/** A command that runs. */
export interface Running {
  child: ChildProcess
  out(): string
  err(): string
  /** Waits until something was said on either output. */
  says(pattern: RegExp): Promise<void>
  ended: Promise<Ended>
}

/** How a command ended. */
export interface Ended {
  code: number | null
  out: string
  err: string
}

/** Starts a command of cts with the credentials of a client. */
export function start(
  client: TestClient | null,
  args: readonly string[],
  program = process.execPath,
): Running {
  const secrets = client ? { CTS_CLIENT_ID: client.id, CTS_CLIENT_SECRET: client.secret } : {}
  const given = program === process.execPath ? [MAIN, ...args] : args
  const child = spawn(program, given, {
    env: { PATH: process.env['PATH'], ...secrets },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout?.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...said }))
  })
  return {
    child,
    out: () => said.out,
    err: () => said.err,
    ended,
    async says(pattern) {
      for (let tries = 0; tries < 1000; tries += 1) {
        if (pattern.test(said.out + said.err)) return
        await wait(20)
      }
      throw new Error(`it never said ${pattern}: ${said.out}${said.err}`)
    },
  }
}

/** Runs a command of cts to its end. */
export const run = (client: TestClient | null, ...args: string[]): Promise<Ended> => start(client, args).ended
