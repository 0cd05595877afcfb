import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import { sampleCtf } from '../ctf/index.ts'
import { cts } from '../../test/ctf-command.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'cts-ctf-'))
})
after(() => rmSync(folder, { recursive: true }))

const checked = z.array(
  z.object({
    file: z.string(),
    remark: z.string().nullable(),
    errors: z.number(),
    warnings: z.number(),
    findings: z.array(z.looseObject({})),
  }),
)

function put(name: string, change: (text: string) => string = (text) => text): string {
  const { bytes } = sampleCtf({
    pupils: 2,
    seed: 1,
    source: '6814039',
    destination: '6804020',
    today: '2026-11-22',
  })
  const path = join(folder, name)
  writeFileSync(path, change(Buffer.from(bytes).toString()))
  return path
}

test('a file without an error exits 0 and says so', async () => {
  const path = put('6814039_CTF_6804020_010.XML')
  const { out, err, status } = await cts('check', path)
  assert.deepEqual([out, err, status], [[`${path}: errors 0, warnings 0, pupils 2`], [], 0])
})

test('an error is told with place, rule, pupil and what to do, in either language, and exits 1', async () => {
  const path = put('6814039_CTF_6804020_011.XML', (text) => text.replace(/<DOB>[^<]*/, '<DOB>2019-02-31'))
  const english = await cts('check', path)
  assert.equal(english.status, 1)
  assert.match(
    english.out.join('\n'),
    /_011\.XML:\d+:7: error ctf-121 CTfile\/CTFpupilData\/Pupil\/DOB\n {2}Pupil 1 \([A-Z]6814039\d{5}\): DOB is not/,
  )
  assert.match(english.out.join('\n'), /\n {2}What to do: Write it like/)
  const welsh = await cts('check', '--lang', 'cy', path)
  assert.match(welsh.out.join('\n'), /gwall ctf-121 .*\n {2}Disgybl 1 .*dyddiad/)
})

test('--json gives one object a file with its findings', async () => {
  const good = put('6814039_CTF_6804020_012.XML')
  const bad = put('6814039_CTF_6804021_012.XML')
  const { out, status } = await cts('check', '--json', good, bad)
  const [first, second] = checked.parse(JSON.parse(out.join('')))
  assert.deepEqual([status, first], [1, { file: good, remark: null, errors: 0, warnings: 0, findings: [] }])
  assert.deepEqual([second?.file, second?.errors], [bad, 1])
  assert.deepEqual(Object.keys(second!.findings[0]!), [
    'rule',
    'severity',
    'message',
    'line',
    'column',
    'path',
    'pupil',
  ])
})

test('a name that is none is checked by content with a note; a browser’s copy is read and said so', async () => {
  const plain = await cts('check', put('my file.xml'))
  assert.equal(plain.status, 0)
  assert.match(plain.err.join(), /only the content is checked\..* Name an XML file like 6814039_CTF_/)
  const short = await cts('check', '--json', put('6814039_CTF_6804020_7.XML'))
  const [{ remark } = { remark: null }] = checked.parse(JSON.parse(short.out.join('')))
  assert.match(remark ?? '', /three digits\. Rename it to 6814039_CTF_6804020_007\.XML\.$/)
  const copy = await cts('check', put('6814039_CTF_6804020_001 (1).xml'))
  assert.match(copy.err.join(), /read as 6814039_CTF_6804020_001\.XML/)
  assert.equal(copy.status, 0)
})

test('a file that cannot be opened, and a zip, exit 2, and the others are still checked', async () => {
  const path = put('6814039_CTF_6804020_013.XML')
  const { out, err, status } = await cts(
    'check',
    join(folder, 'none.xml'),
    path,
    folder,
    put('6814039_6804020_A.ZIP'),
  )
  assert.deepEqual([out.length, status], [1, 2])
  assert.equal(err.filter((line) => /cannot be (opened|checked)/.test(line)).length, 3)
})

test('of a large file it is told that it takes a while, and drawn how far it is', async () => {
  const path = put('6814039_CTF_6804020_014.XML', (text) =>
    text.replace('</Header>', `<SuppInfo>${'<a>0</a>'.repeat(1_100_000)}</SuppInfo></Header>`),
  )
  const { out, err, drawn, status } = await cts('check', path)
  assert.deepEqual([out, status], [[`${path}: errors 0, warnings 0, pupils 2`], 0])
  assert.match(err.join(), /^Reading .* \(8\.\d MiB\) …$/)
  assert.ok(drawn.length > 3 && drawn.at(-1) === `${path}: 100 %`, drawn.join())
})

test('wrong usage is refused by the command line', async () => {
  await assert.rejects(cts('check'))
  await assert.rejects(cts('check', '--lang', 'fr', 'x'))
})

test('a sample is written under its canonical name, again as the same file, another beside it', async () => {
  const out = join(folder, 'made', 'here')
  const one = await cts('sample', '--pupils', '3', '--seed', '5', '--out', out)
  assert.deepEqual(one.out, [join(out, '6814039_CTF_6804020_001.XML')])
  assert.deepEqual((await cts('sample', '--pupils', '3', '--seed', '5', '--out', out)).out, one.out)
  await cts('sample', '--pupils', '3', '--seed', '6', '--out', out)
  assert.deepEqual(readdirSync(out).sort(), ['6814039_CTF_6804020_001.XML', '6814039_CTF_6804020_002.XML'])
  assert.equal((await cts('check', ...readdirSync(out).map((name) => join(out, name)))).status, 0)
  const lost = await cts('sample', '--from', '681llll', '--to', 'mmmmmmm', '--out', out)
  assert.equal(basename(lost.out[0]!), '681LLLL_CTF_MMMMMMM_001.XML')
  assert.match(readFileSync(lost.out[0]!, 'utf8'), /<Estab>MMMM<\/Estab>/)
})

test('a sample that cannot be is refused with what to do, and exits 2', async () => {
  const wrong = [
    ['--pupils', '0'],
    ['--pupils', 'x'],
    ['--seed', '-1'],
    ['--to', '680'],
    ['--from', 'XXXXXXX'],
    ['--to', 'XXXXXXX', '--pupils', '2'],
    ['--out', '/dev/null/x'],
  ]
  for (const args of wrong) {
    const { out, err, status } = await cts('sample', ...args)
    assert.deepEqual([out, err.length, status], [[], 1, 2], args.join(' '))
  }
})
