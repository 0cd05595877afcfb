import { createReadStream, readFileSync } from 'node:fs'
import { checkCtf, checkCtfStream } from '../src/ctf/index.ts'
import type { Peer } from '../test/libxml2.ts'
import { median } from './figure.ts'
import { peakMemory } from './process-memory.ts'

// A process of the format's benchmark: one contender with one task, which it prints the measure of. So that neither
// profits from what the other left behind, and a core can be given to it.
// usage: node bench/ctf-contender.ts ours|libxml2-wasm throughput|small|memory TODAY SCHEMA WARM FILE

const [contender, task, today = '', schema = '', warm = '', file = ''] = process.argv.slice(2)

/** How often a small file is checked before it counts, and how often it then is. */
const SMALL = { warm: 300, counted: 300 }

/** Checks a whole file as the contender does it, from the disk. */
const check = contender === 'ours' ? checkOurs : await checkTheirs()

async function checkOurs(path: string): Promise<void> {
  // as `cts ctf check` reads: a file on one's own disk may be of any size, and its pupils are only counted
  const options = { today, pupils: false, limits: { elements: Infinity, allAttributes: Infinity } }
  const reading = await checkCtfStream(createReadStream(path, { highWaterMark: 1 << 18 }), options)
  if (reading.errors > 0) throw new Error(`${path} has ${reading.errors} errors`)
}

async function checkTheirs(): Promise<(path: string) => Promise<void>> {
  const peer = await openPeer()
  return async (path) => {
    const { valid, said } = peer.verdict(readFileSync(path))
    if (!valid) throw new Error(`${path}: ${said.slice(0, 500)}`)
  }
}

/** libxml2-wasm with the schema; opened only by the process that needs it. */
async function openPeer(): Promise<Peer> {
  const { openLibxml2 } = await import('../test/libxml2.ts')
  return openLibxml2(readFileSync(schema, 'utf8'))
}

/** How often another file is read before: a service runs for weeks, and its code is compiled as it runs. */
const WARM_UP = 10

/** Milliseconds for one file, after others were read. */
async function throughput(): Promise<number> {
  for (let time = 0; time < WARM_UP; time++) await check(warm)
  const began = performance.now()
  await check(file)
  return performance.now() - began
}

/** Milliseconds for a small file that is in memory, the middle of many times. */
async function small(): Promise<number> {
  const bytes = readFileSync(file)
  const peer = contender === 'ours' ? null : await openPeer()
  const once = peer ? () => peer.verdict(bytes) : () => checkCtf(bytes, { today })
  const took: number[] = []
  for (let round = 0; round < SMALL.warm + SMALL.counted; round++) {
    const began = performance.now()
    once()
    if (round >= SMALL.warm) took.push(performance.now() - began)
  }
  return median(took)
}

/** Megabytes of memory at most, above what it has when it has read a small file. */
async function memory(): Promise<number> {
  await check(warm)
  const idle = process.memoryUsage.rss()
  await check(file)
  return (peakMemory('self')! - idle) / 1e6
}

const TASKS: Record<string, () => Promise<number>> = { throughput, small, memory }
process.stdout.write(String(await TASKS[task ?? '']!()))
