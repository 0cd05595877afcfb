import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { xsdOf } from '../ctf/xsd.ts'
import { xsdCommand } from './ctf-xsd.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'cts-xsd-'))
})
after(() => rmSync(folder, { recursive: true }))

/** Runs `cts ctf xsd …` and gives what it printed, remarked and its exit status. */
async function xsd(...args: string[]): Promise<{ out: string; err: string; status: number }> {
  const ran = { out: '', err: '', status: 0 }
  const command = xsdCommand({
    print: (line) => (ran.out += `${line}\n`),
    remark: (line) => (ran.err += `${line}\n`),
    progress: () => {},
    exit: (status) => (ran.status = status),
    today: () => '2026-11-22',
    now: () => '2026-11-22T09:30:00',
  })
  command.exitOverride().configureOutput({ writeErr: () => {} })
  await command.parseAsync(args, { from: 'user' })
  return ran
}

test('the schema of the newest version is printed, or of the version and root asked for', async () => {
  assert.deepEqual(await xsd(), { out: xsdOf(26), err: '', status: 0 })
  const asked = await xsd('--version', '14', '--root', 'ATfile')
  assert.equal(asked.out, xsdOf(14, 'ATfile'))
})

test('it is written into a file, whose path is printed', async () => {
  const path = join(folder, 'ctf.xsd')
  assert.deepEqual(await xsd('--out', path), { out: `${path}\n`, err: '', status: 0 })
  assert.equal(readFileSync(path, 'utf8'), xsdOf(26))
})

test('a file that cannot be written is told with what to do, and exits 2', async () => {
  const path = join(folder, 'none', 'ctf.xsd')
  const { out, err, status } = await xsd('--out', path)
  assert.deepEqual([out, status], ['', 2])
  assert.match(err, /ctf\.xsd cannot be written\. Check/)
})

test('a version or root that there is not is refused', async () => {
  await assert.rejects(xsd('--version', '11'), /Allowed choices are 12,/)
  await assert.rejects(xsd('--root', 'CTFile'), /Allowed choices are CTfile, ATfile/)
})
