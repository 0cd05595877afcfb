import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { startMailServer, type Manner, type Moment } from '../../../test/mail-server.ts'
import { copyTemplate, discard, SERVER, type Place } from '../../../test/templates.ts'
import { systemClock } from '../clock.ts'
import { openDatabase, sql, type Database } from '../database.ts'
import { openMailer, type Mailer } from './mailer.ts'
import { PATIENCE } from './patience.ts'

const MAILS = 12
const DATABASES = ['embedded', 'postgres'] as const

/** What a killed process is told by its environment. */
interface Told {
  place: Place
  url: string
  /** Whether it sends what it committed. */
  send: boolean
}

function mailerOn(db: Database, { place, url }: Told): Mailer {
  return openMailer({
    db,
    config: { smtpUrl: url, mailFrom: 'no-reply@cts.invalid', dataDir: place.dataDir },
    clock: systemClock,
    log: pino({ level: 'silent' }),
    patience: { ...PATIENCE, poll: 0.05, hold: 1, pauses: [0.1], delays: [0.1] },
  })
}

/** The life of a process that will be killed: it commits mails, says so, and perhaps sends. */
async function live(told: Told): Promise<void> {
  const { db } = await openDatabase(told.place)
  const mailer = mailerOn(db, told)
  const to = Array.from({ length: MAILS }, (_, i) => ({
    address: `school${i}@school.invalid`,
    name: `School ${i}`,
    language: 'both' as const,
  }))
  const params = { file: '6814039_CTF_6804020_001.xml', source: 'One School', destination: 'Another School' }
  await db
    .transaction()
    .execute((tx) => mailer.queue(tx, [{ to, template: 'awaiting', params, about: 'f1' }]))
  process.stdout.write('committed\n')
  if (told.send) mailer.start()
  setInterval(() => {}, 1000)
}

/** Starts such a process; `kill` is over when it is gone. */
function start(told: Told): { committed: Promise<void>; kill(): Promise<void> } {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const child = spawn(process.execPath, [import.meta.filename], {
    env: { ...env, CTS_TEST_KILLED: JSON.stringify(told) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  return {
    committed: Promise.race([once(child.stdout, 'data'), gone.then(() => assert.fail('ended'))]).then(
      () => {},
    ),
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** Sends what is left with a second process's outbox, until nothing waits any more. */
async function recover(told: Told): Promise<{ id: string; state: string }[]> {
  const { db, close } = await openDatabase(told.place)
  const mailer = mailerOn(db, told)
  mailer.start()
  try {
    for (let attempt = 0; attempt < 300; attempt++) {
      if ((await mailer.list(['queued', 'sending'], 1)).length === 0) break
      await sleep(50)
    }
    return (await sql<{ id: string; state: string }>`select id, state from kit.mail`.execute(db)).rows
  } finally {
    await mailer.stop()
    await close()
  }
}

function declare(): void {
  for (const name of DATABASES) {
    const skip = name === 'postgres' && !SERVER ? 'no PostgreSQL: run it by `npm test`' : false

    test(`${name}: a service killed between commit and send loses no mail`, { skip }, async (t) => {
      const place = await copyTemplate(name, 'migrated')
      const server = await startMailServer()
      t.after(() => server.close())
      t.after(() => discard(place))
      const told = { place, url: server.url, send: false }
      const service = start(told)
      await service.committed
      await service.kill()
      assert.equal(server.arrived.length, 0)
      const mails = await recover(told)
      assert.deepEqual(server.arrived.map(({ id }) => id).sort(), mails.map(({ id }) => id).sort())
      assert.equal(mails.length, MAILS)
    })

    for (const moment of ['recipient', 'data', 'end'] as const) {
      test(
        `${name}: killed while sending (${moment}), every mail arrives once or is listed`,
        { skip },
        async (t) => {
          const place = await copyTemplate(name, 'migrated')
          let kill: (() => void) | null = null
          let times = 0
          const manner = (at: Moment): Manner => {
            if (at !== moment || kill === null || ++times !== 5) return 'accept'
            kill()
            // the answer to the fifth never goes out
            return 'hang'
          }
          const server = await startMailServer(manner)
          t.after(() => server.close())
          t.after(() => discard(place))
          const told = { place, url: server.url, send: true }
          const service = start(told)
          const killed = new Promise<void>((resolve, reject) => {
            kill = () => void service.kill().then(resolve, reject)
          })
          await service.committed
          await killed
          const before = server.arrived.length
          assert.ok(before < MAILS, 'it was killed in the middle')
          const mails = await recover(told)
          assert.equal(mails.length, MAILS)
          const arrivals = Map.groupBy(server.arrived, ({ id }) => id)
          for (const { id, state } of mails) {
            const times = arrivals.get(id)?.length ?? 0
            assert.ok(times <= 1, `${id} arrived ${times} times`)
            assert.ok(times === 1 || state === 'uncertain', `${id} is ${state} and did not arrive`)
            assert.ok(state === 'sent' || state === 'uncertain', `${id} is ${state}`)
          }
          const uncertain = mails.filter(({ state }) => state === 'uncertain')
          assert.ok(uncertain.length <= 4, 'at most what was being handed over on each line')
          if (moment === 'end') assert.ok(uncertain.length >= 1)
        },
      )
    }
  }
}

const told = process.env['CTS_TEST_KILLED']
if (told) await live(JSON.parse(told) as Told)
else declare()
