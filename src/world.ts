import { availableParallelism } from 'node:os'
import type { Logger } from 'pino'
import { MIGRATIONS } from '../migrations/index.ts'
import { loadShippedRegister } from './establishments/index.ts'
import { openAudit, type Audit } from './kit/audit/store.ts'
import { systemClock, type Clock } from './kit/clock.ts'
import type { Config } from './kit/config.ts'
import { isDemonstration } from './kit/demonstration.ts'
import { openDatabase, type Database, type OpenDatabase } from './kit/database.ts'
import type { OpenOptions } from './kit/embedded/open.ts'
import { openJobs, type Jobs } from './kit/jobs.ts'
import { openLog } from './kit/log.ts'
import { openMailer, type Mailer } from './kit/mail/mailer.ts'
import { openMetrics, type Metrics } from './kit/metrics.ts'
import { migrate } from './kit/migrate.ts'
import { processesOf } from './kit/processes.ts'
import { bodyBudget, type BodyBudget } from './kit/read-body.ts'
import { readSecretKeys } from './kit/secret-key.ts'
import { masterKeys, openSecrets, type MasterKeys, type Secrets } from './kit/secrets.ts'
import { openStrongroom, type Strongroom } from './kit/strongroom.ts'
import { openCheckPool, type CheckPool } from './transfers/index.ts'

/** Everything that actions and jobs use, built once by `openWorld`. */
export interface World {
  config: Config
  clock: Clock
  log: Logger
  /** The database with its pool, for kit's own plumbing; rooms use `db`. */
  database: OpenDatabase
  db: Database
  /** The keys derived from SECRET_KEY. */
  keys: MasterKeys
  secrets: Secrets
  strongroom: Strongroom
  audit: Audit
  jobs: Jobs
  mailer: Mailer
  metrics: Metrics
  /** Reads and checks files in worker threads. */
  checkPool: CheckPool
  /** Memory that request bodies under way may hold together. */
  bodies: BodyBudget
  /** The installation shows invented data. */
  demonstration: boolean
  /** Work that goes on after an answer was sent; awaited before the world is closed. */
  follow(work: Promise<unknown>): void
  close(): Promise<void>
}

/** Connections to the server database that the web processes share; PostgreSQL takes 100 unless told otherwise. */
const CONNECTIONS = 40

/** What differs between the service, an operator's command and a test. */
export interface WorldOptions extends Omit<OpenOptions, 'dataDir'> {
  clock?: Clock
  log?: Logger
}

/**
 * Opens the database and brings it to the newest migration, loads the register that ships with the product at the
 * first start, and builds what hangs on it. Throws ConfigurationError when a setting is missing.
 */
export async function openWorld(config: Config, options: WorldOptions = {}): Promise<World> {
  const { clock = systemClock, log = openLog(), ...embedded } = options
  const connections = Math.max(5, Math.floor(CONNECTIONS / processesOf(config)))
  const database = await openDatabase(config, { ...embedded, connections })
  try {
    return await buildWorld(config, clock, log, database)
  } catch (error) {
    await database.close()
    throw error
  }
}

async function buildWorld(config: Config, clock: Clock, log: Logger, database: OpenDatabase): Promise<World> {
  const { db } = database
  const first = await database.isNew()
  const demonstration = config.demo ?? (first && database.embedded !== null)
  const keys = masterKeys(readSecretKeys(config, demonstration))
  await migrate(db, MIGRATIONS)
  if (first) {
    await db.transaction().execute(loadShippedRegister)
  }
  const secrets = await openSecrets(db, keys)
  const jobs = openJobs({ pool: database.pool, log })
  const mailer = openMailer({ db, config, clock, log, jobs })
  const checkPool = openCheckPool(Math.max(1, Math.ceil((availableParallelism() - 1) / processesOf(config))))
  const audit = await openAudit({ db, secrets, clock, dataDir: config.dataDir })
  const following = new Set<Promise<unknown>>()
  const world: World = {
    config,
    clock,
    log,
    database,
    db,
    keys,
    secrets,
    strongroom: openStrongroom(keys),
    audit,
    jobs,
    mailer,
    metrics: openMetrics(),
    checkPool,
    demonstration: await isDemonstration(db),
    bodies: bodyBudget(config.uploadsAtOnceMib * 1024 * 1024),
    follow(work) {
      const watched = work
        .catch((error: unknown) => log.error({ err: error }, 'work after an answer failed'))
        .finally(() => following.delete(watched))
      following.add(watched)
    },
    async close() {
      await Promise.all(following)
      await checkPool.close()
      await database.close()
    },
  }
  if (first && demonstration) await startDemonstration(world)
  return world
}

/** Loaded only where it is wanted: it opens rooms that commands do without. */
async function startDemonstration(world: World): Promise<void> {
  const { loadDemonstration } = await import('./demonstration.ts')
  await loadDemonstration(world)
  world.demonstration = true
}
