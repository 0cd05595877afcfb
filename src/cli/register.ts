import { accessSync, constants, statSync } from 'node:fs'
import { Command, Option } from 'commander'
import { importRegister, setOrganisation } from '../establishments/index.ts'
import type { OrganisationChanges, ImportRequest } from '../establishments/index.ts'
import { wordsOf } from '../kit/i18n.ts'
import { Refusal } from '../kit/refusal.ts'
import type { World } from '../world.ts'
import { EXIT_USAGE, TERMINAL, type Surroundings } from './operator.ts'
import { reportLines } from './register-report.ts'

/** What these commands use of the world. */
type Needed = Pick<World, 'db' | 'audit' | 'clock'>

type Own = Surroundings<Needed>

const words = wordsOf('en')

/** `cts register`: the register of schools and authorities. */
export function registerCommand(surroundings: Own = TERMINAL): Command {
  return new Command('register')
    .description(words('register.help.register'))
    .addCommand(importCommand(surroundings))
    .addCommand(setCommand(surroundings))
}

interface ImportOptions {
  links?: string
  dryRun?: true
  json?: true
}

function importCommand({ operator, print }: Own): Command {
  return new Command('import')
    .description(words('register.help.import'))
    .argument('<file>', words('register.help.file'))
    .option('--links <file>', words('register.help.links'))
    .option('--dry-run', words('register.help.dryRun'))
    .option('--json', words('register.help.json'))
    .action(async (file: string, { links, dryRun, json }: ImportOptions, command: Command) => {
      for (const path of [file, links]) if (path !== undefined) mustBeFile(path, command)
      const request: ImportRequest = { file, links: links ?? null, dryRun: dryRun ?? false }
      await operator(async (world) => {
        const report = await importRegister(world, request)
        if (json) print(JSON.stringify(report))
        else for (const line of reportLines(report, words)) print(line)
      })
    })
}

/** A file that cannot be opened is wrong usage; said before the database is touched. */
function mustBeFile(path: string, command: Command): void {
  try {
    accessSync(path, constants.R_OK)
    if (statSync(path).isFile()) return
  } catch {
    // said below, as for what is no file
  }
  command.error(`cts: ${words('register.unopenable', { path })}`, { exitCode: EXIT_USAGE })
}

interface SetOptions extends OrganisationChanges {
  json?: true
}

function setCommand({ operator, print }: Own): Command {
  return new Command('set')
    .description(words('register.help.set'))
    .argument('<code>', words('client.help.organisation'))
    .option('--email <address>', words('register.help.email'))
    .addOption(
      new Option('--language <language>', words('register.help.language')).choices(['en', 'cy', 'both']),
    )
    .option('--name <name>', words('register.help.name'))
    .option('--town <town>', words('register.help.town'))
    .addOption(new Option('--status <status>', words('register.help.status')).choices(['open', 'closed']))
    .option('--json', words('register.help.json'))
    .action(async (code: string, { json, ...changes }: SetOptions, command: Command) => {
      if (Object.keys(changes).length === 0) {
        command.error(`cts: ${words('register.nothingToSet')}`, { exitCode: EXIT_USAGE })
      }
      await operator((world) => set(world, code.toUpperCase(), changes, json ?? false, print))
    })
}

async function set(
  world: Needed,
  code: string,
  changes: OrganisationChanges,
  json: boolean,
  print: (line: string) => void,
): Promise<void> {
  try {
    const now = await setOrganisation(world, code, changes)
    const { nameEn: name, town, status, email, language } = now
    const shown = { code, name, town, status, email, language }
    print(
      json
        ? JSON.stringify(shown)
        : words('register.set', { ...shown, email: email ?? '–', town: town ?? '–' }),
    )
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'malformed') process.exitCode = EXIT_USAGE
    throw error
  }
}
