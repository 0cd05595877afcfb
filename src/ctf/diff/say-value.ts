import { wordOfCode } from '../codes/code-sets.ts'
import { isElements, isRaw, listOf, type Elements, type Single } from '../content.ts'
import type { ElementRow, Model } from '../model.ts'
import { dateInWords } from '../view/words.ts'
import { addressLine } from './address-line.ts'
import { phrase, type Language } from './phrases.ts'

/** Longer values are not repeated in a sentence. */
const LONGEST = 100

/** Code sets whose words are common nouns, written small within a sentence. */
const COMMON: ReadonlySet<string> = new Set([
  'relationship',
  'sen-type',
  'telephone-type',
  'language-type',
  'english-proficiency',
  'leaving-reason',
  'removal-grounds',
  'service-child',
  'enrolment-status',
  'source',
  'disability',
  'result-status',
  'concern',
  'sex',
])

/**
 * A value as it stands in a sentence: dates as people write them, codes and yes or no in words. Null where it is
 * too long, a string of attendance marks, or XML: nobody reads those in a sentence.
 */
export function sayValue(value: Single, row: ElementRow | undefined, language: Language): string | null {
  if (isRaw(value) || row?.name === 'AttendanceMarks') return null
  if (isElements(value)) return row?.name === 'Address' ? addressLine(value) : null
  const text = String(value).trim()
  return wordsOfValue(text, row, language) ?? (text.length > LONGEST ? null : text)
}

/** The same between the marks that keep Welsh from mutating words that are not names, numbers or dates. */
export function quoteValue(value: Single, row: ElementRow | undefined, language: Language): string | null {
  const said = sayValue(value, row, language)
  const isWord =
    said !== null && language === 'cy' && codeSetOf(row) !== null && said !== String(value).trim()
  return isWord ? `“${said}”` : said
}

function wordsOfValue(text: string, row: ElementRow | undefined, language: Language): string | null {
  const content = row?.content
  if (!content || content === 'any' || 'group' in content) return null
  if (content.is === 'boolean') return phrase(language, /^(true|1)$/.test(text) ? 'yes' : 'no')
  const set = codeSetOf(row)
  if (set === null) return /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) ? dateInWords(text, language) : null
  const own = set === 'sen-provision' ? phrase(language, `provision.${text}`) : null
  const word = own ?? wordOfCode(set, text, language)
  return word !== null && COMMON.has(set) ? small(word) : word
}

/** The code set that an element's values are of, or null. */
function codeSetOf(row: ElementRow | undefined): string | null {
  const content = row?.content
  return content && content !== 'any' && 'is' in content && content.is === 'code' ? content.set : null
}

/** With a small first letter, but for abbreviations. */
const small = (word: string) =>
  /^\p{Lu}[\p{Lu}\d]/u.test(word) ? word : word[0]!.toLowerCase() + word.slice(1)

/** Says the first value of a child of an entry; null where it has none. */
export function valueSayer(group: string, content: Elements, model: Model, language: Language) {
  return (name: string): string | null => {
    const value = listOf(content[name])[0]
    return value === undefined ? null : sayValue(value, model.groups.get(group)?.get(name), language)
  }
}
