import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fuzzCheck } from '../../test/ctf-fuzz.ts'

const SEED = Number(process.env['CTS_SEED'] ?? 1)

test('no spoilt file makes the check throw, dwell or take memory, and libxml2 agrees what is well formed', () => {
  const { files, wellFormed } = fuzzCheck(SEED, 20_000)
  assert.ok(files > 300 && wellFormed > 30, `${files} files, ${wellFormed} well formed`)
})
