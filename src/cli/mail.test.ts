import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CommanderError } from 'commander'
import { openTestWorld, type TestWorld } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import { mailCommand } from './mail.ts'

let testWorld: TestWorld

before(async () => {
  testWorld = await openTestWorld('embedded')
  const { db, mailer } = testWorld.world
  await db.transaction().execute((tx) => {
    const to = (['one', 'two', 'three'] as const).map((name) => ({
      address: `${name}@school.invalid`,
      name,
      language: 'en' as const,
    }))
    const params = { file: 'f', source: 's', destination: 'd' }
    return mailer.queue(tx, [{ to, template: 'awaiting', params, about: 'file1' }])
  })
  await sql`update kit.mail set state = 'dead', attempts = 1, last_error = '550 no such user'
    where to_address like 'one%'`.execute(db)
  await sql`update kit.mail set state = 'uncertain', last_error = 'interrupted'
    where to_address like 'two%'`.execute(db)
})
after(() => testWorld.close())

/** Runs `cts mail …` and gives its lines and exit status. */
async function run(...args: string[]): Promise<{ lines: string[]; status: number }> {
  const lines: string[] = []
  const command = mailCommand({
    operator: (work) => work(testWorld.world),
    print: (line) => lines.push(...line.split('\n')),
  })
  for (const one of [command, ...command.commands]) {
    one.exitOverride().configureOutput({ writeErr: (text) => lines.push(text.trim()) })
  }
  try {
    await command.parseAsync(args, { from: 'user' })
    return { lines, status: 0 }
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return { lines, status: error.exitCode }
  }
}

async function listed(...args: string[]): Promise<{ id: string; state: string; to: string }[]> {
  const { lines } = await run('list', '--json', ...args)
  return JSON.parse(lines.join('\n')) as { id: string; state: string; to: string }[]
}

test('lists what was not sent, in all states or one, as lines or JSON', async () => {
  assert.deepEqual((await listed()).map(({ state }) => state).sort(), ['dead', 'queued', 'uncertain'])
  assert.deepEqual(
    (await listed('--state', 'dead')).map(({ to }) => to),
    ['one@school.invalid'],
  )
  const { lines } = await run('list')
  assert.equal(lines.length, 5)
  assert.match(lines.join('\n'), /could not be sent {2}one@school\.invalid {2}awaiting, about file1/)
  assert.match(lines.join('\n'), /tried once; last answer: 550 no such user/)
  const few = await run('list', '--limit', '1')
  assert.match(few.lines.at(-1)!, /There are more/)
})

test('wrong usage is 2, a number that is not in the list 1', async () => {
  assert.equal((await run('retry')).status, 2)
  assert.equal((await run('retry', 'x', '--all-dead')).status, 2)
  const unknown = await run('retry', 'no-such-mail')
  assert.equal(unknown.status, 1)
  assert.match(unknown.lines.join('\n'), /no-such-mail/)
})

test('an e-mail that may have arrived is sent again by its number, those that failed all at once, and both are audited', async () => {
  const [uncertain] = await listed('--state', 'uncertain')
  assert.deepEqual(await run('retry', uncertain!.id), { lines: ['1 e-mail will be sent again.'], status: 0 })
  assert.deepEqual(await run('retry', '--all-dead'), { lines: ['1 e-mail will be sent again.'], status: 0 })
  assert.deepEqual(
    (await listed()).map(({ state }) => state),
    ['queued', 'queued', 'queued'],
  )
  const { rows } =
    await sql`select outcome from kit.audit where action = 'mail.retry' order by outcome`.execute(
      testWorld.world.db,
    )
  assert.ok(rows.length >= 2)
})
