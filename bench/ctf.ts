import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { promisify } from 'node:util'
import { parseFileName, sampleCtf } from '../src/ctf/index.ts'
import { xsdOf } from '../src/ctf/xsd.ts'
import { openCheckPool } from '../src/transfers/check-pool.ts'
import { openXmllint } from './ctf-xmllint.ts'
import { figure, median, ROUNDS, type Figure } from './figure.ts'

const run = promisify(execFile)

const TODAY = '2026-11-22'
/** What the service promises: nothing keeps its event loop for longer. */
const LOOP_MS = 50
/** Runs of xmllint on a small file, of which the middle counts. */
const SMALL_RUNS = 15

/** Files of an invented year group, by how large they are, in bytes. */
const SIZES = { small: 68e3, warm: 5e6, service: 20e6, large: 25e6, huge: 200e6 }

/** All contenders on one and the same core, where a command can be given one. */
const ON_CORE = existsSync('/usr/bin/taskset') ? ['/usr/bin/taskset', '-c', '0'] : []

/**
 * The check of Common Transfer Files, structure and all rules, beside validation by libxml2 alone with our own schema:
 * as Debian's `xmllint --stream --schema` and as libxml2-wasm in Node. On one core, taking turns: megabytes a second
 * of a large file (in a warm process, and as `cts ctf check` with its start), milliseconds of a small one, and the
 * memory a huge one takes. Then how long the service's event loop is kept while a file is checked beside it.
 */
export async function benchCtf(report: (figure: Figure) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cts-bench-'))
  try {
    const schema = join(folder, 'ctf.xsd')
    writeFileSync(schema, xsdOf(26))
    const files = makeFiles(folder)
    const measure = contenders(schema, files)
    await benchLarge(measure, files, report)
    await benchSmall(measure, report)
    report(
      figure('event loop kept by a 20 MB file', 'ms', await loopDelay(files.service), 'allowed', LOOP_MS),
    )
    await benchMemory(measure, report)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Files = Record<keyof typeof SIZES, string>
type Contenders = ReturnType<typeof contenders>

/** Writes the files; how many pupils make a size is known from a first sample. */
function makeFiles(folder: string): Files {
  const each = sample(200, 1).byteLength / 200
  const write = ([name, bytes]: [string, number], index: number): [string, string] => {
    const path = join(folder, `${name}.xml`)
    writeFileSync(path, sample(Math.round(bytes / each), index + 1))
    return [name, path]
  }
  return Object.fromEntries(Object.entries(SIZES).map(write)) as Files
}

function sample(pupils: number, seed: number): Uint8Array {
  return sampleCtf({ pupils, seed, source: '6814039', destination: '6804020', today: TODAY }).bytes
}

/** How each contender does each task, in processes of their own. */
function contenders(schema: string, files: Files) {
  const node = (contender: string, task: string, warm: string, file: string): Promise<number> =>
    timeInside(['bench/ctf-contender.ts', contender, task, TODAY, schema, warm, file])
  return {
    node,
    xmllint: openXmllint(schema, ON_CORE),
    large: (contender: string) => node(contender, 'throughput', files.warm, files.large),
    small: (contender: string) => node(contender, 'small', files.small, files.small),
    memory: (contender: string) => node(contender, 'memory', files.small, files.huge),
    async command(file: string): Promise<number> {
      const began = performance.now()
      await inside(['src/main.ts', 'ctf', 'check', file])
      return performance.now() - began
    },
    files,
  }
}

async function inside(args: readonly string[]): Promise<string> {
  const [program = '', ...line] = [...ON_CORE, process.execPath, ...args]
  const { stdout } = await run(program, line, { cwd: join(import.meta.dirname, '..') })
  return stdout
}

async function timeInside(args: readonly string[]): Promise<number> {
  return Number(await inside(args))
}

async function benchLarge(
  { large, command, xmllint }: Contenders,
  files: Files,
  report: (figure: Figure) => void,
): Promise<void> {
  const took = { own: [] as number[], command: [] as number[], xmllint: [] as number[], wasm: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    took.own.push(await large('ours'))
    if (xmllint) took.xmllint.push(await xmllint.milliseconds(files.large))
    took.command.push(await command(files.large))
    took.wasm.push(await large('libxml2-wasm'))
  }
  const rate = (times: readonly number[]) => statSync(files.large).size / 1000 / median(times)
  const peer = xmllint && rate(took.xmllint)
  report(figure('ctf check, 25 MB', 'MB/s', rate(took.own), XMLLINT, peer))
  report(figure('ctf check, 25 MB', 'MB/s', rate(took.own), WASM, rate(took.wasm)))
  report(figure('cts ctf check as a process, 25 MB', 'MB/s', rate(took.command), XMLLINT, peer))
}

const XMLLINT = 'xmllint --stream --schema'
const WASM = 'libxml2-wasm'

async function benchSmall(
  { small, xmllint, files }: Contenders,
  report: (figure: Figure) => void,
): Promise<void> {
  const took = { own: [] as number[], xmllint: [] as number[], wasm: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    took.own.push(await small('ours'))
    took.wasm.push(await small('libxml2-wasm'))
    if (!xmllint) continue
    for (let time = 0; time < SMALL_RUNS; time++) took.xmllint.push(await xmllint.milliseconds(files.small))
  }
  const own = median(took.own)
  report(figure('ctf check, 68 KB', 'ms', own, `${XMLLINT}, a process`, xmllint && median(took.xmllint)))
  report(figure('ctf check, 68 KB', 'ms', own, WASM, median(took.wasm)))
}

/** Once each: it is the most of a long time, and says the same every time. */
async function benchMemory({ memory, xmllint, files }: Contenders, report: (figure: Figure) => void) {
  const own = await memory('ours')
  report(
    figure('ctf check, 200 MB', 'MB of memory', own, XMLLINT, xmllint && (await xmllint.memory(files.huge))),
  )
  // its document takes more than WebAssembly can address, or nearly
  const wasm = await memory('libxml2-wasm').catch(() => null)
  report(figure('ctf check, 200 MB', 'MB of memory', own, WASM, wasm))
}

/** The longest time, in milliseconds, for which the event loop was kept while the service's pool checked a file. */
async function loopDelay(path: string): Promise<number> {
  const pool = openCheckPool(1)
  const parsed = parseFileName('6814039_CTF_6804020_001.XML')
  if (!parsed.ok) throw new Error(parsed.problem)
  const check = () =>
    pool.check({ bytes: readFileSync(path), name: parsed.name, today: TODAY, bodyId: 'bench' })
  try {
    await check()
    const bytes = readFileSync(path)
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    await pool.check({ bytes, name: parsed.name, today: TODAY, bodyId: 'bench' })
    await new Promise((resolve) => setTimeout(resolve, 20))
    delay.disable()
    return delay.max / 1e6
  } finally {
    await pool.close()
  }
}
