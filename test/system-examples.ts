import { CARDIFF_HIGH, JOHN_FROST } from './api.ts'
import type { Example, Prepared, Stage } from './examples.ts'
import { grantSystem } from './systems.ts'
import { newPerson } from './visitor.ts'

/** A new person of The John Frost School who may open the system of the tests, and is an approver there. */
export async function newUser({ world }: Stage): Promise<string> {
  const person = await newPerson({ world }, { organisation: JOHN_FROST, role: 'school-user', approver: true })
  await grantSystem({ world }, person, 'collect', ['school-census'])
  return person.id
}

const asked = (title: string, prepare: (sub: string) => Prepared): Example => ({
  title,
  rows: { 'ask-about-people': [] },
  foreign: null,
  by: 'collect',
  status: 200,
  prepare: async (stage) => prepare(await newUser(stage)),
})

/** Calls of what connected systems ask. */
export const SYSTEM_EXAMPLES: Record<string, readonly Example[]> = {
  'systems.organisations-of-person': [
    asked('where a person uses the system', (sub) => ({ input: { sub }, subject: sub })),
  ],
  'systems.roles-of-person': [
    asked('the roles of a person', (sub) => ({
      input: { sub, code: JOHN_FROST },
      subject: `${sub} ${JOHN_FROST}`,
    })),
  ],
  'systems.people-of-organisation': [
    asked('the people of an organisation', () => ({
      input: { code: JOHN_FROST, role: 'school-census' },
      subject: JOHN_FROST,
    })),
  ],
  'systems.approvers-of-organisation': [
    asked('the approvers of an organisation', () => ({ input: { code: JOHN_FROST }, subject: JOHN_FROST })),
  ],
}

/** How each is refused: nobody of Cardiff High uses the system. */
export const SYSTEM_REFUSALS = {
  'systems.organisations-of-person': {
    404: async (stage: Stage) => {
      const { id } = await newPerson(stage, { organisation: CARDIFF_HIGH, role: 'school-user' })
      return stage.collect.call('GET', `/api/v1/people/${id}/organisations`)
    },
  },
  'systems.roles-of-person': {
    404: async (stage: Stage) =>
      stage.collect.call('GET', `/api/v1/people/${await newUser(stage)}/organisations/${CARDIFF_HIGH}/roles`),
  },
  'systems.people-of-organisation': {
    404: ({ collect }: Stage) => collect.call('GET', `/api/v1/organisations/${CARDIFF_HIGH}/people`),
  },
  'systems.approvers-of-organisation': {
    404: ({ collect }: Stage) => collect.call('GET', `/api/v1/organisations/${CARDIFF_HIGH}/approvers`),
  },
}
