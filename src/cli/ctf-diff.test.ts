import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import { textIn } from '../ctf/content.ts'
import { readCtf, sampleCtf } from '../ctf/index.ts'
import { cts } from '../../test/ctf-command.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'cts-ctf-diff-'))
})
after(() => rmSync(folder, { recursive: true }))

/** A file of three invented pupils under a name. */
function put(name: string, change = (text: string) => text): string {
  const { bytes } = sampleCtf({
    pupils: 3,
    seed: 1,
    source: '6814039',
    destination: '6804020',
    today: '2026-11-22',
  })
  const path = join(folder, name)
  writeFileSync(path, change(Buffer.from(bytes).toString()))
  return path
}

const pupilsOf = (path: string) => readCtf(readFileSync(path)).pupils

test('a selection is written beside the file, under the name of its kind', async () => {
  const path = put('6814039_CTF_6804020_001.XML')
  const [first, , third] = pupilsOf(path).map((pupil) => textIn(pupil, 'UPN')!)
  const some = await cts(
    'select',
    path,
    '--sections',
    'stageassessments',
    '--pupils',
    `${first}, ${third}`,
    '--partial',
    'KS2',
  )
  assert.deepEqual(
    [some.out.map((path) => basename(path)), some.status],
    [['6814039_KS2_6804020_001.XML'], 0],
  )
  const { header, pupils } = readCtf(readFileSync(some.out[0]!))
  assert.deepEqual([header['DocumentQualifier'], header['DataQualifier']], ['partial', 'KS2'])
  assert.deepEqual(
    pupils.map((pupil) => pupil['UPN']),
    [first, third],
  )
  assert.ok(pupils.every((pupil) => 'StageAssessments' in pupil && !('Contacts' in pupil)))
  assert.equal((await cts('check', ...some.out)).status, 0)
  const all = await cts('select', path, '--pupils', third!.toLowerCase(), '--out', join(folder, 'one'))
  assert.deepEqual(pupilsOf(all.out[0]!), [pupilsOf(path)[2]])
})

test('a selection that cannot be is refused with what to do', async () => {
  const path = put('6814039_CTF_6804020_002.XML')
  const wrong: [string[], RegExp, number][] = [
    [[], /Give --sections, --pupils, or both/, 2],
    [['--partial', 'KS2'], /Give --sections with --partial/, 2],
    [['--sections', 'Surname'], /There is no section Surname\. Choose from: .*BasicDetails/, 2],
    [['--pupils', 'A123456789012'], /no pupil with these UPNs, so nothing was written: A123456789012/, 1],
  ]
  for (const [args, sentence, expected] of wrong) {
    const { out, err, status } = await cts('select', path, ...args)
    assert.deepEqual([out, status], [[], expected])
    assert.match(err.join(), sentence)
  }
  await assert.rejects(cts('select', path, '--sections', 'Email', '--partial', 'KS9'))
})

test('what changed is said of each pupil, in either language, and exits 1', async () => {
  const old = put('6814039_CTF_6804020_003.XML')
  const [first, second] = pupilsOf(old)
  const now = put('6814039_CTF_6804020_004.XML', (text) => {
    const end = text.indexOf('</Pupil>')
    const changed = text.slice(0, end).replace(/<Surname>[^<]*/, '<Surname>Dychmygol')
    const third = text.lastIndexOf('<Pupil>')
    return changed + text.slice(end, third).trimEnd() + text.slice(text.lastIndexOf('</Pupil>') + 8)
  })
  const { out, status } = await cts('diff', old, now)
  assert.equal(status, 1)
  assert.deepEqual(out.slice(0, 2), [
    `${textIn(first!, 'Forename')} Dychmygol (${textIn(first!, 'UPN')}):`,
    `  The surname changed from ${textIn(first!, 'Surname')} to Dychmygol.`,
  ])
  assert.match(out[2]!, /: only in the old file$/)
  assert.equal(out.length, 3)
  const welsh = await cts('diff', old, now, '--lang', 'cy', '--pupil', textIn(first!, 'UPN')!.toLowerCase())
  assert.deepEqual(welsh.out.slice(1), [`  Newidiodd y cyfenw o ${textIn(first!, 'Surname')} i Dychmygol.`])
  const unchanged = await cts('diff', old, now, '--pupil', textIn(second!, 'UPN')!)
  assert.deepEqual([unchanged.out, unchanged.status], [['Nothing changed.'], 0])
  const nobody = await cts('diff', old, now, '--pupil', 'A1')
  assert.deepEqual([nobody.out, nobody.status], [[], 1])
  assert.match(nobody.err[0]!, /Neither file has a pupil with the UPN A1/)
})

test('nothing changed exits 0; a file that is none exits 2', async () => {
  const path = put('6814039_CTF_6804020_005.XML')
  assert.deepEqual(await cts('diff', path, path), {
    out: ['Nothing changed.'],
    err: [],
    drawn: [],
    status: 0,
  })
  assert.equal((await cts('diff', path, join(folder, 'none'))).status, 2)
})

test('--json gives changes with path, values and sentence', async () => {
  const old = put('6814039_CTF_6804020_006.XML')
  const now = put('6814039_CTF_6804020_007.XML', (text) => text.replace(/<DOB>[^<]*/, '<DOB>2015-03-01'))
  const { out } = await cts('diff', old, now, '--json')
  const change = z.object({
    kind: z.string(),
    path: z.string(),
    before: z.string(),
    after: z.string(),
    sentence: z.string(),
  })
  const [one] = z
    .tuple([z.object({ upn: z.string(), state: z.string(), changes: z.tuple([change]) })])
    .parse(JSON.parse(out.join('')))
  const dob = pupilsOf(old)[0]!['DOB']
  assert.deepEqual([one.state, one.changes[0].kind, one.changes[0].path], ['changed', 'changed', 'DOB'])
  assert.deepEqual([one.changes[0].before, one.changes[0].after], [dob, '2015-03-01'])
  assert.match(one.changes[0].sentence, /^The date of birth changed from .* to 1 March 2015\.$/)
})
