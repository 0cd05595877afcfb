import { createClient, newClientId } from '../src/accounts/index.ts'
import { CARDIFF_HIGH } from './api.ts'
import type { Example } from './examples.ts'

const own = (title: string, input = {}): Example => ({
  title,
  rows: { 'manage-clients': [] },
  foreign: null,
  by: 'cardiff',
  status: 200,
  prepare: () => ({ input, subject: null }),
})

const onClient = (title: string, input = {}): Example => ({
  title,
  rows: { 'manage-clients': [CARDIFF_HIGH] },
  foreign: 404,
  by: 'cardiff',
  status: 200,
  async prepare({ world }) {
    const id = newClientId()
    const asked = { id, name: 'A system', organisation: CARDIFF_HIGH, role: 'school-user' }
    await world.db.transaction().execute((tx) => createClient(tx, asked, world.clock.now()))
    return { input: { id, ...input }, subject: id }
  },
})

/** Calls of the actions behind this room's pages. */
export const ACCOUNTS_EXAMPLES: Record<string, readonly Example[]> = {
  'accounts.browse-clients': [own('machine clients')],
  'accounts.offer-client': [own('the form for a machine client')],
  'accounts.create-client': [
    own('make a machine client', { id: newClientId(), name: 'A system', role: 'school-user' }),
  ],
  'accounts.show-client': [onClient('look at a machine client')],
  'accounts.offer-rotation': [onClient('the form for a new secret')],
  'accounts.rotate-client': [onClient('make a new secret', { seen: '2026-09-02T09:05:00.000Z' })],
  'accounts.end-overlap': [onClient('end former secrets')],
  'accounts.revoke-client': [onClient('revoke a machine client')],
}
