import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { sampleCtf } from '../src/ctf/index.ts'

// The library as somebody uses it: another package that has this one installed by its folder, as npm links it.

const ROOT = join(import.meta.dirname, '..')
const run = promisify(execFile)

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'cts-library-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(ROOT, join(folder, 'node_modules/common-transfer-system'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const { name, bytes } = sampleCtf({
    pupils: 3,
    seed: 1,
    source: '6814039',
    destination: '6804020',
    today: '2026-11-22',
  })
  writeFileSync(join(folder, name), bytes)
})
after(() => rmSync(folder, { recursive: true }))

const FILE = '6814039_CTF_6804020_001.XML'

async function runProgram(name: string, text: string, ...args: string[]): Promise<string[]> {
  writeFileSync(join(folder, name), text)
  const { stdout } = await run(process.execPath, [name, ...args], { cwd: folder })
  return stdout.trimEnd().split('\n')
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** What each example of the document prints, by its heading. */
const PRINTED: Record<string, RegExp> = {
  'Install it from the repository': /^function function function$/,
  'Check a file': /^0 0 3$/,
  'Read a file': /^CTfile 26 Common Transfer System sample\n(\w{13} \[[^\]]*\]\n?){3}$/,
  'Write a file': /^0 true$/,
  'Files of any size': /^0 3\n1 \d{4}-\d\d-\d\d\n2 .*\n3 .*$/,
  'What is what: labels and codes': /^Date of birth Dyddiad geni\nSEN support \S.*\nV$/i,
}

describe('the examples of docs/ctf-library.md', () => {
  const chapters = read('docs/ctf-library.md')
    .split(/^## /m)
    .flatMap((chapter) => {
      const code = /```ts\n([^]*?)```/.exec(chapter)?.[1]
      return code === undefined ? [] : [{ title: chapter.split('\n', 1)[0]!, code }]
    })

  test('are all known here', () =>
    assert.deepEqual(
      chapters.map(({ title }) => title),
      Object.keys(PRINTED),
    ))

  for (const [at, { title, code }] of chapters.entries()) {
    test(title, async () => {
      const printed = await runProgram(`example-${at}.ts`, code)
      assert.match(printed.join('\n'), PRINTED[title]!)
    })
  }
})

test('the program of docs/examples says what is in a file, and of one that is none that it is not', async () => {
  const program = read('docs/examples/read-ctf.ts')
  // the day is of the clock, so what is said of the version is not told here
  const printed = await runProgram('read-ctf.ts', program, FILE)
  assert.equal(
    printed.find((line) => line.startsWith('version')),
    'version 26, pupils 3',
  )
  assert.equal(printed.filter((line) => /^\w{13}: schools .+, .+; contacts \d$/.test(line)).length, 3)

  writeFileSync(join(folder, 'broken.xml'), '<CTfile><Header></CTfile>')
  await assert.rejects(runProgram('read-ctf.ts', program, 'broken.xml'), (error: { stdout?: string }) => {
    assert.match(
      error.stdout ?? '',
      /^1:\d+ ctf-\d{3} .*\nerrors 1, warnings 0\nnot read: ctf-\d{3} at line 1/,
    )
    return true
  })
})

test('the examples have the types that the library has', async () => {
  const examples = [...read('docs/ctf-library.md').matchAll(/```ts\n([^]*?)```/g)].map(
    ([, code = '']) => code,
  )
  const files = [...examples, read('docs/examples/read-ctf.ts')].map((code, at) => {
    const name = `typed-${at}.ts`
    writeFileSync(join(folder, name), code)
    return name
  })
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2024',
    lib: ['es2024'],
    strict: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
  const compiled = await run(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder]).catch(
    (error: { stdout: string }) => error,
  )
  assert.equal(compiled.stdout, '')
})
