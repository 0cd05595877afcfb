import assert from 'node:assert/strict'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { CompiledQuery } from 'kysely'
import { pino } from 'pino'
import { forEachDatabase, testClock, type TestDatabase } from '../../../test/world.ts'
import { sql, type Tx } from '../database.ts'
import { openMailer, type MailAddress, type Mailer } from './mailer.ts'
import { PATIENCE } from './patience.ts'
import {
  forgetSent,
  holdMails,
  insertMails,
  listMails,
  markInterrupted,
  markSending,
  settleMails,
} from './store.ts'

const PARAMS = { file: '6814039_CTF_6804020_001.xml', source: 'One School', destination: 'Another School' }

forEachDatabase((_name, open) => {
  let database: TestDatabase
  let mailer: Mailer

  before(async () => {
    database = await open()
    mailer = openMailer({
      db: database.db,
      config: { smtpUrl: null, mailFrom: 'no-reply@cts.invalid', dataDir: database.dataDir },
      clock: testClock('2026-09-02T09:05:00Z'),
      log: pino({ level: 'silent' }),
      patience: { ...PATIENCE, poll: 0.05 },
    })
  })
  after(() => database.close())
  afterEach(async () => {
    await sql`delete from kit.mail`.execute(database.db)
  })

  async function queue(to: MailAddress[], params: Record<string, string> = PARAMS): Promise<void> {
    await database.db
      .transaction()
      .execute((tx) => mailer.queue(tx, [{ to, template: 'awaiting', params, about: 'f1' }]))
  }

  const receiver = (address: string): MailAddress => ({ address, name: 'A School', language: 'both' })

  test('an address named twice gets one mail, one that is none is dead and listed', async () => {
    const hostile = 'office@school.invalid\r\nRCPT TO:<thief@evil.invalid>'
    await queue([receiver('office@school.invalid'), receiver('Office@School.invalid'), receiver(hostile)])
    assert.equal((await mailer.list(['queued'], 10)).length, 1)
    const [dead] = await mailer.list(['dead'], 10)
    assert.equal(dead!.to, hostile)
    assert.equal(dead!.lastError, 'not an e-mail address')
  })

  test('what the wording does not name never reaches the outbox', async () => {
    await queue([receiver('office@school.invalid')], { ...PARAMS, pupil: 'Invented Child' })
    const { rows } = await sql<{ params: object }>`select params from kit.mail`.execute(database.db)
    assert.deepEqual(rows, [{ params: PARAMS }])
  })

  /** Runs `work` and gives the statements it made. */
  async function statementsOf(work: (tx: Tx) => Promise<unknown>): Promise<CompiledQuery[]> {
    const statements: CompiledQuery[] = []
    await database.db.transaction().execute((tx) =>
      work(
        tx.withPlugin({
          transformQuery({ node, queryId }) {
            statements.push(tx.getExecutor().compileQuery(node, queryId))
            return node
          },
          transformResult: ({ result }) => Promise.resolve(result),
        }),
      ),
    )
    return statements
  }

  test('many mails are queued by one statement', async () => {
    const to = Array.from({ length: 20 }, (_, i) => receiver(`a${i}@school.invalid`))
    const statements = await statementsOf((tx) =>
      mailer.queue(tx, [
        { to, template: 'awaiting', params: PARAMS, about: 'f1' },
        { to, template: 'sent', params: PARAMS, about: 'f1' },
      ]),
    )
    assert.equal(statements.length, 1)
    assert.equal((await mailer.list(['queued'], 100)).length, 40)
  })

  test('without a server each mail becomes a whole file that its owner alone reads', async () => {
    mailer.start()
    await queue([receiver('office@school.invalid'), receiver('head@school.invalid')])
    const sent = async (): Promise<{ id: string }[]> =>
      (await sql<{ id: string }>`select id from kit.mail where state = 'sent'`.execute(database.db)).rows
    for (let i = 0; i < 100 && (await sent()).length < 2; i++) await sleep(50)
    await mailer.stop()
    const folder = join(database.dataDir, 'mail')
    const names = await readdir(folder)
    const ids = await sent()
    assert.deepEqual(names.sort(), ids.map(({ id }) => `2026-09-02T09-05-00.000Z-${id}.eml`).sort())
    for (const name of names) {
      assert.match(
        await readFile(join(folder, name), 'utf8'),
        /^To: A School <(office|head)@school\.invalid>\r$/m,
      )
      assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600)
    }
  })

  test('of many senders at once no two ever hold the same mail', async () => {
    await queue(Array.from({ length: 300 }, (_, i) => receiver(`school${i}@school.invalid`)))
    const held: string[] = []
    const take = async (holder: string): Promise<void> => {
      const mails = await holdMails(database.db, { holder, hold: 60, limit: 5 })
      held.push(...mails.map(({ id }) => id))
      if (mails.length > 0) await take(holder)
    }
    await Promise.all(['one', 'two', 'three', 'four', 'five'].map(take))
    assert.equal(held.length, 300)
    assert.equal(new Set(held).size, 300)
  })

  test('a mail whose sender died before the end of the message is due again; its late mark is refused', async () => {
    await queue([receiver('office@school.invalid')])
    const [first] = await holdMails(database.db, { holder: 'one', hold: 0.1, limit: 10 })
    assert.deepEqual(await holdMails(database.db, { holder: 'two', hold: 0.1, limit: 10 }), [])
    await sleep(150)
    const [again] = await holdMails(database.db, { holder: 'two', hold: 60, limit: 10 })
    assert.equal(again!.id, first!.id)
    assert.equal(await markSending(database.db, 'one', first!.id), false)
    assert.equal(await markSending(database.db, 'two', first!.id), true)
    await settleMails(database.db, 'one', [
      { id: first!.id, state: 'sent', tried: true, delay: 0, error: null },
    ])
    assert.equal((await mailer.list(['sending'], 10)).length, 1, 'only its holder settles a mail')
  })

  test('a mail whose sender died while it was handed over is uncertain, not sent again', async () => {
    await queue([receiver('office@school.invalid')])
    const [held] = await holdMails(database.db, { holder: 'one', hold: 0.1, limit: 10 })
    await markSending(database.db, 'one', held!.id)
    assert.equal(await markInterrupted(database.db), 0)
    await sleep(150)
    assert.equal(await markInterrupted(database.db), 1)
    assert.deepEqual(await holdMails(database.db, { holder: 'two', hold: 60, limit: 10 }), [])
    assert.equal((await mailer.list(['uncertain'], 10))[0]!.id, held!.id)
  })

  test('what is sent is not sent again by a retry, and is forgotten after its time', async () => {
    await queue([receiver('office@school.invalid')])
    const [held] = await holdMails(database.db, { holder: 'one', hold: 60, limit: 10 })
    const id = held!.id
    await settleMails(database.db, 'one', [{ id, state: 'sent', tried: true, delay: 0, error: null }])
    assert.equal(await database.db.transaction().execute((tx) => mailer.retry(tx, { id })), 0)
    assert.equal(await forgetSent(database.db, 90), 0)
    await sql`update kit.mail set sent_at = now() - interval '91 days'`.execute(database.db)
    assert.equal(await forgetSent(database.db, 90), 1)
  })

  const LINK = 'https://cts.invalid/secure-access/activate/a-secret'

  /** Queues a mail with a link and one without, and holds both as the sender `one`. */
  async function holdBoth(to = receiver('person@school.invalid')): Promise<{ id: string }[]> {
    const invitation = { link: LINK, organisation: 'A School', hours: 48 }
    await database.db.transaction().execute((tx) =>
      mailer.queue(tx, [
        { to: [to], template: 'invitation', params: invitation, about: 'p1' },
        { to: [to], template: 'awaiting', params: PARAMS, about: 'f1' },
      ]),
    )
    return holdMails(database.db, { holder: 'one', hold: 60, limit: 10 })
  }
  /** The outbox: state and params of the mails, the one with the link first. */
  async function kept(): Promise<{ state: string; params: object }[]> {
    const { rows } = await sql<{ state: string; params: object }>`
      select state, params from kit.mail order by template desc`.execute(database.db)
    return rows
  }
  const GONE = { link: null }

  for (const state of ['sent', 'dead', 'uncertain'] as const) {
    test(`a link is wiped out once its mail is ${state}; other mails keep what they say`, async () => {
      const held = await holdBoth()
      const outcomes = held.map(({ id }) => ({ id, state, tried: true, delay: 0, error: null }))
      await settleMails(database.db, 'one', outcomes)
      assert.deepEqual(await kept(), [
        { state, params: GONE },
        { state, params: PARAMS },
      ])
    })
  }

  test('a link stays while its mail is tried again, and goes when that is given up', async () => {
    const held = await holdBoth()
    const again = (delay: number): Parameters<typeof settleMails>[2] =>
      held.map(({ id }) => ({ id, state: 'queued', tried: true, delay, error: 'later' }))
    await settleMails(database.db, 'one', again(0))
    assert.deepEqual((await kept())[0], {
      state: 'queued',
      params: { link: LINK, organisation: 'A School', hours: 48 },
    })
    await holdMails(database.db, { holder: 'one', hold: 60, limit: 10 })
    await settleMails(database.db, 'one', again(PATIENCE.giveUp + 60))
    assert.deepEqual(await kept(), [
      { state: 'dead', params: GONE },
      { state: 'dead', params: PARAMS },
    ])
  })

  test('a link is wiped out where its sender died while it was handed over, and where the address is none', async () => {
    const [held] = await holdBoth()
    await markSending(database.db, 'one', held!.id)
    await sql`update kit.mail set state = 'sending', next_at = now() - interval '1 second'`.execute(
      database.db,
    )
    await markInterrupted(database.db)
    assert.deepEqual((await kept())[0], { state: 'uncertain', params: GONE })
    await sql`delete from kit.mail`.execute(database.db)
    await holdBoth(receiver('nobody'))
    assert.deepEqual((await kept())[0], { state: 'dead', params: GONE })
  })

  test('a mail whose link is gone is never sent again: not by its number, not with all that are dead', async () => {
    const held = await holdBoth()
    const outcomes = held.map(({ id }) => ({
      id,
      state: 'dead' as const,
      tried: true,
      delay: 0,
      error: 'no',
    }))
    await settleMails(database.db, 'one', outcomes)
    const { rows } = await sql<{ id: string }>`select id from kit.mail where template = 'invitation'`.execute(
      database.db,
    )
    const { id } = rows[0]!
    assert.equal(await database.db.transaction().execute((tx) => mailer.retry(tx, { id })), 0)
    assert.equal(await database.db.transaction().execute((tx) => mailer.retry(tx, 'all-dead')), 1)
    assert.deepEqual(
      (await kept()).map(({ state }) => state),
      ['dead', 'queued'],
    )
  })

  test('the lists and the search for what is due use their indexes', async () => {
    await database.db.transaction().execute(async (tx) => {
      const mails = Array.from({ length: 2000 }, (_, i) => ({
        id: `m${i}`,
        toAddress: 'office@school.invalid',
        toName: 'A School',
        language: 'en' as const,
        template: 'awaiting',
        params: PARAMS,
        about: 'f1',
        state: 'queued' as const,
        lastError: null,
      }))
      await insertMails(tx, mails, { createdAt: new Date(), giveUp: 60 })
      await sql`update kit.mail set state = 'sent', sent_at = now() where id <> 'm7'`.execute(tx)
      await sql`analyze kit.mail`.execute(tx)
    })
    const statements = await statementsOf(async (tx) => {
      await holdMails(tx, { holder: 'one', hold: 1, limit: 10 })
      await markInterrupted(tx)
      await listMails(tx, ['dead'], 10)
      await forgetSent(tx, 90)
    })
    const indexes = ['mail_due', 'mail_sending', 'mail_unsent', 'mail_sent']
    assert.equal(statements.length, indexes.length)
    for (const [i, { sql, parameters }] of statements.entries()) {
      const { rows } = await database.db.executeQuery(CompiledQuery.raw(`explain ${sql}`, [...parameters]))
      assert.match(JSON.stringify(rows), new RegExp(indexes[i]!), sql)
    }
  })
})
