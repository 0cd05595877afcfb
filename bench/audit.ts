import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MIGRATIONS } from '../migrations/index.ts'
import { openAudit, type Audit } from '../src/kit/audit/store.ts'
import { systemClock } from '../src/kit/clock.ts'
import { openDatabase, sql, type Database, type Tx } from '../src/kit/database.ts'
import { migrate } from '../src/kit/migrate.ts'
import { masterKeys, openSecrets } from '../src/kit/secrets.ts'
import { startPostgres } from '../test/postgres.ts'
import { figure, median, ROUNDS, type Figure } from './figure.ts'

const TRANSACTIONS = 2000
const AT_ONCE = 16

/**
 * Whether the audit's chain makes actions queue: transactions a second that write one sealed row, 16 at once, while
 * rows are being chained; beside the same with a plain insert of a row as long, without seal or chain.
 */
export async function benchAudit(report: (figure: Figure) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cts-bench-'))
  const postgres = await startPostgres({ durable: true })
  const databaseUrl = await postgres.createDatabase('audit')
  const { db, close } = await openDatabase({ databaseUrl, dataDir: folder })
  try {
    await migrate(db, MIGRATIONS)
    await sql`create table plain (id bigint generated always as identity, at timestamptz, entry text)`.execute(
      db,
    )
    const secrets = await openSecrets(db, masterKeys(['a key for the benchmark only: never for service']))
    const audit = await openAudit({ db, secrets, clock: systemClock, dataDir: folder })
    const own: number[] = []
    const peer: number[] = []
    for (let round = 0; round <= ROUNDS; round += 1) {
      const chained = await withChain(audit, () => rate(db, (tx) => writeSealed(audit, tx)))
      const plain = await rate(db, writePlain)
      // the first round warms up
      if (round > 0) {
        own.push(chained)
        peer.push(plain)
      }
    }
    report(figure('audit', 'transactions/s', median(own), 'plain insert', median(peer)))
  } finally {
    await close()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function writeSealed(audit: Audit, tx: Tx): Promise<void> {
  return audit.write(tx, {
    at: new Date(),
    actorKind: 'client',
    actor: 'client-0123456789012345678901',
    organisation: '6814039',
    action: 'transfers.upload',
    outcome: 'done',
    reason: null,
    subject: '0123456789012345678901',
    address: '127.0.0.1',
  })
}

async function writePlain(tx: Tx): Promise<void> {
  await sql`insert into plain (at, entry) values (${new Date()}, ${'x'.repeat(150)})`.execute(tx)
}

async function rate(db: Database, write: (tx: Tx) => Promise<void>): Promise<number> {
  let left = TRANSACTIONS
  async function one(): Promise<void> {
    while (left-- > 0) await db.transaction().execute(write)
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return TRANSACTIONS / ((performance.now() - began) / 1000)
}

/** Chains ten times a second meanwhile, ten times as often as the service does. */
async function withChain<T>(audit: Audit, work: () => Promise<T>): Promise<T> {
  let chaining = Promise.resolve(0)
  const timer = setInterval(() => {
    chaining = chaining.then(() => audit.chain())
  }, 100)
  const done = await work()
  clearInterval(timer)
  await chaining
  return done
}
