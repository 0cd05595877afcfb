import assert from 'node:assert/strict'
import { DEPARTMENT } from '../src/establishments/index.ts'
import { sql } from '../src/kit/database.ts'
import { newId } from '../src/kit/ids.ts'
import { keepersOf } from '../src/requests/store.ts'
import type { Permission } from '../src/permissions/table.ts'
import { CARDIFF_HIGH } from './api.ts'
import type { Example, Stage } from './examples.ts'
import { newPerson } from './visitor.ts'

/** What everybody may, of their own. */
const own = (title: string, input: Record<string, string> = {}): Example => ({
  title,
  rows: { 'own-account': [] },
  foreign: null,
  by: 'cardiff',
  status: 200,
  prepare: () => ({ input, subject: null }),
})

/** A request at Cardiff High that has come to the nation, so that everybody of the row was asked. */
async function newRequest({ world }: Stage, kind: 'access' | 'help'): Promise<string> {
  const person = await newPerson({ world }, { organisation: CARDIFF_HIGH, role: 'school-user' })
  const id = `request-${newId()}`
  await sql`
    insert into requests.request (id, kind, state, stage, organisation, person, roles, topic, details, asked_at, stage_at)
    values (${id}, ${kind}, 'open', 'national', ${CARDIFF_HIGH}, ${person.id}, ${kind === 'help' ? [] : ['school-user']},
      ${kind === 'help' ? 'other' : null}, 'It is needed', ${world.clock.now()}, ${world.clock.now()})`.execute(
    world.db,
  )
  assert.ok((await keepersOf(world.db, DEPARTMENT)).length > 0)
  return id
}

const answering = (title: string, kind: 'access' | 'help', input: Record<string, string> = {}): Example => ({
  title,
  rows: { 'answer-requests': [CARDIFF_HIGH] } satisfies Partial<Record<Permission, string[]>>,
  foreign: 404,
  by: 'cardiff',
  status: 200,
  async prepare(stage) {
    const id = await newRequest(stage, kind)
    return { input: { id, ...input }, subject: id }
  },
})

/** Calls of the actions behind this room's pages. */
export const REQUESTS_EXAMPLES: Record<string, readonly Example[]> = {
  'requests.show-own': [own('own access')],
  'requests.offer-ask': [own('what can be asked for')],
  'requests.ask-access': [own('ask for access', { role: 'school-user', details: 'It is needed' })],
  'requests.offer-join': [own('look for another organisation', { q: 'Newport' })],
  'requests.ask-join': [
    own('ask to belong elsewhere', { organisation: '6704031', role: 'school-user', details: 'It is needed' }),
  ],
  'requests.withdraw': [
    {
      ...own('withdraw a request'),
      async prepare(stage) {
        const id = await newRequest(stage, 'access')
        return { input: { id }, subject: id }
      },
    },
  ],
  'requests.list': [{ ...own('what was asked'), rows: { 'answer-requests': [] } }],
  'requests.show': [answering('open a request', 'help')],
  'requests.offer-approval': [answering('what can be given', 'access')],
  'requests.approve': [answering('approve a request', 'access', { role: 'school-user' })],
  'requests.decline': [answering('decline a request', 'access', { answer: 'Not needed' })],
  'requests.answer-help': [answering('answer a call for help', 'help', { answer: 'Look at the help' })],
  'requests.mark-done': [answering('mark help as done', 'help')],
  'requests.hand-up': [answering('pass a request on', 'access')],
}
