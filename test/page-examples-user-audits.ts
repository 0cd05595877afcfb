import type { Permission } from '../src/permissions/table.ts'
import { CARDIFF_HIGH } from './api.ts'
import type { Example } from './examples.ts'

const example = (
  title: string,
  rows: Example['rows'],
  input: Record<string, string> = {},
  foreign: Example['foreign'] = 404,
): Example => ({
  title,
  rows,
  foreign,
  by: 'cardiff',
  status: 200,
  prepare: () => ({ input, subject: null }),
})

/** What whoever runs the audit does, in either nation. */
const national = (title: string, input: Record<string, string> = {}): readonly Example[] => [
  example(title, { 'run-user-audit': ['101LLLL'] }, input, null),
]

const OF_CARDIFF: Partial<Record<Permission, readonly string[]>> = {
  'confirm-people': [CARDIFF_HIGH],
  'run-user-audit': [CARDIFF_HIGH],
}

const PERSON = '00000000-0000-4000-8000-000000000000'

/** Calls of the actions behind this room's pages. */
export const USER_AUDITS_EXAMPLES: Record<string, readonly Example[]> = {
  'user-audits.show': [
    example('the audit of users', { 'confirm-people': [], 'run-user-audit': [] }, {}, null),
  ],
  'user-audits.offer': national('what a round would be'),
  'user-audits.open': national('open a round', { nation: 'wales', due: '14 October 2026' }),
  'user-audits.show-round': national('a round', { id: 'round' }),
  'user-audits.remind': national('remind', { id: 'round' }),
  'user-audits.extend': national('give more time', { id: 'round', due: '14 October 2026' }),
  'user-audits.close': national('close a round', { id: 'round' }),
  'user-audits.unconfirmed': national('who is not confirmed', { id: 'round' }),
  'user-audits.show-national': national('whom the department confirms'),
  'user-audits.answer-national': national('answer for them', { id: PERSON, do: 'valid' }),
  'user-audits.show-people': [example('people of a school', OF_CARDIFF, { organisation: CARDIFF_HIGH })],
  'user-audits.answer': [
    example('answer for people', OF_CARDIFF, { organisation: CARDIFF_HIGH, id: PERSON, do: 'ended' }),
  ],
  'user-audits.offer-signature': [
    example('what is signed', { 'confirm-people': [CARDIFF_HIGH] }, { organisation: CARDIFF_HIGH }),
  ],
  'user-audits.sign': [
    example(
      'sign',
      { 'confirm-people': [CARDIFF_HIGH] },
      { organisation: CARDIFF_HIGH, name: 'Ann', agree: 'yes', language: 'en' },
    ),
  ],
  'user-audits.show-signed': [example('a written confirmation', OF_CARDIFF, { id: 'signed' })],
}
