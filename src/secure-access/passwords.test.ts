import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import argon2 from '@node-rs/argon2'
import { Refusal } from '../kit/refusal.ts'
import { hashPassword, isPassword, markOf } from './passwords.ts'

test('a password is kept as Argon2id with 19 MiB, two passes and a salt of its own', async () => {
  const [one, other] = await Promise.all([hashPassword('copper kettle'), hashPassword('copper kettle')])
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  assert.notEqual(one, other)
  assert.equal(await isPassword('copper kettle', one), true)
  assert.equal(await isPassword('Copper kettle', one), false)
  assert.equal(await isPassword('tŷ'.normalize('NFD'), await hashPassword('tŷ')), true)
})

test('where there is nobody to compare with, the same work is done', async () => {
  const verify = mock.method(argon2, 'verify')
  try {
    assert.equal(await isPassword('', null), false)
    const [hash] = verify.mock.calls[0]!.arguments
    const { memoryCost, timeCost, parallelism, outputLen } = argon2.parseOptions(hash)
    const real = argon2.parseOptions(await hashPassword('x'))
    assert.deepEqual({ memoryCost, timeCost, parallelism, outputLen }, pick(real))
    assert.equal(verify.mock.callCount(), 1)
  } finally {
    verify.mock.restore()
  }
})

function pick({ memoryCost, timeCost, parallelism, outputLen }: argon2.ParsedHashOptions): object {
  return { memoryCost, timeCost, parallelism, outputLen }
}

test('two are hashed at once and a hundred wait; the next is told to come again', async () => {
  let running = 0
  let most = 0
  const verify = mock.method(argon2, 'verify', async () => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running--
    return true
  })
  try {
    const hash = await hashPassword('x')
    const tries = await Promise.allSettled(Array.from({ length: 110 }, () => isPassword('x', hash)))
    const refused = tries.filter(({ status }) => status === 'rejected')
    assert.equal(refused.length, 8)
    for (const one of refused) {
      assert.ok(one.status === 'rejected' && one.reason instanceof Refusal)
      assert.deepEqual(
        [one.reason.status, one.reason.code, one.reason.detail.retryAfter],
        [503, 'too-busy', 5],
      )
    }
    assert.equal(most, 2)
    assert.equal(await isPassword('x', hash), true)
  } finally {
    verify.mock.restore()
  }
})

test('the mark of a password tells it from every other, and is not its hash', async () => {
  const [one, other] = await Promise.all([hashPassword('copper kettle'), hashPassword('copper kettle')])
  assert.equal(markOf(one), markOf(one))
  assert.notEqual(markOf(one), markOf(other))
  assert.ok(!one.includes(markOf(one)))
})
