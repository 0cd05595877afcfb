import { ADMINISTRATION_CODES } from './administration.ts'
import { AUTHORITY_CODES } from './authorities.ts'
import { readCodeTable, type Code, type CodeSet } from './code-table.ts'
import { COUNTRY_CODES } from './countries.ts'
import { ETHNICITY_CODES } from './ethnicities.ts'
import { LANGUAGE_CODES } from './languages.ts'
import { LEARNING_CODES } from './learning.ts'
import { PUPIL_CODES } from './pupil.ts'
import { WELSH_CODES } from './wales.ts'

export type { Code, CodeSet } from './code-table.ts'

const TABLES = [
  ADMINISTRATION_CODES,
  PUPIL_CODES,
  ETHNICITY_CODES,
  LANGUAGE_CODES,
  COUNTRY_CODES,
  AUTHORITY_CODES,
  LEARNING_CODES,
  WELSH_CODES,
]

/** Every code set that the format uses, by the name that the content model has for it. */
export const CODE_SETS: ReadonlyMap<string, CodeSet> = new Map(
  TABLES.flatMap(readCodeTable).map((set) => [set.name, set]),
)

/**
 * A code set by its name, e.g. `ethnicity`.
 * @throws RangeError when there is none of that name
 */
export function codeSet(name: string): CodeSet {
  const set = CODE_SETS.get(name)
  if (!set) throw new RangeError(`there is no code set ${name}`)
  return set
}

/** A code of a set as the set writes it, or null; letter case counts but in the sets that say otherwise. */
export function codeIn(set: CodeSet, value: string): Code | null {
  return set.codes.get(set.anyCase ? value.toUpperCase() : value) ?? null
}

/**
 * What a code means, in words: `wordOfCode('sex', 'F', 'cy')` is Benyw; null where the set does not have it.
 * @throws RangeError when there is no set of that name
 */
export function wordOfCode(set: string, code: string, language: 'en' | 'cy'): string | null {
  return codeIn(codeSet(set), code)?.[language] ?? null
}

const LA_CODES = codeSet('la').codes

/** Numbers at the start of the list that stand in UPNs and are no LA of their own (census rule 1530). */
const UPN_ONLY: ReadonlySet<string> = new Set(['002', '004', '005'])

/** Whether three characters are the number of an LA, past or present, or stand for one. */
export function isKnownLa(la: string): boolean {
  return LA_CODES.has(la)
}

/** Whether three characters are the number of an LA that can have issued a UPN (census rule 1530, with those since). */
export function isUpnLa(la: string): boolean {
  return LA_CODES.get(la)?.inUpn ?? UPN_ONLY.has(la)
}
