import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { giasDate } from './gias.ts'
import * as rules from './rules.ts'
import { isEmail } from './set-organisation.ts'
import { townOfAddress } from './welsh-list.ts'

/** A test for each case: what is given, and what comes out. */
function table<Given, Out>(title: string, run: (given: Given) => Out, cases: readonly [Given, Out][]): void {
  describe(title, () => {
    for (const [given, out] of cases) {
      test(`${JSON.stringify(given)} gives ${JSON.stringify(out)}`, () => assert.deepEqual(run(given), out))
    }
  })
}

table('a code says what it names', rules.kindOfCode, [
  ['6804020', 'school'],
  ['680LLLL', 'authority'],
  ['101LLLL', 'department'],
  ['SUP0001', 'supplier'],
  ['680PLAS', null],
  ['680llll', null],
  ['68040201', null],
  ['680402', null],
  ['XXXXXXX', null],
  ['6804020\n', null],
  ['', null],
])

table(
  'a code belongs to a nation, which gives the language of its e-mails',
  (code: string) => [rules.nationOf(code), rules.defaultLanguage(code)],
  [
    ['6604020', ['wales', 'both']],
    ['681LLLL', ['wales', 'both']],
    ['6594020', ['england', 'en']],
    ['682LLLL', ['england', 'en']],
    ['101LLLL', ['both', 'both']],
    ['SUP0001', ['both', 'both']],
  ],
)

test('a school and its LA lead to the same LA', () => {
  assert.equal(rules.authorityOf('6804020'), '680LLLL')
  assert.equal(rules.authorityOf('680LLLL'), '680LLLL')
})

table('a postcode is written in one way', rules.normalPostcode, [
  ['NP10 8YD', 'NP10 8YD'],
  ['np108yd', 'NP10 8YD'],
  [' cf5  4jl ', 'CF5 4JL'],
  ['EC3A 5DE', 'EC3A 5DE'],
  ['NP10', null],
  ['Newport', null],
  ['', null],
])

table('a list without sectors: the number says it', rules.sectorOfNumber, [
  ['6804020', 'maintained'],
  ['6801103', 'pru'],
  ['6816004', 'independent'],
  ['2028600', 'other'],
  ['2021000', 'maintained'],
])

table(
  'the type groups of GIAS say who maintains a school',
  ([group, type]: [string, string]) => rules.sectorOfGias(group, type),
  [
    [['4', '1'], 'maintained'],
    [['4', '14'], 'pru'],
    [['5', '7'], 'maintained'],
    [['10', '34'], 'maintained'],
    [['11', '35'], 'maintained'],
    [['3', '11'], 'independent'],
    [['1', '18'], 'other'],
    [['9', '41'], 'other'],
    [['6', '30'], null],
    [['', ''], null],
  ],
)

table('a status of GIAS, as code or name', rules.statusOfGias, [
  ['1', 'open'],
  ['2', 'closed'],
  ['3', 'open'],
  ['4', 'proposed'],
  ['Open', 'open'],
  ['Open, but proposed to close', 'open'],
  ['Closed', 'closed'],
  ['Proposed to open', 'proposed'],
  ['', null],
  ['Quarantine', null],
])

table('a date of GIAS', giasDate, [
  ['01-09-2020', '2020-09-01'],
  ['31/08/2020', '2020-08-31'],
  ['31-02-2020', null],
  ['2020-09-01', null],
  ['', null],
])

table('names are compared without accents, case, apostrophes and punctuation', rules.nameKey, [
  ['Ysgol Llŷr', 'ysgol llyr'],
  ['YSGOL LLYR', 'ysgol llyr'],
  ['Ynys Mo\u0302n', 'ynys mon'],
  ['St. Cedd’s C.P.', 'st cedds c p'],
  ["St Cedd's", 'st cedds'],
  ['Barking & Dagenham', 'barking and dagenham'],
  ['Pen-y-bont', 'pen y bont'],
  ['---', ''],
])

table(
  'a search is a prefix of each word; nothing typed reaches the database as syntax',
  (text: string) => rules.searchQuery(text)?.all,
  [
    ['Plasmawr ysg', "'plasmawr':* & 'ysg':*"],
    ["O'Brien | !x", "'obrien':* & 'x':*"],
    ["a' & 'b", "'a':* & 'and':* & 'b':*"],
    ['(((', undefined],
  ],
)

table(
  'a school number in its ways of writing',
  ([text, la]: [string, string | null]) => rules.schoolNumber(text, la),
  [
    [['6804020', null], '6804020'],
    [['680/4020', null], '6804020'],
    [['680 4020', null], '6804020'],
    [['680 / 4020', null], '6804020'],
    [['4020', '680'], '6804020'],
    [['4020', null], null],
    [['68040201', null], null],
  ],
)

