import assert from 'node:assert/strict'
import { test } from 'node:test'
import { preferredLanguage, wordsOf, type Language } from './i18n.ts'

test('words come in the language asked for', () => {
  assert.equal(wordsOf('en')('refusals.role.title'), 'Your role does not allow this')
  assert.notEqual(wordsOf('cy')('refusals.role.title'), wordsOf('en')('refusals.role.title'))
})

test('values are put into a sentence as they are, and one that has a name in each language by that language', () => {
  const words = (language: Language): string =>
    wordsOf(language)('refusals.name-taken.title', {
      name: { en: "Ysgol <St Mary's>", cy: 'Ysgol Santes Fair' },
    })
  assert.match(words('en'), /Ysgol <St Mary's>/)
  assert.match(words('cy'), /Ysgol Santes Fair/)
})

test('a key without words is an error and never shown', () => {
  for (const language of ['en', 'cy'] as const) {
    assert.throws(() => wordsOf(language)('refusals.no-such-thing.title'), /no words for .* in /)
  }
})

/** What a browser or program asks for, and the language it gets. */
const ASKED: [acceptLanguage: string | undefined, Language][] = [
  [undefined, 'en'],
  ['', 'en'],
  ['cy', 'cy'],
  ['cy-GB', 'cy'],
  ['CY', 'cy'],
  ['en-GB,en;q=0.9,cy;q=0.8', 'en'],
  ['en;q=0.5, cy;q=0.9', 'cy'],
  ['fr, cy;q=0.5, en;q=0.4', 'cy'],
  ['fr', 'en'],
  ['cy;q=0', 'en'],
  ['*', 'en'],
  ['cyx', 'en'],
  [';q=;,,;', 'en'],
]
for (const [asked, language] of ASKED) {
  test(`Accept-Language ${asked ?? 'missing'}: ${language}`, () =>
    assert.equal(preferredLanguage(asked), language))
}
