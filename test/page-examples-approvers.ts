import { CARDIFF_HIGH } from './api.ts'
import type { Example } from './examples.ts'

/** What everybody may whom the row allows it, since it is of the own organisation or of nobody's. */
const own = (title: string, row: 'own-account' | 'issue-approver-codes', input = {}): Example => ({
  title,
  rows: { [row]: [] },
  foreign: null,
  by: 'cardiff',
  status: 200,
  prepare: () => ({ input, subject: null }),
})

const ofCardiff = (title: string, input: Record<string, string>): Example => ({
  title,
  rows: { 'issue-approver-codes': [CARDIFF_HIGH] },
  foreign: 404,
  by: 'cardiff',
  status: 200,
  prepare: () => ({ input: { organisation: CARDIFF_HIGH, ...input }, subject: null }),
})

/** Calls of the actions behind this room's pages. */
export const APPROVERS_EXAMPLES: Record<string, readonly Example[]> = {
  'approvers.browse-codes': [own('who has an approver', 'issue-approver-codes')],
  'approvers.offer-codes': [ofCardiff('look at who is issued a code', { which: 'chosen' })],
  'approvers.issue-codes': [
    ofCardiff('issue a code', { which: 'chosen', as: 'list', seen: '2026-09-02T09:05:00.000Z' }),
  ],
  'approvers.withdraw-code': [ofCardiff('withdraw a code', {})],
  'approvers.offer-claim': [own('how the approver role is claimed', 'own-account')],
  'approvers.claim': [own('claim the approver role', 'own-account', { code: '46789-BCDFG-HJKLM-NPRST' })],
  'approvers.put-off': [own('not now', 'own-account')],
}
