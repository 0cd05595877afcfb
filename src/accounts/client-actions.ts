import { z } from 'zod'
import { findEstablishments } from '../establishments/index.ts'
import type { Database } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import { createClient, newClientId } from './create-client.ts'
import { grantableRoles } from './members.ts'
import { endOverlap, revokeClient, rotateClient } from './rotate-client.ts'
import { findClient, listClients, secretsOf, type ClientRow } from './store.ts'
import { tellOfClient } from './tell-of-client.ts'

const clientId = z.string().regex(/^client-[\w-]{22}$/)
const ofClient = z.strictObject({ id: clientId })

const find = ({
  world: { db },
  input: { id },
}: {
  world: { db: Database }
  input: { id: string }
}): Promise<ClientRow | null> => findClient(db, id)

const business = ({ organisation }: ClientRow): string[] => [organisation]

/** The machine clients of the own organisation. */
export const browseClients = action({
  name: 'accounts.browse-clients',
  permission: 'manage-clients',
  input: z.strictObject({}),
  audited: 'refusals',
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (organisation) => [organisation],
  async run({ tx, subject: organisation }) {
    const clients = await listClients(tx, organisation)
    // the newest first, and those that were revoked last
    const order = (one: ClientRow): number => (one.revokedAt ? 1 : 0)
    return clients.reverse().sort((a, b) => order(a) - order(b))
  },
  auditSubject: () => null,
})

/** One machine client, with the secrets that work now. */
export const showClient = action({
  name: 'accounts.show-client',
  permission: 'manage-clients',
  input: ofClient,
  audited: 'refusals',
  find,
  business,
  run: async ({ tx, subject, now }) => ({ client: subject, secrets: await secretsOf(tx, subject.id, now) }),
  auditSubject: ({ id }) => id,
})

/** What a new client can be: an id that is used once, and the roles that may be given to it. */
export const offerNewClient = action({
  name: 'accounts.offer-client',
  permission: 'manage-clients',
  input: z.strictObject({}),
  audited: 'refusals',
  asksAgain: true,
  find: async ({ world, actor: { organisation } }) =>
    (await findEstablishments(world.db, [organisation])).get(organisation) ?? null,
  business: ({ code }) => [code],
  run: ({ subject, by }) =>
    Promise.resolve({ id: newClientId(), roles: [...grantableRoles(by, subject.kind)] }),
  auditSubject: () => null,
})

/**
 * Makes a machine client of the own organisation. A form that is sent twice makes one: the id is given out with it.
 * Throws what `createClient` throws; a role that is set up from above counts as one that does not fit.
 */
export const makeClient = action({
  name: 'accounts.create-client',
  permission: 'manage-clients',
  input: z.strictObject({
    id: clientId,
    name: z.string().max(300).default(''),
    role: z.string().max(60).default(''),
  }),
  asksAgain: true,
  find: async ({ world, actor: { organisation } }) =>
    (await findEstablishments(world.db, [organisation])).get(organisation) ?? null,
  business: ({ code }) => [code],
  async run({ world, tx, actor, input, subject: organisation, by, now }) {
    const roles = grantableRoles(by, organisation.kind)
    const role = roles.find((one) => one === input.role)
    if (!role) {
      const params = { code: organisation.code, role: input.role.slice(0, 40), roles: roles.join(', ') }
      throw new Refusal('unacceptable', 'client-role', { params })
    }
    const { id, name } = input
    const asked = { id, name, organisation: organisation.code, role, by: actor.id }
    const { secret } = await createClient(tx, asked, now)
    const client = (await findClient(tx, id))!
    await tellOfClient(world, tx, 'created', client, actor.name)
    return { client, secret, overlapEnds: null }
  },
  auditSubject: ({ id }) => id,
})

/** The page on which a new secret is made. */
export const offerRotation = action({
  ...showClient,
  name: 'accounts.offer-rotation',
  asksAgain: true,
})

/** Gives a client a new secret, and lets the former one work for some days more. */
export const rotate = action({
  name: 'accounts.rotate-client',
  permission: 'manage-clients',
  input: z.strictObject({
    id: clientId,
    // when the secret was made that is to be replaced: a form that is sent twice makes one
    seen: z.iso.datetime().transform((text) => new Date(text)),
  }),
  asksAgain: true,
  find,
  business,
  async run({ world, tx, actor, input: { id, seen }, now }) {
    const overlapDays = world.config.clientSecretOverlapDays
    const rotated = await rotateClient(tx, id, { overlapDays, seen, now })
    await tellOfClient(world, tx, 'rotated', rotated.client, actor.name)
    return rotated
  },
  auditSubject: ({ id }) => id,
})

/** Ends the former secrets of a client before their time. */
export const endFormer = action({
  name: 'accounts.end-overlap',
  permission: 'manage-clients',
  input: ofClient,
  find,
  business,
  run: ({ tx, input: { id }, now }) => endOverlap(tx, id, now),
  auditSubject: ({ id }) => id,
})

/** Ends a client with every token it holds. */
export const revoke = action({
  name: 'accounts.revoke-client',
  permission: 'manage-clients',
  input: ofClient,
  find,
  business,
  async run({ world, tx, actor, subject, now }) {
    if (subject.revokedAt) throw new Refusal('conflict', 'client-revoked')
    await revokeClient(tx, subject.id, now)
    await tellOfClient(world, tx, 'revoked', subject, actor.name)
    return subject
  },
  auditSubject: ({ id }) => id,
})
