import { LANGUAGES, wordsOf } from '../i18n.ts'

/** Names of the months in either language, in lower case, with their numbers. */
const MONTHS = new Map(
  LANGUAGES.flatMap((language) =>
    Array.from({ length: 12 }, (_, index): [string, number] => [
      wordsOf(language)(`pages.months.${index + 1}`).toLowerCase(),
      index + 1,
    ]),
  ),
)

/**
 * A date as people type it: 2/9/2026, 02.09.26, 2 September 2026, 2 Medi 2026, 2 Sept 2026, 2026-09-02.
 * @returns CCYY-MM-DD; null when it is no date
 */
export function readTypedDate(text: string): string | null {
  const parts = text
    .trim()
    .toLowerCase()
    .split(/[\s/.,-]+/)
  if (parts.length !== 3) return null
  const [first, second, third] = parts as [string, string, string]
  return first.length === 4 ? dateOf(third, second, first) : dateOf(first, second, third)
}

function dateOf(dayText: string, monthText: string, yearText: string): string | null {
  if (!/^\d{1,2}$/.test(dayText) || !/^(\d\d)?\d\d$/.test(yearText)) return null
  const day = Number(dayText)
  const month = monthOf(monthText)
  const year = Number(yearText) + (yearText.length === 2 ? 2000 : 0)
  if (month === null || year < 1900) return null
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 ? date.toISOString().slice(0, 10) : null
}

/** A month by its number, its name, or the beginning of one that no other shares. */
function monthOf(text: string): number | null {
  if (/^\d{1,2}$/.test(text)) return Number(text) >= 1 && Number(text) <= 12 ? Number(text) : null
  const found = new Set(
    [...MONTHS].filter(([name]) => text.length >= 3 && name.startsWith(text)).map(([, n]) => n),
  )
  return found.size === 1 ? [...found][0]! : null
}
