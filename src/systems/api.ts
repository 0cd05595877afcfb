import { z } from 'zod'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import { route, type AnyRoute } from '../permissions/route.ts'
import {
  approversOf,
  isUsedBy,
  organisationsOf,
  peopleOf,
  rolesOf,
  type ListPlace,
  type PersonRow,
} from './api-store.ts'
import { organisationClaim } from './organisation-claim.ts'
import { nameParts } from './rules.ts'

// What connected systems ask about the people and organisations that use them. Of all others they learn nothing, not
// even that there are any. Whoever asks is known by its access token: its `organisation` is the system's code.

const PAGE = 100

const id = z.string().regex(/^[\w-]{1,64}$/)
const organisationCode = id.toUpperCase()

const coded = z.object({ id: z.string(), name: z.string() })
const nothing = z.null()

const organisation = z
  .object({
    id: z.string().describe('The 7-character code'),
    name: z.string(),
    nameCy: z.string().nullable(),
    category: coded,
    type: coded.nullable(),
    urn: z.string().nullable(),
    uid: nothing,
    ukprn: nothing,
    establishmentNumber: z.string().nullable(),
    status: z.object({ id: z.number().int(), name: z.string() }),
    closedOn: z.string().nullable(),
    address: z.string().nullable(),
    telephone: z.string().nullable(),
    statutoryLowAge: nothing,
    statutoryHighAge: nothing,
    legacyId: nothing,
    companyRegistrationNumber: nothing,
    localAuthority: z.object({ id: z.string(), code: z.string(), name: z.string() }).nullable(),
  })
  .meta({ id: 'Organisation' })

const person = {
  sub: z.string().describe('As in the id token'),
  name: z.string(),
  givenName: z.string().nullable(),
  familyName: z.string(),
  email: z.string(),
}

function named({ sub, name, email }: Pick<PersonRow, 'sub' | 'name' | 'email'>) {
  const { given_name: givenName = null, family_name: familyName } = nameParts(name)
  return { sub, name, givenName, familyName, email }
}

/** The organisations for which a person uses the asking system. */
const organisationsAction = action({
  name: 'systems.organisations-of-person',
  permission: 'ask-about-people',
  input: z.strictObject({ sub: id }),
  audited: 'refusals',
  async find({ world, actor, input }) {
    const codes = await organisationsOf(world.db, { person: input.sub, system: actor.organisation })
    return codes.length > 0 ? codes : null
  },
  business: () => [],
  async run({ tx, subject: codes }) {
    const items = []
    for (const code of codes) items.push(await organisationClaim(tx, code))
    return { items, next: null }
  },
  auditSubject: ({ sub }) => sub,
})

/** The roles that a person has in the asking system at one organisation. */
const rolesAction = action({
  name: 'systems.roles-of-person',
  permission: 'ask-about-people',
  input: z.strictObject({ sub: id, code: organisationCode }),
  audited: 'refusals',
  async find({ world, actor, input: { sub: person, code } }) {
    const roles = await rolesOf(world.db, { person, organisation: code, system: actor.organisation })
    return roles.length > 0 ? roles : null
  },
  business: () => [],
  run: ({ input: { sub, code }, subject: roles }) => Promise.resolve({ sub, organisation: code, roles }),
  auditSubject: ({ sub, code }) => `${sub} ${code}`,
})

/** The people of an organisation who use the asking system. */
const peopleAction = action({
  name: 'systems.people-of-organisation',
  permission: 'ask-about-people',
  input: z.strictObject({
    code: organisationCode,
    role: id.optional().describe('Only those who have this role'),
    after: z.string().max(1000).optional(),
  }),
  audited: 'refusals',
  async find({ world, actor, input: { code } }) {
    const used = await isUsedBy(world.db, { organisation: code, system: actor.organisation })
    return used ? { organisation: code, system: actor.organisation } : null
  },
  business: () => [],
  async run({ tx, subject, input: { role = null, after } }) {
    const place = after === undefined ? null : readPlace(after)
    const found = await peopleOf(tx, { ...subject, role, after: place, limit: PAGE + 1 })
    const items = found.slice(0, PAGE).map((one) => ({ ...named(one), roles: one.roles }))
    const last = found[PAGE - 1]
    return { items, next: found.length > PAGE && last ? placeOf(last) : null }
  },
  auditSubject: ({ code }) => code,
})

/** The approvers of an organisation that uses the asking system. */
const approversAction = action({
  name: 'systems.approvers-of-organisation',
  permission: 'ask-about-people',
  input: z.strictObject({ code: organisationCode }),
  audited: 'refusals',
  async find({ world, actor, input: { code } }) {
    return (await isUsedBy(world.db, { organisation: code, system: actor.organisation })) ? code : null
  },
  business: () => [],
  async run({ tx, subject: code }) {
    return { items: (await approversOf(tx, code)).map(named), next: null }
  },
  auditSubject: ({ code }) => code,
})

function placeOf({ key, sub }: PersonRow): string {
  return Buffer.from(JSON.stringify({ key, sub })).toString('base64url')
}

const place = z.strictObject({ key: z.string().regex(/^[^\0]*$/), sub: id })

function readPlace(text: string): ListPlace {
  try {
    return place.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    throw new Refusal('malformed', 'input', { params: { field: 'after' } })
  }
}

/** The API by which connected systems ask about their people. */
export const routes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/v1/people/{sub}/organisations',
    action: organisationsAction,
    answers: z.object({ items: z.array(organisation), next: nothing }),
    summary: 'For a connected system: the organisations for which a person uses it.',
  }),
  route({
    method: 'GET',
    path: '/api/v1/people/{sub}/organisations/{code}/roles',
    action: rolesAction,
    answers: z.object({
      sub: z.string(),
      organisation: z.string(),
      roles: z.array(z.object({ code: z.string(), name: z.string(), nameCy: z.string() })),
    }),
    summary: 'For a connected system: the roles that a person has in it at an organisation.',
  }),
  route({
    method: 'GET',
    path: '/api/v1/organisations/{code}/people',
    action: peopleAction,
    query: ['role', 'after'],
    answers: z.object({
      items: z.array(z.object({ ...person, roles: z.array(z.string()) })),
      next: z.string().nullable(),
    }),
    summary: 'For a connected system: the people of an organisation who use it, in one role or in any.',
  }),
  route({
    method: 'GET',
    path: '/api/v1/organisations/{code}/approvers',
    action: approversAction,
    answers: z.object({ items: z.array(z.object(person)), next: nothing }),
    summary: 'For a connected system: the approvers of an organisation that uses it.',
  }),
]
