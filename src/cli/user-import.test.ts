import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { signIn } from '../../test/jar.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import { userCommand } from './user.ts'

const HEAD = 'username,organisation,name,email,role\n'

forEachDatabase((name) => {
  let server: TestServer
  let remarked: string[]
  let files = 0
  before(async () => {
    server = await openTestServer(name)
  })
  after(() => server.close())
  beforeEach(() => {
    remarked = []
  })

  const newFile = (): string => join(server.world.config.dataDir, `import${(files += 1)}.csv`)
  function written(text: string): string {
    const path = newFile()
    writeFileSync(path, text)
    return path
  }
  /** Runs `cts user import …`. */
  async function cts(...args: string[]): Promise<void> {
    const command = userCommand({
      operator: (run) => run(server.world),
      print: () => {},
      remark: (line) => remarked.push(line),
    })
    for (const one of [command, ...command.commands])
      one.exitOverride().configureOutput({ writeErr: () => {} })
    await command.parseAsync(['import', ...args], { from: 'user' })
  }
  async function people(): Promise<{ username: string; shared: boolean }[]> {
    const { rows } = await sql<{ username: string; shared: boolean }>`
      select username, shared from accounts.person order by created_at, username`.execute(server.world.db)
    return rows
  }

  const TWO = `${HEAD}6804020,6804020,The John Frost School,office@john-frost.example.org,school-user
6814039,6814039,Cardiff High School,office@cardiff-high.example.org,school-user
`

  test('a dry run says what could be taken, takes nobody and writes no passwords', async () => {
    await cts(written(TWO), '--dry-run')
    assert.deepEqual(remarked, ['2 of 2 accounts could be taken; nothing was changed.'])
    assert.deepEqual(await people(), [])
    const { rows } = await sql`select from kit.audit`.execute(server.world.db)
    assert.equal(rows.length, 0)
  })

  test('shared accounts are taken with one-time passwords that only the operator may read, and sign in by them', async () => {
    const to = newFile()
    await cts(written(TWO), '--to', to)
    assert.deepEqual(remarked, ['2 of 2 accounts were taken.'])
    assert.equal(statSync(to).mode & 0o777, 0o600)
    assert.deepEqual(await people(), [
      { username: '6804020', shared: true },
      { username: '6814039', shared: true },
    ])
    const [one] = parse(readFileSync(to), { columns: true }) as Record<string, string>[]
    const { page } = await signIn(server.url, {
      username: one!['username']!,
      password: one!['one_time_password']!,
    })
    assert.match(page.html, /Choose a password of your own/)
    const { rows } = await sql`select from kit.mail`.execute(server.world.db)
    assert.equal(rows.length, 0, 'nothing is mailed')
  })

  test('rows that cannot be taken are named with why, and the others are taken', async () => {
    const to = newFile()
    const rows = [
      '6804025,6804025,Newport High School,office@newport-high.example.org,school-user',
      '6804020,6804020,Again,office@john-frost.example.org,school-user',
      '6804059,6804059,Caerleon,office@gmail.com,school-user',
      '6709999,9999999,Nowhere,office@nowhere.example.org,school-user',
      '680la,680LLLL,Newport,transfers@newport.example.org,school-user',
      '6814049,6814049,Last,office@last.example.org,school-user',
    ]
    await cts(written(HEAD + rows.join('\n')), '--to', to)
    assert.equal(remarked.length, 5)
    assert.match(remarked[0]!, /^Row 3 \(6804020\) was not taken\. The username 6804020 was given before/)
    assert.match(remarked[1]!, /^Row 4 \(6804059\) was not taken\. gmail\.com is for private e-mail/)
    assert.match(remarked[2]!, /^Row 5 /)
    assert.match(remarked[3]!, /^Row 6 \(680la\) was not taken\. A person of 680LLLL cannot have the role/)
    assert.equal(remarked[4], '2 of 6 accounts were taken.')
    const taken = parse(readFileSync(to), { columns: true }) as Record<string, string>[]
    assert.deepEqual(
      taken.map(({ username }) => username),
      ['6804025', '6814049'],
    )
  })

  test('another file, a password file that is there, or none: nothing is done', async () => {
    const before = await people()
    await assert.rejects(cts(written('a,b\n1,2\n'), '--to', newFile()), /with the columns username/)
    await assert.rejects(cts(written(TWO)), /--to FILE/)
    const there = written('mine')
    await assert.rejects(cts(written(TWO), '--to', there))
    assert.equal(readFileSync(there, 'utf8'), 'mine')
    assert.deepEqual(await people(), before)
    const never = newFile()
    await assert.rejects(cts(written('a,b\n1,2\n'), '--to', never))
    assert.ok(!existsSync(never))
  })

  test('each stands in the audit by its id, as the operator', async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::integer as n from kit.audit a join accounts.person p on p.id = a.subject
      where a.action = 'accounts.import-shared' and a.actor_kind = 'operator' and a.outcome = 'done'`.execute(
      server.world.db,
    )
    assert.equal(rows[0]!.n, (await people()).length)
  })
})
