import { z } from 'zod'
import {
  createPerson,
  findPersonId,
  giveRole,
  insertMembership,
  memberOf,
  newPersonId,
  noteAccountEvent,
  personByUsername,
  sendInvitation,
  type Member,
} from '../accounts/index.ts'
import { proposedUsername } from '../accounts/rules.ts'
import { bothNames, findEstablishments, type Establishment } from '../establishments/index.ts'
import { schoolNumber } from '../establishments/rules.ts'
import type { Tx } from '../kit/database.ts'
import { LANGUAGES } from '../kit/i18n.ts'
import { originOf } from '../kit/origin.ts'
import { Refusal } from '../kit/refusal.ts'
import { action, type Running } from '../permissions/action.ts'
import type { Role } from '../permissions/table.ts'
import type { World } from '../world.ts'
import { refuseTakenAddress } from './address.ts'
import { readRoles } from './change-roles.ts'
import { organisationCode } from './of-member.ts'
import { peopleReach, rightsAt, type Rights } from './rules.ts'
import { rolesInWords, tellPerson } from './tell.ts'

/** Where somebody is to be added: not yet said, or an organisation with what whoever adds may do there. */
export interface Place {
  /** Code of the organisation that whoever adds acts for. */
  own: string
  organisation: Establishment | null
  rights: Rights
  /** An establishment number that was typed and that no school of the LA has. */
  unknown: string | null
}

const findOne = async (world: World, code: string): Promise<Establishment | null> =>
  (await findEstablishments(world.db, [code])).get(code) ?? null

/**
 * Where to add somebody: an approver's own organisation; for the DBA the LA or one of its schools, by number or from the
 * finder, of the own LA number only (guidance for local authorities §3.8).
 */
export const offerAdd = action({
  name: 'people.offer-add',
  permission: 'manage-people',
  asksAgain: true,
  input: z.strictObject({
    organisation: organisationCode.optional(),
    number: z.string().max(40).optional(),
    q: z.string().max(200).optional(),
  }),
  audited: 'refusals',
  async find({ world, actor, input }): Promise<Omit<Place, 'rights'> | null> {
    const reach = peopleReach(actor)
    const la = typeof reach === 'object' && 'la' in reach ? reach.la : null
    const own = actor.organisation
    const { number } = input
    const typed = number === undefined || la === null ? null : schoolNumber(number, la)
    const code = input.organisation ?? typed ?? (la === null ? own : undefined)
    const organisation = code === undefined ? null : await findOne(world, code)
    // a code comes from a link of ours; a number from whoever typed it
    if (input.organisation !== undefined) return organisation && { own, organisation, unknown: null }
    const isOurs = organisation !== null && (la === null || organisation.la === la)
    const unknown = number !== undefined && !isOurs ? number : null
    return { own, organisation: isOurs ? organisation : null, unknown }
  },
  business: ({ organisation, own }) => [organisation?.code ?? own],
  run: ({ actor, subject }): Promise<Place> =>
    Promise.resolve({
      ...subject,
      rights: rightsAt(actor, subject.organisation?.code ?? actor.organisation),
    }),
  auditSubject: () => null,
})

const accessShape = {
  organisation: organisationCode,
  roles: z.array(z.string().max(60)).max(20).default([]),
  approver: z.literal('yes').optional(),
}

const addInput = z.strictObject({
  ...accessShape,
  username: z.string().max(100).optional(),
  name: z.string().max(300).default(''),
  email: z.string().max(300).default(''),
  phone: z.string().max(100).optional(),
  language: z.enum(LANGUAGES).default('en'),
})

/** Somebody who was added. */
export interface Added {
  id: string
  organisation: string
  username: string
  name: string
  email: string
  /** Neither role nor flag was given: systems are to follow. */
  bare: boolean
  /** In which the link can be used. */
  hours: number
}

const atOrganisation = {
  permission: 'manage-people',
  find: ({ world, input }: { world: World; input: { organisation: string } }) =>
    findOne(world, input.organisation),
  business: ({ code }: Establishment) => [code],
} as const

/**
 * "Add User" of the guidance for local authorities §3.3: makes an account and mails the link by which its person sets the
 * first password, never together with the username (§3.7). Without a username one is made.
 */
