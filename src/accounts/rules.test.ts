import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ROLES } from '../permissions/table.ts'
import { CLIENT_NAME_MAX, clientRoles, readClientName } from './rules.ts'

const KINDS = ['school', 'authority', 'department', 'supplier'] as const

test('every role but approver fits exactly one kind of organisation', () => {
  for (const role of ROLES) {
    const kinds = KINDS.filter((kind) => clientRoles(kind).includes(role))
    assert.equal(kinds.length, role === 'approver' ? 0 : 1, role)
  }
})

test('each kind of organisation has its own roles', () => {
  assert.deepEqual(clientRoles('school'), ['school-user'])
  assert.deepEqual(clientRoles('supplier'), ['supplier-user'])
  assert.deepEqual(clientRoles('department'), ['national-administrator'])
  assert.deepEqual(clientRoles('authority'), [
    'lea-dba',
    'lea-dba-view-only',
    'lea-user',
    'lea-school',
    'lea-lost-pupil',
    'lea-lost-pupil-transfer',
    'lea-plasc',
    'lea-admissions',
  ])
})

const NAMES: [title: string, given: string, kept: string | null][] = [
  ['a plain name', 'School system, Cardiff High', 'School system, Cardiff High'],
  ['space around it', '  MIS ', 'MIS'],
  ['Welsh letters, composed', 'Tŷ Ddewi', 'Tŷ Ddewi'],
  ['the longest', 'x'.repeat(CLIENT_NAME_MAX), 'x'.repeat(CLIENT_NAME_MAX)],
  ['one too long', 'x'.repeat(CLIENT_NAME_MAX + 1), null],
  ['nothing', ' ', null],
  ['a line break', 'a\nb', null],
  ['a control character', 'a\u0000b', null],
  ['a direction override', 'a\u202eb', null],
  ['half a surrogate pair', 'a\ud800', null],
]

for (const [title, given, kept] of NAMES) {
  test(`a client's name: ${title}`, () => assert.equal(readClientName(given), kept))
}
