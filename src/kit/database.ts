import {
  CompiledQuery,
  Kysely,
  PostgresDialect,
  PostgresDriver,
  sql,
  type DatabaseConnection,
  type Driver,
  type Transaction,
  type TransactionSettings,
} from 'kysely'
import pg from 'pg'
import type { Config } from './config.ts'
import { openEmbedded, type Embedded, type OpenOptions } from './embedded/open.ts'

export { sql } from 'kysely'

/** The database outside a transaction. Stores write plain SQL with the `sql` tag, so no table types are declared. */
export type Database = Kysely<unknown>

/** A transaction: what an action's writes, its audit row and its queued jobs share. */
export type Tx = Transaction<unknown>

/** Either: for reads that a store serves to both. */
export type Querying = Database | Tx

/** An open database. */
export interface OpenDatabase {
  db: Database
  pool: pg.Pool
  /** The embedded database when no DATABASE_URL is set; null on a PostgreSQL server. */
  embedded: Embedded | null
  /** Whether the service has never used it. Throws when it cannot be reached. */
  isNew(): Promise<boolean>
  close(): Promise<void>
}

// bigint columns of this product count files and rows, far below 2^53
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
// a date has no time zone: keep CCYY-MM-DD as text
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

/**
 * Opens PostgreSQL by `databaseUrl`, else the embedded database in `dataDir`; where another process serves that
 * folder, through its socket. The same SQL runs on both.
 * @param options connections to the server at most; for the embedded database whether it must be run by this process,
 *   and who is told when it stops
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  { connections = 20, ...options }: Omit<OpenOptions, 'dataDir'> & { connections?: number } = {},
): Promise<OpenDatabase> {
  const embedded = config.databaseUrl ? null : await openEmbedded({ ...options, dataDir: config.dataDir })
  const pool = new pg.Pool(
    embedded
      ? { ...embedded.connection, max: 5, pipeline: true }
      : {
          connectionString: config.databaseUrl!,
          max: connections,
          connectionTimeoutMillis: 10_000,
          pipeline: true,
          application_name: 'cts',
        },
  )
  // an idle connection that breaks is replaced at its next use; without a listener it would end the process
  pool.on('error', () => {})
  // so would one that breaks while it is in use: its query fails with the error, and the socket may report another
  pool.on('connect', (client) => client.on('error', () => {}))
  if (!embedded) pool.on('connect', keepPlans)
  const db = new Kysely<unknown>({ dialect: new PipelinedDialect(pool) })
  return {
    db,
    pool,
    embedded,
    async isNew() {
      const { rows } = await sql`select from information_schema.schemata where schema_name = 'kit'`.execute(
        db,
      )
      return rows.length === 0
    },
    async close() {
      await db.destroy()
      await embedded?.close()
    },
  }
}

/** Statements that a connection keeps planned, at most: the product's own are far fewer. */
const PLANS_KEPT = 500
const plans = new Map<string, string>()

/**
 * Has a server connection keep the plan of each statement under a name: to plan those of an upload anew each time
 * costs the server a third of all it does for it. Not on the embedded database, whose clients share one session.
 */
function keepPlans(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...args: unknown[]) => never
  client.query = (text: unknown, values?: unknown, callback?: unknown) => {
    // a text without values may be several statements, which cannot be planned together
    const planned = typeof text === 'string' && Array.isArray(values) && values.length > 0
    const name = planned ? planName(text) : undefined
    return name === undefined ? query(text, values, callback) : query({ name, text }, values, callback)
  }
}

function planName(text: string): string | undefined {
  const name = plans.get(text) ?? (plans.size < PLANS_KEPT ? `cts${plans.size}` : undefined)
  if (name !== undefined) plans.set(text, name)
  return name
}

/** What PostgreSQL answers while it starts or stops (class 57P), and what a connection to nobody gives. */
const AWAY = /^(57P0[1-3]|08\d\d\d|53300|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT)$/

/** Whether an error says that the database cannot be reached just now, so that it is worth trying again. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    AWAY.test(code) || /^Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  )
}

/** Sends `begin` together with the first statement instead of waiting for its answer: a round trip less. */
class PipelinedDriver extends PostgresDriver {
  override beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    if (settings.isolationLevel || settings.accessMode) return super.beginTransaction(connection, settings)
    // it fails only with the connection, and then so does what follows
    connection.executeQuery(CompiledQuery.raw('begin')).catch(() => {})
    return Promise.resolve()
  }
}

class PipelinedDialect extends PostgresDialect {
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
    super({ pool })
    this.#pool = pool
  }

  override createDriver(): Driver {
    return new PipelinedDriver({ pool: this.#pool })
  }
}
