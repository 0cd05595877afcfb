import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fuzzCheck } from '../../test/ctf-fuzz.ts'

// A seed that nobody chose; a failure names it, and CTS_SEED gives it again.
const SEED = Number(process.env['CTS_SEED'] ?? Date.now() % 2 ** 32)

test('ten minutes of spoilt files, each from another seed', () => {
  let files = 0
  for (let minute = 0; minute < 10; minute++) files += fuzzCheck((SEED + minute) % 2 ** 32, 60_000).files
  assert.ok(files > 10_000, `${files} files`)
})
