import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { test } from 'node:test'
import argon2 from '@node-rs/argon2'
import { threadsOf } from '../kit/processes.ts'
import { Refusal } from '../kit/refusal.ts'
import { boundHashing, hashPassword, isOfToday, isPassword, markOf, NOBODY } from './passwords.ts'

test('a password is kept as Argon2id with 32 MiB, three passes and a salt of its own', async () => {
  const [one, other] = await Promise.all([hashPassword('copper kettle'), hashPassword('copper kettle')])
  assert.match(one, /^\$argon2id\$v=19\$m=32768,t=3,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  assert.notEqual(one, other)
  assert.equal(await isPassword('copper kettle', one), true)
  assert.equal(await isPassword('Copper kettle', one), false)
  assert.equal(await isPassword('tŷ'.normalize('NFD'), await hashPassword('tŷ')), true)
})

test('where there is nobody to compare with, the same work is done', async () => {
  assert.equal(await isPassword('', null), false)
  const work = (hash: string): object => {
    const { memoryCost, timeCost, parallelism, outputLen } = argon2.parseOptions(hash)
    return { memoryCost, timeCost, parallelism, outputLen }
  }
  assert.deepEqual(work(NOBODY), work(await hashPassword('x')))
})

const PROCESSES = [
  [null, null, 1],
  ['postgres://x', 1, 1],
  ['postgres://x', 2, 2],
  ['postgres://x', 64, 64],
] as const

for (const [databaseUrl, webProcesses, processes] of PROCESSES) {
  const where = databaseUrl ? `${processes} processes on a server database` : 'the embedded database'
  test(`with ${where} fewer are hashed at once than the machine has cores, a hundred wait, and the next is told to come again`, async () => {
    const cores = availableParallelism()
    assert.ok(threadsOf({ databaseUrl, webProcesses }) * processes <= Math.max(processes, cores - 1))
    boundHashing({ databaseUrl, webProcesses })
    const before = politeThreads()
    const tries = await Promise.allSettled(Array.from({ length: 300 }, () => isPassword('x', null)))
    const refused = tries.filter((one) => one.status === 'rejected')
    // a thread that was there already takes one more at once
    assert.ok(refused.length <= 200 && refused.length >= 200 - cores, `${refused.length} refused`)
    for (const { reason } of refused) {
      assert.ok(reason instanceof Refusal)
      assert.deepEqual([reason.status, reason.code, reason.detail.retryAfter], [503, 'too-busy', 5])
    }
    assert.equal(await isPassword('x', null), false, 'and turns come back after a flood')
    const begun = politeThreads() - before
    assert.ok(begun <= threadsOf({ databaseUrl, webProcesses }), `${begun} threads`)
    assert.ok(politeThreads() > 0, 'they stand back behind those that answer requests')
  })
}

/** Threads of this process that stand back behind the others: nice 10 in /proc (proc(5), the 19th field of stat). */
function politeThreads(): number {
  return readdirSync('/proc/self/task').filter((id) => {
    const path = `/proc/self/task/${id}/stat`
    // one that has ended meanwhile is none
    const stat = existsSync(path) ? readFileSync(path, 'utf8') : ''
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16] === '10'
  }).length
}

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
