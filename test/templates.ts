import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { readConfig, type Config } from '../src/kit/config.ts'
import { openDatabase } from '../src/kit/database.ts'
import { newId } from '../src/kit/ids.ts'
import { migrate } from '../src/kit/migrate.ts'
import { createDatabase, databaseAt, dropDatabase } from './postgres.ts'

// Migrating takes seconds and loading the register more. Both are done once, by test/run.ts for all processes of a
// test run, and every test starts from a copy. A test file run by hand prepares what it needs itself.

/** The two databases that the product runs on. */
export type DatabaseName = 'embedded' | 'postgres'

/** Address of a PostgreSQL server for tests; set by test/run.ts. */
export const SERVER = process.env['CTS_TEST_DATABASE_URL']

/** Folder of the templates that test/run.ts prepared. */
const SHARED = process.env['CTS_TEST_TEMPLATES']

/** Where a database stands: its address, or null where it is the embedded one in `dataDir`. */
export interface Place {
  dataDir: string
  databaseUrl: string | null
}

/** Two states to start from: migrated and empty; and as the service stands after its first start, with the register. */
const PREPARE = {
  async migrated(place: Place): Promise<void> {
    const { MIGRATIONS } = await import('../migrations/index.ts')
    const database = await openDatabase(place)
    try {
      await migrate(database.db, MIGRATIONS)
    } finally {
      await database.close()
    }
  },
  async registered(place: Place): Promise<void> {
    const { openWorld } = await import('../src/world.ts')
    const world = await openWorld(testConfig(place))
    await world.close()
  },
}

/** A state to start from. */
export type State = keyof typeof PREPARE

/** Settings for tests: no demonstration data, any port, a key of their own; `env` are more, by their names. */
export function testConfig(place: Place, env: Record<string, string> = {}): Config {
  return readConfig({
    DATA_DIR: place.dataDir,
    DATABASE_URL: place.databaseUrl ?? undefined,
    DEMO: '0',
    PORT: '0',
    SECOND_FACTOR_ROLES: 'none',
    SECRET_KEY: 'a key for tests only: never one for service',
    ...env,
  })
}

/** Prepares the states for a whole test run under `folder`, and on the server at `server` if there is one. */
export async function prepareTemplates(folder: string, server: string | null): Promise<void> {
  for (const state of ['migrated', 'registered'] as const) {
    for (const where of server ? [null, server] : [null]) await prepare(template(state, folder, where))
  }
}

interface Template extends Place {
  state: State
  /** Name of its database on the server. */
  database: string
}

function template(state: State, folder: string, server: string | null): Template {
  const database = `template_${state}_${basename(folder)}`
  const dataDir = join(folder, `${state}-${server ? 'postgres' : 'embedded'}`)
  return { state, database, dataDir, databaseUrl: server ? databaseAt(server, database) : null }
}

async function prepare(one: Template): Promise<Template> {
  mkdirSync(one.dataDir, { recursive: true })
  if (one.databaseUrl) await createDatabase(one.databaseUrl, one.database)
  await PREPARE[one.state](one)
  return one
}

/** The templates of this process, prepared at their first use. */
const ready = new Map<string, Promise<Template>>()
let ownFolder: string | undefined

async function readyTemplate(name: DatabaseName, state: State): Promise<Template> {
  const server = name === 'postgres' ? SERVER : null
  if (server === undefined) throw new Error('no PostgreSQL: set CTS_TEST_DATABASE_URL, as `npm test` does')
  if (SHARED) return template(state, SHARED, server)
  ownFolder ??= makeOwnFolder()
  const key = `${name} ${state}`
  const preparing = ready.get(key) ?? prepare(template(state, ownFolder, server))
  ready.set(key, preparing)
  return preparing
}

function makeOwnFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cts-templates-'))
  process.once('beforeExit', () => {
    for (const one of ready.values()) void one.then(discard)
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** A copy of a state, for one test. */
export async function copyTemplate(name: DatabaseName, state: State): Promise<Place> {
  const from = await readyTemplate(name, state)
  const dataDir = mkdtempSync(join(tmpdir(), 'cts-test-'))
  cpSync(from.dataDir, dataDir, { recursive: true })
  if (!from.databaseUrl) return { dataDir, databaseUrl: null }
  return { dataDir, databaseUrl: await createDatabase(from.databaseUrl, `test_${newId()}`, from.database) }
}

/** Removes a database and its folder. */
export async function discard(place: Place): Promise<void> {
  if (place.databaseUrl) await dropDatabase(place.databaseUrl)
  rmSync(place.dataDir, { recursive: true, force: true })
}
