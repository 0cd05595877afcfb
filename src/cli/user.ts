import { Command, Option } from 'commander'
import {
  archivePerson,
  createPerson,
  findPersonId,
  listPeople,
  livePerson,
  newPersonId,
  noteAccountEvent,
  restorePerson,
  sendInvitation,
  type PersonRow,
} from '../accounts/index.ts'
import { stateOf } from '../accounts/rules.ts'
import type { Tx } from '../kit/database.ts'
import { LANGUAGES, wordsOf, type Language } from '../kit/i18n.ts'
import { originOf } from '../kit/origin.ts'
import { Refusal } from '../kit/refusal.ts'
import { operate } from '../permissions/perform.ts'
import type { World } from '../world.ts'
import { TERMINAL, type RemarkingSurroundings } from './operator.ts'
import { importCommand } from './user-import.ts'

/** What these commands use of the world. */
type Needed = Pick<World, 'db' | 'audit' | 'clock' | 'config' | 'mailer'>

type Own = RemarkingSurroundings<Needed>

const words = wordsOf('en')

/** `cts user`: adds, lists, invites and archives the people who sign in. */
export function userCommand(surroundings: Own = TERMINAL): Command {
  return new Command('user')
    .description(words('user.help.user'))
    .addCommand(createCommand(surroundings))
    .addCommand(listCommand(surroundings))
    .addCommand(inviteCommand(surroundings))
    .addCommand(archiveCommand(surroundings))
    .addCommand(restoreCommand(surroundings))
    .addCommand(factorsCommand(surroundings))
    .addCommand(importCommand(surroundings))
}

/** What `cts user create` is given. */
interface Asked {
  username: string
  name: string
  email: string
  organisation: string
  role?: string
  approver?: true
  language: Language
  json?: true
}

function createCommand(own: Own): Command {
  return new Command('create')
    .description(words('user.help.create'))
    .requiredOption('--username <username>', words('user.help.username'))
    .requiredOption('--name <name>', words('user.help.name'))
    .requiredOption('--email <email>', words('user.help.email'))
    .requiredOption('--organisation <code>', words('user.help.organisation'))
    .option('--role <role>', words('user.help.role'))
    .option('--approver', words('user.help.approver'))
    .addOption(
      new Option('--language <language>', words('user.help.language')).choices(LANGUAGES).default('en'),
    )
    .option('--json', words('user.help.json'))
    .action(({ role, approver, json, ...asked }: Asked) =>
      own.operator(async (world) => {
        const id = newPersonId()
        const now = world.clock.now()
        const made = await operate(world, 'accounts.create-person', id, async (tx) => {
          const person = { id, ...asked, role: role ?? null, approver: approver ?? false }
          const { organisation } = await createPerson(tx, person, now, world.config)
          const member = { id, organisation: organisation.code }
          await noteAccountEvent(tx, member, { event: 'created', by: 'operator', at: now })
          return { organisation, link: await makeLink(world, tx, id, now) }
        })
        tellLink(own, made.link, json)
        const { code, status } = made.organisation
        if (status === 'closed') own.remark(words('user.closed', { code }))
      }),
    )
}

function listCommand({ operator, print }: Own): Command {
  return new Command('list')
    .description(words('user.help.list'))
    .option('--organisation <code>', words('user.help.organisation'))
    .option('--json', words('user.help.json'))
    .action(({ organisation, json }: { organisation?: string; json?: true }) =>
      operator(async ({ db }) => {
        const people = await listPeople(db, organisation?.toUpperCase() ?? null)
        if (json) print(JSON.stringify(people.map(asJson)))
        else for (const person of people) print(asLine(person))
      }),
    )
}

function inviteCommand(own: Own): Command {
  return new Command('invite')
    .description(words('user.help.invite'))
    .argument('<username>', words('user.help.username'))
    .option('--json', words('user.help.json'))
    .action((username: string, { json }: { json?: true }) =>
      own.operator(async (world) => {
        const now = world.clock.now()
        const link = await onPerson(world, 'accounts.invite-person', username, (tx, id) =>
          makeLink(world, tx, id, now),
        )
        tellLink(own, link, json)
      }),
    )
}

