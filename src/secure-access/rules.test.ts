import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commonPasswords } from './common-passwords.ts'
import { normalPassword, passwordProblem, sessionSeconds, type PasswordProblem } from './rules.ts'

const COMMON = await commonPasswords()

const OWNER = { username: '680nestaw', name: 'Nesta Ŵyn-Jones', email: 'nesta.wynjones@frost.invalid' }

/** So many characters, no two alike. */
const different = (count: number): string =>
  Array.from({ length: count }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('')

const PASSWORDS: [title: string, password: string, problem: PasswordProblem | null][] = [
  ['three words', 'copper kettle morning', null],
  ['twelve characters of one kind', 'xkfjwqpzmvbt', null],
  ['twelve with spaces at its ends', ' kettle  oak ', null],
  ['Welsh letters', 'ŵyllt-tŷ-môr-gŵydd', null],
  ['emoji, each one character', '🐑🦙🐙🦀🐝🦉🐢🐌🦋🐞🦂🐊', null],
  ['eleven characters', 'xkfjwqpzmvb', 'short'],
  ['eleven emoji, twenty-two UTF-16 units', '🐑🦙🐙🦀🐝🦉🐢🐌🦋🐞🦂', 'short'],
  ['twelve with accents of their own, eight when composed', 'ŵŷŵŷ-abcd'.normalize('NFD'), 'short'],
  ['two hundred characters', different(200), null],
  ['two hundred and one', different(201), 'long'],
  ['the username', '680nestaw and more', 'personal'],
  ['the username in capitals with signs between', 'x-680.NESTA-W-xyz', 'personal'],
  ['the first name', 'kettlenestakettle', 'personal'],
  ['the surname without its accent', 'kettle wynjones oak', 'personal'],
  ['half of the surname', 'kettle Jones kettle', 'personal'],
  ['the e-mail address', 'nesta.wynjones@frost.invalid', 'personal'],
  ['a part of the name of three letters only', 'kettle wyn morning', null],
  ['one character again and again', 'aaaaaaaaaaaa', 'repeated'],
  ['three characters again and again, cut off', 'abXabXabXabXa', 'repeated'],
  ['words again and again', 'kettle oak kettle oak kettle oak', 'repeated'],
  ['letter case as the only change', 'aAaAaAaAaAaA', 'repeated'],
  ['the alphabet', 'abcdefghijkl', 'run'],
  ['digits downwards', '0987654321098', 'run'],
  ['keys in their order', 'QWERTYUIOPasd', 'run'],
  ['keys backwards', 'poiuytrewqmn', 'run'],
  ['a common one', 'passwordpassword', 'common'],
  ['a common word with a year', 'Password2026!', 'common'],
  ['a common word with stand-ins', 'P@$$w0rd1234', 'common'],
  ['a pattern of the keyboard', '1q2w3e4r5t6y', 'common'],
  ['the name of the service', 'CommonTransfer2026', 'common'],
  ['a common one of the list, as it is', 'finalfantasy', 'common'],
  ['the same with capitals and a year', 'FinalFantasy1997!', 'common'],
  ['a short common word and digits', 'Dragon-20262026', 'common'],
  ['a common word twice', 'Welcome welcome!', 'common'],
  ['a word of this country', 'Cyfrinair2026!', 'common'],
  ['digits around two letters that are a word', '8261-ok-39174', null],
  ['two common words that do not belong together', 'dragon kettle', null],
  ['a common word with others', 'password of the lighthouse', null],
]

for (const [title, password, problem] of PASSWORDS) {
  test(`a new password: ${title}: ${problem ?? 'good'}`, () =>
    assert.equal(passwordProblem(password, OWNER, COMMON), problem))
}

test('a password is the same however a keyboard makes its characters', () => {
  assert.equal(normalPassword('tŷ'.normalize('NFD')), normalPassword('tŷ'.normalize('NFC')))
  assert.notEqual(normalPassword('TŶ'), normalPassword('tŷ'))
})

const LIMITS = { sessionHours: 12, sessionIdleMinutes: 30 }
const SESSIONS: [title: string, loginAt: number | undefined, now: number, seconds: number][] = [
  ['before a sign-in it is only idle', undefined, 1000, 1800],
  ['after it too', 1000, 1000, 1800],
  ['hours later too', 1000, 1000 + 6 * 3600, 1800],
  ['towards the end, what is left', 1000, 1000 + 12 * 3600 - 60, 60],
  ['at the end nothing but the least', 1000, 1000 + 12 * 3600, 1],
  ['and after it', 1000, 1000 + 13 * 3600, 1],
]

for (const [title, loginAt, now, seconds] of SESSIONS) {
  test(`the provider's session: ${title}`, () =>
    assert.equal(sessionSeconds({ loginAt, now }, LIMITS), seconds))
}
