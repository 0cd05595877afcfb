import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { findXmllint } from '../test/install.ts'
import { peakMemory } from './process-memory.ts'

/** Debian's xmllint with a schema, in processes of its own. */
export interface Xmllint {
  /** Milliseconds of a process that reads and validates a file. */
  milliseconds(file: string): Promise<number>
  /** Megabytes of memory that it takes at most for a file, above what it has when it has read its schema. */
  memory(file: string): Promise<number>
}

/** xmllint with a schema; null where libxml2-utils is not installed. `onCore`: what a command line begins with. */
export function openXmllint(schema: string, onCore: readonly string[]): Xmllint | null {
  const program = findXmllint()
  if (program === null) return null
  const args = ['--noout', '--stream', '--schema', schema]
  return {
    async milliseconds(file) {
      const began = performance.now()
      await ended(start([...onCore, program, ...args, file]))
      return performance.now() - began
    },
    async memory(file) {
      const waiting = start([program, ...args, '-'])
      await sleep(500)
      const idle = peakMemory(waiting.pid!) ?? 0
      waiting.kill()
      const reading = start([program, ...args, file])
      let peak = 0
      const timer = setInterval(() => (peak = peakMemory(reading.pid!) ?? peak), 5)
      await ended(reading)
      clearInterval(timer)
      return (peak - idle) / 1e6
    },
  }
}

function start([program = '', ...args]: readonly string[]) {
  return spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] })
}

/** Waits for its end; throws what it said when it did not find the file valid. */
async function ended(child: ReturnType<typeof start>): Promise<void> {
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`xmllint: ${said.slice(0, 500)}`)
}
