import { pruneSnapshots, writeSnapshot } from './kit/embedded/snapshot.ts'
import { workByClock as approvers } from './approvers/index.ts'
import { workByClock as dba } from './dba/index.ts'
import { workByClock as people } from './people/index.ts'
import { workByClock as requests } from './requests/index.ts'
import { purgeExpired } from './secure-access/index.ts'
import { purgeEnded, sessionLimits } from './sessions/index.ts'
import { workByClock as systems } from './systems/index.ts'
import { workByClock as userAudits } from './user-audits/index.ts'
import type { World } from './world.ts'

const AUDIT_CHAIN_MS = 30_000

/**
 * Starts what the service does by its clock: sending mail, chaining the audit, forgetting expired tokens, snapshots
 * of the embedded database. Gives the function that stops it, finishing what is under way.
 */
export async function openWork(world: World): Promise<() => Promise<void>> {
  const { jobs, mailer, audit, log, config } = world
  jobs.every('secure-access-purge', '*/10 * * * *', async () => {
    await purgeExpired(world.db, world.clock.now())
  })
  jobs.every('sessions-purge', '*/10 * * * *', async () => {
    await purgeEnded(world.db, sessionLimits(config, world.clock.now()))
  })
  for (const begin of [people, approvers, requests, userAudits, dba, systems]) begin(world)
  await jobs.start({ work: true })
  mailer.start()
  const chaining = repeat(
    AUDIT_CHAIN_MS,
    () => audit.chain(),
    (err) => log.error({ err }, 'audit was not chained'),
  )
  const snapshots = repeat(
    config.snapshotMinutes * 60_000,
    () => snapshot(world),
    (err) => log.error({ err }, 'snapshot was not written'),
  )
  return async () => {
    await Promise.all([chaining(), snapshots(), mailer.stop(), jobs.stop()])
    await audit.chain()
    await snapshot(world)
  }
}

/** Writes and syncs a snapshot of the embedded database that this process runs, and removes the oldest ones. */
async function snapshot({ database: { embedded }, config, clock }: World): Promise<void> {
  if (!embedded?.owner) return
  await writeSnapshot(embedded, config.dataDir, clock.now())
  pruneSnapshots(config.dataDir, config.snapshotsKept)
}

/** Runs `work` again and again, `pause` milliseconds after it ended; the function it gives waits for a run under way. */
function repeat(
  pause: number,
  work: () => Promise<unknown>,
  failed: (error: unknown) => void,
): () => Promise<void> {
  let running = Promise.resolve()
  let stopped = false
  let timer = setTimeout(run, pause)
  function run(): void {
    running = work()
      .catch(failed)
      .then(() => {
        if (!stopped) timer = setTimeout(run, pause)
      })
  }
  return async () => {
    stopped = true
    clearTimeout(timer)
    await running
  }
}
