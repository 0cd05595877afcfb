import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openBody, sealBody } from './seal.ts'

const TEXT = Buffer.from('<Surname>Ó Briain-Llŷr</Surname>\r\n'.repeat(2000))

for (const [what, bytes] of [
  ['text', TEXT],
  ['nothing', Buffer.alloc(0)],
  ['a byte', Buffer.from([0])],
  ['what does not compress', randomBytes(1_000_000)],
] as const) {
  test(`a body comes back byte for byte: ${what}`, async () => {
    const sealed = sealBody(bytes, 'body-1')
    assert.equal(sealed.size, bytes.length)
    assert.ok((await openBody(sealed, 'body-1')).equals(bytes))
  })
}

test('the digest is the SHA-256 of the bytes as they came', () => {
  const { sha256 } = sealBody(Buffer.from('abc'), 'body-1')
  assert.equal(sha256, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('the same bytes sealed twice have nothing in common', () => {
  const [one, two] = [sealBody(TEXT, 'body-1'), sealBody(TEXT, 'body-1')]
  assert.ok(!one.dataKey.equals(two.dataKey))
  assert.ok(!one.ciphertext.equals(two.ciphertext))
})

const sealed = sealBody(TEXT, 'body-1')
const flipped = (at: number): Buffer => {
  const copy = Buffer.from(sealed.ciphertext)
  copy[at]! ^= 1
  return copy
}

for (const [what, changed, id = 'body-1'] of [
  ['a bit of the nonce', { ciphertext: flipped(0) }],
  ['a bit in the middle', { ciphertext: flipped(40) }],
  ['a bit of the tag', { ciphertext: flipped(sealed.ciphertext.length - 1) }],
  ['a byte cut off the end', { ciphertext: sealed.ciphertext.subarray(0, -1) }],
  ['all but a few bytes cut off', { ciphertext: sealed.ciphertext.subarray(0, 20) }],
  ['the data key', { dataKey: randomBytes(32) }],
  ['the digest', { sha256: '0'.repeat(64) }],
  ['a greater size', { size: sealed.size + 1 }],
  ['a lesser size', { size: sealed.size - 1 }],
  ['the id that it belongs to', {}, 'body-2'],
] as const) {
  test(`a body does not open when this was changed: ${what}`, async () => {
    await assert.rejects(openBody({ ...sealed, ...changed }, id))
  })
}
