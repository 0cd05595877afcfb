import { existsSync } from 'node:fs'
import { Command } from 'commander'
import {
  codesCsv,
  issueTo,
  lettersFile,
  lettersTo,
  listOrganisations,
  lockForCodes,
  openCodeHash,
  type IssuedCode,
  type ListedOrganisation,
} from '../approvers/index.ts'
import { approversOf } from '../accounts/index.ts'
import { ConfigurationError } from '../kit/config.ts'
import { wordsOf } from '../kit/i18n.ts'
import { originOf } from '../kit/origin.ts'
import { operate } from '../permissions/perform.ts'
import type { World } from '../world.ts'
import { TERMINAL, type RemarkingSurroundings } from './operator.ts'
import { writeSecretly } from './secret-file.ts'

/** What these commands use of the world. */
type Needed = Pick<World, 'db' | 'audit' | 'clock' | 'config' | 'mailer' | 'secrets'>

type Own = RemarkingSurroundings<Needed>

const words = wordsOf('en')

/** Organisations that are read at once: more than a register has. */
const MOST = 100_000

/** `cts approver`: codes by which organisations claim their approver role, and who approves where. */
export function approverCommand(surroundings: Own = TERMINAL): Command {
  return new Command('approver')
    .description(words('approverCommand.help.approver'))
    .addCommand(codesCommand(surroundings))
    .addCommand(listCommand(surroundings))
}

/** What `cts approver codes` is given. */
interface Asked {
  la?: string
  organisation?: string[]
  onlyMissing?: true
  csv: string
  letters?: string
}

function codesCommand({ operator, remark }: Own): Command {
  return new Command('codes')
    .description(words('approverCommand.help.codes'))
    .option('--la <number>', words('approverCommand.help.la'))
    .option('--organisation <code...>', words('approverCommand.help.organisation'))
    .option('--only-missing', words('approverCommand.help.onlyMissing'))
    .requiredOption('--csv <file>', words('approverCommand.help.csv'))
    .option('--letters <file>', words('approverCommand.help.letters'))
    .action(async ({ la, organisation: named = [], onlyMissing, csv, letters }: Asked, command: Command) => {
      if (la === undefined && named.length === 0)
        command.error(words('approverCommand.which'), { exitCode: 2 })
      for (const file of [csv, letters]) if (file && existsSync(file)) throw fileThere(file)
      await operator(async (world) => {
        const codes = named.map((code) => code.trim().toUpperCase())
        const meant = await meantBy(world, { la, codes })
        for (const code of codes.filter((code) => !meant.some((one) => one.code === code)))
          remark(words('approverCommand.unknown', { code }))
        const wanting = meant.filter((one) => isWanting(one, onlyMissing ?? false, remark))
        if (wanting.length === 0) return remark(words('approverCommand.none'))
        const issued = await issue(world, wanting)
        writeSecretly(csv, codesCsv(issued, words))
        if (letters) {
          const sheets = await lettersTo(world.db, issued, originOf(world.config))
          writeSecretly(letters, lettersFile(sheets, world.clock.now()))
        }
        const until = day(issued[0]!.expiresAt)
        remark(words('approverCommand.issued', { count: issued.length, until }))
      })
    })
}

/** The open organisations of an LA and those that are named, each once. */
async function meantBy(
  { db, clock }: Needed,
  { la, codes }: { la: string | undefined; codes: readonly string[] },
): Promise<ListedOrganisation[]> {
  const page = { limit: MOST, at: clock.now() }
  const found = [
    ...(la === undefined ? [] : await listOrganisations(db, { la }, page)),
    ...(codes.length > 0 ? await listOrganisations(db, { la: null, codes }, page) : []),
  ]
  return [...new Map(found.map((one) => [one.code, one])).values()]
}

function isWanting(
  { code, approvers, expiresAt }: ListedOrganisation,
  onlyMissing: boolean,
  remark: (line: string) => void,
): boolean {
  if (approvers > 0) remark(words('approverCommand.hasApprover', { code }))
  else if (onlyMissing && expiresAt) remark(words('approverCommand.hasCode', { code, until: day(expiresAt) }))
  else return true
  return false
}

async function issue(world: Needed, wanting: readonly ListedOrganisation[]): Promise<IssuedCode[]> {
  const codes = wanting.map(({ code }) => code)
  const subject = codes.length > 20 ? `${codes.length} organisations` : codes.join(' ')
  const now = world.clock.now()
  const hashes = await openCodeHash(world)
  return operate(world, 'approvers.issue-codes', subject, async (tx) => {
    await lockForCodes(tx, codes)
    return issueTo(world, tx, wanting, { hashes, by: 'operator', now })
  })
}

function listCommand({ operator, print }: Own): Command {
  return new Command('list')
    .description(words('approverCommand.help.list'))
    .option('--la <number>', words('approverCommand.help.la'))
    .option('--json', words('approverCommand.help.json'))
    .action(({ la, json }: { la?: string; json?: true }) =>
      operator(async ({ db, clock }) => {
        const at = clock.now()
        const listed = await listOrganisations(db, { la: la ?? null }, { limit: MOST, at })
        const rows = []
        for (const { code, nameEn, approvers, expiresAt } of listed) {
          const people = approvers > 0 ? await approversOf(db, code) : []
          const usernames = people.map(({ username }) => username)
          rows.push({ organisation: code, name: nameEn, approvers: usernames, code_until: expiresAt })
        }
        if (json) return print(JSON.stringify(rows))
        for (const { organisation, name, approvers, code_until: until } of rows) {
          const open = until ? `  ${words('approverCommand.open', { until: day(until) })}` : ''
          const who = approvers.join(', ') || words('approverCommand.nobody')
          print(`${organisation}  ${name}  ${who}${open}`)
        }
      }),
    )
}

const fileThere = (path: string): ConfigurationError =>
  new ConfigurationError(words('approverCommand.fileThere', { path }))

const day = (at: Date): string => at.toISOString().slice(0, 10)
