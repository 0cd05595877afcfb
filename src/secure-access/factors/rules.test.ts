import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Role } from '../../permissions/table.ts'
import { factorRoles, needsFactor, readFactorName, unknownRole } from './rules.ts'

test('unset, all need a second factor, but nobody where invented data is shown; a setting holds in both', () => {
  assert.equal(factorRoles(null, false), 'all')
  assert.deepEqual(factorRoles(null, true), [])
  assert.equal(factorRoles('all', true), 'all')
  assert.deepEqual(factorRoles(['lea-dba'], false), ['lea-dba'])
})

type Held = { roles: Role[]; approver: boolean }[]
const CASES: [title: string, roles: readonly string[] | 'all', held: Held, needs: boolean][] = [
  ['all', 'all', [{ roles: [], approver: false }], true],
  ['none', [], [{ roles: ['lea-dba'], approver: true }], false],
  ['a role that is held', ['lea-dba'], [{ roles: ['lea-user', 'lea-dba'], approver: false }], true],
  ['a role that others hold', ['lea-dba'], [{ roles: ['lea-user'], approver: true }], false],
  [
    'a role held at another organisation',
    ['lea-dba'],
    [
      { roles: ['school-user'], approver: false },
      { roles: ['lea-dba'], approver: false },
    ],
    true,
  ],
  ['the approver’s flag', ['approver'], [{ roles: [], approver: true }], true],
]

for (const [title, roles, held, needs] of CASES)
  test(`a second factor is needed of ${title}: ${needs}`, () => assert.equal(needsFactor(roles, held), needs))

test('what is no role of a person is told from what is', () => {
  assert.equal(unknownRole(null), null)
  assert.equal(unknownRole('all'), null)
  assert.equal(unknownRole(['lea-dba', 'approver', 'national-administrator']), null)
  assert.equal(unknownRole(['lea-dba', 'headteacher']), 'headteacher')
  assert.equal(unknownRole(['connected-system']), 'connected-system')
})

test('a factor’s name is one line that can be shown', () => {
  assert.equal(readFactorName('  Fy ffôn '), 'Fy ffôn')
  for (const none of ['', '   ', 'x'.repeat(61), 'a\nb', 'a\u202Eb']) assert.equal(readFactorName(none), null)
})
