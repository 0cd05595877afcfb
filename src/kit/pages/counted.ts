import type { Words } from '../i18n.ts'

/**
 * The words of a counted key for a script: a form for each number from 0 to 6, that of 5 standing for all beyond, which
 * covers the plural forms of English and Welsh. The sentence says the number as `{{n}}`, and the script fills in `{n}`.
 */
export function countedWords(words: Words, key: string): string[] {
  return [0, 1, 2, 3, 4, 5, 6].map((count) => words(key, { count, n: '{n}' }))
}