function archiveCommand({ operator, print }: Own): Command {
  return new Command('archive')
    .description(words('user.help.archive'))
    .argument('<username>', words('user.help.username'))
    .action((username: string) =>
      operator(async (world) => {
        const now = world.clock.now()
        await onPerson(world, 'accounts.archive-person', username, (tx, id) => archivePerson(tx, id, now))
        print(words('user.archived', { username }))
      }),
    )
}

function restoreCommand({ operator, print }: Own): Command {
  return new Command('restore')
    .description(words('user.help.restore'))
    .argument('<username>', words('user.help.username'))
    .action((username: string) =>
      operator(async (world) => {
        const now = world.clock.now()
        const restored = await onPerson(world, 'accounts.restore-person', username, (tx, id) =>
          restorePerson(tx, id, now),
        )
        for (const { organisation: code, given, missing } of restored) {
          print(words('user.restored', { username, code, roles: given.join(', ') || '-' }))
          if (missing.length > 0) print(words('user.notRestored', { code, roles: missing.join(', ') }))
        }
      }),
    )
}

function factorsCommand({ operator, print }: Own): Command {
  return new Command('factors')
    .description(words('user.help.factors'))
    .argument('<username>', words('user.help.username'))
    .option('--remove', words('user.help.remove'))
    .action((username: string, { remove = false }: { remove?: boolean }) =>
      operator(async (world) => {
        // loaded only here: it opens what other commands do without
        const { helpWithFactors } = await import('../secure-access/index.ts')
        const action = remove ? 'secure-access.remove-factors' : 'secure-access.list-factors'
        const factors = await onPerson(world, action, username, (tx, person) =>
          helpWithFactors(world, tx, { person, remove }),
        )
        if (factors.length === 0) print(words('user.factors.none', { username }))
        else if (remove) print(words('user.factors.removed', { username, number: factors.length }))
        else
          for (const { kind, name, createdAt } of factors) print(`${kind}  ${name}  ${minute(createdAt)} UTC`)
      }),
    )
}

/** Does something to the person of a username, in any letter case; refuses one that nobody has. */
async function onPerson<T>(
  world: Needed,
  action: string,
  username: string,
  run: (tx: Tx, id: string) => Promise<T>,
): Promise<T> {
  const id = await findPersonId(world.db, username)
  return operate(world, action, id, (tx) => {
    if (id === null) throw new Refusal('not-found', 'person-unknown')
    return run(tx, id)
  })
}

/** A link that was made and queued to be mailed. */
interface Link {
  link: string
  expiresAt: Date
  /** Where the service is reached, as the link says. */
  origin: string
  username: string
  email: string
}

async function makeLink(world: Needed, tx: Tx, person: string, now: Date): Promise<Link> {
  const publicUrl = originOf(world.config)
  const sent = await sendInvitation(world, tx, { person, publicUrl, now })
  const { username, email } = (await livePerson(tx, person))!
  return { ...sent, origin: publicUrl, username, email }
}

/** Prints a link this once, and nothing else to where it may be piped from. */
function tellLink({ print, remark }: Own, made: Link, json: true | undefined): void {
  const { link, expiresAt, origin, username, email } = made
  print(json ? JSON.stringify({ username, activation_link: link, expires_at: expiresAt }) : link)
  remark(words('user.invited', { until: minute(expiresAt), email }))
  if (/^http:\/\/(0\.0\.0\.0|\[::\])|:0$/.test(origin)) remark(words('user.unreachable', { origin }))
}

const minute = (at: Date): string => at.toISOString().slice(0, 16).replace('T', ' ')

function asJson(person: PersonRow): object {
  const { id, username, name, email, language, organisation, roles, approver } = person
  const { createdAt, activatedAt, archivedAt } = person
  return {
    id,
    username,
    name,
    email,
    language,
    organisation,
    roles,
    approver,
    state: stateOf(person),
    created_at: createdAt,
    activated_at: activatedAt,
    archived_at: archivedAt,
  }
}

function asLine(person: PersonRow): string {
  const { username, name, email, organisation, roles, approver, activatedAt, endedAt } = person
  const at = endedAt ?? activatedAt
  const state = words(`user.state.${stateOf(person)}`, at ? { at: minute(at) } : {})
  const held = [...roles, ...(approver ? [words('user.approver')] : [])].join(', ') || '-'
  return [username, organisation, held, name, email, state].join('  ')
}
