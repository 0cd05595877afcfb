import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, test } from 'node:test'
import { sampleCommand } from './ctf-sample.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'cts-sample-'))
})
after(() => rmSync(folder, { recursive: true }))

/** Runs `cts ctf sample …` and gives what it printed, remarked and its exit status. */
function sample(...args: string[]): { out: string[]; err: string[]; status: number } {
  const ran = { out: [] as string[], err: [] as string[], status: 0 }
  sampleCommand({
    print: (line) => ran.out.push(line),
    remark: (line) => ran.err.push(line),
    progress: () => {},
    exit: (status) => void (ran.status = status),
    today: () => '2026-11-22',
    now: () => '2026-11-22T09:30:00',
  })
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parse([...args, '--out', folder], { from: 'user' })
  return ran
}

const named: [args: string[], name: string, says: RegExp][] = [
  [[], '6814039_CTF_6804020_001.XML', /<CTFversion>26\.0</],
  [['--version', '23'], '6814039_CTF_6804020_002.XML', /<DateTime>2023-11-22T[^]*<Gender>/],
  [['--kind', 'KS2', '--from', '8201234'], '8201234_KS2_6804020_001.XML', /<DataQualifier>KS2</],
  [['--kind', 'ULN'], '6814039_ULN_6814039_001.XML', /<PostCode>/],
  [['--kind', 'CML', '--from', '6804020'], '6804020_CML_680LLLL_001.XML', /<RemovalGrounds>/],
  [['--kind', 'ATF'], '681LLLL_ATF_6814039_001.XML', /<ATFversion>26\.0</],
  [['--to', 'xxxxxxx'], '6814039_CTF_XXXXXXX_001.XML', /<Estab>XXXX</],
]

test('a sample of each kind is written between its usual ends, or those that are asked for', () => {
  for (const [args, name, says] of named) {
    const { out, status } = sample(...args)
    assert.deepEqual([out.map((path) => basename(path)), status], [[name], 0])
    assert.match(readFileSync(out[0]!, 'utf8'), says)
  }
})

test('the same asked for again is the same file', () => {
  const args = ['--pupils', '4', '--seed', '9', '--from', '6804020', '--to', '6814039']
  const first = sample(...args)
  assert.deepEqual(sample(...args), first)
  assert.notDeepEqual(sample(...args, '--seed', '10').out, first.out)
  assert.equal(readdirSync(folder).filter((name) => name.startsWith('6804020_CTF')).length, 2)
})

test('of a version that is no longer in use it says on which day it was made', () => {
  assert.match(sample('--version', '15').err.join(), /2015-11-22.*CTF 15/)
  assert.match(sample('--version', '15', '--lang', 'cy').err.join(), /2015-11-22.*gwirio heddiw/)
  assert.deepEqual(sample('--version', '25').err, [])
})

test('what cannot be is refused with what to do, and nothing is written', () => {
  const before = readdirSync(folder).length
  const wrong: [string[], RegExp][] = [
    [['--version', '11'], /--version.*12/],
    [['--version', 'x'], /--version/],
    [['--kind', 'CMJ', '--version', '16'], /--version 17/],
    [['--kind', 'KS2', '--from', '681LLLL'], /681LLLL/],
    [['--kind', 'ATF', '--to', '681PLAS'], /681PLAS/],
  ]
  for (const [args, says] of wrong) {
    const { out, err, status } = sample(...args)
    assert.deepEqual([out, err.length, status], [[], 1, 2], args.join(' '))
    assert.match(err[0]!, says)
  }
  assert.throws(() => sample('--kind', 'XYZ'))
  assert.equal(readdirSync(folder).length, before)
})
