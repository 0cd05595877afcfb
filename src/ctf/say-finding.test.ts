import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsOf } from '../kit/i18n.ts'
import { CTF_RULES, findingKey } from './rules.ts'
import { sayFinding } from './say-finding.ts'

/** A value for every placeholder of a rule's words. */
const PARAMS = new Proxy<Record<string, string>>({}, { get: (_, name) => `<${String(name)}>` })

test('every finding is said in both languages, as the pages say it', () => {
  for (const { rule } of CTF_RULES) {
    for (const language of ['en', 'cy'] as const) {
      const said = sayFinding({ rule, params: PARAMS }, language)
      const key = findingKey(rule)
      const filled = Object.fromEntries(
        [...`${said.problem}${said.action}`.matchAll(/<(\w+)>/g)].map(([, name = '']) => [name, `<${name}>`]),
      )
      const words = wordsOf(language)
      assert.deepEqual(said, { problem: words(key.problem, filled), action: words(key.action, filled) }, rule)
    }
  }
})

test('a rule that is none is a mistake of the program', () => {
  for (const rule of ['ctf-000', 'toString']) {
    assert.throws(() => sayFinding({ rule, params: {} }, 'en'), RangeError)
  }
})
