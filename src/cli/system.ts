import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { wordsOf } from '../kit/i18n.ts'
import { operate } from '../permissions/perform.ts'
import {
  changeSystem,
  createSystem,
  listSystemRows,
  readSystem,
  removeSystem,
  rotateSecret,
  type SystemRow,
  type SystemSecret,
} from '../systems/index.ts'
import type { World } from '../world.ts'
import { TERMINAL, type RemarkingSurroundings } from './operator.ts'

/** What these commands use of the world. */
type Needed = Pick<World, 'db' | 'audit' | 'clock' | 'config'>

type Own = RemarkingSurroundings<Needed>

const words = wordsOf('en')

/** `cts system`: connects the systems that people open with their sign-in at Secure Access, such as COLLECT. */
export function systemCommand(surroundings: Own = TERMINAL): Command {
  return new Command('system')
    .description(words('systemCommand.help.system'))
    .addCommand(createCommand(surroundings))
    .addCommand(changeCommand(surroundings))
    .addCommand(listCommand(surroundings))
    .addCommand(rotateCommand(surroundings))
    .addCommand(removeCommand(surroundings))
}

function createCommand({ operator, print, remark }: Own): Command {
  return new Command('create')
    .description(words('systemCommand.help.create'))
    .argument('<file>', words('systemCommand.help.file'))
    .action((path: string) =>
      operator(async (world) => {
        const file = readSystem(readText(path))
        const now = world.clock.now()
        const made = await operate(world, 'systems.create', file.code, (tx) => createSystem(tx, file, now))
        print(asSecret(made))
        remark(words('systemCommand.created', { name: file.name }))
      }),
    )
}

function changeCommand({ operator, remark }: Own): Command {
  return new Command('change')
    .description(words('systemCommand.help.change'))
    .argument('<file>', words('systemCommand.help.file'))
    .action((path: string) =>
      operator(async (world) => {
        const file = readSystem(readText(path))
        const count = await operate(world, 'systems.change', file.code, (tx) => changeSystem(tx, file))
        remark(words('systemCommand.changed', { name: file.name, count }))
      }),
    )
}

function listCommand({ operator, print }: Own): Command {
  return new Command('list')
    .description(words('systemCommand.help.list'))
    .option('--json', words('systemCommand.help.json'))
    .action(({ json }: { json?: true }) =>
      operator(async ({ db, clock }) => {
        const systems = await listSystemRows(db, clock.now())
        if (json) print(JSON.stringify(systems.map(asJson)))
        else for (const system of systems) print(asLine(system))
      }),
    )
}

function rotateCommand({ operator, print, remark }: Own): Command {
  return new Command('rotate')
    .description(words('systemCommand.help.rotate'))
    .argument('<code>', words('systemCommand.help.code'))
    .action((code: string) =>
      operator(async (world) => {
        const now = world.clock.now()
        const overlapDays = world.config.clientSecretOverlapDays
        const made = await operate(world, 'systems.rotate-secret', code, (tx) =>
          rotateSecret(tx, code, { now, overlapDays }),
        )
        print(asSecret(made))
        remark(words('systemCommand.rotated', { count: overlapDays }))
      }),
    )
}

function removeCommand({ operator, remark }: Own): Command {
  return new Command('remove')
    .description(words('systemCommand.help.remove'))
    .argument('<code>', words('systemCommand.help.code'))
    .action((code: string) =>
      operator(async (world) => {
        const now = world.clock.now()
        await operate(world, 'systems.remove', code, (tx) => removeSystem(tx, code, now))
        remark(words('systemCommand.removed', { code }))
      }),
    )
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new Error(words('systemCommand.unreadable', { file: path }))
  }
}

/** Printed this once: the secret stands nowhere else. */
function asSecret({ clientId, secret }: SystemSecret): string {
  return JSON.stringify({ client_id: clientId, client_secret: secret })
}

function asJson(system: SystemRow): object {
  return {
    code: system.code,
    name: system.nameEn,
    url: system.url,
    client_id: system.clientId,
    people: system.people,
    created_at: system.createdAt,
    former_secret_until: system.formerSecretUntil,
    removed_at: system.removedAt,
  }
}

function asLine({ code, clientId, nameEn, people, removedAt }: SystemRow): string {
  const state = removedAt
    ? words('systemCommand.state.removed', { at: removedAt.toISOString().slice(0, 10) })
    : words('systemCommand.state.used', { count: people })
  return [code, clientId, nameEn, state].join('  ')
}
