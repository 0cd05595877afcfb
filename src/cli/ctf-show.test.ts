import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sampleCtf } from '../ctf/index.ts'
import { showCommand } from './ctf-show.ts'

let folder: string
let path: string
let upns: string[]

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'cts-show-'))
  const { name, bytes } = sampleCtf({
    pupils: 3,
    seed: 1,
    source: '6814039',
    destination: '6804020',
    today: '2026-09-02',
  })
  path = file(name, bytes)
  upns = [
    ...Buffer.from(bytes)
      .toString()
      .matchAll(/<UPN>([^<]+)/g),
  ].map(([, upn]) => upn!)
})
after(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

/** Runs `cts ctf show …`: what it printed and remarked, and its exit status. */
async function show(...args: string[]): Promise<{ out: string; err: string[]; status: number }> {
  const ran = { out: [] as string[], err: [] as string[], status: 0 }
  await showCommand({
    print: (line) => ran.out.push(line),
    remark: (line) => ran.err.push(line),
    progress: () => {},
    exit: (status) => void (ran.status = status),
    today: () => '2026-11-22',
    now: () => '2026-11-22T09:30:00',
  }).parseAsync(args, { from: 'user' })
  return { ...ran, out: ran.out.join('\n') }
}

const shownIn = (out: string): string[] => upns.filter((upn) => out.includes(upn))

test('every pupil is shown, or the one of a number or a UPN', async () => {
  assert.deepEqual(shownIn((await show(path)).out), upns)
  assert.deepEqual(shownIn((await show(path, '--pupil', '2')).out), [upns[1]])
  assert.deepEqual(shownIn((await show(path, '--pupil', upns[2]!.toLowerCase())).out), [upns[2]])
})

test('in headings, columns and bars, in the language that is asked for', async () => {
  const { out } = await show(path, '--pupil', '1')
  assert.match(out, /^\S.*\n=+\n/)
  assert.match(out, /\nIdentity\n--------\nSurname +\S/)
  assert.match(out, /\n {2}20\d\d {2}█{20,}.* {2}\d\d\.\d%\n/)
  const welsh = (await show(path, '--pupil', '1', '--lang', 'cy')).out
  assert.match(welsh, /\nManylion adnabod\n-+\nCyfenw +\S/)
  assert.doesNotMatch(welsh, /\nIdentity|Attended/)
})

test('what cannot be shown is said with what to do, and status 2', async () => {
  const cases: [args: string[], says: RegExp][] = [
    [[path, '--pupil', '4'], /has no pupil 4\. Give the number/],
    [[path, '--pupil', 'A000000000000', '--lang', 'cy'], /Nid oes disgybl A000000000000/],
    [[join(folder, 'none.xml')], /none\.xml/],
    [[folder], /cts-show/],
    [[file('broken.xml', '<CTfile><Header>')], /broken\.xml/],
    [[file('other.xml', '<a/>')], /other\.xml/],
    [[file('empty.xml', '<CTfile><Header/><CTFpupilData/></CTfile>')], /has no pupils/],
  ]
  for (const [args, says] of cases) {
    const { out, err, status } = await show(...args)
    assert.deepEqual([out, status], ['', 2], args.join(' '))
    assert.match(err.join('\n'), says)
  }
})
