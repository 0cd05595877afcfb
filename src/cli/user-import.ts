import { appendFileSync, readFileSync } from 'node:fs'
import { Command } from 'commander'
import { CsvError, parse } from 'csv-parse/sync'
import { z } from 'zod'
import { createPerson, invite, markShared, newPersonId, redeemInvitation } from '../accounts/index.ts'
import { newCode } from '../approvers/index.ts'
import { showCode } from '../approvers/rules.ts'
import { ConfigurationError } from '../kit/config.ts'
import { csvLine } from '../kit/csv.ts'
import type { Tx } from '../kit/database.ts'
import { wordsOf } from '../kit/i18n.ts'
import { problemOf } from '../kit/problem.ts'
import { Refusal } from '../kit/refusal.ts'
import { operate } from '../permissions/perform.ts'
import type { World } from '../world.ts'
import type { RemarkingSurroundings } from './operator.ts'
import { writeSecretly } from './secret-file.ts'

/** What the command uses of the world. */
type Needed = Pick<World, 'db' | 'audit' | 'clock' | 'config'>

/** The same, and what sets a password. */
type Taking = Needed & Pick<typeof import('../secure-access/index.ts'), 'setPassword'>

const words = wordsOf('en')

const DAY = 24 * 60 * 60 * 1000

/** Columns that the file has, in any order. */
const COLUMNS = ['username', 'organisation', 'name', 'email', 'role'] as const

const ROW = z.object(
  Object.fromEntries(COLUMNS.map((name) => [name, z.string()])) as Record<
    (typeof COLUMNS)[number],
    z.ZodString
  >,
)
type Row = z.infer<typeof ROW>

/** Stops a transaction that was tried only. */
class Undone extends Error {}

/**
 * `cts user import`: takes the shared accounts that schools have, such as 6804020, with a one-time password each, so that
 * their holders can claim the approver role; that ends them. Rows that cannot be taken are listed, the others are taken.
 */
export function importCommand({ operator, remark }: RemarkingSurroundings<Needed>): Command {
  return new Command('import')
    .description(words('user.help.import'))
    .argument('<file>', words('user.help.importFile'))
    .option('--to <file>', words('user.help.importTo'))
    .option('--dry-run', words('user.help.dryRun'))
    .action(async (file: string, { to, dryRun }: { to?: string; dryRun?: true }, command: Command) => {
      if (!to && !dryRun) command.error(words('user.import.where'), { exitCode: 2 })
      const rows = readRows(file)
      // loaded only here: it opens what other commands do without
      const { setPassword } = await import('../secure-access/index.ts')
      if (to && !dryRun) writeSecretly(to, csvLine(['username', 'organisation', 'one_time_password']))
      let taken = 0
      await operator(async (world) => {
        const taking = { ...world, setPassword }
        for (const [index, row] of rows.entries()) {
          try {
            const password = dryRun ? await attempt(taking, row) : await take(taking, row)
            taken += 1
            if (to && !dryRun) appendFileSync(to, csvLine([row.username.trim(), row.organisation, password]))
          } catch (error) {
            if (!(error instanceof Refusal)) throw error
            const { title, detail } = problemOf(error, 'en')
            const { username } = row
            remark(words('user.import.refused', { row: index + 2, username, title, detail }))
          }
        }
      })
      const key = dryRun ? 'user.import.would' : 'user.import.taken'
      remark(words(key, { count: taken, all: rows.length }))
    })
}

/** The rows of the file. Throws ConfigurationError when it cannot be read as such. */
function readRows(file: string): Row[] {
  try {
    const read = parse(readFileSync(file), { bom: true, columns: true, trim: true, skip_empty_lines: true })
    return z.array(ROW).parse(read)
  } catch (error) {
    if (error instanceof CsvError || error instanceof z.ZodError)
      throw new ConfigurationError(words('user.import.columns', { columns: COLUMNS.join(', ') }))
    throw error
  }
}

/** Takes an account; gives its one-time password. */
async function take(world: Taking, row: Row): Promise<string> {
  const id = newPersonId()
  return operate(world, 'accounts.import-shared', id, (tx) => insert(world, tx, id, row))
}

/** Says whether an account could be taken, and takes it not; gives what would be no password. */
async function attempt(world: Taking, row: Row): Promise<string> {
  try {
    await world.db.transaction().execute(async (tx) => {
      await insert(world, tx, newPersonId(), row)
      throw new Undone()
    })
  } catch (error) {
    if (!(error instanceof Undone)) throw error
  }
  return ''
}

async function insert(
  { config, clock, setPassword }: Taking,
  tx: Tx,
  id: string,
  { role, ...person }: Row,
): Promise<string> {
  const now = clock.now()
  // what several people use may have a mailbox that several read
  const lists = { ...config, genericMailboxes: [] }
  await createPerson(tx, { id, ...person, role: role === '' ? null : role, approver: false }, now, lists)
  await markShared(tx, id)
  // no link is mailed: the one-time password is what lets its holders in
  const { token } = await invite(tx, id, now)
  await redeemInvitation(tx, token, now)
  const password = showCode(newCode())
  const goodUntil = new Date(now.getTime() + config.approverCodeDays * DAY)
  await setPassword(tx, id, password, { mustChange: true, goodUntil }, now)
  return password
}
