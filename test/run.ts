// Runs the tests: `npm run check` the quick half, `npm test` everything, `npm run test:long` the long forms too.
import { spawn, type ChildProcess } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { source } from './architecture/source.ts'
import { findChromium, findXmllint, provide } from './install.ts'
import { findPostgres, startPostgres } from './postgres.ts'

const ROOT = join(import.meta.dirname, '..')

/** What reads the source without running it; side by side. */
const SOURCE_PARTS = {
  format: ['prettier', '--check', '--log-level=warn', '.'],
  lint: ['oxlint', '--type-aware', '--deny-warnings'],
  types: ['tsc', '--noEmit'],
}

/** Which test files a mode runs after those, and the minutes after which a run that hangs is ended. */
const MODES = {
  check: {
    files: () => testFiles().filter((file) => !isLong(file) && !needsDatabases(file) && !needsProgram(file)),
    databases: false,
    long: false,
    minutes: 5,
  },
  all: {
    files: () => runnable().filter((file) => !isLong(file)),
    databases: true,
    long: false,
    minutes: 30,
  },
  long: { files: runnable, databases: true, long: true, minutes: 240 },
}

const isLong = (file: string): boolean => file.endsWith('.long.test.ts')

function testFiles(): string[] {
  return globSync('{src,test,bench,migrations}/**/*.test.ts', { cwd: ROOT }).sort()
}

/** Without Chromium the tests in a browser are not run, nor without xmllint its own, and `provide` says so. */
function runnable(): string[] {
  const browser = findChromium() !== null
  const xmllint = findXmllint() !== null
  return testFiles().filter((file) => (browser || !needsBrowser(file)) && (xmllint || !needsXmllint(file)))
}

const DATABASES = ['test/world.ts', 'test/postgres.ts', 'src/kit/embedded/open.ts']

const needsDatabases = (file: string): boolean => opens(file, DATABASES)

const needsBrowser = (file: string): boolean => opens(file, ['test/browser.ts'])

const needsXmllint = (file: string): boolean => opens(file, ['test/xmllint.ts'])

/** What only `provide` brings, as a mode does that runs everything. */
const needsProgram = (file: string): boolean => needsBrowser(file) || needsXmllint(file)

/** Whether a test file opens one of `targets`, itself or by another file of test/: its imports say so. */
function opens(file: string, targets: readonly string[]): boolean {
  const { imports } = source(file, readFileSync(join(ROOT, file), 'utf8'))
  return imports.some(
    ({ target, typeOnly }) =>
      !typeOnly && (targets.includes(target) || (target.startsWith('test/') && opens(target, targets))),
  )
}

async function main(mode: keyof typeof MODES): Promise<boolean> {
  const { files, databases, long, minutes } = MODES[mode]
  const sources = await Promise.all(
    Object.entries(SOURCE_PARTS).map(([name, line]) => timed(name, () => run(line, { show: false }))),
  )
  const folder = mkdtempSync(join(tmpdir(), 'cts-run-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const missing = databases ? provide() : null
  if (missing) print(missing)
  const shared = databases ? await timed('databases', () => openDatabases(folder)) : null
  const env = { ...shared?.env, ...(long ? { CTS_LONG: '1' } : {}) }
  const passed = await runTests(files(), folder, env, minutes)
  await shared?.close()
  return passed && missing === null && sources.every(({ ok }) => ok)
}

/** Does one part and prints its seconds, with its output when it failed. */
async function timed<T extends { ok: boolean; output?: string }>(
  name: string,
  part: () => Promise<T>,
): Promise<T> {
  const start = performance.now()
  const done = await part()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  print(
    `${done.ok ? '✔' : '✖'} ${name.padEnd(10)} ${seconds.padStart(5)} s${done.ok ? '' : `\n${done.output}`}`,
  )
  return done
}

/** Runs a command of the project or the PATH; `show`: its output goes to the terminal as it comes. */
async function run(
  [name = '', ...args]: string[],
  { show, env, minutes }: { show: boolean; env?: Record<string, string>; minutes?: number },
): Promise<{ ok: boolean; output: string }> {
  const PATH = `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env['PATH']}`
  const out = show ? 'inherit' : 'pipe'
  const child = spawn(name, args, {
    cwd: ROOT,
    env: { ...process.env, ...env, PATH },
    stdio: ['ignore', out, out],
  })
  const stop = (): boolean => child.kill()
  process.once('exit', stop)
  const deadline =
    minutes === undefined ? undefined : setTimeout(() => endHanging(child, minutes), minutes * 60_000)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const ok = await new Promise<boolean>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code === 0))
  })
  process.off('exit', stop)
  clearTimeout(deadline)
  return { ok, output }
}

/** Ends a run of Node's runner that a test keeps from ending, and names the files whose processes still run. */
function endHanging(runner: ChildProcess, minutes: number): void {
  const children = readFileSync(`/proc/${runner.pid}/task/${runner.pid}/children`, 'utf8').trim().split(' ')
  const files = children.map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').at(-2))
  print(`Not finished in ${minutes} minutes: ${files.join(', ')}`)
  runner.kill()
}

/** PostgreSQL, if there is one, and what every test copies; `env` leads the test files to them. */
async function openDatabases(
  folder: string,
): Promise<{ ok: boolean; env: Record<string, string>; close: () => Promise<void> }> {
  const postgres = findPostgres() ? await startPostgres({ durable: false }) : null
  const server = postgres?.url('postgres')
  // loaded only now, so that source which does not even load is still checked and reported by the parts above
  const { prepareTemplates } = await import('./templates.ts')
  await prepareTemplates(folder, server ?? null)
  const env = { CTS_TEST_TEMPLATES: folder, ...(server ? { CTS_TEST_DATABASE_URL: server } : {}) }
  return { ok: true, env, close: async () => postgres?.stop() }
}

/** Runs test files by Node's runner, whose closing lines end the output. A file in which no test ran fails the run. */
async function runTests(
  files: string[],
  folder: string,
  env: Record<string, string>,
  minutes: number,
): Promise<boolean> {
  const tally = join(folder, 'tally.tap')
  const { ok } = await run(
    [
      process.execPath,
      '--test',
      // two at least: on two cores one file's tests wait for a disk or a timer while the other's compute
      `--test-concurrency=${Math.min(4, Math.max(2, availableParallelism() - 1))}`,
      `--test-timeout=${(minutes * 60_000) / 3}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${tally}`,
      ...files,
    ],
    { show: true, env, minutes },
  )
  const tap = readFileSync(tally, 'utf8')
  const passes = Number(/^# pass (\d+)$/m.exec(tap)?.[1] ?? 0)
  // a file is a line of its own only when no test in it ran
  const idle = [...tap.matchAll(/^ok \d+ - (\S+\.test\.ts)/gm)].map(([, file]) => file)
  if (idle.length > 0) print(`No test ran in ${idle.join(', ')}`)
  if (passes === 0) print('No test ran')
  return ok && passes > 0 && idle.length === 0
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function isMode(text: string): text is keyof typeof MODES {
  return Object.hasOwn(MODES, text)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
const mode = process.argv[2] ?? 'all'
if (isMode(mode)) {
  process.exitCode = (await main(mode)) ? 0 : 1
} else {
  print(`usage: node test/run.ts ${Object.keys(MODES).join('|')}`)
  process.exitCode = 2
}
