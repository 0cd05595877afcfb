import { fromKysely, PgBoss, type Db, type Queue } from 'pg-boss'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Tx } from './database.ts'
import { newId } from './ids.ts'

/** How a queue is worked. */
export interface WorkOptions {
  /** How often a job that failed is tried again before it goes to the dead letters. */
  retryLimit: number
  /** Seconds before the first retry; it doubles with each, up to an hour. */
  retryDelaySeconds: number
  /** Jobs of this queue at once in this process; default 1. */
  atOnce?: number
  /** Seconds after which a job is taken to have failed; default 15 minutes. */
  withinSeconds?: number
}

/** Work that is done after the transaction that asked for it, and by the clock. Any process may run it. */
export interface Jobs {
  /**
   * Queues jobs in the caller's transaction, in one statement; they run after its commit, or never. `key`: while one
   * with the same key waits, another is not queued (and a transaction that queues it waits for one that just did).
   * The queue must be known by `work`, and `start` be over.
   */
  enqueue(
    tx: Tx,
    queue: string,
    data: object | readonly object[],
    options?: { startAfterSeconds?: number; key?: string },
  ): Promise<void>
  /**
   * Before `start`: says how a queue is worked. A handler may run twice for one job (its process died, or took too
   * long), so it must bear that. What fails to the end is kept a year in `<queue>.dead`.
   */
  work(queue: string, options: WorkOptions, handler: (data: never) => Promise<void>): void
  /** Before `start`: runs `handler` by the clock, in one process only; `cron` is read as time in London. */
  every(name: string, cron: string, handler: () => Promise<void>): void
  /** Prepares the queues; `work`: false where this process only queues. */
  start(options: { work: boolean }): Promise<void>
  /** Finishes what is running, at most half a minute, and stops. */
  stop(): Promise<void>
}

/** Figures that tests shorten, in seconds. */
export interface JobsPace {
  /** How often each queue is looked at. */
  poll: number
  /** A job whose process gives no sign of life for so long is taken up again; at least 10. */
  heartbeat: number
  /** How often it is looked at what is due by the clock. */
  clock: number
}

const PACE: JobsPace = { poll: 2, heartbeat: 15, clock: 30 }

const HOUR = 3600
const YEAR = 365 * 24 * HOUR
const STOP_MS = 30_000

/** The queue with the jobs that failed to the end. */
const deadOf = (queue: string): string => `${queue}.dead`

interface Worked {
  queue: string
  options: WorkOptions
  handler: (data: never) => Promise<void>
  cron: string | null
}

/** The jobs, on pg-boss in its schema `pgboss`: it polls, so it needs neither LISTEN nor a connection of its own. */
export function openJobs({ pool, log, pace = PACE }: { pool: Pool; log: Logger; pace?: JobsPace }): Jobs {
  const worked = new Map<string, Worked>()
  let boss: PgBoss | null = null

  function add(one: Worked): void {
    if (boss) throw new Error('jobs are started already')
    if (worked.has(one.queue)) throw new Error(`queue ${one.queue} is worked twice`)
    worked.set(one.queue, one)
  }

  async function prepare(boss: PgBoss): Promise<void> {
    const known = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]))
    for (const { queue, options } of worked.values()) {
      const dead = deadOf(queue)
      if (!known.has(dead)) await boss.createQueue(dead, { retentionSeconds: YEAR })
      const settings = queueSettings(dead, options, pace)
      if (known.has(queue)) await boss.updateQueue(queue, settings)
      else await boss.createQueue(queue, { policy: 'short', ...settings })
    }
  }

  async function work(boss: PgBoss, { queue, options, handler, cron }: Worked): Promise<void> {
    const settings = { pollingIntervalSeconds: pace.poll, localConcurrency: options.atOnce ?? 1 }
    await boss.work<never>(queue, settings, async ([job]) => {
      try {
        await handler(job!.data)
      } catch (error) {
        log.error({ err: error, queue, job: job!.id }, 'job failed')
        throw error
      }
    })
    if (cron !== null) await boss.schedule(queue, cron, null, { tz: 'Europe/London', missed: 'once' })
  }

  /** What an earlier version ran by the clock and this one does not. */
  async function unscheduleOthers(boss: PgBoss): Promise<void> {
    for (const { name } of await boss.getSchedules()) {
      if ((worked.get(name)?.cron ?? null) === null) await boss.unschedule(name)
    }
  }

  return {
    async enqueue(tx, queue, data, { startAfterSeconds = 0, key } = {}) {
      if (!boss || !worked.has(queue))
        throw new Error(`nobody works the queue ${queue}, or jobs are not started`)
      const all: readonly object[] = Array.isArray(data) ? data : [data]
      const jobs = all.map((data) => ({ data, startAfter: startAfterSeconds, singletonKey: key ?? newId() }))
      if (jobs.length > 0) await boss.insert(queue, jobs, { db: fromKysely(tx) })
    },
    work: (queue, options, handler) => add({ queue, options, handler, cron: null }),
    every: (name, cron, handler) =>
      add({ queue: name, options: { retryLimit: 2, retryDelaySeconds: 60 }, handler, cron }),
    async start({ work: working }) {
      boss = new PgBoss({
        db: adapter(pool),
        schema: 'pgboss',
        supervise: working,
        schedule: working,
        superviseIntervalSeconds: pace.heartbeat,
        monitorIntervalSeconds: pace.heartbeat,
        cronMonitorIntervalSeconds: pace.clock,
        cronWorkerIntervalSeconds: Math.min(pace.clock, 5),
        registerInstance: false,
        openTelemetry: { enabled: false },
      })
      boss.on('error', (error) => log.error({ err: error }, 'jobs'))
      boss.on('warning', ({ message }) => log.warn(message))
      await boss.start()
      await prepare(boss)
      if (!working) return
      for (const one of worked.values()) await work(boss, one)
      await unscheduleOthers(boss)
    },
    async stop() {
      await boss?.stop({ graceful: true, timeout: STOP_MS })
      boss = null
    },
  }
}

function queueSettings(dead: string, options: WorkOptions, pace: JobsPace): Omit<Queue, 'name' | 'policy'> {
  return {
    deadLetter: dead,
    retryLimit: options.retryLimit,
    retryDelay: options.retryDelaySeconds,
    retryBackoff: true,
    retryDelayMax: HOUR,
    expireInSeconds: options.withinSeconds ?? HOUR / 4,
    heartbeatSeconds: pace.heartbeat,
    deleteAfterSeconds: HOUR,
  }
}

function adapter(pool: Pool): Db {
  return { executeSql: (text, values) => pool.query(text, values) }
}
