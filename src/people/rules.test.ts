import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Role } from '../permissions/table.ts'
import { peopleReach, roleChanges, type PeopleReach } from './rules.ts'

const REACHES: [roles: Role[], organisation: string, reach: PeopleReach][] = [
  [['approver'], '6804020', { organisation: '6804020' }],
  [['approver'], '680LLLL', { organisation: '680LLLL' }],
  [['lea-dba'], '680LLLL', { la: '680' }],
  [['lea-dba-view-only', 'approver'], '680LLLL', { la: '680' }],
  [['national-administrator'], '101LLLL', 'everywhere'],
  [['approver', 'national-administrator'], '101LLLL', 'everywhere'],
]
for (const [roles, organisation, reach] of REACHES)
  test(`${roles.join(' and ')} of ${organisation} sees ${JSON.stringify(reach)}`, () => {
    assert.deepEqual(peopleReach({ roles, organisation }), reach)
  })

const GRANTABLE: Role[] = ['lea-user', 'lea-plasc', 'lea-school']
const CHANGES: [title: string, held: Role[], wanted: Role[], given: Role[], taken: Role[]][] = [
  ['nothing', ['lea-user'], ['lea-user'], [], []],
  ['one for another', ['lea-user'], ['lea-plasc'], ['lea-plasc'], ['lea-user']],
  ['all away', ['lea-user', 'lea-plasc'], [], [], ['lea-user', 'lea-plasc']],
  ['what is set up from above stays', ['lea-dba', 'lea-user'], ['lea-plasc'], ['lea-plasc'], ['lea-user']],
]
for (const [title, held, wanted, given, taken] of CHANGES)
  test(`a change of roles: ${title}`, () => {
    assert.deepEqual(roleChanges(held, wanted, GRANTABLE), { given, taken })
  })
