import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide, type Actor, type Decision } from './decide.ts'
import type { Permission, Role } from './table.ts'

const SCHOOL = '6804020'
const LA = '680LLLL'
const DEPARTMENT = '101LLLL'
const SUPPLIER = 'SUP0001'

const yes = (reach: 'own-organisation' | 'own-authority' | 'anywhere'): Decision => ({ allowed: true, reach })
const roleLacking: Decision = { allowed: false, lacking: 'role' }
const outOfReach: Decision = { allowed: false, lacking: 'reach' }

/** Who, with which roles, asks for what, on a matter of which organisations; and the answer. */
const CASES: [organisation: string, roles: Role[], Permission, business: string[], Decision][] = [
  [SCHOOL, ['school-user'], 'send-ctf', [SCHOOL], yes('own-organisation')],
  [SCHOOL, ['school-user'], 'send-ctf', ['6804021'], outOfReach],
  [SCHOOL, ['school-user'], 'send-ctf', [LA], outOfReach],
  [SCHOOL, ['school-user'], 'collect-ctf', ['6814039', SCHOOL], yes('own-organisation')],
  [SCHOOL, ['school-user'], 'send-ctf', [], outOfReach],
  // an LA reaches its schools and itself, only by a role that does
  [LA, ['lea-school'], 'send-ctf', [SCHOOL], yes('own-authority')],
  [LA, ['lea-school'], 'send-ctf', [LA], yes('own-authority')],
  [LA, ['lea-school'], 'send-ctf', ['6814039'], outOfReach],
  [LA, ['lea-school'], 'send-ctf', ['681LLLL'], outOfReach],
  [LA, ['lea-school'], 'collect-ctf', [SCHOOL], outOfReach],
  [LA, ['lea-user'], 'send-ctf', [SCHOOL], outOfReach],
  [LA, ['lea-user'], 'send-ctf', [LA], yes('own-organisation')],
  // a role of an LA held at a school reaches no further than that school
  [SCHOOL, ['lea-school'], 'send-ctf', ['6804021'], outOfReach],
  [SCHOOL, ['lea-school'], 'send-ctf', [SCHOOL], yes('own-authority')],
  // the department, the view-only role and the approver flag touch no file
  [DEPARTMENT, ['national-administrator'], 'collect-ctf', [DEPARTMENT], roleLacking],
  [LA, ['lea-dba-view-only'], 'see-sent-files', [LA], roleLacking],
  [SCHOOL, ['approver'], 'send-ctf', [SCHOOL], roleLacking],
  [SUPPLIER, ['supplier-user'], 'see-sent-files', [SUPPLIER], yes('own-organisation')],
  [SUPPLIER, ['supplier-user'], 'send-ctf', [SUPPLIER], roleLacking],
  // lost pupils: schools deposit, the searching roles do not
  [SCHOOL, ['school-user'], 'deposit-in-lpd', [SCHOOL], yes('own-organisation')],
  [LA, ['lea-lost-pupil', 'lea-lost-pupil-transfer'], 'deposit-in-lpd', [LA], roleLacking],
  // several roles: any is enough, and nobody is more for a role that may not
  [LA, ['lea-lost-pupil', 'lea-user'], 'send-ctf', [LA], yes('own-organisation')],
  [LA, ['lea-dba-view-only', 'lea-school'], 'send-ctf', [SCHOOL], yes('own-authority')],
  [LA, ['lea-user', 'lea-school'], 'send-ctf', ['6814039'], outOfReach],
  [SCHOOL, [], 'find-a-school', [SCHOOL], roleLacking],
  // what is open to everybody asks for no organisation
  [SCHOOL, ['school-user'], 'find-a-school', [], yes('anywhere')],
  [DEPARTMENT, ['national-administrator'], 'find-a-school', ['8734001'], yes('anywhere')],
]

for (const [organisation, roles, permission, business, expected] of CASES) {
  const who = `${roles.join(' and ') || 'nobody'} of ${organisation}`
  const answer = expected.allowed ? 'may' : `may not, for want of ${expected.lacking},`
  test(`${who} ${answer} ${permission} on ${business.join(' and ') || 'anything'}`, () => {
    const actor: Actor = { kind: 'person', id: 'p', name: 'P', organisation, roles, address: null }
    assert.deepEqual(decide(actor, permission, business), expected)
  })
}
