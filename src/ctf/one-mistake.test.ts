import assert from 'node:assert/strict'
import { test } from 'node:test'
import { between, changed, read, value, withPupil } from '../../test/made-up-ctf.ts'

const ctf = { name: '6814039_CTF_6804020_001.XML' }
const need = (inside: string) => `<SENneed>${inside}</SENneed>`
const needs = (...all: string[]) =>
  between(
    '<Sex>F</Sex>',
    `<SENhistory><SEN><StartDate>2020-01-01</StartDate><SENprovision>K</SENprovision></SEN><SENneeds>${all.map(need).join('')}</SENneeds></SENhistory>`,
  )
const second = '<SENtypeRank>2</SENtypeRank><SENtype>HI</SENtype>'
const tables = (change: (xml: string) => string) =>
  withPupil(
    change(
      '<StageAssessments><KeyStage><Stage>KS2</Stage><StageAssessment><Locale>ENG</Locale><Year>2026</Year>' +
        '<Subject>MAT</Subject><Method>TT</Method><Component>MTC</Component><ResultStatus>R</ResultStatus>' +
        '<ResultQualifier>MT</ResultQualifier><Result>25</Result></StageAssessment></KeyStage></StageAssessments>',
    ),
  )

/** What is wrong, a file with that alone, what is found in it, and the name it is read under. */
const MISTAKES: readonly [string, string, readonly string[], { name: string }?][] = [
  ['a day that is none is not in the future too', value('DateTime', '2027-13-20T10:00:00'), ['ctf-122']],
  ['a qualifier that is none is no other kind', value('DocumentQualifier', 'both'), ['ctf-128'], ctf],
  [
    'a data qualifier that is none is no other kind',
    changed('>full<', '>partial<').replace('<SupplierID>', '<DataQualifier>KS9</DataQualifier><SupplierID>'),
    ['ctf-128'],
    { name: '6814039_KS2_6804020_001.XML' },
  ],
  [
    'a year group that is none fits every age',
    between('<Sex>F</Sex>', '<BasicDetails><NCyearActual>Y9</NCyearActual></BasicDetails>'),
    ['ctf-128'],
  ],
  [
    'a need without a rank leaves no gap before the next',
    needs('<SENtype>SPLD</SENtype>', second),
    ['ctf-105', 'ctf-375'],
  ],
  [
    'a rank that is none leaves no gap before the next',
    needs('<SENtypeRank>0</SENtypeRank><SENtype>SPLD</SENtype>', second),
    ['ctf-125'],
  ],
  [
    'an element that stands too early is not told with all behind it',
    changed('<UPN>', '<SuppInfo><SuppID>x</SuppID></SuppInfo><UPN>'),
    ['ctf-103'],
  ],
  ['a stage that is none', tables((xml) => xml.replace('>KS2<', '>KS9<')), ['ctf-128']],
  ['a subject that is too long', tables((xml) => xml.replace('>MAT<', '>MATH<')), ['ctf-120']],
  ['a qualifier of results that is none', tables((xml) => xml.replace('>MT<', '>ZZ<')), ['ctf-140']],
  ['a result that is too long', tables((xml) => xml.replace('>25<', '>twenty-five<')), ['ctf-120']],
  ['the result of the tables check as it is written', tables((xml) => xml), []],
]

test('one mistake is told once, not again by the rules that cannot make sense of it', () => {
  for (const [label, document, rules, options] of MISTAKES) {
    const found = read(document, options).findings.map(({ rule }) => rule)
    assert.deepEqual(found.toSorted(), rules, label)
  }
})

test('what stands in a value, and a name in other capitals, are told where they are', () => {
  const inSurname = read(value('Surname', 'x<b>y</b>')).findings
  assert.ok(inSurname.some(({ path }) => path === 'CTfile/CTFpupilData/Pupil/Surname/b'))
  const surname = read(
    withPupil('<Contacts><Contact><SURNAME>x</SURNAME><Relationship>PAM</Relationship></Contact></Contacts>'),
  ).findings.find(({ rule }) => rule === 'ctf-112')
  assert.deepEqual(surname?.params, { element: 'SURNAME', meant: 'Surname' })
})

test('another root is told with the one that is expected by the name, or with both', () => {
  const expected = (document: string, options?: { name: string }) =>
    read(document, options).findings.map(({ params }) => params['expected'])
  assert.deepEqual(expected('<CTfile/>', { name: '681LLLL_ATF_6804020_001.XML' }), ['ATfile'])
  assert.deepEqual(expected('<ATfile/>', ctf), ['CTfile'])
  assert.deepEqual(expected('<html/>'), ['CTfile / ATfile'])
})
