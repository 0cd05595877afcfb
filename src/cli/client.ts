import { Command } from 'commander'
import {
  createClient,
  findClient,
  listClients,
  newClientId,
  revokeClient,
  rotateClient,
  tellOfClient,
  type ClientRow,
} from '../accounts/index.ts'
import { wordsOf } from '../kit/i18n.ts'
import { operate } from '../permissions/perform.ts'
import type { World } from '../world.ts'
import { TERMINAL, type RemarkingSurroundings } from './operator.ts'

/** What these commands use of the world. */
type Needed = Pick<World, 'db' | 'audit' | 'clock' | 'config' | 'mailer'>

type Own = RemarkingSurroundings<Needed>

const words = wordsOf('en')

/** `cts client`: makes, lists and revokes the machine clients by which systems of organisations use the API. */
export function clientCommand(surroundings: Own = TERMINAL): Command {
  return new Command('client')
    .description(words('client.help.client'))
    .addCommand(createCommand(surroundings))
    .addCommand(listCommand(surroundings))
    .addCommand(rotateCommand(surroundings))
    .addCommand(revokeCommand(surroundings))
}

function createCommand({ operator, print, remark }: Own): Command {
  return new Command('create')
    .description(words('client.help.create'))
    .requiredOption('--name <name>', words('client.help.name'))
    .requiredOption('--organisation <code>', words('client.help.organisation'))
    .requiredOption('--role <role>', words('client.help.role'))
    .option('--json', words('client.help.alwaysJson'))
    .action((asked: { name: string; organisation: string; role: string }) =>
      operator(async (world) => {
        const id = newClientId()
        const now = world.clock.now()
        const created = await operate(world, 'accounts.create-client', id, async (tx) => {
          const made = await createClient(tx, { id, ...asked }, now)
          await tellOfClient(world, tx, 'created', (await findClient(tx, id))!, null)
          return made
        })
        print(JSON.stringify({ client_id: id, client_secret: created.secret }))
        const { code, status } = created.organisation
        if (status === 'closed') remark(words('client.closed', { code }))
      }),
    )
}

function listCommand({ operator, print }: Own): Command {
  return new Command('list')
    .description(words('client.help.list'))
    .option('--organisation <code>', words('client.help.organisation'))
    .option('--json', words('client.help.json'))
    .action(({ organisation, json }: { organisation?: string; json?: true }) =>
      operator(async ({ db }) => {
        const clients = await listClients(db, organisation?.toUpperCase() ?? null)
        if (json) print(JSON.stringify(clients.map(asJson)))
        else for (const client of clients) print(asLine(client))
      }),
    )
}

function rotateCommand({ operator, print, remark }: Own): Command {
  return new Command('rotate')
    .description(words('client.help.rotate'))
    .argument('<id>', words('client.help.id'))
    .option('--json', words('client.help.alwaysJson'))
    .action((id: string) =>
      operator(async (world) => {
        const now = world.clock.now()
        const overlapDays = world.config.clientSecretOverlapDays
        const { secret, overlapEnds } = await operate(world, 'accounts.rotate-client', id, async (tx) => {
          const rotated = await rotateClient(tx, id, { overlapDays, seen: null, now })
          await tellOfClient(world, tx, 'rotated', rotated.client, null)
          return rotated
        })
        print(JSON.stringify({ client_id: id, client_secret: secret }))
        remark(words('client.rotated', { until: minute(overlapEnds) }))
      }),
    )
}

function revokeCommand({ operator, print }: Own): Command {
  return new Command('revoke')
    .description(words('client.help.revoke'))
    .argument('<id>', words('client.help.id'))
    .action((id: string) =>
      operator(async (world) => {
        const now = world.clock.now()
        await operate(world, 'accounts.revoke-client', id, async (tx) => {
          await revokeClient(tx, id, now)
          await tellOfClient(world, tx, 'revoked', (await findClient(tx, id))!, null)
        })
        print(words('client.revoked', { id }))
      }),
    )
}

function asJson({ id, name, organisation, role, createdAt, lastUsedAt, revokedAt }: ClientRow): object {
  return {
    client_id: id,
    name,
    organisation,
    role,
    created_at: createdAt,
    last_used_at: lastUsedAt,
    revoked_at: revokedAt,
  }
}

const minute = (at: Date): string => at.toISOString().slice(0, 16).replace('T', ' ')

function asLine({ id, name, organisation, role, lastUsedAt, revokedAt }: ClientRow): string {
  const used = lastUsedAt
    ? words('client.state.used', { at: minute(lastUsedAt) })
    : words('client.state.unused')
  const state = revokedAt ? words('client.state.revoked', { at: minute(revokedAt) }) : used
  return [id, organisation, role, name, state].join('  ')
}
