import { wordsOf, type Language } from '../i18n.ts'

const ZONE = 'Europe/London'

const PARTS = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h23',
})

type Parts = Record<string, string>

/** Minutes that pages showed lately: the same lists are asked for again and again. */
const known = new Map<number, Parts>()
const KNOWN_MOST = 5000

function partsOf(at: Date): Parts {
  const minute = Math.floor(at.getTime() / 60_000)
  const before = known.get(minute)
  if (before) return before
  const parts = Object.fromEntries(PARTS.formatToParts(at).map(({ type, value }) => [type, value]))
  if (known.size >= KNOWN_MOST) known.clear()
  known.set(minute, parts)
  return parts
}

/** A moment's date as GOV.UK writes it: 2 September 2026, 2 Medi 2026. In London's time. */
export function dateInWords(at: Date, language: Language): string {
  const { day, month, year } = partsOf(at)
  // with a time beside it the locale writes 02/09
  return `${Number(day)} ${wordsOf(language)(`pages.months.${Number(month)}`)} ${year}`
}

/** A moment as GOV.UK writes it: 2 September 2026, 9:05am. In London's time. */
export function dateTimeInWords(at: Date, language: Language): string {
  const { hour, minute } = partsOf(at)
  const words = wordsOf(language)
  const hours = Number(hour)
  const half = words(hours < 12 ? 'pages.am' : 'pages.pm')
  return `${dateInWords(at, language)}, ${hours % 12 || 12}:${minute}${half}`
}

const STEPS = [
  ['days', 24 * 60 * 60_000],
  ['hours', 60 * 60_000],
  ['minutes', 60_000],
] as const

/** How long ago a moment was: 3 days ago; "just now" under a minute. */
export function agoInWords(at: Date, now: Date, language: Language): string {
  const words = wordsOf(language)
  const passed = Math.max(0, now.getTime() - at.getTime())
  const step = STEPS.find(([, length]) => passed >= length)
  return step
    ? words(`pages.ago.${step[0]}`, { count: Math.floor(passed / step[1]) })
    : words('pages.ago.now')
}

/** A size as people read it: 812 bytes, 49 KB, 3.2 MB. */
export function sizeInWords(bytes: number, language: Language): string {
  if (bytes < 1000) return wordsOf(language)('pages.bytes', { count: bytes })
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
