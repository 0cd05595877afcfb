import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ROLES } from '../permissions/table.ts'
import { readConfig } from '../kit/config.ts'
import {
  isUsername,
  mailboxProblem,
  NAME_MAX,
  proposedUsername,
  readClientName,
  readPersonName,
  readPhone,
  rolesFor,
  usernameKey,
} from './rules.ts'

const KINDS = ['school', 'authority', 'department', 'supplier'] as const

test('every role of people but approver fits exactly one kind of organisation', () => {
  for (const role of ROLES) {
    const kinds = KINDS.filter((kind) => rolesFor(kind).includes(role))
    assert.equal(kinds.length, ['approver', 'connected-system', 'member'].includes(role) ? 0 : 1, role)
  }
})

test('each kind of organisation has its own roles', () => {
  assert.deepEqual(rolesFor('school'), ['school-user'])
  assert.deepEqual(rolesFor('supplier'), ['supplier-user'])
  assert.deepEqual(rolesFor('department'), ['national-administrator'])
  assert.deepEqual(rolesFor('authority'), [
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
  ['the longest', 'x'.repeat(NAME_MAX), 'x'.repeat(NAME_MAX)],
  ['one too long', 'x'.repeat(NAME_MAX + 1), null],
  ['nothing', ' ', null],
  ['a line break', 'a\nb', null],
  ['a control character', 'a\u0000b', null],
  ['a direction override', 'a\u202eb', null],
  ['half a surrogate pair', 'a\ud800', null],
]

for (const [title, given, kept] of NAMES) {
  test(`a client's name: ${title}`, () => assert.equal(readClientName(given), kept))
  test(`a person's name: ${title}`, () => assert.equal(readPersonName(given), kept))
}

const PERSONS_NAMES: [given: string, kept: string | null][] = [
  ["Siân O'Brien-Ŵyn", "Siân O'Brien-Ŵyn"],
  ['Łukasz Żak', 'Łukasz Żak'],
  ['Ольга', 'Ольга'],
  ['李', '李'],
  ['1234', null],
  ['-', null],
]
for (const [given, kept] of PERSONS_NAMES) {
  test(`a person's name: ${given}`, () => assert.equal(readPersonName(given), kept))
}

const USERNAMES: [text: string, good: boolean][] = [
  ['681bjones', true],
  ['ABC', true],
  ['6814039', true],
  ['x'.repeat(40), true],
  ['x'.repeat(41), false],
  ['ab', false],
  ['', false],
  ['b.jones', false],
  ['b jones', false],
  ['bjones\n', false],
  ['siân', false],
  ['b\u0000jones', false],
  ['bjones@school.example', false],
]
for (const [text, good] of USERNAMES) {
  test(`${JSON.stringify(text)} ${good ? 'can' : 'cannot'} be a username`, () =>
    assert.equal(isUsername(text), good))
}

test('usernames that differ by capitals only are one', () =>
  assert.equal(usernameKey('681BJones'), usernameKey('681bjONES')))

const { personalMailDomains, genericMailboxes } = readConfig({})

const MAILBOXES: [email: string, problem: 'personal' | 'generic' | null][] = [
  ['b.jones@newport.gov.example', null],
  ['jonesb12@school.example', null],
  ['bjones@hotmail.com', 'personal'],
  ['bjones@Hotmail.co.uk', 'personal'],
  ['bjones@yahoo.fr', 'personal'],
  ['bjones@yahoo.com.au', 'personal'],
  ['bjones@mail.yahoo.com', 'personal'],
  ['b.jones+cts@gmail.com', 'personal'],
  ['bjones@outlook.com', 'personal'],
  ['bjones@icloud.com', 'personal'],
  ['bjones@me.com', 'personal'],
  ['head@gmail.com', 'personal'],
  ['bjones@me.school.example', null],
  ['bjones@outlook.school.example', null],
  ['bjones@yahoo-school.example', null],
  ['bjones@acme.com', null],
  ['admin@school.example', 'generic'],
  ['Head@school.example', 'generic'],
  ['head.teacher@school.example', 'generic'],
  ['school_office@school.example', 'generic'],
  ['info+cts@school.example', 'generic'],
  ['no-reply@school.example', 'generic'],
  ['swyddfa@ysgol.example', 'generic'],
  ['headley@school.example', null],
  ['admin.jones@school.example', null],
]
for (const [email, problem] of MAILBOXES) {
  test(`${email} is ${problem ?? 'a person at work'}`, () =>
    assert.equal(mailboxProblem(email, { personalMailDomains, genericMailboxes }), problem))
}

test('the lists of an installation stand in the place of those that come with it', () => {
  const lists = { personalMailDomains: ['post.example'], genericMailboxes: ['front-desk'] }
  assert.equal(mailboxProblem('bjones@hotmail.com', lists), null)
  assert.equal(mailboxProblem('bjones@mail.post.example', lists), 'personal')
  assert.equal(mailboxProblem('bjones@compost.example', lists), null)
  assert.equal(mailboxProblem('frontdesk@school.example', lists), 'generic')
})

const PROPOSED: [name: string, organisation: string, tries: number, username: string][] = [
  ['Bethan Jones', '6814039', 0, '681bjones'],
  ['Bethan Jones', '681LLLL', 1, '681bjones2'],
  ['Siân Ŵyn-Prŷs', '680LLLL', 0, '680sprys'],
  ["Niamh O'Brien", '6804020', 0, '680nobrien'],
  ['Cher', '6804020', 0, '680cher'],
  ['Анна Ковальчук', '6804020', 0, '680user'],
  [`Ann ${'x'.repeat(100)}`, '6804020', 99, `680a${'x'.repeat(31)}100`],
  ['Ann Post', 'SUP0001', 0, 'supapost'],
]
for (const [name, organisation, tries, username] of PROPOSED)
  test(`${name.slice(0, 20)} of ${organisation} is proposed ${username.slice(0, 20)}`, () => {
    assert.equal(proposedUsername(name, organisation, tries), username)
    assert.ok(isUsername(username))
  })

const PHONES: [typed: string, kept: string | null | undefined][] = [
  ['', null],
  ['  ', null],
  ['01633  654321', '01633 654321'],
  ['+44 (0)1633-654321 ext. 12', '+44 (0)1633-654321 ext. 12'],
  ['029 2087 2087 x9', '029 2087 2087 x9'],
  ['999', undefined],
  ['ask at the desk', undefined],
  ['01633 654321\u202e', undefined],
  ['1'.repeat(31), undefined],
]
for (const [typed, kept] of PHONES)
  test(`the telephone number ${JSON.stringify(typed)} is kept as ${kept}`, () =>
    assert.equal(readPhone(typed), kept))
