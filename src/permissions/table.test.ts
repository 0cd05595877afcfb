import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PERMISSIONS, reachOf, ROLES, type Reach } from './table.ts'

// Copied by hand from the guidance for local authorities (§1.3, §1.6, §3 to §5) and ICES Bulletin 65 §1, not from the
// table: a cell changed there by accident shows here.
const EXPECTED = `
may                 school-user lea-dba view-only lea-user lea-school lost-pupil lp-transfer plasc admissions supplier national approver
send-ctf            own         own     -         own      LA         -          own         -     -          -        -        -
collect-ctf         own         own     -         own      own        -          own         -     -          -        -        -
open-ctf            own         own     -         own      own        -          own         -     -          -        -        -
see-sent-files      own         own     -         own      LA         own        own         own   own        own      -        -
recall-own-upload   own         own     -         own      LA         own        own         own   own        own      -        -
deposit-in-lpd      own         -       -         -        LA         -          -           -     -          -        -        -
recall-own-deposit  own         -       -         -        LA         -          -           -     -          -        -        -
find-a-school       all         all     all       all      all        all        all         all   all        all      all      all
own-account         all         all     all       all      all        all        all         all   all        all      all      all
`
const WORDS: Record<Reach, string> = {
  'own-organisation': 'own',
  'own-authority': 'LA',
  'own-nation': 'nation',
  anywhere: 'all',
}

test('the table says what the guidance says, cell by cell', () => {
  const [, ...expected] = EXPECTED.trim()
    .split('\n')
    .map((line) => line.split(/ +/))
  const actual = PERMISSIONS.map((permission) => [
    permission,
    ...ROLES.map((role) => {
      const reach = reachOf(role, permission)
      return reach ? WORDS[reach] : '-'
    }),
  ])
  assert.deepEqual(actual, expected)
})

test('nobody searches the Lost Pupil Database or reads a file by being an approver or a national administrator', () => {
  for (const role of ['approver', 'national-administrator', 'lea-dba-view-only'] as const) {
    assert.deepEqual(
      PERMISSIONS.filter((permission) => reachOf(role, permission) !== null),
      ['find-a-school', 'own-account'],
    )
  }
})
