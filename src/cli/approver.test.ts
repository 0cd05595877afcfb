import assert from 'node:assert/strict'
import { readFileSync, statSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { newPerson } from '../../test/visitor.ts'
import { forEachDatabase, openTestWorld, type TestWorld } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import { approverCommand } from './approver.ts'

forEachDatabase((name) => {
  let opened: TestWorld
  let printed: string[]
  let remarked: string[]
  let files = 0
  before(async () => {
    opened = await openTestWorld(name)
    await newPerson(opened, { organisation: '6804020', role: 'school-user', approver: true })
  })
  after(() => opened.close())
  beforeEach(() => {
    opened.clock.advance(1000)
    printed = []
    remarked = []
  })

  const newFile = (ending: string): string => join(opened.config.dataDir, `codes${(files += 1)}.${ending}`)
  /** Runs `cts approver …`. */
  async function cts(...args: string[]): Promise<void> {
    const command = approverCommand({
      operator: (run) => run(opened.world),
      print: (line) => printed.push(line),
      remark: (line) => remarked.push(line),
    })
    for (const one of [command, ...command.commands])
      one.exitOverride().configureOutput({ writeErr: () => {} })
    await command.parseAsync(args, { from: 'user' })
  }
  const rowsOf = (path: string): Record<string, string>[] =>
    parse(readFileSync(path), { bom: true, columns: true })
  const openCodes = async (): Promise<number> => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::integer as n from approvers.code where claimed_at is null and withdrawn_at is null`.execute(
      opened.world.db,
    )
    return rows[0]!.n
  }

  test('codes for an LA go into a CSV and letters that only their owner may read, and into no list', async () => {
    const [csv, letters] = [newFile('csv'), newFile('html')]
    await cts('codes', '--la', '680', '--csv', csv, '--letters', letters)
    for (const file of [csv, letters]) assert.equal(statSync(file).mode & 0o777, 0o600)
    const rows = rowsOf(csv)
    const html = readFileSync(letters, 'utf8')
    assert.equal(rows.length, await openCodes())
    assert.ok(rows.some((row) => row['Number'] === '680LLLL'))
    assert.ok(!rows.some((row) => row['Number'] === '6804020'), 'it has an approver')
    for (const { Code: code } of rows) assert.ok(html.includes(code!), code)
    assert.ok(!/<(link|script)|src=/.test(html), 'it needs nothing but itself')
    assert.ok(html.includes('@page'))
    assert.ok(remarked.includes('6804020 has an approver, so it was issued no code.'))
    assert.match(
      remarked.at(-1)!,
      new RegExp(`^${rows.length} codes were issued; they can be used until 2026-12-03`),
    )
    await cts('list', '--la', '680')
    assert.ok(!printed.some((line) => rows.some(({ Code: code }) => line.includes(code!))))
    assert.ok(
      printed.some((line) => /^6804020 {2}The John Frost School {2}person\d+$/.test(line)),
      printed[0],
    )
    assert.ok(printed.includes('680LLLL  Newport  no approver  code until 2026-12-03'))
  })

  test('--only-missing leaves alone whoever has a code; without it the code is replaced', async () => {
    const first = newFile('csv')
    await cts('codes', '--organisation', '6814039', '--csv', first)
    const before = await openCodes()
    opened.clock.advance(1000)
    await cts('codes', '--organisation', '6814039', '--only-missing', '--csv', newFile('csv'))
    assert.deepEqual(remarked.slice(-2), [
      '6814039 has a code that can be used until 2026-12-03, so it was issued none.',
      'No code was issued: none of the organisations needs one.',
    ])
    const second = newFile('csv')
    await cts('codes', '--organisation', '6814039', '680llll', 'nowhere', '--csv', second)
    assert.ok(remarked.includes('The register has no open organisation NOWHERE.'))
    assert.equal(await openCodes(), before)
    assert.notEqual(
      rowsOf(second).find((row) => row['Number'] === '6814039')!['Code'],
      rowsOf(first)[0]!['Code'],
    )
  })

  test('a file that is there is not written over, and then no code is issued', async () => {
    const csv = newFile('csv')
    await cts('codes', '--organisation', '6814039', '--csv', csv)
    const [text, before] = [readFileSync(csv, 'utf8'), await openCodes()]
    await assert.rejects(cts('codes', '--la', '681', '--csv', csv), /is there already/)
    assert.deepEqual([readFileSync(csv, 'utf8'), await openCodes()], [text, before])
    const other = newFile('csv')
    await assert.rejects(cts('codes', '--csv', other), /--la, --organisation/)
    assert.ok(!existsSync(other))
  })

  test('it stands in the audit as the operator', async () => {
    await cts('codes', '--organisation', '6814049', '--csv', newFile('csv'))
    const { rows } = await sql`
      select actor_kind as kind, outcome, subject from kit.audit
      where action = 'approvers.issue-codes' order by at desc limit 1`.execute(opened.world.db)
    assert.deepEqual(rows, [{ kind: 'operator', outcome: 'done', subject: '6814049' }])
  })
})
