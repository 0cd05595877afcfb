import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CODE_SETS, codeIn, codeSet, isKnownLa, isUpnLa, wordOfCode } from './code-sets.ts'
import { readCodeTable } from './code-table.ts'

/** Codes of each set: those of CBDS of August 2018, and those that were added since or are older. */
const COUNTS: [name: string, number: string | null, inCbds: number, more: number][] = [
  ['sex', 'CS001', 2, 0],
  ['la', 'CS003', 278, 6],
  ['language', 'CS005', 255, 0],
  ['service-child', 'CS006', 4, 0],
  ['enrolment-status', 'CS007', 7, 0],
  ['phone-type', 'CS011', 6, 0],
  ['relationship', 'CS012', 16, 0],
  ['result-status', 'CS014', 5, 0],
  ['document-qualifier', 'CS039', 2, 0],
  ['disability', 'CS052', 17, 0],
  ['language-type', 'CS057', 9, 0],
  ['uk-country', 'CS059', 4, 0],
  ['stage', 'CS064', 36, 0],
  ['data-qualifier', 'CS065', 12, 0],
  ['attendance', 'CS066', 25, 12],
  ['sen-type', 'CS071', 13, 2],
  ['ethnicity', 'CS080', 102, 0],
  ['nc-year', 'CS086', 21, 0],
  ['country', 'CS088', 282, 0],
  ['proficiency-in-english', 'CS089', 6, 0],
  ['source', 'CS093', 2, 3],
  ['result-qualifier', 'CS094', 33, 1],
  ['sen-provision', 'CS096', 6, 0],
  ['leaving-reason', 'CS097', 34, 0],
  ['removal-grounds', 'CS099', 15, 0],
  ['concern', 'CS103', 4, 0],
  ['locale', null, 0, 3],
  ['speak-welsh', null, 0, 4],
  ['home-welsh', null, 0, 3],
  ['national-identity', null, 0, 8],
  ['welsh-source', null, 0, 4],
  ['eal-acquisition', null, 0, 7],
  ['curriculum-and-teaching', null, 0, 4],
  ['grouping-and-support', null, 0, 4],
  ['specialised-resources', null, 0, 4],
  ['advice-and-assessment', null, 0, 4],
  ['aln-outcome', null, 0, 1],
  ['aln-body', null, 0, 1],
  ['aln-area', null, 0, 2],
  ['aln-type', null, 0, 15],
]

test('every code set of the format is there, as large as the Common Basic Data Set has it and later codes beside', () => {
  assert.deepEqual(
    [...CODE_SETS.values()].map((set) => [set.name, set.number, set.codes.size]).toSorted(byName),
    COUNTS.map(([name, number, inCbds, more]) => [name, number, inCbds + more]).toSorted(byName),
  )
})

const byName = (a: readonly unknown[], b: readonly unknown[]) => String(a[0]).localeCompare(String(b[0]))

