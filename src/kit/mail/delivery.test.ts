import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { startMailServer, type MailServer, type Manner, type Moment } from '../../../test/mail-server.ts'
import { forEachDatabase, testClock, type TestDatabase } from '../../../test/world.ts'
import { sql } from '../database.ts'
import { openMailer, type Mailer } from './mailer.ts'
import type { Patience } from './patience.ts'

/** Everything a hundred times faster than in service, or more. */
const HURRY: Patience = {
  delays: [0.1, 0.2],
  giveUp: 60,
  pauses: [0.2, 0.4],
  poll: 0.05,
  hold: 3,
  connect: 0.4,
  silence: 0.4,
  mail: 2,
  stop: 1,
}

/** A mail as it stands in the outbox. */
interface Mail {
  id: string
  to: string
  state: string
  attempts: number
  error: string | null
}

forEachDatabase((_name, open) => {
  let database: TestDatabase
  let cleanups: (() => Promise<void>)[] = []

  before(async () => {
    database = await open()
  })
  after(() => database.close())
  afterEach(async () => {
    for (const cleanup of cleanups.toReversed()) await cleanup()
    cleanups = []
    await sql`delete from kit.mail`.execute(database.db)
  })

  async function serve(
    manner?: (moment: Moment, address: string) => Manner,
    port?: number,
  ): Promise<MailServer> {
    const server = await startMailServer(manner, port)
    cleanups.push(() => server.close())
    return server
  }

  function mailer(url: string, patience: Partial<Patience> = {}): Mailer {
    const mailer = openMailer({
      db: database.db,
      config: { smtpUrl: url, mailFrom: 'no-reply@cts.invalid', dataDir: database.dataDir },
      clock: testClock(),
      log: pino({ level: 'silent' }),
      patience: { ...HURRY, ...patience },
    })
    mailer.start()
    cleanups.push(() => mailer.stop())
    return mailer
  }

  async function queue(mailer: Mailer, ...names: string[]): Promise<void> {
    const to = names.map((name) => ({ address: `${name}@school.invalid`, name, language: 'en' as const }))
    const params = {
      file: '6814039_CTF_6804020_001.xml',
      source: 'One School',
      destination: 'Another School',
    }
    await database.db
      .transaction()
      .execute((tx) => mailer.queue(tx, [{ to, template: 'awaiting', params, about: 'f1' }]))
  }

  async function outbox(): Promise<Mail[]> {
    const { rows } = await sql<Mail>`
      select id, to_address as "to", state, attempts, last_error as error from kit.mail`.execute(database.db)
    return rows
  }

  async function settled(state: string, count = 1): Promise<Mail[]> {
    for (let attempt = 0; attempt < 200; attempt++) {
      const mails = (await outbox()).filter((mail) => mail.state === state)
      if (mails.length === count) return mails
      await sleep(50)
    }
    return assert.fail(`not ${count} ${state}: ${JSON.stringify(await outbox())}`)
  }

  test('mails are sent after the commit, promptly, once, and none of a transaction that failed', async () => {
    const server = await serve()
    const sending = mailer(server.url, { poll: 60 })
    const failed = database.db.transaction().execute(async (tx) => {
      const to = [{ address: 'never@school.invalid', name: 'Never', language: 'en' as const }]
      const params = { file: 'f', source: 's', destination: 'd' }
      await sending.queue(tx, [{ to, template: 'awaiting', params, about: 'f0' }])
      throw new Error('no')
    })
    await assert.rejects(failed, /no/)
    const names = Array.from({ length: 30 }, (_, i) => `school${i}`)
    const started = performance.now()
    await queue(sending, ...names)
    await settled('sent', 30)
    assert.ok(performance.now() - started < 5000)
    assert.deepEqual(
      server.arrived.map(({ to }) => to).sort(),
      names.map((name) => `${name}@school.invalid`).sort(),
    )
    assert.equal(new Set(server.arrived.map(({ id }) => id)).size, 30)
    assert.ok(server.connections() <= 4, 'a bounded number of connections')
  })

  test('a server that is away is not hammered, and gets every mail once it is back', async () => {
    const away = await serve()
    await away.close()
    const sending = mailer(away.url)
    await queue(sending, 'one', 'two', 'three')
    await sleep(500)
    const waiting = await settled('queued', 3)
    assert.deepEqual(
      waiting.map(({ attempts }) => attempts),
      [0, 0, 0],
      "trouble with the server is not the mail's",
    )
    assert.ok(waiting.some(({ error }) => error?.includes('ECONNREFUSED')))
    const back = await serve(undefined, away.port)
    await settled('sent', 3)
    assert.equal(back.arrived.length, 3)
  })

  test('a receiver that the server cannot take now is tried again, later each time', async () => {
    let times = 0
    const server = await serve((moment) => (moment === 'recipient' && ++times < 3 ? 451 : 'accept'))
    const sending = mailer(server.url)
    await queue(sending, 'one')
    const [mail] = await settled('sent')
    assert.equal(mail!.attempts, 3)
    assert.equal(server.arrived.length, 1)
  })

  test('a receiver that never can be taken is dead at once, listed, and does not stop the others', async () => {
    const server = await serve((moment, address) =>
      moment === 'recipient' && address.startsWith('gone') ? 550 : 'accept',
    )
    const sending = mailer(server.url)
    await queue(sending, 'gone', 'here')
    const [dead] = await settled('dead')
    assert.equal(dead!.to, 'gone@school.invalid')
    assert.equal(dead!.attempts, 1)
    assert.match(dead!.error!, /550/)
    await settled('sent')
    assert.deepEqual(
      server.arrived.map(({ to }) => to),
      ['here@school.invalid'],
    )
  })

  test('what is refused beyond its time is dead and kept, and goes out when it is retried', async () => {
    let refusing = true
    const server = await serve((moment) => (moment === 'recipient' && refusing ? 451 : 'accept'))
    const sending = mailer(server.url, { giveUp: 0.5 })
    await queue(sending, 'one')
    await settled('dead')
    refusing = false
    assert.equal(await database.db.transaction().execute((tx) => sending.retry(tx, 'all-dead')), 1)
    await settled('sent')
    assert.equal(server.arrived.length, 1)
  })

  for (const [what, moment] of [
    ['at the greeting', 'connect'],
    ['at the receiver', 'recipient'],
  ] as const) {
    test(`a server that hangs ${what} is given up, and the mail arrives once when it recovers`, async () => {
      let times = 0
      const server = await serve((at) => (at === moment && ++times < 2 ? 'hang' : 'accept'))
      const sending = mailer(server.url)
      await queue(sending, 'one')
      await settled('sent')
      assert.equal(server.arrived.length, 1)
    })
  }

  test('a line dropped before the message leads to another try, and the mail arrives once', async () => {
    let times = 0
    const server = await serve((at) => (at === 'recipient' && ++times < 2 ? 'drop' : 'accept'))
    const sending = mailer(server.url)
    await queue(sending, 'one')
    const [mail] = await settled('sent')
    assert.equal(mail!.attempts, 2)
    assert.equal(server.arrived.length, 1)
  })

  test('a line dropped in the middle of the message: the mail arrives once or is listed', async () => {
    const { promise: dropped, resolve } = Promise.withResolvers<void>()
    let times = 0
    const server = await serve((at) => {
      if (at !== 'data' || ++times > 1) return 'accept'
      resolve()
      return 'drop'
    })
    const sending = mailer(server.url)
    await queue(sending, 'one')
    await dropped
    while ((await sending.list(['queued', 'sending'], 1)).length > 0) await sleep(20)
    // its end may have gone out just before the drop was noticed
    assert.equal(server.arrived.length + (await sending.list(['uncertain'], 1)).length, 1)
  })

  for (const manner of ['drop', 'hang'] as const) {
    test(`a ${manner} after the whole message leaves it uncertain: listed, and sent again only when asked`, async () => {
      let times = 0
      const server = await serve((at) => (at === 'end' && ++times < 2 ? manner : 'accept'))
      const sending = mailer(server.url)
      await queue(sending, 'one')
      const [mail] = await settled('uncertain')
      await sleep(600)
      assert.equal(server.arrived.length, 1, 'never silently sent again')
      await database.db.transaction().execute((tx) => sending.retry(tx, { id: mail!.id }))
      await settled('sent')
      assert.deepEqual(
        server.arrived.map(({ id }) => id),
        [mail!.id, mail!.id],
        'the same message by its Message-ID',
      )
    })
  }

  test('a message that the server refuses after reading it is no uncertain one', async () => {
    const server = await serve((at, to) =>
      at !== 'end' ? 'accept' : to.startsWith('never') ? 554 : 'accept',
    )
    const sending = mailer(server.url)
    await queue(sending, 'never')
    assert.match((await settled('dead'))[0]!.error!, /554/)
  })

  test('a server that refuses everything is asked ever less often', async () => {
    const server = await serve((moment) => (moment === 'connect' ? 554 : 'accept'))
    const sending = mailer(server.url)
    await queue(sending, ...Array.from({ length: 50 }, (_, i) => `school${i}`))
    await sleep(1500)
    assert.ok(server.connections() <= 10, `${server.connections()} connections for 50 mails in 1.5 s`)
    await settled('queued', 50)
  })

  test('two senders on one outbox send every mail once', async () => {
    const server = await serve()
    const one = mailer(server.url)
    mailer(server.url)
    await queue(one, ...Array.from({ length: 60 }, (_, i) => `school${i}`))
    await settled('sent', 60)
    assert.equal(server.arrived.length, 60)
  })

  test('stopping finishes the mail under way and leaves the others in the outbox', async () => {
    let slow = (): void => {}
    const reached = new Promise<void>((resolve) => (slow = resolve))
    const server = await serve((moment) => {
      if (moment === 'end') slow()
      return 'accept'
    })
    const sending = mailer(server.url)
    await queue(sending, ...Array.from({ length: 40 }, (_, i) => `school${i}`))
    await reached
    await sending.stop()
    const sent = (await outbox()).filter(({ state }) => state === 'sent')
    const queued = (await outbox()).filter(({ state }) => state === 'queued')
    assert.equal(sent.length + queued.length, 40)
    assert.equal(server.arrived.length, sent.length)
  })

  test('stopping does not wait for a server that hangs; what it may have taken is listed', async () => {
    const server = await serve((moment) => (moment === 'end' ? 'hang' : 'accept'))
    const sending = mailer(server.url, { stop: 0.2, silence: 60, mail: 60 })
    await queue(sending, 'one')
    while (server.arrived.length === 0) await sleep(20)
    const started = performance.now()
    await sending.stop()
    assert.ok(performance.now() - started < 2000)
    assert.equal((await sending.list(['uncertain'], 10)).length, 1)
  })
})
