import { readFileSync } from 'node:fs'
import i18next, { type TFunction } from 'i18next'

/** The languages of the service: English and Welsh. */
export const LANGUAGES = ['en', 'cy'] as const

/** A language code of the service. */
export type Language = (typeof LANGUAGES)[number]

/** A value that differs between the languages, such as the name of an LA. */
export type InBoth = Record<Language, string>

/** Values for the {{placeholders}} of a sentence; `count` chooses its plural form. */
export type WordParams = Record<string, string | number | InBoth>

/** Says the words of a key in one language. */
export type Words = (key: string, params?: WordParams) => string

function load(language: Language): object {
  return JSON.parse(
    readFileSync(new URL(`../../locales/${language}.json`, import.meta.url), 'utf8'),
  ) as object
}

const instance = i18next.createInstance()
await instance.init({
  resources: { en: { translation: load('en') }, cy: { translation: load('cy') } },
  // no fallback: a key that one language lacks must show as missing in the tests, never as the other language
  fallbackLng: false,
  interpolation: { escapeValue: false },
  returnNull: false,
})

/** The words of one language. A key without words throws: no page or mail shows a bare key. */
export function wordsOf(language: Language): Words {
  return WORDS[language]
}

const WORDS: Record<Language, Words> = { en: openWords('en'), cy: openWords('cy') }

function openWords(language: Language): Words {
  const t: TFunction = instance.getFixedT(language)
  // a page says hundreds of words, most of them without values
  const plain = new Map<string, string>()
  return (key, params) => {
    const known = params ? undefined : plain.get(key)
    if (known !== undefined) return known
    const said = say(key, params ?? {})
    if (!params) plain.set(key, said)
    return said
  }

  function say(key: string, params: WordParams): string {
    const own = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        typeof value === 'object' ? value[language] : value,
      ]),
    )
    if (!instance.exists(key, { lng: language, ...own }))
      throw new Error(`no words for ${key} in ${language}`)
    return t(key, own)
  }
}

/** The words of a key in each language: a value for what is said in the language of whoever reads it. */
export function inBoth(key: string, params?: WordParams): InBoth {
  return { en: WORDS.en(key, params), cy: WORDS.cy(key, params) }
}

/** The language a request asks for by Accept-Language; English unless Welsh is preferred. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const ranked = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...params] = part.trim().toLowerCase().split(';')
      const quality = params.map((param) => /^\s*q=([\d.]+)$/.exec(param)?.[1]).find(Boolean)
      return { language: tag.split('-')[0], quality: Number(quality ?? 1) }
    })
    .filter((choice) => choice.language === 'en' || choice.language === 'cy')
    .sort((a, b) => b.quality - a.quality)
  return ranked[0]?.language === 'cy' && ranked[0].quality > 0 ? 'cy' : 'en'
}
