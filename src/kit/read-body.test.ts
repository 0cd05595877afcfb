import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import { bodyBudget, readBody } from './read-body.ts'
import { Refusal } from './refusal.ts'

const isBusy = (error: unknown): boolean => error instanceof Refusal && error.code === 'too-busy'

describe('the memory of bodies under way', () => {
  it('is given to nobody beyond the limit, and is free again when it is returned', () => {
    const budget = bodyBudget(100)
    const giveBack = budget.take(60, 'a')
    assert.throws(() => budget.take(60, 'b'), isBusy)
    giveBack()
    budget.take(60, 'b')
  })

  it('is not one holder’s alone: a quarter and one body more, whoever else sends', () => {
    const budget = bodyBudget(100)
    const first = budget.take(20, 'a')
    budget.take(20, 'a')
    assert.throws(() => budget.take(1, 'a'), isBusy)
    budget.take(20, 'b')
    first()
    budget.take(20, 'a')
  })

  it('is held until what was read has been used', async () => {
    const budget = bodyBudget(10)
    const limits = { max: 10, budget, holder: 'a' }
    const body = (): { stream: Readable; length: number } => ({
      stream: Readable.from([Buffer.alloc(8)]),
      length: 8,
    })
    await readBody(body(), limits, async (bytes) => {
      assert.equal(bytes.length, 8)
      assert.throws(() => budget.take(8, 'b'), isBusy)
    })
    await assert.rejects(
      readBody(body(), limits, () => Promise.reject(new Error('refused'))),
      /refused/,
    )
    budget.take(10, 'b')
  })
})
