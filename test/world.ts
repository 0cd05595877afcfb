import { describe } from 'node:test'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Clock } from '../src/kit/clock.ts'
import type { Config } from '../src/kit/config.ts'
import { openDatabase, type Database } from '../src/kit/database.ts'
import type { World } from '../src/world.ts'
import { copyTemplate, discard, SERVER, testConfig, type DatabaseName, type Place } from './templates.ts'

export type { DatabaseName } from './templates.ts'

/** A database of a test's own: migrated, and empty. */
export interface TestDatabase {
  db: Database
  pool: Pool
  /** Its address; on PostgreSQL only. */
  url?: string
  /** Its data folder, for what the product keeps beside the database. */
  dataDir: string
  close(): Promise<void>
}

/**
 * Declares a suite once for each database. `open` gives a migrated, empty database of its own at every call.
 * Without CTS_TEST_DATABASE_URL the PostgreSQL half is reported as skipped; `npm test` always sets it.
 */
export function forEachDatabase(
  declare: (name: DatabaseName, open: () => Promise<TestDatabase>) => void,
): void {
  describe('on the embedded database', () => declare('embedded', () => openTestDatabase('embedded')))
  const skip = SERVER ? false : 'no PostgreSQL: run it by `npm test`, or set CTS_TEST_DATABASE_URL'
  describe('on PostgreSQL', { skip }, () => declare('postgres', () => openTestDatabase('postgres')))
}

async function openTestDatabase(name: DatabaseName): Promise<TestDatabase> {
  const place = await copyTemplate(name, 'migrated')
  const database = await openDatabase(place)
  return {
    db: database.db,
    pool: database.pool,
    ...(place.databaseUrl ? { url: place.databaseUrl } : {}),
    dataDir: place.dataDir,
    async close() {
      await database.close()
      await discard(place)
    },
  }
}

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  set(iso: string): void
  advance(milliseconds: number): void
}

/** A clock standing at `iso`. */
export function testClock(iso = '2026-09-02T09:05:00Z'): TestClock {
  let now = new Date(iso).getTime()
  return {
    now: () => new Date(now),
    set(iso) {
      now = new Date(iso).getTime()
    },
    advance(milliseconds) {
      now += milliseconds
    },
  }
}

/** A whole world for tests, with the register that ships with the product. */
export interface TestWorld {
  world: World
  clock: TestClock
  config: Config
  /** Closes the world and removes its database and folder. */
  close(): Promise<void>
}

/** What a test may want otherwise of a world. */
export interface TestWorldOptions {
  /** Settings by their names in the environment. */
  env?: Record<string, string>
  clock?: TestClock
  log?: Logger
}

/**
 * Builds a whole world as the service does, on a database of its own with the shipped register and nothing else.
 * @param where which database; or a place of the test's own, which stays when the world is closed
 */
export async function openTestWorld(
  where: DatabaseName | Place,
  { env = {}, clock = testClock(), log }: TestWorldOptions = {},
): Promise<TestWorld> {
  const place = typeof where === 'string' ? await copyTemplate(where, 'registered') : where
  const config = testConfig(place, env)
  const { openWorld } = await import('../src/world.ts')
  const world = await openWorld(config, { clock, ...(log ? { log } : {}) })
  return {
    world,
    clock,
    config,
    async close() {
      await world.close()
      if (place !== where) await discard(place)
    },
  }
}
