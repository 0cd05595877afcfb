import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { forEachDatabase, openTestWorld, type TestWorld } from '../../test/world.ts'
import { registerCommand } from './register.ts'

const GIAS = fileURLToPath(new URL('../establishments/test-data/gias.csv', import.meta.url))
const LINKS = fileURLToPath(new URL('../establishments/test-data/links.csv', import.meta.url))

forEachDatabase((name) => {
  let opened: TestWorld
  before(async () => {
    opened = await openTestWorld(name)
  })
  after(() => opened.close())

  async function cts(...args: string[]): Promise<string> {
    const lines: string[] = []
    const command = registerCommand({
      operator: (run) => run(opened.world),
      print: (line) => void lines.push(line),
    })
    for (const one of [command, ...command.commands])
      one.exitOverride().configureOutput({ writeErr: () => {} })
    await command.parseAsync(args, { from: 'user' })
    return lines.join('\n')
  }

  describe('cts register import', () => {
    test('prints as a dry run what it would do, bad rows line by line', async () => {
      const text = await cts('import', GIAS, '--links', LINKS, '--dry-run')
      assert.match(text, /^Read as a GIAS extract in windows-1252: 18 rows, 13 schools taken\.$/m)
      assert.match(text, /^ {2}line 11: the LA and establishment numbers/m)
      assert.match(text, /^ {2}2022001 St Cedd’s Primary School$/m)
      assert.match(text, /^ {4}URN: – → 900009$/m)
      assert.match(text, /^ {2}2022013 → 2022012 amalgamated$/m)
      assert.match(text, /^Dry run: nothing was changed\.$/m)
    })

    test('imports, and gives it all as JSON; what was set by hand is a conflict from then on', async () => {
      const report = JSON.parse(await cts('import', GIAS, '--json')) as {
        dryRun: boolean
        created: { code: string }[]
      }
      assert.equal(report.dryRun, false)
      assert.ok(report.created.some((one) => one.code === '2022001'))
      await cts('set', '2022001', '--name', 'Our St Cedd’s')
      const text = await cts('import', GIAS, '--dry-run')
      assert.match(
        text,
        /2022001 Our St Cedd’s, name: kept Our St Cedd’s, the file has St Cedd’s Primary School/,
      )
    })

    test('a file that is not there, no file and an unknown option are wrong usage', async () => {
      await assert.rejects(cts('import', '/nowhere/gias.csv'), { exitCode: 2 })
      await assert.rejects(cts('import', GIAS, '--links', '/nowhere/links.csv'), { exitCode: 2 })
      await assert.rejects(cts('import'), { code: 'commander.missingArgument' })
    })

    test('a file of another form is refused', async () => {
      await assert.rejects(cts('import', fileURLToPath(import.meta.url)), { code: 'register-columns' })
    })
  })

  describe('cts register set', () => {
    test('sets an address and says how the organisation stands now', async () => {
      const text = await cts('set', '680llll', '--email', 'ctf@newport.example', '--language', 'cy')
      assert.equal(text, '680LLLL Newport, –: open, e-mail ctf@newport.example, language cy.')
      const json = JSON.parse(await cts('set', '6804020', '--status', 'closed', '--json')) as object
      assert.deepEqual(json, {
        code: '6804020',
        name: 'The John Frost School',
        town: 'Newport',
        status: 'closed',
        email: null,
        language: 'both',
      })
    })

    test('wrong values are wrong usage, an unknown code is a no', async () => {
      const before = process.exitCode
      try {
        await assert.rejects(cts('set', '6804020', '--email', 'nobody'), { code: 'email-address' })
        assert.equal(process.exitCode, 2)
        process.exitCode = before
        await assert.rejects(cts('set', '6809999', '--email', 'a@b.example'), {
          code: 'organisation-unknown',
        })
        assert.equal(process.exitCode, before)
      } finally {
        process.exitCode = before
      }
      await assert.rejects(cts('set', '6804020'), { exitCode: 2 })
      await assert.rejects(cts('set', '6804020', '--language', 'fr'), { code: 'commander.invalidArgument' })
    })
  })
})
