import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { product, readTree } from './architecture/source.ts'

// What both languages must have in common, and that every sentence that the source names is there. Each check also
// proves itself on words that break it.

const ROOT = join(import.meta.dirname, '..')

interface Locale {
  [key: string]: string | Locale
}

/** Texts by their full keys. */
type Texts = Map<string, string>

function readLocale(language: string): Texts {
  const locale: Locale = JSON.parse(readFileSync(join(ROOT, 'locales', `${language}.json`), 'utf8'))
  return texts(locale)
}

const texts = (locale: Locale): Texts => new Map(entries(locale, ''))

function* entries(locale: Locale, prefix: string): Generator<[string, string]> {
  for (const [key, value] of Object.entries(locale)) {
    if (typeof value === 'string') yield [prefix + key, value]
    else yield* entries(value, `${prefix}${key}.`)
  }
}

const en = readLocale('en')
const cy = readLocale('cy')
const code = product(readTree(ROOT)).map((file) => file.code)

/** The plural forms of each language (Unicode CLDR). */
const FORMS = { en: ['one', 'other'], cy: ['zero', 'one', 'two', 'few', 'many', 'other'] }
const SUFFIX = /_(zero|one|two|few|many|other)$/

/** A key without its plural form. */
const baseOf = (key: string): string => key.replace(SUFFIX, '')

function bases(texts: Texts): string[] {
  return [...new Set([...texts.keys()].map(baseOf))]
}

/** Keys that only one of them has. */
function lacking(one: Texts, other: Texts): string[] {
  const there = new Set(bases(other))
  return bases(one).filter((base) => !there.has(base))
}

/** Plural keys of either language that lack a form. */
function formsLacking(en: Texts, cy: Texts): string[] {
  const plural = bases(new Map([...en, ...cy].filter(([key]) => SUFFIX.test(key))))
  const has = { en, cy }
  return plural.flatMap((base) =>
    (['en', 'cy'] as const).flatMap((language) =>
      FORMS[language]
        .filter((form) => !has[language].has(`${base}_${form}`))
        .map((form) => `${language} ${base}_${form}`),
    ),
  )
}

/** Placeholders of a key, over all its plural forms; the count itself may be put in words. */
function placeholders(texts: Texts, base: string): string {
  const found = [...texts]
    .filter(([key]) => baseOf(key) === base)
    .flatMap(([, text]) => [...text.matchAll(/{{\s*(\w+)\s*}}/g)].map(([, name = '']) => name))
  return [...new Set(found)]
    .filter((name) => name !== 'count')
    .sort()
    .join(', ')
}

function placeholdersDiffering(en: Texts, cy: Texts): string[] {
  return bases(en).filter((base) => placeholders(en, base) !== placeholders(cy, base))
}

/** Keys whose Welsh is the English left as it was; names and single words may be the same. */
function untranslated(en: Texts, cy: Texts): string[] {
  const isSentence = (text: string): boolean => text.replaceAll(/{{.*?}}/g, '').split(/\s+/).length >= 4
  return [...en].filter(([key, text]) => isSentence(text) && cy.get(key) === text).map(([key]) => key)
}

/** Keys that stand whole in the source and are not there. */
function unknownKeys(files: string[], texts: Texts): string[] {
  const there = new Set(bases(texts))
  const named = files.flatMap((file) =>
    [...file.matchAll(/\bwords\(\s*'([^']+)'/g)].map(([, key = '']) => key),
  )
  return named.filter((key) => !there.has(key))
}

/** Codes of refusals in the source without both their sentences. */
function refusalsWithoutWords(files: string[], texts: Texts): string[] {
  const codes = files.flatMap((file) =>
    [...file.matchAll(/\bnew Refusal\(\s*'[^']+',\s*'([^']+)'/g)].map(([, code = '']) => code),
  )
  return [...new Set(codes)].filter(
    (code) => !['title', 'detail'].every((part) => texts.has(`refusals.${code}.${part}`)),
  )
}

/** Refusals with words that no file names, whole or by the beginning of a template. */
function refusalsUnused(files: string[], texts: Texts): string[] {
  const codes = [...texts.keys()].flatMap((key) => /^refusals\.(.+)\.title$/.exec(key)?.[1] ?? [])
  const beginnings = files.flatMap((file) =>
    [...file.matchAll(/`([a-z]+-)\$\{/g)].map(([, text = '']) => text),
  )
  const isBegun = (code: string): boolean => beginnings.some((text) => code.startsWith(text))
  return codes.filter((code) => !isBegun(code) && !files.some((file) => file.includes(`'${code}'`)))
}

describe('English and Welsh', () => {
  test('are both there', () => {
    assert.ok(en.size > 150, `${en.size} texts`)
    assert.ok([...en.values(), ...cy.values()].every((text) => text.trim() !== ''))
  })

  test('say the same things', () => {
    assert.deepEqual([lacking(en, cy), lacking(cy, en)], [[], []])
    assert.deepEqual(lacking(texts({ a: { b: 'x', c: 'y' } }), texts({ a: { b_one: 'x' } })), ['a.c'])
  })

  test('have every plural form of their language', () => {
    assert.deepEqual(formsLacking(en, cy), [])
    const found = formsLacking(
      texts({ a_one: '', a_other: '' }),
      texts({ a_zero: '', a_one: '', a_two: '', a_other: '' }),
    )
    assert.deepEqual(found, ['cy a_few', 'cy a_many'])
  })

  test('have the same placeholders', () => {
    assert.deepEqual(placeholdersDiffering(en, cy), [])
    assert.deepEqual(placeholdersDiffering(texts({ a: '{{name}}' }), texts({ a: '{{enw}}' })), ['a'])
    const counted = texts({ a_one: 'one file of {{name}}', a_other: '{{count}} files of {{name}}' })
    assert.deepEqual(placeholdersDiffering(counted, texts({ a_one: '{{name}}', a_other: '{{name}}' })), [])
  })

  test('are two languages: no English sentence stands in the Welsh', () => {
    assert.deepEqual(untranslated(en, cy), [])
    const same = texts({ a: 'Send the file again', b: 'Estyn' })
    assert.deepEqual(untranslated(same, same), ['a'])
  })
})

describe('what the source says', () => {
  test('is there in words', () => {
    assert.deepEqual(unknownKeys(code, en), [])
    assert.deepEqual(unknownKeys(["words('a.b')", "words(\n  'a.c', x)"], texts({ a: { b_one: '' } })), [
      'a.c',
    ])
  })

  test('of a refusal has its title and what to do', () => {
    assert.deepEqual(refusalsWithoutWords(code, en), [])
    const found = refusalsWithoutWords(
      ["new Refusal('gone', 'x')"],
      texts({ refusals: { x: { title: 'No' } } }),
    )
    assert.deepEqual(found, ['x'])
  })

  test('holds no words of a refusal that is never made', () => {
    assert.deepEqual(refusalsUnused(code, en), [])
    assert.deepEqual(
      refusalsUnused(["'y'"], texts({ refusals: { x: { title: 'No' }, y: { title: 'No' } } })),
      ['x'],
    )
  })
})
