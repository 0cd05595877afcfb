import { createPerson, newPersonId } from '../src/accounts/index.ts'
import { JOHN_FROST } from './api.ts'
import type { Example, Prepared, Stage } from './examples.ts'
import { newApp } from './second-factors.ts'

/** What everybody does for themselves. */
const own = (title: string, input: Record<string, string> = {}): Example => ({
  title,
  rows: { 'own-account': [] },
  foreign: null,
  by: 'cardiff',
  status: 200,
  prepare: () => ({ input, subject: null }),
})

let people = 0

/** Somebody of John Frost School who has lost the telephone. */
async function newPerson({ world }: Stage): Promise<Prepared> {
  people += 1
  const id = newPersonId()
  const now = world.clock.now()
  await world.db.transaction().execute((tx) =>
    createPerson(
      tx,
      {
        id,
        username: `lost${people}`,
        name: 'Lost Telephone',
        email: `lost${people}@people.example.org`,
        organisation: JOHN_FROST,
        role: 'school-user',
        approver: false,
      },
      now,
      world.config,
    ),
  )
  await newApp(world, id)
  return { input: { organisation: JOHN_FROST, id }, subject: id }
}

/** What an approver or a DBA does for somebody; the national administrator, where it may at all, for DBAs alone. */
const forOthers = (title: string, ...rows: 'set-up-dba'[]): Example => ({
  title,
  rows: { 'manage-people': [JOHN_FROST], ...Object.fromEntries(rows.map((row) => [row, []])) },
  foreign: 404,
  by: 'newport',
  status: 200,
  prepare: newPerson,
})

/** Calls of the actions behind this room's pages. */
export const SECURE_ACCESS_EXAMPLES: Record<string, readonly Example[]> = {
  'secure-access.show-security': [own('how one signs in')],
  'secure-access.ask-for-authenticator': [own('an app to set up')],
  'secure-access.ask-for-passkey': [own('a passkey to set up')],
  'secure-access.add-factor': [
    own('add an app', { kind: 'authenticator', offer: 'x', code: '000000', name: 'x' }),
  ],
  'secure-access.show-factor': [own('one factor', { id: 'x' })],
  'secure-access.rename-factor': [own('rename a factor', { id: 'x', name: 'y' })],
  'secure-access.remove-factor': [own('remove a factor', { id: 'x' })],
  'secure-access.show-recovery-codes': [own('recovery codes')],
  'secure-access.make-recovery-codes': [own('new recovery codes')],
  'secure-access.forget-browser': [own('forget a browser', { id: 'x' })],
  'secure-access.offer-one-time-password': [forOthers('look at a one-time password')],
  'secure-access.make-one-time-password': [forOthers('make a one-time password')],
  'secure-access.offer-reset-factors': [forOthers('look at a reset of factors', 'set-up-dba')],
  'secure-access.reset-factors': [forOthers('reset factors', 'set-up-dba')],
}
