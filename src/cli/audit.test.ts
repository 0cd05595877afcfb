import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import type { AuditBreak, AuditVerdict } from '../kit/audit/verify.ts'
import { LANGUAGES, wordsOf } from '../kit/i18n.ts'
import { auditCommand } from './audit.ts'

const INTACT: AuditVerdict = { intact: true, rows: 20, waiting: 1, heads: 2, broken: null }
const BREAKS: AuditBreak[] = [
  { what: 'altered', n: 7, id: 'row-7' },
  { what: 'removed', n: 7 },
  { what: 'moved', n: 7, id: 'row-7' },
  { what: 'inserted', n: 7, id: 'row-7' },
  { what: 'tail', n: 15, to: 20 },
  { what: 'rewritten', n: 10 },
  { what: 'head', file: 'heads', line: 2 },
  { what: 'heads-missing', file: 'heads' },
]

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cts-test-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  process.exitCode = 0
})

/** Runs `cts audit verify` where the audit answers with `verdict`. */
async function verify(
  verdict: AuditVerdict,
  ...flags: string[]
): Promise<{ printed: string[]; exit: number; asked: (readonly string[] | undefined)[] }> {
  const printed: string[] = []
  const asked: (readonly string[] | undefined)[] = []
  const audit = {
    write: () => Promise.reject(new Error('verifying writes nothing')),
    chain: () => Promise.resolve(0),
    verify(files?: readonly string[]) {
      asked.push(files)
      return Promise.resolve(verdict)
    },
  }
  await auditCommand({ operator: (run) => run({ audit }), print: (line) => void printed.push(line) })
    .exitOverride()
    .parseAsync(['verify', ...flags], { from: 'user' })
  return { printed, exit: Number(process.exitCode ?? 0), asked }
}

test('an intact audit is exit status 0, with its counts', async () => {
  const { printed, exit } = await verify(INTACT)
  assert.equal(exit, 0)
  assert.deepEqual(printed, [
    'The audit is intact.',
    'Rows: 20. Heads compared: 2. Newer rows, not chained yet: 1.',
  ])
})

for (const broken of BREAKS) {
  test(`a broken audit is exit status 1 and says where and what to do: ${broken.what}`, async () => {
    const { printed, exit } = await verify({ ...INTACT, intact: false, broken })
    assert.equal(exit, 1)
    const { what: _, ...where } = broken
    for (const value of Object.values(where)) assert.ok(printed[0]!.includes(String(value)), printed[0])
    assert.equal(printed.length, 3)
  })
}

test('every break has its words in both languages', () => {
  for (const language of LANGUAGES) {
    for (const { what, ...where } of BREAKS) {
      assert.doesNotMatch(wordsOf(language)(`audit.broken.${what}`, where), /\{\{/)
    }
  }
})

test('--json prints the verdict as it is', async () => {
  const verdict = { ...INTACT, intact: false, broken: BREAKS[4]! }
  const { printed, exit } = await verify(verdict, '--json')
  assert.equal(exit, 1)
  assert.deepEqual(JSON.parse(printed.join('\n')), verdict)
})

test('--heads compares with the files that it names', async () => {
  const [one, two] = [join(folder, 'one'), join(folder, 'two')]
  copyFileSync('/dev/null', one)
  copyFileSync('/dev/null', two)
  assert.deepEqual((await verify(INTACT, '--heads', one, two)).asked, [[one, two]])
  assert.deepEqual((await verify(INTACT)).asked, [undefined])
})
