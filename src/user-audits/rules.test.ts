import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Role } from '../permissions/table.ts'
import { dayAfter, hindranceOf, nationsFor, scopeOf, type Hindrance } from './rules.ts'

const somebody = (organisation: string, ...roles: Role[]) => scopeOf({ id: 'me', organisation, roles })

test('who answers for whom: an approver its organisation, a DBA its LA, the department what else nobody may', () => {
  const approver = somebody('6804020', 'school-user', 'approver')
  const clerk = somebody('680LLLL', 'lea-user', 'approver')
  const dba = somebody('680LLLL', 'lea-dba')
  const national = somebody('101LLLL', 'national-administrator')
  const both = somebody('101LLLL', 'national-administrator', 'approver')
  const supplier = somebody('SUP0001', 'supplier-user', 'approver')
  const viewOnly = somebody('680LLLL', 'lea-dba-view-only')
  const cases: [typeof dba, person: string, organisation: string, roles: Role[], Hindrance | null][] = [
    [approver, 'other', '6804020', ['school-user'], null],
    [approver, 'other', '6804020', [], null],
    [approver, 'me', '6804020', ['school-user'], 'own'],
    [approver, 'other', '6804025', ['school-user'], 'elsewhere'],
    [approver, 'other', '680LLLL', ['lea-user'], 'elsewhere'],
    [clerk, 'other', '680LLLL', ['lea-school'], null],
    [clerk, 'other', '6804020', ['school-user'], 'elsewhere'],
    [clerk, 'other', '680LLLL', ['lea-user', 'lea-dba'], 'dba'],
    [dba, 'other', '680LLLL', ['lea-user'], null],
    [dba, 'other', '6804020', ['school-user'], null],
    [dba, 'other', '6814039', ['school-user'], 'elsewhere'],
    [dba, 'me', '680LLLL', ['lea-dba'], 'own'],
    [dba, 'me', '6804020', ['school-user'], 'own'],
    [national, 'other', '680LLLL', ['lea-dba'], null],
    [national, 'other', '680LLLL', ['lea-user'], 'elsewhere'],
    [national, 'other', '6804020', ['school-user'], 'elsewhere'],
    [national, 'other', 'SUP0001', ['supplier-user'], null],
    [national, 'other', '101LLLL', ['national-administrator'], null],
    [national, 'me', '101LLLL', ['national-administrator'], 'own'],
    [both, 'other', '101LLLL', ['national-administrator'], null],
    [both, 'other', '681LLLL', ['lea-dba'], null],
    [supplier, 'other', 'SUP0001', ['supplier-user'], null],
    [supplier, 'other', 'SUP0002', ['supplier-user'], 'elsewhere'],
    [viewOnly, 'other', '680LLLL', ['lea-user'], 'elsewhere'],
  ]
  for (const [scope, person, organisation, roles, wanted] of cases) {
    const row = { person, organisation, la: organisation.slice(0, 3), roles }
    assert.equal(hindranceOf(scope, row), wanted, JSON.stringify([scope, row]))
  }
})

test('the department opens rounds of either nation and of both', () => {
  assert.deepEqual(nationsFor('101LLLL'), ['wales', 'england', 'both'])
  assert.deepEqual(nationsFor('680LLLL'), ['wales'])
})

test('days are those of London', () => {
  assert.equal(dayAfter(new Date('2026-09-02T23:30:00Z'), 0), '2026-09-03')
  assert.equal(dayAfter(new Date('2026-09-02T12:00:00Z'), 42), '2026-10-14')
  assert.equal(dayAfter(new Date('2026-12-31T23:30:00Z'), 0), '2026-12-31')
})
