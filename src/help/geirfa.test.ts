import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'

// docs/geirfa.md: the Welsh words of the service, each in the places where the list says that it is used.

const ROOT = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

const GEIRFA = read('docs/geirfa.md')
const HANDBOOK = globSync('docs/handbooks/*/cy/*.md', { cwd: ROOT })
  .map((path) => read(path))
  .join('\n')
const LOCALE: unknown = JSON.parse(read('locales/cy.json'))

interface Row {
  english: string
  welsh: string
  places: string[]
  certainty: string
}

const ROWS: Row[] = GEIRFA.split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) => {
    const [english = '', welsh = '', places = '', certainty = ''] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    return { english, welsh, places: places.split(', ').map((one) => one.replaceAll('`', '')), certainty }
  })

/** What stands in a place: under a key of the locale, or in the handbook. */
function textIn(place: string): string {
  if (place === 'handbook') return HANDBOOK
  let value: unknown = LOCALE
  for (const part of place.split('.')) value = (value as Record<string, unknown>)[part]
  return JSON.stringify(value)
}

/** The first letters that a word may have after a mutation, by those that it has in the dictionary. */
const MUTATIONS: readonly [RegExp, string][] = [
  [/^p/, 'p|b|mh|ph'],
  [/^t(?!h)/, 't|d|nh|th'],
  [/^c(?!h)/, 'c|g|ngh|ch'],
  [/^b/, 'b|f|m'],
  [/^d(?!d)/, 'd|dd|n'],
  [/^g/, 'g||ng'],
  [/^m/, 'm|f'],
  [/^ll/, 'll|l'],
  [/^rh/, 'rh|r'],
  [/^(?=[aeiouwyâêîôûŵŷ])/, '|h'],
]

/** Finds a term with its first word mutated or not. */
function mutable(welsh: string): RegExp {
  const term = welsh.toLowerCase().replaceAll('’', "'")
  const [initial, beginnings] = MUTATIONS.find(([pattern]) => pattern.test(term)) ?? [/^/, '']
  return new RegExp(`(?<!\\p{L})(${beginnings})${term.replace(initial, '')}`, 'u')
}

describe('the Welsh words of the service', () => {
  for (const { english, welsh, places } of ROWS) {
    test(`${english}: ${welsh}`, () => {
      const term = mutable(welsh)
      const missing = places.filter((place) => !term.test(textIn(place).toLowerCase().replaceAll('’', "'")))
      assert.deepEqual(missing, [])
    })
  }

  test('are each listed once, with how certain they are', () => {
    assert.ok(ROWS.length > 40)
    const names = ROWS.map(({ english }) => english)
    assert.deepEqual(names, [...new Set(names)])
    assert.deepEqual(
      ROWS.filter(({ certainty }) => !['Law', 'Usual', 'Ours'].includes(certainty)),
      [],
    )
  })

  test('are found with their mutations, and only whole', () => {
    assert.match('o gymeradwywr', mutable('cymeradwywr'))
    assert.match('y gronfa', mutable('Cronfa'))
    assert.match('dwy ysgol', mutable('ysgol'))
    assert.doesNotMatch('prysgol', mutable('ysgol'))
    assert.doesNotMatch('cyrchfan', mutable('ffynhonnell'))
  })
})
