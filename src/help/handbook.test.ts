import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, test } from 'node:test'
import { LANGUAGES, wordsOf, type Language } from '../kit/i18n.ts'
import { headingId } from '../kit/pages/markdown.ts'
import { ABOUT, BOOKS, HANDBOOKS, openHandbook, type Help } from './handbook.ts'

/** A text of the help by its path under docs/handbooks. */
interface Text {
  path: string
  slug: string
  text: string
}

function textsOf(language: Language): Text[] {
  return [...BOOKS, 'service'].flatMap((kind) => {
    const folder = join(kind, language)
    return readdirSync(join(HANDBOOKS, folder))
      .sort()
      .map((name) => {
        const path = join(folder, name)
        return { path, slug: basename(name, '.md'), text: readFileSync(join(HANDBOOKS, path), 'utf8') }
      })
  })
}

const TEXTS = { en: textsOf('en'), cy: textsOf('cy') }
const BOTH = TEXTS.en.map((en) => ({
  slug: en.path.replace('/en/', '/'),
  en,
  cy: TEXTS.cy.find(({ path }) => path === en.path.replace('/en/', '/cy/')),
}))

const headings = (text: string): { depth: number; words: string }[] =>
  [...text.matchAll(/^(#+) (.+)$/gm)].map(([, marks = '', words = '']) => ({ depth: marks.length, words }))

const names = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, name = '']) => name)

