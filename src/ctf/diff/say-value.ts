import { wordOfCode } from '../codes/code-sets.ts'
import { isElements, isRaw, listOf, type Elements, type Single } from '../content.ts'
import { isDate } from '../dates.ts'
import type { ElementRow, Model, ValueType } from '../model.ts'
import { dateInWords } from '../view/words.ts'
import { addressLine } from './address-line.ts'
import { phrase, type Language } from './phrases.ts'

/** Longer values are not repeated in a sentence. */
const LONGEST = 100

/** Code sets whose words are common nouns: written small within a sentence. */
const NOUNS: ReadonlySet<string> = new Set([
  'relationship',
  'phone-type',
  'sex',
  'sen-provision',
  'sen-type',
  'language-type',
  'service-child',
  'home-welsh',
  'source',
  'welsh-source',
  'disability',
  'result-status',
  'aln-type',
  'aln-area',
  'aln-outcome',
  'aln-body',
])

/** Code sets whose words are names. */
const NAMES: ReadonlySet<string> = new Set(['language', 'country', 'uk-country', 'la', 'locale', 'nc-year'])

/**
 * A value as it stands in a sentence: dates as people write them, codes and yes or no in words. Null where it is
 * too long, a string of attendance marks, or XML: nobody reads those in a sentence.
 */
export function sayValue(value: Single, row: ElementRow | undefined, language: Language): string | null {
  if (isRaw(value) || typeOf(row)?.is === 'marks') return null
  if (isElements(value)) return row?.name === 'Address' ? addressLine(value) || null : null
  const text = String(value).trim()
  return wordsOfValue(text, row, language) ?? (text.length > LONGEST ? null : text)
}

/**
 * The same where words stand before and behind it: between quotation marks what is no noun or name, and in Welsh all
 * words of codes, which would else mutate.
 */
export function quoteValue(value: Single, row: ElementRow | undefined, language: Language): string | null {
  const said = sayValue(value, row, language)
  const set = codeSetOf(row)
  const isTruth = typeOf(row)?.is === 'boolean'
  if (said === null || typeof value === 'object' || said === String(value).trim()) return said
  if (set === null && !isTruth) return said
  const isPlain = language === 'en' && (set === null || NOUNS.has(set) || NAMES.has(set))
  return isPlain ? said : `“${said}”`
}

function wordsOfValue(text: string, row: ElementRow | undefined, language: Language): string | null {
  if (typeOf(row)?.is === 'boolean') return phrase(language, /^(true|1)$/.test(text) ? 'yes' : 'no')
  const set = codeSetOf(row)
  if (set === null) return isDate(text) ? dateInWords(text, language) : null
  const provision = set === 'sen-provision' ? phrase(language, `provision.${text}`) : null
  if (provision !== null) return provision
  const word = wordOfCode(set, text, language)
  return word !== null && NOUNS.has(set) ? small(word) : word
}

/** The code set that an element's values are of, or null. The number of an LA is a number but where it stands for the authority. */
function codeSetOf(row: ElementRow | undefined): string | null {
  const type = typeOf(row)
  if (type?.is === 'code' || type?.is === 'open') return type.set
  return row?.name === 'CareAuthority' ? 'la' : null
}

function typeOf(row: ElementRow | undefined): ValueType | null {
  const content = row?.content
  return content && content !== 'any' && 'is' in content ? content : null
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
