import { z } from 'zod'
import { grantableRoles, lockPeople } from '../accounts/index.ts'
import { findEstablishments, kindOfCode } from '../establishments/index.ts'
import type { Querying, Tx } from '../kit/database.ts'
import { newId } from '../kit/ids.ts'
import { Refusal } from '../kit/refusal.ts'
import { listSystems, systemRolesFor } from '../systems/index.ts'
import type { World } from '../world.ts'
import { tellKeepers } from './announce.ts'
import { openRequestsOf } from './own-store.ts'
import { nextStage, OPEN_MOST, TEXT_MAX, type Kind, type Stage } from './rules.ts'
import { insertRequest, keepersOf, type NewRequest } from './store.ts'

/** A text of several lines as it is kept: without what cannot be seen. */
export const textInput = (most: number): z.ZodType<string> =>
  z
    .string()
    .overwrite((text) => text.replaceAll(/\r\n?/g, '\n').trim())
    .min(1)
    .max(most)
    .regex(/^(?:\n|[^\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069])*$/u)

/** Why somebody asks. */
export const reasonInput = textInput(TEXT_MAX.details)

/** Codes of roles that were ticked. */
export const rolesInput = z.array(z.string().max(60)).max(100).default([])

/** The roles of a system, or with null of this service, that people of an organisation can be given by an answer. */
export async function possibleRoles(
  querying: Querying,
  organisation: string,
  system: string | null,
): Promise<string[]> {
  const kind = kindOfCode(organisation)
  if (kind === null) return []
  if (system === null) return [...grantableRoles('answer-requests', kind)]
  const found = (await listSystems(querying)).find(({ code }) => code === system)
  return found ? systemRolesFor(found, kind).map(({ code }) => code) : []
}

/** Something that a person asks for. */
export interface Asking {
  kind: Exclude<Kind, 'help'>
  organisation: string
  system: string | null
  roles: readonly string[]
  details: string
}

/**
 * Keeps a request of a person and tells those whom it is put to. Throws Refusal (409) where the same waits for its answer
 * already, or too much does.
 * @returns whom it was put to
 */
export async function makeRequest(
  world: Pick<World, 'mailer'>,
  tx: Tx,
  person: { id: string; name: string },
  { kind, organisation, system, roles, details }: Asking,
  now: Date,
): Promise<{ id: string; stage: Stage }> {
  // the requests of one person are made one after the other
  await lockPeople(tx, [person.id])
  const open = await openRequestsOf(tx, person.id)
  const isSame = open.some(
    (one) =>
      one.kind === kind &&
      one.organisation === organisation &&
      one.system === system &&
      (kind === 'join' || one.roles.some((role) => roles.includes(role))),
  )
  if (isSame) throw new Refusal('conflict', 'request-open')
  refuseMany(open.length)
  const request = { kind, organisation, person: person.id, system, roles, details, askedAt: now }
  return putRequest(world, tx, request, person.name)
}

/** Throws Refusal (409) where somebody has as many open requests as one may. */
export function refuseMany(open: number): void {
  if (open >= OPEN_MOST) throw new Refusal('conflict', 'request-too-many', { params: { most: OPEN_MOST } })
}

/** Keeps a request with whoever is to be asked first, and tells them. @param name of the account that asks, if one does */
export async function putRequest(
  world: Pick<World, 'mailer'>,
  tx: Tx,
  request: Omit<NewRequest, 'id' | 'stage'>,
  name: string | null,
): Promise<{ id: string; stage: Stage }> {
  const { kind, organisation, person } = request
  const keepers = await keepersOf(tx, organisation)
  const stage = nextStage(null, organisation, keepers, person)
  const id = `request-${newId()}`
  await insertRequest(tx, { ...request, id, stage })
  const { nameEn, nameCy } = (await findEstablishments(tx, [organisation])).get(organisation)!
  const told = { id, kind, stage, organisation, nameEn, nameCy, person, name }
  await tellKeepers(world, tx, told, keepers, { template: `request-${kind}` })
  return { id, stage }
}
