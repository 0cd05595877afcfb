import assert from 'node:assert/strict'
import { readFileSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { LANGUAGES, wordsOf } from '../kit/i18n.ts'
import { FILE_STATES, type FileState } from './rules.ts'

/** Only its sender sees a file so: no organisation is its destination, or the destination is not told of it. */
const ONLY_SENDER: readonly FileState[] = ['lost', 'found', 'readdressed', 'rejectedBefore']

test('every state of a file has its words for both sides in both languages', () => {
  for (const language of LANGUAGES) {
    const words = wordsOf(language)
    for (const state of FILE_STATES) {
      const say = (key: string): string =>
        words(`pages.transfers.file.states.${state}.${key}`, { from: 'A', to: 'B', until: 'C' })
      assert.notEqual(say('tag'), '')
      assert.notEqual(say('sender'), '')
      if (!ONLY_SENDER.includes(state)) assert.notEqual(say('destination'), '')
    }
  }
})

test('every event that the room writes into a history has its words in both languages', () => {
  const events = globSync('*.ts', { cwd: import.meta.dirname })
    .filter((name) => !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
    .flatMap((text) => [...text.matchAll(/\bevent: '(\w+)'/g)].map(([, event = '']) => event))
  assert.ok(events.length >= 5, events.join())
  for (const language of LANGUAGES)
    for (const event of new Set([...events, 'uploaded']))
      assert.match(
        wordsOf(language)(`pages.transfers.file.events.${event}`, { who: 'A school', to: 'B' }),
        /A school/,
      )
})
