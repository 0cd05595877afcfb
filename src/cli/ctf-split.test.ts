import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, test } from 'node:test'
import { textIn } from '../ctf/content.ts'
import { readCtf, sampleCtf } from '../ctf/index.ts'
import { cts } from '../../test/ctf-command.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'cts-ctf-split-'))
})
after(() => rmSync(folder, { recursive: true }))

const ends = { source: '6814039', destination: '6804020', today: '2026-11-22' }

/** A file of invented pupils under a name. */
function put(name: string, pupils: number, seed = 1, change = (text: string) => text): string {
  const { bytes } = sampleCtf({ pupils, seed, ...ends })
  const path = join(folder, name)
  writeFileSync(path, change(Buffer.from(bytes).toString()))
  return path
}

const names = (paths: string[]) => paths.map((path) => basename(path))
const upns = (path: string) => readCtf(readFileSync(path)).pupils.map((pupil) => textIn(pupil, 'UPN'))

/** Whether files pass the check under their names. */
const areValid = async (paths: string[]) => (await cts('check', ...paths)).status === 0

test('a file is split by pupil under the next free serials, each right under its name', async () => {
  const path = put('6814039_CTF_6804020_001.XML', 3)
  const out = join(folder, 'by-pupil')
  const first = await cts('split', path, '--by', 'pupil', '--out', out)
  assert.deepEqual(
    names(first.out),
    ['001', '002', '003'].map((n) => `6814039_CTF_6804020_${n}.XML`),
  )
  assert.deepEqual([first.err, first.status], [['Files written: 3, pupils: 3'], 0])
  assert.ok(await areValid(first.out))
  assert.deepEqual(first.out.flatMap(upns), upns(path))
  const other = await cts('split', path, '--by', 'pupil', '--to', 'mmmmmmm', '--out', out)
  assert.deepEqual(
    names(other.out),
    ['001', '002', '003'].map((n) => `6814039_CTF_MMMMMMM_${n}.XML`),
  )
  assert.ok(await areValid(other.out))
})

test('nothing is written over, unless --force says so; then from the first serial on', async () => {
  const path = put('6814039_CTF_6804020_002.XML', 2)
  const out = join(folder, 'force')
  const split = (...more: string[]) => cts('split', path, '--by', 'pupil', '--out', out, ...more)
  const first = await split()
  const times = first.out.map((path) => statSync(path).mtimeMs)
  const second = await split()
  assert.deepEqual(
    names(second.out),
    ['003', '004'].map((n) => `6814039_CTF_6804020_${n}.XML`),
  )
  assert.deepEqual(
    first.out.map((path) => statSync(path).mtimeMs),
    times,
  )
  writeFileSync(first.out[0]!, 'something else')
  const third = await split('--force')
  assert.deepEqual(third.out, first.out)
  assert.deepEqual(third.out.flatMap(upns), upns(path))
  assert.equal(readdirSync(out).length, 4)
})

test('a file is split by a mapping; who is not in it is named and nothing written, or goes where --rest says', async () => {
  const path = put('6814039_CTF_6804020_003.XML', 4)
  const [a, b, c, d] = upns(path)
  const map = join(folder, 'map.csv')
  writeFileSync(map, `UPN,Destination\n${a},6804025\n${b},6804026\n${c},6804025\n`)
  const out = join(folder, 'by-map')
  const split = (...more: string[]) =>
    cts('split', path, '--by', 'destination', '--map', map, '--out', out, ...more)
  const refused = await split()
  assert.deepEqual([refused.out, refused.status, refused.err.length], [[], 1, 2])
  assert.match(refused.err[0]!, /^1 pupil has no destination, so nothing was written\./)
  assert.ok(refused.err[1]!.startsWith('  4. ') && refused.err[1]!.endsWith(`(${d})`))
  assert.throws(() => readdirSync(out))
  const done = await split('--rest', 'xxxxxxx')
  assert.deepEqual(names(done.out), [
    '6814039_CTF_6804025_001.XML',
    '6814039_CTF_6804026_001.XML',
    '6814039_CTF_XXXXXXX_001.XML',
  ])
  assert.deepEqual(done.out.map(upns), [[a, c], [b], [d]])
  assert.ok(await areValid(done.out))
})

test('without a mapping the school histories say where pupils go', async () => {
  const entry =
    '<School><LEA>680</LEA><Estab>4030</Estab><SchoolName>Ysgol Ddychmygol</SchoolName>' +
    '<EntryDate>2026-11-23</EntryDate></School></SchoolHistory>'
  const path = put('6814039_CTF_6804020_004.XML', 2, 1, (text) => text.replaceAll('</SchoolHistory>', entry))
  const { out } = await cts('split', path, '--by', 'destination', '--out', join(folder, 'by-history'))
  assert.deepEqual(names(out), ['6814039_CTF_6804030_001.XML'])
})

