import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import pino from 'pino'
import { forEachDatabase, testClock, type TestClock, type TestDatabase } from '../../test/world.ts'
import { liveSecretHashes, secretMatches } from '../accounts/index.ts'
import { blankOrganisation } from '../establishments/differences.ts'
import { saveOrganisations } from '../establishments/store.ts'
import { openAudit, type Audit } from '../kit/audit/store.ts'
import { readConfig } from '../kit/config.ts'
import { sql } from '../kit/database.ts'
import { openMailer, type Mailer } from '../kit/mail/mailer.ts'
import { Refusal } from '../kit/refusal.ts'
import { masterKeys, openSecrets } from '../kit/secrets.ts'
import { clientCommand } from './client.ts'

forEachDatabase((_name, open) => {
  let database: TestDatabase
  let audit: Audit
  let mailer: Mailer
  let clock: TestClock
  let printed: string[]
  let remarked: string[]

  before(async () => {
    database = await open()
    const organisations = [
      blankOrganisation('6804020', 'The John Frost School'),
      { ...blankOrganisation('6804030', 'A closed school'), status: 'closed' as const },
      blankOrganisation('680LLLL', 'Newport'),
    ]
    const { db, dataDir } = database
    await db.transaction().execute((tx) => saveOrganisations(tx, organisations, new Map()))
    const secrets = await openSecrets(db, masterKeys(['a key for tests only, never one for service']))
    audit = await openAudit({ db, secrets, clock: testClock(), dataDir })
    const config = { smtpUrl: null, mailFrom: 'no-reply@cts.invalid', dataDir }
    mailer = openMailer({ db, config, clock: testClock(), log: pino({ level: 'silent' }) })
  })
  beforeEach(() => {
    clock = testClock()
    printed = []
    remarked = []
  })
  after(() => database.close())

  /** Runs `cts client …` and gives the lines of its standard output. */
  async function cts(...args: string[]): Promise<string[]> {
    const command = clientCommand({
      operator: (run) => run({ db: database.db, audit, clock, mailer, config: readConfig({}) }),
      print: (line) => printed.push(line),
      remark: (line) => remarked.push(line),
    })
    for (const one of [command, ...command.commands])
      one.exitOverride().configureOutput({ writeErr: () => {} })
    await command.parseAsync(args, { from: 'user' })
    return printed.splice(0)
  }
  async function create(organisation: string, role: string): Promise<{ id: string; secret: string }> {
    const lines = await cts('create', '--name', 'MIS', '--organisation', organisation, '--role', role)
    assert.equal(lines.length, 1)
    const [, id, secret] = /^\{"client_id":"([\w-]+)","client_secret":"([\w-]+)"\}$/.exec(lines[0]!) ?? []
    assert.ok(id && secret, lines[0])
    return { id, secret }
  }
  async function audited(subject: string): Promise<unknown[]> {
    const { rows } = await sql`
      select action, actor_kind as kind, outcome from kit.audit where subject = ${subject} order by at`.execute(
      database.db,
    )
    return rows
  }

  test('create prints exactly the id and the secret, which then works', async () => {
    const { id, secret } = await create('6804020', 'school-user')
    const [hash] = await liveSecretHashes(database.db, id, clock.now())
    assert.ok(hash && secretMatches(secret, hash))
    assert.deepEqual(remarked, [])
  })

  test('list shows clients and their state, and never a secret', async () => {
    const { id, secret } = await create('680LLLL', 'lea-school')
    assert.deepEqual(await cts('list', '--organisation', '680llll'), [
      `${id}  680LLLL  lea-school  MIS  never used`,
    ])
    await cts('revoke', id)
    assert.deepEqual(await cts('list', '--organisation', '680LLLL'), [
      `${id}  680LLLL  lea-school  MIS  revoked 2026-09-02 09:05 UTC`,
    ])
    const [json] = await cts('list', '--organisation', '680LLLL', '--json')
    assert.ok(!json!.includes(secret))
    assert.deepEqual(JSON.parse(json!), [
      {
        client_id: id,
        name: 'MIS',
        organisation: '680LLLL',
        role: 'lea-school',
        created_at: '2026-09-02T09:05:00.000Z',
        last_used_at: null,
        revoked_at: '2026-09-02T09:05:00.000Z',
      },
    ])
  })

  test('rotate prints the id and a new secret; the former one works for a week more', async () => {
    const { id, secret } = await create('6804020', 'school-user')
    clock.advance(1000)
    const [line] = await cts('rotate', id)
    const { client_id: same, client_secret: newer } = JSON.parse(line!)
    assert.equal(same, id)
    assert.deepEqual(remarked, ['The former secret works until 2026-09-09 09:05 UTC.'])
    const works = async (one: string, at: Date): Promise<boolean> =>
      secretMatches(one, Buffer.concat(await liveSecretHashes(database.db, id, at)))
    const week = new Date(clock.now().getTime() + 7 * 24 * 60 * 60_000)
    assert.deepEqual([await works(secret, clock.now()), await works(newer, clock.now())], [true, true])
    assert.deepEqual([await works(secret, week), await works(newer, week)], [false, true])
    await cts('revoke', id)
    await assert.rejects(
      cts('rotate', id),
      (error) => error instanceof Refusal && error.code === 'client-revoked',
    )
  })

  test('making and revoking a client stand in the audit as the operator', async () => {
    const { id } = await create('6804020', 'school-user')
    clock.advance(1000)
    await cts('revoke', id)
    assert.deepEqual(await audited(id), [
      { action: 'accounts.create-client', kind: 'operator', outcome: 'done' },
      { action: 'accounts.revoke-client', kind: 'operator', outcome: 'done' },
    ])
  })

  test('a closed school may have one, and the operator is told what it is good for', async () => {
    await create('6804030', 'school-user')
    assert.deepEqual(remarked, ['6804030 is closed: the client can collect what still waits for it.'])
  })

  test('a misfit is refused, and nothing is printed as if it were a client', async () => {
    const asked = ['create', '--name', 'MIS', '--organisation', '6804020', '--role', 'approver']
    await assert.rejects(cts(...asked), (error) => error instanceof Refusal && error.code === 'client-role')
    await assert.rejects(cts('revoke', 'client-nobody'), (error) => error instanceof Refusal)
    assert.deepEqual(printed, [])
  })

  test('a missing option is wrong usage', async () => {
    await assert.rejects(cts('create', '--name', 'MIS'), /required option/)
  })
})
