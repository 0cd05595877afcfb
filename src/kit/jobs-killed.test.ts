import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { copyTemplate, discard, SERVER, type Place } from '../../test/templates.ts'
import { openDatabase, type OpenDatabase } from './database.ts'
import { openJobs, type Jobs } from './jobs.ts'

const WORK = { retryLimit: 2, retryDelaySeconds: 1 }

function jobsOn({ pool }: OpenDatabase): Jobs {
  return openJobs({ pool, log: pino({ level: 'silent' }), pace: { poll: 0.5, heartbeat: 10, clock: 30 } })
}

/** The life of a process that is killed while it runs a job. */
async function live(place: Place): Promise<void> {
  const database = await openDatabase(place)
  const jobs = jobsOn(database)
  jobs.work('long', WORK, async () => {
    process.stdout.write('running\n')
    await sleep(600_000)
  })
  await jobs.start({ work: true })
  await database.db.transaction().execute((tx) => jobs.enqueue(tx, 'long', { n: 1 }))
}

function declare(): void {
  for (const name of ['embedded', 'postgres'] as const) {
    const skip = name === 'postgres' && !SERVER ? 'no PostgreSQL: run it by `npm test`' : false
    test(`${name}: a job whose process was killed is taken up again within a minute`, { skip }, async (t) => {
      const place = await copyTemplate(name, 'migrated')
      t.after(() => discard(place))
      const { NODE_TEST_CONTEXT: _, ...env } = process.env
      const child = spawn(process.execPath, [import.meta.filename], {
        env: { ...env, CTS_TEST_KILLED: JSON.stringify(place) },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      await once(child.stdout, 'data')
      child.kill('SIGKILL')
      await once(child, 'exit')
      const database = await openDatabase(place)
      const jobs = jobsOn(database)
      const { promise: again, resolve } = Promise.withResolvers<string>()
      jobs.work('long', WORK, async () => {
        resolve('again')
        await Promise.resolve()
      })
      await jobs.start({ work: true })
      const ran = await Promise.race([again, sleep(60_000, 'not in a minute', { ref: false })])
      await jobs.stop()
      await database.close()
      assert.equal(ran, 'again')
    })
  }
}

const told = process.env['CTS_TEST_KILLED']
if (told) await live(JSON.parse(told) as Place)
else describe('a killed process', { concurrency: true }, declare)