test('what cannot be split is refused with what to do, and exits 2', async () => {
  const path = put('6814039_CTF_6804020_005.XML', 1)
  const map = join(folder, 'bad.csv')
  writeFileSync(map, 'A1,nowhere')
  const out = ['--out', join(folder, 'never')]
  const wrong: [string[], RegExp][] = [
    [[path, '--by', 'pupil', '--to', '680', ...out], /No Common Transfer File goes from 6814039 to 680\./],
    [[path, '--by', 'pupil', '--map', map, ...out], /--map and --rest go with --by destination/],
    [[path, '--by', 'destination', '--to', '6804020', ...out], /--to goes with --by pupil/],
    [[path, '--by', 'destination', '--rest', 'nobody', ...out], /No file can go to NOBODY\./],
    [[path, '--by', 'destination', '--map', map, ...out], /line 1 is not a UPN and its destination/],
    [[path, '--by', 'destination', '--map', join(folder, 'none.csv'), ...out], /cannot be opened/],
    [[join(folder, 'none.XML'), '--by', 'pupil', ...out], /cannot be opened/],
    [[map, '--by', 'pupil', ...out], /bad\.csv:1:1: /],
    [[put('a.xml', 1, 1, () => '<html/>'), '--by', 'pupil', ...out], /neither CTfile nor ATfile/],
    [[put('b.xml', 1, 1, () => '<CTfile/>'), '--by', 'pupil', ...out], /does not say in its header/],
    [[path, '--by', 'pupil', '--out', '/dev/null/x'], /cannot be written/],
  ]
  for (const [args, sentence] of wrong) {
    const run = await cts('split', ...args)
    assert.deepEqual([run.out, run.status], [[], 2], args.join(' '))
    assert.match(run.err.join('\n'), sentence)
    const welsh = await cts('split', ...args, '--lang', 'cy')
    assert.notEqual(welsh.err.join(), run.err.join())
  }
  await assert.rejects(cts('split', path, ...out))
  await assert.rejects(cts('split', path, '--by', 'school', ...out))
})

test('more files than there are serial numbers for are not begun', async () => {
  const path = put('6814039_CTF_6804020_009.XML', 1, 1, (text) => {
    const pupil = text.slice(text.indexOf('<Pupil>'), text.indexOf('</CTFpupilData>'))
    const small = '<Pupil><UPN>A1</UPN></Pupil>'
    return text.replace(pupil, small.repeat(1000))
  })
  const out = join(folder, 'too-many')
  const { err, status } = await cts('split', path, '--by', 'pupil', '--out', out)
  assert.match(err[0]!, /^1000 files would go to 6804020, and file names have numbers for 999 only/)
  assert.equal(status, 2)
  assert.throws(() => readdirSync(out))
})

test('files for the same school are merged into one, and files that do not fit are refused', async () => {
  const path = put('6814039_CTF_6804020_006.XML', 3)
  const parts = await cts('split', path, '--by', 'pupil', '--out', join(folder, 'parts'))
  const out = join(folder, 'merged')
  const merged = await cts('merge', ...parts.out, '--out', out)
  assert.deepEqual(names(merged.out), ['6814039_CTF_6804020_001.XML'])
  assert.deepEqual(readFileSync(merged.out[0]!), readFileSync(path))
  const twice = await cts('merge', path, path, '--out', out)
  assert.deepEqual([twice.out, twice.status], [[], 1])
  assert.match(twice.err[0]!, new RegExp(`the pupil ${upns(path)[0]} is in more than one place`))
  const tied = await cts('merge', path, path, '--latest', '--out', out)
  assert.match(tied.err[0]!, /none of them is newer than the other\. Take the pupil out of one file\.$/)
  const newer = put('6814039_CTF_6804020_007.XML', 3, 1, (text) => text.replace('T09:30:00', 'T10:00:00'))
  const latest = await cts('merge', path, newer, '--latest', '--out', out)
  assert.deepEqual([names(latest.out), latest.status], [['6814039_CTF_6804020_002.XML'], 0])
  const elsewhere = await cts('readdress', path, '--to', '6804030', '--out', out)
  const unlike = await cts('merge', path, elsewhere.out[0]!, '--out', out)
  assert.match(unlike.err[0]!, /goes to another school/)
})

test('a file is readdressed beside itself, and no byte but of the destination changes', async () => {
  const path = put('6814039_CTF_6804020_008.XML', 2)
  const { out, status } = await cts('readdress', path, '--to', '680llll')
  assert.deepEqual([out, status], [[join(folder, '6814039_CTF_680LLLL_001.XML')], 0])
  const expected = readFileSync(path, 'utf8').replace(
    /(<DestSchool>\s*<LEA>)680(<\/LEA>\s*<Estab>)4020/,
    '$1680$2LLLL',
  )
  assert.equal(readFileSync(out[0]!, 'utf8'), expected)
  assert.ok(await areValid(out))
  const lost = await cts('readdress', path, '--to', 'XXXXXXX')
  assert.match(lost.err[0]!, /is of several pupils.*Split it first/)
  assert.deepEqual([lost.out, lost.status], [[], 2])
})

test('a partial file keeps the kind that its name or its header says', async () => {
  const partial = (text: string) => text.replace('<DocumentQualifier>full<', '<DocumentQualifier>partial<')
  const path = put('6814039_KS2_6804020_001.XML', 1, 1, partial)
  const { out } = await cts('readdress', path, '--to', '6804030')
  assert.deepEqual(names(out), ['6814039_KS2_6804030_001.XML'])
  const said = (text: string) =>
    partial(text).replace('</DocumentQualifier>', '$&<DataQualifier>PHO</DataQualifier>')
  const named = await cts('readdress', put('some file.xml', 1, 1, said), '--to', '6804030')
  assert.deepEqual(names(named.out), ['6814039_PHO_6804030_001.XML'])
})
