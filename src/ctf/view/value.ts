import { CODE_SETS, wordOfCode } from '../codes/code-sets.ts'
import type { ElementRow } from '../model.ts'
import type { Value } from './shape.ts'
import { dateInWords, dateTimeInWords, say, type Language } from './words.ts'

/** A value of the file in words, by its row in the model. @param path where it stands in the pupil */
export function valueInWords(
  raw: string,
  path: string,
  row: ElementRow | undefined,
  language: Language,
): Value {
  const plain = { path, raw, text: raw, code: null }
  const content = row?.content
  if (!content || content === 'any' || 'group' in content) return plain
  const word = content.is === 'code' || content.is === 'open' ? wordOf(content.set, raw, language) : null
  if (word !== null) return { ...plain, text: word, code: raw }
  switch (content.is) {
    case 'date':
    case 'dob':
    case 'arrival':
      return { ...plain, text: dateInWords(raw, language) }
    case 'dateTime':
      return { ...plain, text: dateTimeInWords(raw, language) }
    case 'boolean':
      return { ...plain, text: yesOrNo(raw, language) }
    case 'marks':
      return { ...plain, fixed: true }
    case 'la': {
      const name = wordOf('la', raw, language)
      return name === null ? plain : { ...plain, text: name, code: raw }
    }
    default:
      return plain
  }
}

/** What a code means, or null; a set that a model names and nobody wrote down knows no code. */
export function wordOf(set: string, code: string, language: Language): string | null {
  return CODE_SETS.has(set) ? wordOfCode(set, code, language) : null
}

function yesOrNo(raw: string, language: Language): string {
  if (raw === 'true' || raw === '1') return say(language, 'yes')
  return raw === 'false' || raw === '0' ? say(language, 'no') : raw
}
