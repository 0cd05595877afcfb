import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { watch } from './collect.ts'
import { ClientFault } from './fault.ts'

describe('watching', () => {
  test('goes on while the service is away, and says so once', async () => {
    const stop = new AbortController()
    const notices: (string | null)[] = []
    let rounds = 0
    async function round(): Promise<void> {
      rounds += 1
      if (rounds === 7) stop.abort()
      if ([2, 3, 4, 6].includes(rounds)) throw new ClientFault('unreachable')
      await Promise.resolve()
    }
    await watch(round, 0.001, stop.signal, (reason) => notices.push(reason?.message ?? null))
    assert.deepEqual(notices, ['unreachable', null, 'unreachable', null])
  })

  test('ends when the client is not known', async () => {
    const round = (): Promise<void> => Promise.reject(new ClientFault('credentials'))
    await assert.rejects(
      watch(round, 1, new AbortController().signal, () => {}),
      { message: 'credentials' },
    )
  })

  test('ends at once when it is stopped in a pause', async () => {
    const stop = new AbortController()
    const began = performance.now()
    setTimeout(() => stop.abort(), 20)
    await watch(
      () => Promise.resolve(),
      60,
      stop.signal,
      () => {},
    )
    assert.ok(performance.now() - began < 5000)
  })
})
