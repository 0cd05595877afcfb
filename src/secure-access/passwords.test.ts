import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import argon2 from '@node-rs/argon2'
import { Refusal } from '../kit/refusal.ts'
import { availableParallelism } from 'node:os'
import { boundHashing, hashPassword, isOfToday, isPassword, markOf } from './passwords.ts'

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

/** How many are hashed side by side while 300 ask, and how many of those are turned away. */
async function flood(): Promise<{ most: number; refused: PromiseRejectedResult[] }> {
  let running = 0
  let most = 0
  const verify = mock.method(argon2, 'verify', async () => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running--
    return true
  })
  try {
    const tries = await Promise.allSettled(Array.from({ length: 300 }, () => isPassword('x', 'some hash')))
    return { most, refused: tries.filter((one) => one.status === 'rejected') }
  } finally {
    verify.mock.restore()
  }
}

test('over all processes of the machine fewer are hashed at once than it has cores; a hundred wait, the next is told to come again', async () => {
  const cores = availableParallelism()
  for (const [databaseUrl, webProcesses, processes] of [
    [null, null, 1],
    ['postgres://x', 1, 1],
    ['postgres://x', 2, 2],
  ] as const) {
    boundHashing({ databaseUrl, webProcesses })
    const { most, refused } = await flood()
    assert.ok(most * processes <= Math.max(processes, cores - 1), `${most} in each of ${processes}`)
    assert.equal(refused.length, 300 - most - 100)
    for (const { reason } of refused) {
      assert.ok(reason instanceof Refusal)
      assert.deepEqual([reason.status, reason.code, reason.detail.retryAfter], [503, 'too-busy', 5])
    }
  }
  assert.equal((await flood()).refused.length > 0, true, 'and turns come back after a flood')
})

test('a hash at another cost than that of today is told from one of today', async () => {
  assert.equal(isOfToday(await hashPassword('x')), true)
  for (const weaker of [
    { memoryCost: 9216, timeCost: 4 },
    { memoryCost: 19_456, timeCost: 1 },
  ])
    assert.equal(isOfToday(await argon2.hash('x', { ...weaker, parallelism: 1 })), false)
})

test('the mark of a password tells it from every other, and is not its hash', async () => {
  const [one, other] = await Promise.all([hashPassword('copper kettle'), hashPassword('copper kettle')])
  assert.equal(markOf(one), markOf(one))
  assert.notEqual(markOf(one), markOf(other))
  assert.ok(!one.includes(markOf(one)))
})
