import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCircuit } from './circuit.ts'

const PAUSES = { pauses: [10, 30, 60] }

test('trouble with the server pauses at once, longer each time, and no longer than the last pause', () => {
  const circuit = openCircuit(PAUSES)
  let now = 0
  const pauses = [1, 2, 3, 4].map(() => {
    circuit.failed(now, true)
    const pause = circuit.waitFor(now)
    now += pause
    return pause
  })
  assert.deepEqual(pauses, [10_000, 30_000, 60_000, 60_000])
})

test('four letters that are refused do not pause, five in a row do', () => {
  const circuit = openCircuit(PAUSES)
  for (let i = 0; i < 4; i++) circuit.failed(0, false)
  assert.equal(circuit.waitFor(0), 0)
  circuit.failed(0, false)
  assert.equal(circuit.waitFor(0), 10_000)
})

test('a letter that went through ends the row and the growing', () => {
  const circuit = openCircuit(PAUSES)
  for (let i = 0; i < 4; i++) circuit.failed(0, false)
  circuit.went()
  circuit.failed(0, false)
  assert.equal(circuit.waitFor(0), 0)
  circuit.failed(0, true)
  circuit.went()
  circuit.failed(20_000, true)
  assert.equal(circuit.waitFor(20_000), 10_000)
})

test('failures that were under way together count as one trouble', () => {
  const circuit = openCircuit(PAUSES)
  for (let i = 0; i < 4; i++) circuit.failed(i, true)
  assert.equal(circuit.waitFor(0), 10_000)
})

test('after a pause one letter goes first, and whatever fails then pauses again', () => {
  const circuit = openCircuit(PAUSES)
  assert.equal(circuit.probing(), false)
  circuit.failed(0, true)
  assert.equal(circuit.probing(), true)
  circuit.failed(10_000, false)
  assert.equal(circuit.waitFor(10_000), 30_000)
  circuit.went()
  assert.equal(circuit.probing(), false)
})
