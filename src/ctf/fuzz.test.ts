import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fuzzCheck, memoryKept } from '../../test/ctf-fuzz.ts'
import { openCheck } from './index.ts'

const SEED = Number(process.env['CTS_SEED'] ?? 1)

test('no spoilt file makes the check throw, dwell or take memory, and libxml2 agrees what is well formed', () => {
  const { files, wellFormed } = fuzzCheck(SEED, 20_000)
  assert.ok(files > 300 && wellFormed > 30, `${files} files, ${wellFormed} well formed`)
})

test('no choice of names fills the memory', () => {
  const before = memoryKept()
  const check = openCheck({ today: '2026-11-22' })
  check.write(Buffer.from('<CTfile>'))
  for (let piece = 0; piece < 300; piece++) {
    const names = Array.from({ length: 1000 }, (_, index) => `<n${piece * 1000 + index} a${index}="1"/>`)
    check.write(Buffer.from(names.join('')))
  }
  const kept = memoryKept() - before
  check.write(Buffer.from('</CTfile>'))
  assert.ok(check.end().findingCount > 300_000)
  assert.ok(kept < 16e6, `${kept} bytes kept`)
})
