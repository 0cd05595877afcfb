import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { forEachDatabase, type TestDatabase } from '../../test/world.ts'
import { sql, type Tx } from './database.ts'
import { openJobs, type Jobs } from './jobs.ts'

const FAST = { poll: 0.5, heartbeat: 10, clock: 1 }

/** Data of the jobs in these tests. */
interface Numbered {
  n: number
}

forEachDatabase((_name, open) => {
  let database: TestDatabase
  let jobs: Jobs
  const done: Record<string, number[]> = {}
  let ticks = 0

  function works(queue: string, handler: (data: Numbered) => void = () => {}): void {
    done[queue] = []
    jobs.work(queue, { retryLimit: 2, retryDelaySeconds: 1 }, async (data: Numbered) => {
      done[queue]!.push(data.n)
      handler(data)
      await Promise.resolve()
    })
  }

  before(async () => {
    database = await open()
    jobs = openJobs({ pool: database.pool, log: pino({ level: 'silent' }), pace: FAST })
    works('plain')
    works('keyed')
    works('later')
    works('failing', ({ n }) => {
      if (n === 13) throw new Error('as the test wants')
    })
    jobs.every('tick', '* * * * *', async () => {
      ticks += 1
      await Promise.resolve()
    })
    await jobs.start({ work: true })
  })
  after(async () => {
    await jobs.stop()
    await database.close()
  })

  const inTransaction = (work: (tx: Tx) => Promise<void>): Promise<void> =>
    database.db.transaction().execute(work)

  async function until(met: () => boolean | Promise<boolean>, what: string): Promise<void> {
    for (let attempt = 0; attempt < 300; attempt++) {
      if (await met()) return
      await sleep(50)
    }
    assert.fail(what)
  }

  test('jobs run after the commit of what queued them, and never when it failed', async () => {
    const failed = inTransaction(async (tx) => {
      await jobs.enqueue(tx, 'plain', { n: 99 })
      throw new Error('no')
    })
    await assert.rejects(failed, /no/)
    await inTransaction(async (tx) => {
      await jobs.enqueue(tx, 'plain', [{ n: 1 }, { n: 2 }, { n: 3 }])
      await jobs.enqueue(tx, 'plain', [])
      await sleep(1200)
      assert.deepEqual(done['plain'], [], 'not before the commit')
    })
    await until(() => done['plain']!.length === 3, 'three jobs')
    assert.deepEqual(done['plain']!.toSorted(), [1, 2, 3])
  })

  test('while a job with a key waits, another with it is not queued; without a key each is', async () => {
    await inTransaction(async (tx) => {
      for (const n of [1, 2, 3]) await jobs.enqueue(tx, 'keyed', { n }, { key: 'one' })
      for (const n of [4, 5]) await jobs.enqueue(tx, 'keyed', { n })
    })
    await until(() => done['keyed']!.length === 3, 'three jobs')
    await sleep(1200)
    assert.deepEqual(done['keyed']!.toSorted(), [1, 4, 5])
  })

  test('a job for later waits for its time', async () => {
    const started = performance.now()
    await inTransaction((tx) => jobs.enqueue(tx, 'later', { n: 1 }, { startAfterSeconds: 2 }))
    await until(() => done['later']!.length === 1, 'a job')
    assert.ok(performance.now() - started >= 1900)
  })

  test('a job that fails is tried again, then kept among the dead letters; others are not held up', async () => {
    await inTransaction((tx) => jobs.enqueue(tx, 'failing', [{ n: 13 }, { n: 7 }]))
    const dead = async (): Promise<{ data: Numbered }[]> =>
      (
        await sql<{ data: Numbered }>`select data from pgboss.job where name = 'failing.dead'`.execute(
          database.db,
        )
      ).rows
    await until(async () => (await dead()).length === 1, 'a dead letter')
    assert.deepEqual(done['failing']!.toSorted(), [13, 13, 13, 7].toSorted())
    assert.deepEqual((await dead())[0]!.data, { n: 13 })
  })

  test('what is to run by the clock runs', () => until(() => ticks > 0, 'a tick'))

  test('what an earlier version ran by the clock stops, and settings of a queue follow the code', async () => {
    const pace = FAST
    const next = openJobs({ pool: database.pool, log: pino({ level: 'silent' }), pace })
    next.work('plain', { retryLimit: 9, retryDelaySeconds: 1 }, async () => {})
    await next.start({ work: true })
    const { rows } = await sql`select name from pgboss.schedule`.execute(database.db)
    assert.deepEqual(rows, [])
    const { rows: queues } = await sql`select retry_limit from pgboss.queue where name = 'plain'`.execute(
      database.db,
    )
    assert.deepEqual(queues, [{ retry_limit: 9 }])
    await next.stop()
  })

  test('a process that only queues works nothing, and a queue that nobody works is an error', async () => {
    const web = openJobs({ pool: database.pool, log: pino({ level: 'silent' }), pace: FAST })
    let ran = 0
    web.work('plain', { retryLimit: 2, retryDelaySeconds: 1 }, async () => {
      ran += 1
      await Promise.resolve()
    })
    await web.start({ work: false })
    await inTransaction((tx) => web.enqueue(tx, 'plain', { n: 50 }))
    await assert.rejects(
      inTransaction((tx) => web.enqueue(tx, 'unknown', { n: 1 })),
      /nobody works/,
    )
    await until(() => done['plain']!.includes(50), 'the worker runs it')
    assert.equal(ran, 0)
    await web.stop()
  })

  test('stopping finishes the job that runs', async () => {
    const own = openJobs({ pool: database.pool, log: pino({ level: 'silent' }), pace: FAST })
    let state = 'waiting'
    own.work('slow', { retryLimit: 0, retryDelaySeconds: 1 }, async () => {
      state = 'running'
      await sleep(800)
      state = 'done'
    })
    await own.start({ work: true })
    await inTransaction((tx) => own.enqueue(tx, 'slow', { n: 1 }))
    await until(() => state === 'running', 'a job that runs')
    await own.stop()
    assert.equal(state, 'done')
  })
})
