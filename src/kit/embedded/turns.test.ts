import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { takeTurns, type Turns } from './turns.ts'

interface Client {
  name: string
}

function scene(): {
  turns: Turns<Client>
  said: string[]
  stalled: string[]
  go: (client: Client, what: string, keep: boolean) => void
} {
  const said: string[] = []
  const stalled: string[] = []
  const turns = takeTurns<Client>({
    patience: 200,
    onStalled: ({ name }) => stalled.push(name),
    onFailed: (error) => said.push(String(error)),
  })
  const go = (client: Client, what: string, keep: boolean): void =>
    turns.ask(client, async () => {
      said.push(`${client.name} ${what}`)
      return keep
    })
  return { turns, said, stalled, go }
}

const [ann, ben] = [{ name: 'ann' }, { name: 'ben' }]

test('who has opened a transaction is served until it ends, the others in the order of asking', async () => {
  const { turns, said, go } = scene()
  go(ann, 'begins', true)
  go(ben, 'waits', false)
  go(ann, 'writes', true)
  go(ann, 'commits', false)
  go(ann, 'reads', false)
  await turns.quiet(1000)
  assert.deepEqual(said, ['ann begins', 'ann writes', 'ann commits', 'ben waits', 'ann reads'])
})

test('a transaction whose client goes away is undone before anybody else is served', async () => {
  const { turns, said, go } = scene()
  go(ann, 'begins', true)
  go(ben, 'waits', false)
  await sleep(1)
  turns.leave(ann, async () => void said.push('undone'))
  await turns.quiet(1000)
  assert.deepEqual(said, ['ann begins', 'undone', 'ben waits'])
})

test('a client that goes away between its transactions undoes nobody else’s', async () => {
  const { turns, said, go } = scene()
  go(ann, 'begins', true)
  go(ben, 'waits', false)
  await sleep(1)
  turns.leave(ben, async () => void said.push('undone'))
  go(ann, 'commits', false)
  await turns.quiet(1000)
  assert.deepEqual(said, ['ann begins', 'ann commits'])
})

test('who keeps a transaction open without a word is named; who works in it is not', async () => {
  const { turns, stalled, go } = scene()
  for (let i = 0; i < 4; i++) {
    go(ann, 'works', true)
    await sleep(80)
  }
  assert.deepEqual(stalled, [])
  await sleep(400)
  assert.deepEqual(stalled, ['ann'])
  turns.leave(ann, async () => {})
})

test('when the engine breaks, that is told and nothing runs on it any more', async () => {
  const { turns, said, go } = scene()
  turns.ask(ann, () => Promise.reject(new Error('broken')))
  go(ben, 'waits', false)
  await sleep(1)
  assert.deepEqual(said, ['Error: broken'])
})