export const addPerson = action({
  ...atOrganisation,
  name: 'people.add',
  asksAgain: true,
  input: addInput,
  async run(running): Promise<Added> {
    const { world, tx, actor, input, subject, now } = running
    const { code } = subject
    const { roles, approver, isBare } = accessOf(running)
    const { name, email, phone, language } = input
    await refuseTakenAddress(tx, { organisation: code, email, but: null })
    const username = input.username ?? (await freeUsername(tx, name, code))
    const id = newPersonId()
    const asked = { id, username, name, email, phone, organisation: code, role: roles, approver, language }
    await createPerson(tx, { ...asked, withoutRole: isBare }, now, world.config)
    await noteAccountEvent(
      tx,
      { id, organisation: code },
      { event: 'created', by: actor, at: now, given: approver ? [...roles, 'approver'] : roles },
    )
    await sendInvitation(world, tx, { person: id, publicUrl: originOf(world.config), now })
    const hours = world.config.invitationHours
    return { id, organisation: code, username: username.trim(), name, email, bare: isBare, hours }
  },
  auditSubject: (_input, answer) => answer?.id ?? null,
})

/** An addition under way. */
type Adding = Pick<
  Running<{ roles: string[]; approver?: 'yes' | undefined }, Establishment, unknown>,
  'actor' | 'by' | 'input' | 'subject'
>

/**
 * What is to be given, as far as whoever adds may: the approver's flag takes `manage-access`, and only with it somebody
 * may be added who has no role here, to use other systems.
 */
function accessOf({ actor, by, input, subject: { code } }: Adding): {
  roles: Role[]
  approver: boolean
  isBare: boolean
} {
  const { access } = rightsAt(actor, code)
  const approver = input.approver === 'yes'
  if (approver && !access) throw new Refusal('forbidden', 'role', { because: 'manage-access: role' })
  const roles = readRoles(input.roles, by, code)
  const isBare = roles.length === 0 && !approver
  if (isBare && !access) throw new Refusal('unacceptable', 'person-role-choose')
  return { roles, approver, isBare }
}

/** How many usernames of one kind are tried before somebody has to think of one. */
const TRIES = 100

async function freeUsername(tx: Tx, name: string, organisation: string): Promise<string> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const username = proposedUsername(name, organisation, tries)
    if ((await findPersonId(tx, username)) === null) return username
  }
  return ''
}

/**
 * Adds somebody who has an account at another organisation: exactly the username and the e-mail address of one person, so
 * that nobody looks for people in this way. The person is told. Whoever acts cannot add themselves.
 */
export const joinPerson = action({
  ...atOrganisation,
  name: 'people.join',
  asksAgain: true,
  input: z.strictObject({
    ...accessShape,
    username: z.string().max(100).default(''),
    email: z.string().max(300).default(''),
  }),
  async run(running): Promise<Member & { bare: boolean }> {
    const { tx, actor, input, subject, now } = running
    const { code } = subject
    const { roles, approver, isBare } = accessOf(running)
    const person = await personByUsername(tx, input.username.trim())
    if (person?.email.toLowerCase() !== input.email.trim().toLowerCase())
      throw new Refusal('unacceptable', 'person-unmatched')
    const { id, username } = person
    if (id === actor.id) throw new Refusal('conflict', 'own-account-by-others')
    await refuseTakenAddress(tx, { organisation: code, email: person.email, but: id })
    const there = await memberOf(tx, code, id)
    if (there)
      throw new Refusal('conflict', there.endedAt ? 'person-ended-here' : 'person-member', {
        params: { username, organisation: bothNames(subject) },
      })
    await insertMembership(tx, { person: id, organisation: code, approver, createdAt: now })
    for (const role of roles) await giveRole(tx, { person: id, organisation: code, role, givenAt: now })
    const member = (await memberOf(tx, code, id))!
    const given: Role[] = approver ? [...roles, 'approver'] : roles
    await noteAccountEvent(tx, member, { event: 'joined', by: actor, at: now, given })
    await tellPerson(running, member, 'account-joined', { given: rolesInWords(given) })
    return { ...member, bare: isBare }
  },
  auditSubject: (_input, answer) => answer?.id ?? null,
})
