import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFileName } from './file-name.ts'
import { elementsIn, textIn } from './content.ts'
import { checkCtf } from './check-ctf.ts'
import { CTF_MODEL } from './model.ts'
import { readCtf } from './read-ctf.ts'
import {
  SAMPLE_KINDS,
  kindSince,
  sampleCtf,
  usualEnds,
  type SampleKind,
  type SampleOptions,
} from './sample.ts'

const usual: SampleOptions = {
  pupils: 3,
  seed: 1,
  source: '6814039',
  destination: '6804020',
  today: '2026-11-22',
}

function check(options: Partial<SampleOptions>) {
  const { name, bytes, today } = sampleCtf({ ...usual, ...options })
  const parsed = parseFileName(name)
  assert.ok(parsed.ok && parsed.name.canonical === name)
  return checkCtf(bytes, { name: parsed.name, today })
}

const VERSIONS = Array.from({ length: 15 }, (_, index) => 12 + index)

test('a sample passes the check without a finding, whatever the seed, the ends and the day', () => {
  for (let seed = 0; seed < 40; seed++)
    assert.deepEqual(check({ seed, pupils: 20 }).findings, [], `seed ${seed}`)
  const ends = [
    ['681LLLL', '6804020'],
    ['6814039', '680LLLL'],
    ['6814039', '6814039'],
  ] as const
  for (const [source, destination] of ends) assert.deepEqual(check({ source, destination }).findings, [])
  for (const destination of ['XXXXXXX', 'MMMMMMM'])
    assert.deepEqual(check({ destination, pupils: 1 }).findings, [])
  for (const today of ['2026-08-31', '2026-09-01', '2027-01-01', '2028-02-29', '2023-10-10', '2030-06-01']) {
    assert.deepEqual(check({ today, seed: 7 }).findings, [], today)
  }
})

test('a thousand and more pupils have UPNs of their own', () => {
  const reading = check({ pupils: 2500 })
  assert.deepEqual([reading.findingCount, new Set(reading.pupils.map((pupil) => pupil.upn)).size], [0, 2500])
})

test('the same seed gives the same bytes, another gives others', () => {
  assert.deepEqual(sampleCtf(usual), sampleCtf(usual))
  assert.notDeepEqual(sampleCtf(usual).bytes, sampleCtf({ ...usual, seed: 2 }).bytes)
})

for (const kind of SAMPLE_KINDS) {
  test(`a sample of kind ${kind} passes the check without a finding in every version, and says what it is`, () => {
    for (const version of VERSIONS.filter((one) => one >= kindSince(kind))) {
      for (const school of ['6814039', '8201234']) {
        const ends = usualEnds(kind, kind === 'ATF' ? `${school.slice(0, 3)}LLLL` : school)
        const options = { kind, ...ends, version, pupils: 8, seed: version }
        assert.deepEqual(check(options).findings, [], `version ${version}, ${school}`)
        const { root, version: said, header, pupils } = readCtf(sampleCtf({ ...usual, ...options }).bytes)
        assert.deepEqual([root, said, pupils.length], [kind === 'ATF' ? 'ATfile' : 'CTfile', version, 8])
        assert.equal(header['DataQualifier'], kind === 'CTF' || kind === 'ATF' ? undefined : kind)
      }
    }
  })
}

test('a version that is no longer current is of a day in its own year, another of today', () => {
  const dayOf = (version: number) => sampleCtf({ ...usual, version }).today
  assert.deepEqual([26, 25, 24, 12].map(dayOf), ['2026-11-22', '2026-11-22', '2024-11-22', '2012-11-22'])
  assert.equal(sampleCtf({ ...usual, today: '2028-02-29', version: 15 }).today, '2016-02-28')
})

/** The names of the blocks and values of a sample's first pupil. */
function firstPupil(options: Partial<SampleOptions>): string[] {
  return Object.keys(readCtf(sampleCtf({ ...usual, ...options }).bytes).pupils[0]!)
}

test('a partial file has its own blocks and no other', () => {
  const core = ['UPN', 'Surname', 'Forename', 'DOB', 'Sex']
  const blocks: [SampleKind, string[]][] = [
    ['FSM', ['FSMhistory']],
    ['KS2', ['StageAssessments']],
    ['ULN', ['Address']],
  ]
  const numbers = ['UniqueLearnerNumber', 'UCI']
  for (const [kind, wanted] of blocks) {
    const names = firstPupil({ kind }).filter((name) => !numbers.includes(name))
    assert.deepEqual(names, [...core, ...wanted], kind)
  }
})

/** Blocks of the model that a version has, within a group and all that stand in it. */
function blocksOf(group: string, version: number, found: Set<string> = new Set()): Set<string> {
  for (const { name, content, versions } of CTF_MODEL.groups.get(group)!.values()) {
    if (content === 'any' || !('group' in content) || found.has(name)) continue
    if (version < versions.from || version > versions.to) continue
    found.add(name)
    blocksOf(content.group, version, found)
  }
  return found
}

test('the first pupil of a full file has every block of its version, but an address in lines', () => {
  for (const version of VERSIONS) {
    for (const kind of ['CTF', 'ATF'] as const) {
      const source = kind === 'CTF' ? '6814039' : '681LLLL'
      const { bytes } = sampleCtf({ ...usual, kind, source, version, pupils: 1 })
      const root = kind === 'CTF' ? 'CTfile' : 'ATfile'
      const text = Buffer.from(bytes).toString()
      const lacking = [...blocksOf(root, version)].filter((name) => !text.includes(`<${name}>`))
      assert.deepEqual(lacking, ['AddressLines'], `${kind} ${version}`)
    }
  }
})

test('accents, apostrophes, hyphens and ampersands occur, and families share a home', () => {
  const { bytes } = sampleCtf({ ...usual, pupils: 60 })
  for (const name of [/[âŷŵôïû]/, /'/, /[a-z]-[A-Z]/, /&amp;/])
    assert.match(Buffer.from(bytes).toString(), name)
  const homes = readCtf(bytes).pupils.map(({ Surname, Address }) => JSON.stringify([Surname, Address]))
  assert.ok(new Set(homes).size < homes.length)
})

test('attendance adds up: what is counted is what is marked', () => {
  const { pupils } = readCtf(sampleCtf({ ...usual, pupils: 10 }).bytes)
  const years = pupils
    .flatMap((pupil) => elementsIn(pupil, 'Attendance'))
    .flatMap((attendance) => elementsIn(attendance, 'YearData'))
  assert.ok(years.length > 12)
  for (const year of years) {
    const marks = elementsIn(year, 'AttendSessions')
      .map((term) => textIn(term, 'AttendanceMarks'))
      .join('')
    const count = (others: RegExp) => marks.replaceAll(others, '').length
    const counted = ['Possible', 'Attended', 'Authorised', 'Unauthorised'].map((one) =>
      Number(textIn(year, `Sessions${one}`)),
    )
    assert.deepEqual(counted, [/#/g, /[^/\\L]/g, /[^IMCR]/g, /[^OG]/g].map(count))
  }
})

test('what cannot be a file is not invented', () => {
  for (const wrong of [
    { pupils: 0 },
    { pupils: 1.5 },
    { pupils: 100_001 },
    { destination: 'XXXXXXX' },
    { source: 'x' },
    { version: 11 },
    { version: 16, kind: 'CML' as const, destination: '681LLLL' },
    { version: 12.5 },
    { kind: 'KS2' as const, source: '681LLLL' },
  ]) {
    assert.throws(() => sampleCtf({ ...usual, ...wrong }), RangeError)
  }
})
