import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFileName, sampleCtf } from '../ctf/index.ts'
import { openBody } from '../kit/seal.ts'
import { openCheckPool } from './check-pool.ts'

test('a thread hands over the sealed file and no other memory with it', async () => {
  const today = '2026-09-02'
  const { name, bytes } = sampleCtf({
    pupils: 1,
    seed: 1,
    source: '6814039',
    destination: '6804020',
    today,
  })
  const parsed = parseFileName(name)
  assert.ok(parsed.ok)
  const pool = openCheckPool(1)
  try {
    const task = { bytes: new Uint8Array(bytes), name: parsed.name, today, bodyId: 'body' }
    const { sealed } = await pool.check(task)
    assert.ok(sealed)
    assert.equal(sealed.ciphertext.buffer.byteLength, sealed.ciphertext.length)
    assert.deepEqual(new Uint8Array(await openBody(sealed, 'body')), new Uint8Array(bytes))
  } finally {
    await pool.close()
  }
})
