import welsh from '../../../locales/cy.json' with { type: 'json' }
import english from '../../../locales/en.json' with { type: 'json' }

/** A language that changes are said in. */
export type Language = 'en' | 'cy'

/** Values for the placeholders of a phrase. */
export type Params = Readonly<Record<string, string | undefined>>

interface Tree {
  readonly [key: string]: string | Tree
}

const PHRASES: Readonly<Record<Language, ReadonlyMap<string, string>>> = {
  en: new Map(leaves(english.ctf.diff, '')),
  cy: new Map(leaves(welsh.ctf.diff, '')),
}

/**
 * A phrase under `ctf.diff`, its placeholders filled in; null where there is none of that key, or a value for it is
 * missing.
 */
export function phrase(language: Language, key: string, params: Params = {}): string | null {
  const text = PHRASES[language].get(key)
  const wanted = text?.matchAll(PLACEHOLDER) ?? []
  if (text === undefined || [...wanted].some(([, name]) => params[name!] === undefined)) return null
  return text.replaceAll(PLACEHOLDER, (_, name: string) => params[name]!)
}

const PLACEHOLDER = /\{\{(\w+)\}\}/g

function* leaves(tree: Tree, prefix: string): Generator<[string, string]> {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') yield [prefix + key, value]
    else yield* leaves(value, `${prefix}${key}.`)
  }
}
