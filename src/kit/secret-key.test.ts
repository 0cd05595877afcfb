import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { ConfigurationError } from './config.ts'
import { readSecretKeys } from './secret-key.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'cts-test-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const unset = (changes = {}): Parameters<typeof readSecretKeys>[0] => ({
  secretKey: null,
  databaseUrl: null,
  dataDir,
  ...changes,
})

const oneLine = (error: unknown): boolean =>
  error instanceof ConfigurationError && !error.message.includes('\n')

test('SECRET_KEY counts where it is set, and no file is made', () => {
  assert.deepEqual(readSecretKeys(unset({ secretKey: ['newest', 'former'] }), true), ['newest', 'former'])
  assert.deepEqual(readdirSync(dataDir), [])
})

test('for demonstration data a key is made, kept for its owner only, and is the same ever after', () => {
  const folder = join(dataDir, 'not', 'yet', 'there')
  const [made] = readSecretKeys(unset({ dataDir: folder }), true)
  assert.ok(made!.length >= 32)
  assert.deepEqual(readdirSync(folder), ['secret-key'])
  assert.equal(statSync(join(folder, 'secret-key')).mode & 0o777, 0o600)
  assert.deepEqual(readSecretKeys(unset({ dataDir: folder }), false), [made])
  assert.deepEqual(readSecretKeys(unset({ dataDir: folder }), true), [made])
})

test('without SECRET_KEY and without demonstration data the start stops with one line', () => {
  assert.throws(() => readSecretKeys(unset(), false), oneLine)
  assert.deepEqual(readdirSync(dataDir), [])
})

test('a server database takes no key from a file', () => {
  readSecretKeys(unset(), true)
  assert.throws(() => readSecretKeys(unset({ databaseUrl: 'postgres://server/cts' }), true), oneLine)
})

test('the file may list keys, newest first, and a short one is refused', () => {
  const [newest, former] = ['n'.repeat(32), 'f'.repeat(32)]
  writeFileSync(join(dataDir, 'secret-key'), `${newest}, ${former}\n`)
  assert.deepEqual(readSecretKeys(unset(), false), [newest, former])
  writeFileSync(join(dataDir, 'secret-key'), `${newest},short\n`)
  assert.throws(() => readSecretKeys(unset(), false), oneLine)
})
