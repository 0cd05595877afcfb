import { z } from 'zod'
import {
  authorityOf,
  correctOrganisation,
  findDetails,
  findEstablishments,
  predecessorsOf,
  setInactive,
  successorsOf,
  type Establishment,
  type OrganisationDetails,
  type Predecessor,
} from '../establishments/index.ts'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import type { World } from '../world.ts'
import { emailField, lineField, optional, phoneField } from './fields.ts'
import { membersOf, type PresentMember } from './people-store.ts'
import { differing, tellChanges, tellOrganisation } from './tell.ts'

const schoolInput = z.strictObject({ organisation: z.string().regex(/^\d{7}$/) })

/** Finds the school that an action is about. */
async function findSchool({
  world,
  input,
}: {
  world: World
  input: { organisation: string }
}): Promise<OrganisationDetails | null> {
  const found = await findDetails(world.db, input.organisation)
  return found?.kind === 'school' ? found : null
}

/** A school as those who maintain it see it. */
export interface ShownSchool {
  school: OrganisationDetails
  authority: Establishment
  people: PresentMember[]
  successors: Establishment[]
  predecessors: Predecessor[]
}

/** A school with its people (guidance for local authorities §3.8): who may only look sees the same. */
export const showSchool = action({
  name: 'dba.show-school',
  permission: 'see-school-details',
  input: schoolInput,
  audited: 'refusals',
  find: findSchool,
  business: ({ code }) => [code],
  async run({ tx, subject: school }): Promise<ShownSchool> {
    const { code } = school
    const la = authorityOf(code)
    return {
      school,
      authority: (await findEstablishments(tx, [la])).get(la)!,
      people: await membersOf(tx, code),
      successors: school.status === 'closed' ? await successorsOf(tx, code) : [],
      predecessors: await predecessorsOf(tx, code),
    }
  },
  auditSubject: ({ organisation }) => organisation,
})

/** Opens a form about a school. */
export const openSchool = action({
  name: 'dba.open-school',
  permission: 'maintain-details',
  input: schoolInput,
  audited: 'refusals',
  find: findSchool,
  business: ({ code }) => [code],
  run: ({ subject: school }) => Promise.resolve(school),
  auditSubject: ({ organisation }) => organisation,
})

/** What became of a change, and whether the organisation has an address at which it is told. */
export interface ChangedDetails {
  code: string
  outcome: 'told' | 'untold' | 'unchanged'
}

/** Corrects a school's details; an import of the register keeps them so. The school is told, at the old address too. */
export const changeSchool = action({
  name: 'dba.change-school',
  permission: 'maintain-details',
  input: schoolInput.extend({
    nameEn: lineField,
    nameCy: optional(lineField),
    phone: optional(phoneField),
    email: optional(emailField),
    town: optional(lineField),
  }),
  find: findSchool,
  business: ({ code }) => [code],
  async run({ world, tx, actor, input, subject: before }): Promise<ChangedDetails> {
    const { organisation: code, ...typed } = input
    const changes = differing(before, typed)
    if (Object.keys(changes).length === 0) return { code, outcome: 'unchanged' }
    await correctOrganisation(tx, code, changes)
    const told = await tellChanges(world, tx, { before, changes, template: 'school-changed', by: actor })
    return { code, outcome: told ? 'told' : 'untold' }
  },
  auditSubject: ({ organisation }) => organisation,
})

type SchoolState = 'active' | 'inactive'

function setState(name: string, state: SchoolState) {
  return action({
    name,
    permission: 'maintain-details',
    input: schoolInput,
    find: findSchool,
    business: ({ code }) => [code],
    async run({ world, tx, actor, subject: school, now }): Promise<ChangedDetails> {
      const { code } = school
      if (!(await setInactive(tx, code, state === 'inactive' ? now : null)))
        throw new Refusal('conflict', `school-${state}`)
      const template = `school-${state}`
      const told = await tellOrganisation(world, tx, { organisation: school, template, by: actor })
      return { code, outcome: told ? 'told' : 'untold' }
    },
    auditSubject: ({ organisation }) => organisation,
  })
}

/**
 * Makes a school inactive or active again. Its people and machine clients are refused from the next request on, since what
 * they may do hangs on it (view accounts.live_membership); files still arrive. Use of the service is a statutory
 * requirement, so there should be no need (guidance for local authorities §3.8).
 */
export const setSchoolState = {
  inactive: setState('dba.deactivate-school', 'inactive'),
  active: setState('dba.activate-school', 'active'),
} as const satisfies Record<SchoolState, unknown>
