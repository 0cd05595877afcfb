import welsh from '../../../locales/cy.json' with { type: 'json' }
import english from '../../../locales/en.json' with { type: 'json' }
import { isDate, readDateTime } from '../dates.ts'
import type { Value } from './shape.ts'

/** A language of the view. */
export type Language = 'en' | 'cy'

const WORDS = { en: english.ctf.view.words, cy: welsh.ctf.view.words }
const SECTIONS = { en: english.ctf.view.sections, cy: welsh.ctf.view.sections }
const PAGES = { en: english.pages, cy: welsh.pages }

/** Words of the view by their key, the placeholders filled in. */
export function say(
  language: Language,
  key: keyof typeof english.ctf.view.words,
  params: Readonly<Record<string, string | number>> = {},
): string {
  return WORDS[language][key].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name]))
}

/** The title of a section. */
export function sectionTitle(language: Language, section: keyof typeof english.ctf.view.sections): string {
  return SECTIONS[language][section]
}

/** A date CCYY-MM-DD as people write it: 2 September 2026, 2 Medi 2026; as it stands when it is none. */
export function dateInWords(date: string, language: Language): string {
  if (!isDate(date)) return date
  const month = String(Number(date.slice(5, 7))) as keyof typeof english.pages.months
  return `${Number(date.slice(8))} ${PAGES[language].months[month]} ${date.slice(0, 4)}`
}

/** A date and time as people write it: 2 September 2026, 9:05am; as it stands when it is none, or has a zone. */
export function dateTimeInWords(moment: string, language: Language): string {
  if (readDateTime(moment) !== 'plain') return moment
  const hours = Number(moment.slice(11, 13))
  const { am, pm } = PAGES[language]
  const time = `${hours % 12 || 12}:${moment.slice(14, 16)}${hours < 12 ? am : pm}`
  return `${dateInWords(moment.slice(0, 10), language)}, ${time}`
}

/** Words that stand in a line beside values of the file. */
export function derived(text: string): Value {
  return { path: null, raw: '', text, code: null }
}

/** A share in per cent with one decimal, e.g. 93.8%; empty where there is no whole. */
export function percent(part: number, whole: number): string {
  return whole > 0 ? `${((part / whole) * 100).toFixed(1)}%` : ''
}
