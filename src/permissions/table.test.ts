import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PERMISSIONS, reachOf, ROLES, type Reach } from './table.ts'

// Copied by hand from the guidance for local authorities (§1.3, §1.6, §3 to §5) and ICES Bulletin 65 §1, not from the
// table: a cell changed there by accident shows here.
const EXPECTED = `
may                   school-user lea-dba view-only lea-user lea-school lost-pupil lp-transfer plasc  admissions supplier national approver system member
send-ctf              own         own     -         own      LA         -          own         -      -          -        -        -        -    -
collect-ctf           own         own     -         own      own        -          own         -      -          -        -        -        -    -
recall-own-upload     own         own     -         own      LA         own        own         own    own        own      -        -        -    -
see-sent-files        own         own     -         own      LA         own        own         own    own        own      -        -        -    -
see-la-files          -           LA      -         LA       LA         -          LA          -      -          -        -        -        -    -
collect-la-copies     -           LA      -         LA       LA         -          LA          -      -          -        -        -        -    -
see-names-in-la-files -           LA      -         LA       LA         -          LA          -      -          -        -        -        -    -
open-ctf              own         own     -         own      own        -          own         -      -          -        -        -        -    -
delete-uncollected    -           LA      -         LA       LA         -          LA          -      -          -        -        -        -    -
forward-uncollected   -           -       -         LA       LA         -          LA          -      -          -        -        -        -    -
exchange-census       own         -       -         own      own        -          own         own    -          -        -        -        -    -
exchange-admissions   own         -       -         own      own        -          own         -      own        -        -        -        -    -
exchange-generic      own         -       -         own      own        own        own         own    own        own      -        -        -    -
name-suppliers        -           LA      -         -        -          -          -           -      -          -        -        own      -    -
transfer-phase        -           -       -         LA       LA         -          LA          -      -          -        -        -        -    -
request-file          own         -       -         -        LA         -          -           -      -          -        -        -        -    -
see-la-requests       -           LA      -         LA       LA         LA         LA          -      -          -        -        -        -    -
deposit-in-lpd        own         -       -         -        LA         -          -           -      -          -        -        -        -    -
recall-own-deposit    own         -       -         -        LA         -          -           -      -          -        -        -        -    -
forward-own-deposit   own         -       -         -        LA         -          -           -      -          -        -        -        -    -
search-lpd            -           -       -         -        -          all        all         -      -          -        -        -        -    -
download-from-lpd     -           -       -         -        -          all        all         -      -          -        -        -        -    -
hand-find-over        -           -       -         -        -          own        -           -      -          -        -        -        -    -
forward-from-lpd      -           -       -         -        -          -          all         -      -          -        -        -        -    -
see-own-lost-pupils   -           -       -         -        LA         LA         LA          -      -          -        -        -        -    -
remove-from-lpd       -           -       -         -        LA         LA         LA          -      -          -        -        -        -    -
report-no-ctf         own         -       -         -        LA         -          -           -      -          -        -        -        -    -
see-cases             -           -       -         LA       LA         LA         LA          -      -          -        -        -        -    -
close-cases           -           -       -         -        -          LA         LA          -      -          -        -        -        -    -
decide-matches        -           -       -         -        -          LA         LA          -      -          -        -        -        -    -
load-roll             own         -       -         LA       LA         LA         LA          LA     -          -        -        -        -    -
match-annually        -           -       -         -        -          -          -           -      -          -        nation   -        -    -
send-message          own         own     -         own      own        own        own         own    own        own      own      -        -    -
read-messages         own         own     own       own      own        own        own         own    own        own      own      -        -    -
keep-templates        own         own     -         own      own        own        own         own    own        own      own      -        -    -
report-usage          own         LA      LA        LA       LA         LA         LA          LA     LA         -        nation   -        -    -
report-cluster        -           nation  nation    nation   nation     nation     nation      nation nation     -        nation   -        -    -
report-lpd-numbers    -           nation  nation    nation   nation     nation     nation      nation nation     -        nation   -        -    -
report-lpd-details    -           LA      LA        LA       LA         LA         LA          LA     LA         -        -        -        -    -
see-names-in-report   -           LA      -         LA       LA         LA         LA          -      -          -        -        -        -    -
report-messages       -           LA      -         -        -          -          -           -      -          -        -        -        -    -
see-monitoring        -           LA      LA        LA       LA         -          -           -      -          -        nation   -        -    -
see-people            -           LA      LA        -        -          -          -           -      -          -        nation   own      -    -
manage-people         -           LA      -         -        -          -          -           -      -          -        -        own      -    -
manage-access         -           -       -         -        -          -          -           -      -          -        -        own      -    -
manage-clients        -           own     -         -        -          -          -           -      -          -        -        own      -    -
answer-requests       -           LA      -         -        -          -          -           -      -          -        nation   own      -    -
issue-approver-codes  -           LA      -         -        -          -          -           -      -          -        nation   -        -    -
set-up-dba            -           -       -         -        -          -          -           -      -          -        nation   -        -    -
run-user-audit        -           -       -         -        -          -          -           -      -          -        nation   -        -    -
confirm-people        -           LA      -         -        -          -          -           -      -          -        -        own      -    -
see-school-details    -           LA      LA        -        -          -          -           -      -          -        nation   -        -    -
maintain-details      -           LA      -         -        -          -          -           -      -          -        nation   -        -    -
propose-school        -           LA      -         -        -          -          -           -      -          -        -        -        -    -
keep-register         -           -       -         -        -          -          -           -      -          -        nation   -        -    -
find-a-school         all         all     all       all      all        all        all         all    all        all      all      all      -    all
own-account           all         all     all       all      all        all        all         all    all        all      all      all      -    all
ask-about-people      -           -       -         -        -          -          -           -      -          -        -        -        all    -
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

/** What shows a pupil's record or name, or lets somebody find one. */
const OF_PUPILS = /ctf$|lpd|lost-pupils|names|cases|matches|copies|la-files|roll$|uncollected|phase|exchange/

test('nobody searches the Lost Pupil Database or reads a file by being an approver or a national administrator', () => {
  assert.ok(PERMISSIONS.filter((permission) => OF_PUPILS.test(permission)).length > 20)
  for (const role of [
    'approver',
    'national-administrator',
    'lea-dba-view-only',
    'connected-system',
  ] as const) {
    const held = PERMISSIONS.filter((permission) => reachOf(role, permission) !== null)
    const ofPupils = held.filter((permission) => OF_PUPILS.test(permission))
    // numbers only
    assert.deepEqual(
      ofPupils.filter((permission) => !permission.startsWith('report-lpd-')),
      [],
      role,
    )
  }
})
