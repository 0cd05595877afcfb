import assert from 'node:assert/strict'
import { test } from 'node:test'
import { elementsIn, textIn, type CtfFile, type Elements } from './content.ts'
import { checkCtf } from './check-ctf.ts'
import { parseFileName } from './file-name.ts'
import { readCtf } from './read-ctf.ts'
import { sampleCtf } from './sample.ts'
import {
  canReceive,
  fileOfPart,
  nextSchoolOf,
  readDestinations,
  splitByDestination,
  splitByPupil,
} from './split.ts'
import { writeCtf } from './write.ts'

const NOW = '2026-11-22T09:30:00'
const ends = { source: '6814039', destination: '6804020', today: '2026-11-22' }
const sample = (pupils: number): CtfFile => readCtf(sampleCtf({ pupils, seed: 1, ...ends }).bytes)

const pupil = (UPN: string, ...School: Elements[]): Elements => ({ UPN, SchoolHistory: { School } })
const school = (code: string, EntryDate?: string, LeavingDate?: string): Elements => ({
  LEA: code.slice(0, 3),
  Estab: code.slice(3),
  EntryDate,
  LeavingDate,
})

test('each pupil gets a file that passes the check under its name, and all is in one of them', () => {
  const file = sample(4)
  const parts = splitByPupil(file, '6804021')
  const files = parts.map((part) => fileOfPart(file, part, NOW))
  assert.deepEqual(
    files.flatMap(({ pupils }) => pupils),
    file.pupils,
  )
  const parsed = parseFileName('6814039_CTF_6804021_001.XML')
  assert.ok(parsed.ok)
  for (const one of files) {
    const reading = checkCtf(new TextEncoder().encode(writeCtf(one)), {
      name: parsed.name,
      today: ends.today,
    })
    assert.deepEqual([reading.findings, reading.pupilCount], [[], 1])
  }
})

test('pupils who go to the same place go together, in the order of the file; lost ones each alone', () => {
  const file = { pupils: ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((upn) => pupil(upn)) }
  const where: Record<string, string | null> = {
    A: '6804020',
    B: '6804021',
    C: '6804020',
    D: 'XXXXXXX',
    E: 'XXXXXXX',
    F: 'MMMMMMM',
    G: null,
  }
  const { parts, without } = splitByDestination(file, (pupil) => where[textIn(pupil, 'UPN')!] ?? null)
  assert.deepEqual(
    parts.map(
      ({ destination, pupils }) => `${destination} ${pupils.map((one) => textIn(one, 'UPN')).join('')}`,
    ),
    ['6804020 AC', '6804021 B', 'XXXXXXX D', 'XXXXXXX E', 'MMMMMMM F'],
  )
  assert.deepEqual(without, [{ index: 7, pupil: file.pupils[6] }])
})

test('the header of a part is of its destination and moment, without the old URN', () => {
  const DestSchool = { LEA: '680', Estab: '4020', URN: '401234' }
  const SourceSchool = { LEA: '681', Estab: '4039', AcademicYear: '2025' }
  const header = { CTFversion: '25.0', DateTime: '2026-07-01T10:00:00', SourceSchool, DestSchool }
  const file: CtfFile = {
    root: 'CTfile',
    version: 25,
    header,
    pupils: [],
    rest: { Extra: { xml: '<Extra/>' } },
  }
  const moved = fileOfPart(file, { destination: 'XXXXXXX', pupils: [] }, NOW)
  assert.deepEqual(moved.header, {
    CTFversion: '25.0',
    DateTime: NOW,
    SourceSchool: { ...SourceSchool, AcademicYear: 2026 },
    DestSchool: { LEA: 'XXX', Estab: 'XXXX' },
  })
  assert.deepEqual(moved.rest, {})
  const stays = fileOfPart(file, { destination: '6804020', pupils: [] }, NOW)
  assert.deepEqual(elementsIn(stays.header, 'DestSchool'), [DestSchool])
})

const histories: [string, Elements[], string | null][] = [
  [
    'the school entered last',
    [school('6814039', '2020-09-01', '2026-10-23'), school('6804020', '2026-11-02')],
    '6804020',
  ],
  ['whatever the order', [school('6804020', '2026-11-02'), school('6814039', '2020-09-01')], '6804020'],
  [
    'nothing where that is the sender',
    [school('6804020', '2019-09-01'), school('6814039', '2020-09-01')],
    null,
  ],
  ['nothing where that was left too', [school('6804020', '2026-11-02', '2026-11-09')], null],
  ['nothing without an entry date', [school('6804020')], null],
  ['nothing for a school that is none', [school('XXXXXXX', '2026-11-02')], null],
  ['nothing without a history', [], null],
]

for (const [title, schools, expected] of histories) {
  test(`a pupil's next school is ${title}`, () => {
    assert.equal(nextSchoolOf(pupil('A', ...schools), '6814039'), expected)
  })
}

test('a mapping is read with or without headings, quotes and a mark, by comma, semicolon or tab', () => {
  const expected = new Map([
    ['A1', '6804020'],
    ['B2', 'XXXXXXX'],
  ])
  for (const csv of [
    'A1,6804020\nB2,XXXXXXX\n',
    '\uFEFFUPN,Destination\r\n"a1","6804020"\r\n\r\nB2 , xxxxxxx,\r\n',
    'upn;destination\nA1;6804020\nB2;XXXXXXX',
    'A1\t6804020\nB2\tXXXXXXX\nA1\t6804020',
  ]) {
    assert.deepEqual(readDestinations(csv), { ok: true, destinations: expected }, csv)
  }
})

test('a mapping that says no destination, two, or none that can be is refused with its line', () => {
  const wrong: [string, number][] = [
    ['A1', 1],
    ['A1,6804020\nB2,', 2],
    ['A1,6804020\n,6804020', 2],
    ['A1,680402', 1],
    ['A1,6804020\nA1,6804021', 2],
    ['A1,6804020,more', 1],
    ['A1,6804020\nUPN,Destination', 2],
  ]
  for (const [csv, line] of wrong) assert.deepEqual(readDestinations(csv), { ok: false, line }, csv)
})

test('a file of a school goes to schools, authorities, and the Lost Pupil Database', () => {
  assert.deepEqual(['6804020', '680LLLL', 'XXXXXXX', 'MMMMMMM', '680PLAS', 'LLLLLLL', ''].map(canReceive), [
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})