test('an organisation is found by its names and by everything else, told apart by weight', () => {
  const school = {
    code: '6724020',
    urn: '401234',
    nameEn: 'Ysgol Pen-y-bont',
    nameCy: null,
    town: 'Maesteg',
    address: ['Heol Fawr', 'Maesteg'],
    postcode: 'CF34 9YE',
  }
  const words = rules.searchWords(school, { nameEn: 'Bridgend', nameCy: 'Pen-y-bont ar Ogwr' }).split(' ')
  for (const name of ["'ysgol':1A", "'pen':1A", "'penybont':1A"]) assert.ok(words.includes(name), name)
  const others = [
    'bridgend',
    'ogwr',
    'maesteg',
    'fawr',
    '6724020',
    '672',
    '4020',
    '401234',
    'cf34',
    '9ye',
    'cf349ye',
  ]
  for (const other of others) assert.ok(words.includes(`'${other}':1`), other)
  assert.equal(new Set(words).size, words.length)
})

table('the town of a Welsh address is its last line that is neither county nor street', townOfAddress, [
  [['Llandennis Road', 'Cyncoed', 'Cardiff'], 'Cardiff'],
  [['Maeshyfryd', 'Beaumaris', 'Ynys Môn'], 'Beaumaris'],
  [['Chwilog', 'Pwllheli', 'Gwynedd'], 'Pwllheli'],
  [['Pen-Yr-Ysgol', 'Maesteg', 'Bridgend'], 'Maesteg'],
  [['Minerva Street', 'Bridgend'], 'Bridgend'],
  [['Ffordd Llanrwst', 'Dolgarrog', 'Conwy', 'Gwynedd'], 'Dolgarrog'],
  [['Long Hill', 'Nr. Mold', 'Flintshire'], 'Mold'],
  [['High Street', 'Gwynedd'], 'High Street'],
  [['Powys'], 'Powys'],
  [[], null],
])

table('an address that mail can be sent to', isEmail, [
  ['office@school.example', true],
  ["o'neil+ctf@mail.school.example", true],
  ['office@school', false],
  ['office@@school.example', false],
  ['a@b@school.example', false],
  ['office@school.example\r\nBcc: x@y.example', false],
  ['Office <office@school.example>', false],
  ['.office@school.example', false],
  ['office@-school.example', false],
  ['office school@school.example', false],
  ['', false],
])

table('a telephone number is kept with single spaces, an extension behind it', rules.readPhone, [
  ['01633 960001', '01633 960001'],
  [' (01633)  960 001 ', '(01633) 960 001'],
  ['+44 1633 960001', '+44 1633 960001'],
  ['01633960001 ext 12', '01633960001 ext 12'],
  ['01633 960001 est. 4', '01633 960001 est. 4'],
  ['999', null],
  ['ask for the office', null],
  ['01633 960001; 01633 960002', null],
  ['', null],
])

table(
  'a change of the register by hand is refused for one reason',
  ([kind, successor, state]: [
    'new' | 'close' | 'merge' | 'rename',
    string | null,
    Partial<rules.RegisterState>,
  ]) =>
    rules.changeProblem(
      { kind, code: '6804020', successor },
      { authority: true, school: 'open', successor: 'open', announced: false, ...state },
    ),
  [
    [['new', null, { school: null }], null],
    [['new', null, { school: 'proposed' }], null],
    [['new', null, {}], 'number-taken'],
    [['new', null, { school: 'closed' }], 'number-taken'],
    [['new', null, { school: null, authority: false }], 'authority-unknown'],
    [['rename', null, {}], null],
    [['rename', null, { school: null }], 'school-unknown'],
    [['rename', null, { school: 'closed' }], 'school-closed'],
    [['close', null, {}], null],
    [['close', '6804025', {}], null],
    [['close', '6804025', { successor: 'closed' }], 'successor-closed'],
    [['close', '6804025', { successor: null }], 'successor-unknown'],
    [['close', '6804025', { successor: null, announced: true }], null],
    [['close', '6804020', {}], 'successor-itself'],
    [['close', '6804025', { school: 'closed' }], 'school-closed'],
    [['merge', '6804025', {}], null],
    [['merge', '6804025', { successor: 'proposed' }], null],
    [['merge', null, {}], 'successor-missing'],
  ],
)

table('suppliers are numbered one after the other', rules.supplierAfter, [
  [null, 'SUP0001'],
  ['SUP0001', 'SUP0002'],
  ['SUP0099', 'SUP0100'],
  ['SUP9999', null],
])
