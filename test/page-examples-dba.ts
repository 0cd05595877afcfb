import { insertProposal } from '../src/establishments/index.ts'
import { newId } from '../src/kit/ids.ts'
import type { Permission } from '../src/permissions/table.ts'
import { CARDIFF_HIGH } from './api.ts'
import type { Example, Prepared, Stage } from './examples.ts'

const LA = '681LLLL'

/** An example of what is done to something that belongs to an organisation, or to one's own. */
function example(
  title: string,
  rows: Example['rows'],
  prepare: (stage: Stage) => Promise<Prepared> | Prepared,
): Example {
  const isOwn = Object.values(rows).every((codes) => codes.length === 0)
  return { title, rows, foreign: isOwn ? null : 404, by: 'cardiff', status: 200, prepare }
}

const given =
  (input: Record<string, string>, subject: string | null = null) =>
  (): Prepared => ({ input, subject })

const ofSchool = (title: string, row: Permission, more: Record<string, string> = {}): Example =>
  example(title, { [row]: [CARDIFF_HIGH] }, given({ organisation: CARDIFF_HIGH, ...more }, CARDIFF_HIGH))

const ofProposal = (title: string, rows: Example['rows'], more: Record<string, string> = {}): Example =>
  example(title, rows, async ({ world }) => {
    const id = newId()
    const names = { nameEn: 'An invented name', nameCy: null, town: null, successor: null, note: null }
    const change = { id, kind: 'rename', code: CARDIFF_HIGH, date: '2026-10-01', ...names } as const
    const by = { proposedBy: 'nobody', proposedFor: LA, proposedAt: world.clock.now() }
    await world.db.transaction().execute((tx) => insertProposal(tx, { ...change, ...by, state: 'proposed' }))
    return { input: { id, ...more }, subject: id }
  })

const KEEP = { 'keep-register': [] } satisfies Example['rows']
const EITHER = { 'propose-school': [LA], 'keep-register': [LA] } satisfies Example['rows']
const SET_UP = { 'set-up-dba': [LA] } satisfies Example['rows']
const upload = { name: 'schools.csv' }
const bytes = Buffer.from('School Number\n')

/** Calls of the actions behind this room's pages. */
export const DBA_EXAMPLES: Record<string, readonly Example[]> = {
  'dba.show-menu': [example('the DBA menu', { 'see-school-details': [] }, given({}))],
  'dba.browse-schools': [
    example('the own schools', { 'see-school-details': [] }, given({})),
    example('the schools of an LA', { 'see-school-details': [LA] }, given({ la: '681' })),
  ],
  'dba.show-school': [ofSchool('a school', 'see-school-details')],
  'dba.open-school': [ofSchool('the form of a school', 'maintain-details')],
  'dba.change-school': [
    ofSchool('change a school', 'maintain-details', { nameEn: 'An invented school', town: 'Cardiff' }),
  ],
  'dba.deactivate-school': [ofSchool('make a school inactive', 'maintain-details')],
  'dba.activate-school': [ofSchool('make a school active', 'maintain-details')],
  'dba.show-authority': [example('details of an LA', { 'maintain-details': [LA] }, given({ la: '681' }, LA))],
  'dba.change-authority': [
    example(
      'change an LA',
      { 'maintain-details': [LA] },
      given({ la: '681', nameEn: 'Cardiff', copies: 'off', lostAfterDays: '20' }, LA),
    ),
  ],
  'dba.browse-administrators': [example('every DBA', { 'set-up-dba': [] }, given({}))],
  'dba.open-administrator': [example('set up a DBA', SET_UP, given({ la: '681' }, LA))],
  'dba.set-administrator': [
    example('a person as DBA', SET_UP, given({ la: '681', person: 'nobody', replaces: 'nobody' })),
  ],
  'dba.add-administrator': [
    example(
      'a new person as DBA',
      SET_UP,
      given({
        la: '681',
        name: 'An invented person',
        username: '681invented',
        email: 'invented@cardiff.example.org',
        language: 'en',
        replaces: 'nobody',
      }),
    ),
  ],
  'dba.show-register': [example('the register', { 'propose-school': [], 'keep-register': [] }, given({}))],
  'dba.offer-change': [
    example('the form for a change', { 'propose-school': [], 'keep-register': [] }, given({ kind: 'close' })),
  ],
  'dba.propose-change': [
    example('propose a change', EITHER, given({ kind: 'close', number: CARDIFF_HIGH, date: '1/10/2026' })),
  ],
  'dba.show-proposal': [ofProposal('a proposal', EITHER)],
  'dba.withdraw-proposal': [ofProposal('withdraw a proposal', { 'propose-school': [LA] })],
  'dba.confirm-proposal': [ofProposal('confirm a proposal', { 'keep-register': [LA] })],
  'dba.decline-proposal': [
    ofProposal('decline a proposal', { 'keep-register': [LA] }, { reason: 'not decided yet' }),
  ],
  'dba.show-suppliers': [example('the suppliers', KEEP, given({}))],
  'dba.add-supplier': [example('add a supplier', KEEP, given({ name: 'Invented Software', language: 'en' }))],
  'dba.offer-import': [example('the form for a list', KEEP, given({}))],
  'dba.upload-list': [
    example('send a list', KEEP, () => ({ input: upload, bytes, byForm: true, subject: null })),
  ],
  'dba.upload-links': [
    example('send links', KEEP, () => ({
      input: { id: 'none', ...upload },
      bytes,
      byForm: true,
      subject: 'none',
    })),
  ],
  'dba.check-import': [example('compare a list', KEEP, given({ id: 'none' }, 'none'))],
  'dba.import-list': [example('import a list', KEEP, given({ id: 'none' }, 'none'))],
}
