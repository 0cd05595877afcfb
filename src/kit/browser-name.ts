import Bowser from 'bowser'
import { wordsOf, type Language } from './i18n.ts'

/** Longer than what any browser says of itself; what is longer is not looked at to its end. */
const LONGEST = 500

const BROWSERS = new Set(Object.values(Bowser.BROWSER_MAP))
const SYSTEMS = new Set(Object.values(Bowser.OS_MAP))

/**
 * A browser in words, such as "Chrome on Windows", by its User-Agent; "Chrome" where the system is not known, null where
 * the browser is not. The sender makes that header up, so only names of browsers that there are stand in the answer.
 */
export function browserName(userAgent: string | undefined): string | null {
  if (!userAgent) return null
  const { browser, os } = Bowser.parse(userAgent.slice(0, LONGEST))
  if (!browser.name || !BROWSERS.has(browser.name)) return null
  return os.name && SYSTEMS.has(os.name) ? join('en', browser.name, os.name) : browser.name
}

/** What `browserName` gave, in a language. */
export function browserIn(language: Language, name: string): string {
  const [browser = '', system] = name.split(' on ')
  return system === undefined ? name : join(language, browser, system)
}

function join(language: Language, browser: string, system: string): string {
  return wordsOf(language)('pages.sessions.browserOn', { browser, system })
}