describe('the handbook', () => {
  const { help, pictures } = openHandbook()

  test('has every chapter in both languages, in the same order, and no other text', () => {
    assert.deepEqual(
      TEXTS.cy.map(({ slug }) => slug),
      TEXTS.en.map(({ slug }) => slug),
    )
    const slugsOf = ({ books }: Help): string[] =>
      books.flatMap(({ chapters }) => chapters.map(({ slug }) => slug))
    const slugs = slugsOf(help.en)
    assert.deepEqual(slugsOf(help.cy), slugs)
    assert.deepEqual(
      TEXTS.en.map(({ slug }) => slug).sort(),
      [...slugs, ...ABOUT, ...BOOKS.map(() => 'README')].sort(),
      'the first pages name every chapter',
    )
    assert.equal(new Set(slugs).size, slugs.length, 'no two chapters share an address')
    assert.ok(slugs.length >= 20)
  })

  for (const { slug, en, cy } of BOTH) {
    test(`${slug}: both languages have the same headings, steps, tables, links and pictures`, () => {
      const shape = ({ text }: Text): unknown => ({
        headings: headings(text).map(({ depth }) => depth),
        steps: names(text, /^(\d+\.|-) /gm).length,
        rows: names(text, /^(\|)/gm).length,
        links: names(text, /\]\(([^)#]+)/g)
          .map((href) => href.replace(/\/(en|cy)\//, '/-/').replace(/\.(en|cy)\./, '.-.'))
          .sort(),
        codes: names(text, /`([^`]+)`/g).sort(),
      })
      assert.deepEqual(shape(cy!), shape(en))
    })
  }

  for (const { path, text } of LANGUAGES.flatMap((language) => TEXTS[language])) {
    test(`${path}: links lead somewhere, pictures have words, and there is no HTML`, () => {
      for (const href of names(text, /[^!]\[[^\]]*\]\(([^)]+)\)/g).filter(
        (one) => !one.startsWith('https:'),
      )) {
        const [file = '', place] = href.split('#', 2)
        const target = readFileSync(join(HANDBOOKS, path, '..', file || basename(path)), 'utf8')
        const places = headings(target).map(({ words }) => headingId(words))
        assert.ok(place === undefined || places.includes(place), href)
      }
      const language = path.split('/')[1]!
      for (const [, words = '', href = ''] of text.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)) {
        assert.ok(words.length > 20, href)
        assert.match(href, new RegExp(`^\\.\\./\\.\\./pictures/[a-z-]+\\.${language}\\.(png|svg)$`))
      }
      assert.doesNotMatch(text.replaceAll(/`[^`]*`/g, ''), /<[a-z!/]/i)
      assert.deepEqual(headings(text).filter(({ depth }) => depth === 1).length, 1)
    })
  }

  test('uses every picture that is there', () => {
    const used = LANGUAGES.flatMap((language) => TEXTS[language]).flatMap(({ text }) =>
      names(text, /\/pictures\/([^)]+)\)/g),
    )
    assert.deepEqual(
      [...pictures.keys()].filter((name) => !used.includes(name)),
      [],
    )
    assert.ok(pictures.has('file-name.en.svg') && pictures.get('file-name.en.svg')!.width > 300)
  })
})

/** Texts of the pages by their full keys; a placeholder may be anything. */
function wordsOfPages(language: Language): { key: string; says: RegExp }[] {
  const locale: unknown = JSON.parse(
    readFileSync(new URL(`../../locales/${language}.json`, import.meta.url), 'utf8'),
  )
  return [...leaves(locale, '')]
    .filter(
      ([key, text]) =>
        /^(pages|refusals|transfers)\./.test(key) && /\p{L}/u.test(text.replaceAll(/{{.*?}}/g, '')),
    )
    .map(([key, text]) => ({ key: key.replace(/_(zero|one|two|few|many|other)$/, ''), says: pattern(text) }))
}

function* leaves(value: unknown, prefix: string): Generator<[string, string]> {
  if (typeof value === 'string') yield [prefix, value]
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) yield* leaves(one, prefix ? `${prefix}.${key}` : key)
}

const straight = (text: string): string => text.replaceAll('’', "'")

const pattern = (text: string): RegExp => {
  const parts = straight(text).split(/{{.*?}}/)
  return new RegExp(`^${parts.map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('.+')}$`)
}

const KEYS = { en: wordsOfPages('en'), cy: wordsOfPages('cy') }

/** The names of the other language in the header, which stand in no locale: they are the same in both. */
const LANGUAGE_NAMES = ['English', 'Cymraeg']

function keysOf(language: Language, name: string): string[] {
  if (LANGUAGE_NAMES.includes(name)) return ['language']
  return KEYS[language].filter(({ says }) => says.test(straight(name))).map(({ key }) => key)
}

const controls = (text: string): string[] => names(text, /\*\*([^*]+)\*\*/g)

describe('controls are called in the handbook as they are on the pages', () => {
  for (const language of LANGUAGES) {
    for (const { path, text } of TEXTS[language]) {
      test(path, () => {
        assert.deepEqual(
          controls(text).filter((name) => keysOf(language, name).length === 0),
          [],
        )
      })
    }
  }

  for (const { slug, en, cy } of BOTH) {
    test(`${slug}: both languages speak of the same controls, section by section`, () => {
      const bySection = ({ text }: Text): string[][] => text.split(/^#+ /m).map((part) => controls(part))
      const welsh = bySection(cy!)
      for (const [at, names] of bySection(en).entries()) {
        const left = [...(welsh[at] ?? [])]
        for (const name of names) {
          const keys = new Set(keysOf('en', name))
          const same = left.findIndex((one) => keysOf('cy', one).some((key) => keys.has(key)))
          assert.notEqual(same, -1, `${name}: none of ${left.join(', ')} is the same`)
          left.splice(same, 1)
        }
        assert.deepEqual(left, [])
      }
    })
  }
})

/** Words that the chapter of questions quotes from the pages, by their keys. */
const QUOTED = [
  'refusals.name-taken',
  'refusals.source-not-yours',
  'refusals.file-refused',
  'refusals.body-too-large',
  'refusals.content-gone',
  'refusals.not-awaiting',
  'refusals.not-fetched',
  'refusals.recall-fetched',
  'refusals.form-stale',
  'refusals.internal',
  'refusals.role',
  'pages.sessions.nowhere',
]

for (const language of LANGUAGES) {
  test(`the questions quote the pages in their words (${language})`, () => {
    const { text } = TEXTS[language].find(({ slug }) => slug === 'questions')!
    const asked = headings(text).map(({ words }) => straight(words))
    const quoted = QUOTED.map((key) => straight(wordsOf(language)(`${key}.title`, { name: '…' })))
    assert.deepEqual(
      quoted.filter((words) => !asked.includes(words)),
      [],
    )
  })
}