test('every code has words in both languages, fit to be read', () => {
  for (const set of CODE_SETS.values()) {
    for (const words of [set.title.en, set.title.cy]) assert.match(words, FIT, set.name)
    for (const { code, en, cy } of set.codes.values()) {
      for (const words of [en, cy]) assert.match(words, FIT, `${set.name} ${code}: ${words}`)
      assert.match(code, /^[0-9A-Z/\\#]{1,7}$/, `${set.name} ${code}`)
    }
  }
})

/** No footnote stars, no capitals alone, no blanks doubled or at the ends, apostrophes as they are written. */
const FIT = /^(?!.*(\*|\+|  |'|\b(?!NFER|GCSE|TGAU)[A-Z]{4,}\b))\S.*\S$/u

test('codes that mean different things are called differently', () => {
  const alike = [...CODE_SETS.values()].flatMap((set) =>
    (['en', 'cy'] as const).flatMap((language) => {
      const words = [...set.codes.values()].map((code) => code[language])
      return words.filter((word, at) => words.indexOf(word) !== at).map((word) => `${set.name}: ${word}`)
    }),
  )
  // J1 took the place of J; N and 0 mean the same
  const meant = ['attendance: At an interview', 'attendance: Mewn cyfweliad']
  assert.deepEqual(alike, [...meant, 'eal-acquisition: Not applicable', 'eal-acquisition: Amherthnasol'])
})

test('the languages are told apart where they must be: Welsh words are not left in English', () => {
  for (const set of CODE_SETS.values()) {
    const same = [...set.codes.values()].filter(({ en, cy }) => en === cy)
    const most = { language: 71, country: 97, la: 122, ethnicity: 2, 'result-status': 1 }[set.name] ?? 0
    assert.ok(same.length <= most, `${set.name}: ${same.length} of ${set.codes.size} alike`)
  }
})

test('an extended ethnicity is part of a main one, which is its own', () => {
  const set = codeSet('ethnicity')
  for (const { code, main } of set.codes.values()) assert.equal(set.codes.get(main)?.main, main, code)
  const mains = [...set.codes.values()].filter(({ code, main }) => code === main).map(({ code }) => code)
  assert.equal(
    mains.join(' '),
    'WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT',
  )
  assert.equal(set.codes.get('WWEL')?.main, 'WBRI')
  assert.equal(set.codes.get('CHKC')?.main, 'CHNE')
})

test('codes of old records are told apart from those of new ones', () => {
  const historic = (name: string) =>
    [...codeSet(name).codes.values()].filter((code) => code.historic).map(({ code }) => code)
  assert.equal(historic('leaving-reason').join(' '), 'NI IJ FM JS MS ST EO EM MD FE HE TR WK UN OS OT')
  assert.equal(historic('sen-provision').join(' '), 'S A P')
  assert.equal(historic('country').length, 29)
  assert.ok(!historic('country').includes('DEU'))
})

test('a code says what it means in either language, and what is no code says nothing', () => {
  const cases: [string, string, string, string][] = [
    ['ethnicity', 'WWEL', 'White Welsh', 'Gwyn Cymreig'],
    ['language', 'CYM', 'Welsh', 'Cymraeg'],
    ['country', 'DEU', 'Germany', 'Yr Almaen'],
    ['la', '680', 'Newport', 'Casnewydd'],
    ['la', '001', 'Test authority', 'Awdurdod prawf'],
    ['attendance', '\\', 'Present in the afternoon', 'Yn bresennol yn y prynhawn'],
    ['attendance', '#', 'School closed', 'Yr ysgol ar gau'],
    ['relationship', 'PAM', 'Mother', 'Mam'],
    ['document-qualifier', 'full', 'Full', 'Llawn'],
  ]
  for (const [set, code, en, cy] of cases) {
    assert.equal(wordOfCode(set, code, 'en'), en)
    assert.equal(wordOfCode(set, code, 'cy'), cy)
  }
  assert.equal(wordOfCode('sex', 'X', 'en'), null)
  assert.equal(wordOfCode('sex', 'm', 'en'), null, 'letter case counts')
  assert.equal(codeIn(codeSet('document-qualifier'), 'Partial')?.code, 'PARTIAL')
  assert.throws(() => codeSet('gender'), RangeError)
})

test('the numbers of LAs are known by those in use, former ones and the stand-ins', () => {
  for (const la of ['001', '201', '681', '838', '839', '901', '943', '010', '633', 'XXX', 'MMM', 'NAA'])
    assert.ok(isKnownLa(la), la)
  for (const la of ['000', '214', '682', '999', '842', 'xxx', 'LLL', '68', '6811', ''])
    assert.ok(!isKnownLa(la), la)
})

test('a UPN holds the number of an LA of after April 1998, or a Welsh one', () => {
  for (const la of ['001', '002', '005', '201', '660', '681', '702', '820', '908', '909', '938', '943'])
    assert.ok(isUpnLa(la), la)
  for (const la of ['000', '006', '010', '167', '601', '901', '907', '927', '939', '999', 'XXX', 'MMM'])
    assert.ok(!isUpnLa(la), la)
})

test('a misprint in a table of codes stops the start', () => {
  const set = '= sex | CS001 | V | CBDS | Sex | Rhyw\n'
  assert.equal(
    readCodeTable(`${set}M | Male | Gwryw | historic from=24 main=F\n`)[0]!.codes.get('M')!.from,
    24,
  )
  const misprints = [
    '= sex | CS001 | V | CBDS | Sex\n',
    '= sex | CS001 | X | CBDS | Sex | Rhyw\n',
    '= sex | CS001 | V | CBDS | Sex | Rhyw | any-cse\n',
    `${set}M | Male\n`,
    `${set}M | | Gwryw\n`,
    `${set}M | Male | Gwryw\nM | Male | Gwryw\n`,
    `${set}M | Male | Gwryw | old\n`,
  ]
  for (const misprint of misprints) assert.throws(() => readCodeTable(misprint), RangeError, misprint)
})
