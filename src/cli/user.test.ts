import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { pino } from 'pino'
import { newApp } from '../../test/second-factors.ts'
import { forEachDatabase, testClock, type TestClock, type TestDatabase } from '../../test/world.ts'
import { invitationOf, redeemInvitation } from '../accounts/index.ts'
import { blankOrganisation } from '../establishments/differences.ts'
import { saveOrganisations } from '../establishments/store.ts'
import { openAudit, type Audit } from '../kit/audit/store.ts'
import { readConfig } from '../kit/config.ts'
import { sql } from '../kit/database.ts'
import { wordMail } from '../kit/mail/compose.ts'
import { openMailer, type Mailer } from '../kit/mail/mailer.ts'
import type { HeldMail } from '../kit/mail/store.ts'
import { Refusal } from '../kit/refusal.ts'
import { masterKeys, openSecrets, type Secrets } from '../kit/secrets.ts'
import { userCommand } from './user.ts'

const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

forEachDatabase((_name, open) => {
  let database: TestDatabase
  let audit: Audit
  let clock: TestClock
  let mailer: Mailer
  let secrets: Secrets
  let env: Record<string, string>
  let printed: string[]
  let remarked: string[]
  let serial = 0

  before(async () => {
    database = await open()
    const organisations = [
      blankOrganisation('6804020', 'The John Frost School'),
      { ...blankOrganisation('6804030', 'A closed school'), status: 'closed' as const },
      { ...blankOrganisation('680LLLL', 'Newport'), nameCy: 'Casnewydd' },
    ]
    const { db, dataDir } = database
    await db.transaction().execute((tx) => saveOrganisations(tx, organisations, new Map()))
    secrets = await openSecrets(db, masterKeys(['a key for tests only, never one for service']))
    audit = await openAudit({ db, secrets, clock: testClock(), dataDir })
    const config = { smtpUrl: null, mailFrom: 'no-reply@cts.invalid', dataDir }
    mailer = openMailer({ db, config, clock: testClock(), log: pino({ level: 'silent' }) })
  })
  beforeEach(() => {
    clock = testClock()
    env = { PUBLIC_URL: 'https://cts.example/' }
    printed = []
    remarked = []
  })
  after(() => database.close())

  /** Runs `cts user …` and gives the lines of its standard output. */
  async function cts(...args: string[]): Promise<string[]> {
    const command = userCommand({
      operator: (run) => run({ db: database.db, audit, clock, mailer, config: readConfig(env) }),
      print: (line) => printed.push(line),
      remark: (line) => remarked.push(line),
    })
    for (const one of [command, ...command.commands])
      one.exitOverride().configureOutput({ writeErr: () => {} })
    await command.parseAsync(args, { from: 'user' })
    return printed.splice(0)
  }
  function asking(more: Record<string, string> = {}): string[] {
    serial += 1
    const asked = {
      username: `Person${serial}`,
      name: 'Siân Ŵyn',
      email: `person${serial}@school.example`,
      organisation: '6804020',
      role: 'school-user',
      ...more,
    }
    return ['create', ...Object.entries(asked).flatMap(([option, value]) => [`--${option}`, value])]
  }
  const tokenOf = (link: string): string => link.split('/').at(-1)!
  async function mails(): Promise<HeldMail[]> {
    const { rows } = await sql<HeldMail>`
      select to_address as "toAddress", to_name as "toName", language, template, params
      from kit.mail order by created_at`.execute(database.db)
    await sql`delete from kit.mail`.execute(database.db)
    return rows
  }
  async function idOf(username: string): Promise<string> {
    const { rows } = await sql<{ id: string }>`
      select id from accounts.person where username = ${username}`.execute(database.db)
    return rows[0]!.id
  }
  async function audited(subject: string): Promise<string[]> {
    const { rows } = await sql<{ line: string }>`
      select actor_kind || ' ' || action || ' ' || outcome as line from kit.audit
      where subject = ${subject} order by at`.execute(database.db)
    return rows.map(({ line }) => line)
  }

  test('create prints the link and nothing else; it lets exactly this person in', async () => {
    const [link, ...more] = await cts(...asking({ username: 'Newcomer' }))
    assert.deepEqual(more, [])
    assert.match(link!, /^https:\/\/cts\.example\/secure-access\/activate\/[\w-]{43}$/)
    const invited = await invitationOf(database.db, tokenOf(link!), clock.now())
    assert.deepEqual([invited!.username, invited!.name, invited!.language], ['Newcomer', 'Siân Ŵyn', 'en'])
    assert.deepEqual(remarked, [
      `The link works once, until 2026-09-04 09:05 UTC, and is mailed to person${serial}@school.example too. Its page shows the username.`,
    ])
    await mails()
  })

  test('the link is mailed to the person in the language asked for, without the username', async () => {
    const asked = asking({
      username: 'WelshReader',
      email: 'w@newport.example',
      organisation: '680LLLL',
      role: 'lea-user',
    })
    const [link] = await cts(...asked, '--language', 'cy')
    const [mail, ...more] = await mails()
    assert.deepEqual(more, [])
    assert.deepEqual([mail!.toAddress, mail!.toName, mail!.language], ['w@newport.example', 'Siân Ŵyn', 'cy'])
    const { subject, body } = wordMail(mail!)
    assert.ok(body.includes(`\n${link}\n`) && body.includes('Casnewydd'), body)
    assert.ok(!`${subject}${body}`.includes('WelshReader'))
    assert.ok(!subject.includes('{') && !body.includes('{'), body)
  })

  test('--json prints the username, the link and when it ends', async () => {
    const [line] = await cts(...asking({ username: 'Scripted' }), '--json')
    const { activation_link: link, ...rest } = JSON.parse(line!)
    assert.deepEqual(rest, { username: 'Scripted', expires_at: '2026-09-04T09:05:00.000Z' })
    assert.ok(await invitationOf(database.db, tokenOf(link), clock.now()))
  })

  test('a link stands in no audit row and in no list', async () => {
    const [link] = await cts(...asking())
    const { rows } = await sql<{ text: string }>`select a::text as text from kit.audit a`.execute(database.db)
    const lines = [...rows.map(({ text }) => text), ...(await cts('list')), ...(await cts('list', '--json'))]
    for (const line of lines) assert.ok(!line.includes(tokenOf(link!)))
  })

  const ORIGINS: [title: string, env: Record<string, string>, origin: string, isWarned: boolean][] = [
    ['without PUBLIC_URL', {}, 'http://127.0.0.1:3000', false],
    ['with HOST and PORT', { HOST: '::1', PORT: '8080' }, 'http://[::1]:8080', false],
    ['where HOST is every address', { HOST: '0.0.0.0' }, 'http://0.0.0.0:3000', true],
    ['where PORT is any', { PORT: '0' }, 'http://127.0.0.1:0', true],
  ]
  for (const [title, settings, origin, isWarned] of ORIGINS) {
    test(`${title} the link begins with ${origin}${isWarned ? ', with a warning' : ''}`, async () => {
      env = settings
      const [link] = await cts(...asking())
      assert.ok(link!.startsWith(`${origin}/secure-access/activate/`), link)
      assert.equal(
        remarked.some((line) => line.includes('PUBLIC_URL')),
        isWarned,
      )
    })
  }

  test('a fresh link ends the one before, and is mailed too', async () => {
    const [first] = await cts(...asking({ username: 'LostTheMail' }))
    await mails()
    const [second] = await cts('invite', 'lostthemail')
    assert.equal(await invitationOf(database.db, tokenOf(first!), clock.now()), null)
    assert.ok(await invitationOf(database.db, tokenOf(second!), clock.now()))
    assert.deepEqual(
      (await mails()).map(({ params }) => params['link']),
      [second],
    )
  })

  test('list shows people, what they may and their state', async () => {
    const [link] = await cts(
      ...asking({ username: 'Anna', organisation: '680LLLL', role: 'lea-dba' }),
      '--approver',
    )
    const address = `person${serial}@school.example`
    const line = (state: string, held = 'lea-dba, approver'): string =>
      `Anna  680LLLL  ${held}  Siân Ŵyn  ${address}  ${state}`
    const listed = async (): Promise<string[]> =>
      (await cts('list', '--organisation', '680llll')).filter((line) => line.startsWith('Anna'))
    assert.deepEqual(await listed(), [line('no password yet')])
    await database.db.transaction().execute((tx) => redeemInvitation(tx, tokenOf(link!), clock.now()))
    assert.deepEqual(await listed(), [line('active since 2026-09-02 09:05 UTC')])
    await cts('archive', 'Anna')
    assert.deepEqual(await listed(), [line('archived 2026-09-02 09:05 UTC', 'approver')])
    const people: Record<string, unknown>[] = JSON.parse((await cts('list', '--json'))[0]!)
    const anna = people.find(({ username }) => username === 'Anna')!
    assert.deepEqual(
      [anna['roles'], anna['approver'], anna['archived_at']],
      [[], true, '2026-09-02T09:05:00.000Z'],
    )
  })

  test('an approver may have no role, and somebody who is neither is refused', async () => {
    const asked = asking().slice(0, -2)
    await assert.rejects(cts(...asked), refused('person-role-none'))
    assert.equal((await cts(...asked, '--approver')).length, 1)
  })

  test('archiving says so, and refuses a username that nobody has', async () => {
    await cts(...asking({ username: 'Leaver' }))
    assert.match((await cts('archive', 'Leaver'))[0]!, /^Archived Leaver/)
    await assert.rejects(cts('invite', 'Leaver'), refused('person-archived'))
    await assert.rejects(cts('archive', 'nobody'), refused('person-unknown'))
    await assert.rejects(cts('invite', 'nobody'), refused('person-unknown'))
  })

  test('restore lets a person come back where the person was last, with the roles held there', async () => {
    await cts(...asking({ username: 'Returner' }))
    await assert.rejects(cts('restore', 'Returner'), refused('person-not-ended'))
    await cts('archive', 'Returner')
    const stateOf = async (): Promise<string> =>
      JSON.parse((await cts('list', '--json'))[0]!).find(
        ({ username }: { username: string }) => username === 'Returner',
      ).state
    assert.equal(await stateOf(), 'archived')
    assert.deepEqual(await cts('restore', 'returner'), ['returner is restored at 6804020: school-user'])
    assert.equal(await stateOf(), 'invited')
    assert.deepEqual(await audited(await idOf('Returner')), [
      'operator accounts.create-person done',
      'operator accounts.restore-person refused',
      'operator accounts.archive-person done',
      'operator accounts.restore-person done',
    ])
    await assert.rejects(cts('restore', 'nobody'), refused('person-unknown'))
    await mails()
  })

  test('second factors are shown, and removed for somebody who lost them all, who is told; the audit has it', async () => {
    await cts(...asking({ username: 'Telephone' }))
    const id = await idOf('Telephone')
    assert.deepEqual(await cts('factors', 'Telephone'), ['Telephone has no second factor.'])
    await newApp({ db: database.db, clock, secrets, mailer }, id)
    assert.match((await cts('factors', 'Telephone'))[0]!, /^authenticator {2}My telephone {2}\d{4}-/)
    await mails()
    assert.deepEqual(await cts('factors', 'Telephone', '--remove'), ['Telephone: second factors removed: 1.'])
    assert.match(JSON.stringify(await mails()), /operator of the service removed all second factors/)
    assert.deepEqual(await cts('factors', 'Telephone'), ['Telephone has no second factor.'])
    await assert.rejects(cts('factors', 'nobody', '--remove'), refused('person-unknown'))
    assert.ok((await audited(id)).includes('operator secure-access.remove-factors done'))
  })

  test('everything stands in the audit as the operator, by the id of the person', async () => {
    await cts(...asking({ username: 'Audited' }))
    clock.advance(1000)
    await cts('invite', 'Audited')
    clock.advance(1000)
    await cts('archive', 'Audited')
    clock.advance(1000)
    await assert.rejects(cts('invite', 'Audited'))
    assert.deepEqual(await audited(await idOf('Audited')), [
      'operator accounts.create-person done',
      'operator accounts.invite-person done',
      'operator accounts.archive-person done',
      'operator accounts.invite-person refused',
    ])
  })

  test('what is refused prints no link, mails none and keeps nobody', async () => {
    await mails()
    await assert.rejects(
      cts(...asking({ username: 'Private', email: 'x@gmail.com' })),
      refused('person-email-personal'),
    )
    await assert.rejects(cts(...asking({ role: 'lea-user' })), refused('person-role'))
    assert.deepEqual([printed, await mails()], [[], []])
    const { rows } = await sql`select 1 from accounts.person where username = 'Private'`.execute(database.db)
    assert.deepEqual(rows, [])
  })

  test('the installation says which addresses no account may have', async () => {
    env = { GENERIC_MAILBOXES: 'desg', PERSONAL_MAIL_DOMAINS: 'post.example' }
    await assert.rejects(cts(...asking({ email: 'desg@school.example' })), refused('person-email-generic'))
    await assert.rejects(cts(...asking({ email: 'a@post.example' })), refused('person-email-personal'))
    assert.equal((await cts(...asking({ email: 'office@gmail.com' }))).length, 1)
  })

  test('a closed school may have people, and the operator is told what for', async () => {
    await cts(...asking({ organisation: '6804030' }))
    assert.ok(remarked.includes('6804030 is closed: the person can collect what still waits for it.'))
  })

  test('a missing option and an unknown language are wrong usage', async () => {
    await assert.rejects(cts('create', '--username', 'x'), /required option/)
    await assert.rejects(cts(...asking({ language: 'fr' })), /Allowed choices are en, cy/)
  })
})
