import { memberOf } from '../src/accounts/index.ts'
import { grantsOf } from '../src/systems/index.ts'
import { grantName } from '../src/people/change-systems.ts'
import { markOf } from '../src/people/member-change.ts'
import { CARDIFF_HIGH } from './api.ts'
import type { Example, Prepared, Stage } from './examples.ts'
import { newPerson } from './visitor.ts'

/** A person of Cardiff High who is new, with what forms about the person say. */
async function somebody({ world }: Stage, fields: Record<string, string> = {}): Promise<Prepared> {
  const { id, organisation } = await newPerson({ world }, { organisation: CARDIFF_HIGH, role: 'school-user' })
  return { input: { organisation, id, ...fields }, subject: id }
}

const HERE = [CARDIFF_HIGH]

/** A call about a person of Cardiff High. */
const onPerson = (
  title: string,
  rows: Example['rows'],
  prepare: Example['prepare'] = (stage) => somebody(stage),
): Example => ({ title, rows, foreign: 404, by: 'cardiff', status: 200, prepare })

/** A form and what it sends, which differ in their fields only. */
function both(
  verb: string,
  title: string,
  rows: Example['rows'],
  prepare: Example['prepare'] = (stage) => somebody(stage),
): Record<string, readonly Example[]> {
  return {
    [`people.offer-${verb}`]: [onPerson(`the form: ${title}`, rows)],
    [`people.${verb}`]: [onPerson(title, rows, prepare)],
  }
}

/** With the mark of the account as it is. */
const marked =
  (fields: Record<string, string>): Example['prepare'] =>
  async (stage) => {
    const prepared = await somebody(stage, fields)
    const member = (await memberOf(stage.world.db, CARDIFF_HIGH, prepared.subject!))!
    const grants = await grantsOf(stage.world.db, { person: member.id, organisation: CARDIFF_HIGH })
    return { ...prepared, input: { ...prepared.input, seen: markOf(member, ...grants.map(grantName)) } }
  }

const PEOPLE = { 'manage-people': HERE }
const ACCESS = { 'manage-access': HERE }

/** Everybody whom the row allows it lists the own people. */
const list = (title: string): Example => ({
  title,
  rows: { 'see-people': [] },
  foreign: null,
  by: 'cardiff',
  status: 200,
  prepare: () => ({ input: {}, subject: null }),
})

let added = 0

/** Calls of the actions behind this room's pages. */
export const PEOPLE_EXAMPLES: Record<string, readonly Example[]> = {
  'people.browse': [list('people in reach')],
  'people.export': [list('people in reach, to keep')],
  'people.show': [onPerson('a person', { 'see-people': HERE })],
  'people.choose': [
    onPerson('several at once', PEOPLE, async (stage) => {
      const { input } = await somebody(stage)
      const who = `${input['organisation']}/${input['id']}`
      return { input: { who, do: 'archive', sure: 'yes' }, subject: null }
    }),
  ],
  'people.offer-add': [
    onPerson('the form: add a person', PEOPLE, () => ({
      input: { organisation: CARDIFF_HIGH },
      subject: null,
    })),
  ],
  'people.add': [
    onPerson('add a person', PEOPLE, () => {
      added += 1
      const email = `added${added}@people.example.org`
      const person = { name: 'Added Person', email, roles: 'school-user' }
      return { input: { organisation: CARDIFF_HIGH, ...person }, subject: null }
    }),
  ],
  'people.join': [
    onPerson('add somebody with an account', PEOPLE, async ({ world }) => {
      const { username } = await newPerson({ world }, { organisation: '6804020', role: 'school-user' })
      const email = `${username}@people.example.org`
      return { input: { organisation: CARDIFF_HIGH, username, email, roles: 'school-user' }, subject: null }
    }),
  ],
  ...both(
    'edit',
    'change details',
    PEOPLE,
    marked({ name: 'Renamed', email: 'r@people.example.org', language: 'en' }),
  ),
  ...both('change-roles', 'change roles', PEOPLE, marked({ roles: 'school-user' })),
  ...both('change-systems', 'change access to systems', ACCESS, marked({})),
  ...both('change-approver', 'make an approver', ACCESS, (stage) => somebody(stage, { do: 'make' })),
  ...both('archive', 'archive', PEOPLE),
  ...both('restore', 'restore', PEOPLE),
  ...both('invite', 'send a link', { 'manage-people': HERE, 'manage-access': HERE }),
  ...both('end-sessions', 'end what is open', ACCESS),
}
