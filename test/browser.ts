import assert from 'node:assert/strict'
import { after } from 'node:test'
import {
  chromium,
  type BrowserContext,
  type CDPSession,
  type Browser as Chromium,
  type Page,
} from 'playwright-core'
import type { Language } from '../src/kit/i18n.ts'
import { watchFaults } from './browser-faults.ts'
import { CHROMIUM_INSTALL, findChromium } from './install.ts'
import type { TestClock } from './world.ts'

/** A Chromium of a test file's own. */
export interface Browser {
  chromium: Chromium
  /** Those who still have a window open. */
  people: Set<Person>
  /** Closes every window and ends Chromium. Throws when a page did what no page may: see `newPerson`. */
  close(): Promise<void>
}

/** Those that run. One that a failed test left open would keep the file from ending. */
const running = new Set<Browser>()

after(async () => {
  await all([...running].map((browser) => browser.close()))
})

/** What differs between people. */
export interface PersonOptions {
  /** Address of the service; paths given to `page.goto` are on it. */
  service: string
  /** What the browser asks for; English unless said. */
  language?: Language
  /** Of the window in pixels: 1280 by 900 unless said, or 320 by 640, the narrowest that WCAG 1.4.10 asks for. */
  width?: 1280 | 320
  /** On unless said. It is off in the first window only. */
  javaScript?: boolean
  /** What the pages' scripts take for the time; standing still, as it does for the service. */
  clock?: TestClock
}

/** Somebody before a browser with cookies of their own. */
export interface Person {
  page: Page
  context: BrowserContext
  /** The language of the pages that they are to see. A journey that switches it says so here. */
  language: Language
  /** What pages did so far that no page may; empties the list. For a test that wants it so. */
  takeFaults(): string[]
  /** Lets time pass for the scripts of the pages: their timers fire once, as after a nap of the machine. */
  pass(milliseconds: number): Promise<void>
  /** Closes their windows. Throws what is in the list. */
  close(): Promise<void>
}

const HEIGHTS = { 1280: 900, 320: 640 } as const

/** Longest wait for anything on a page; a machine under load is slow. */
const PATIENCE_MS = 20_000

const FLAGS = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // nothing leaves the machine, whatever a page asks for
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
]

/**
 * Starts Debian's Chromium, headless, with a new profile in a folder of its own. It ends with the last test of the
 * file, and with this process however that ends. Throws when there is none.
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error(`Chromium is not installed: ${CHROMIUM_INSTALL}`)
  // Chromium's sandbox refuses to run as root
  const chromiumSandbox = process.getuid?.() !== 0
  const started = await chromium.launch({ executablePath, chromiumSandbox, args: FLAGS })
  const browser: Browser = {
    chromium: started,
    people: new Set(),
    async close() {
      running.delete(browser)
      try {
        await all([...browser.people].map((person) => person.close()))
      } finally {
        await started.close()
      }
    },
  }
  running.add(browser)
  return browser
}

/** Waits for all, and then throws what the first of them threw. */
async function all(work: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(work)
  await Promise.all(work)
}

/**
 * Gives somebody a window. Their pages may not: write an error to the console (a breach of the content security policy
 * is one), throw in a script, crash, get an answer of 500 or above, miss a part of the page, or ask anything of
 * another origin than the service. `close` and `checkPage` fail the test that did.
 */
export async function newPerson(
  browser: Browser,
  { service, language = 'en', width = 1280, javaScript = true, clock }: PersonOptions,
): Promise<Person> {
  const context = await browser.chromium.newContext({
    baseURL: service,
    locale: language === 'cy' ? 'cy-GB' : 'en-GB',
    timezoneId: 'Europe/London',
    viewport: { width, height: HEIGHTS[width] },
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const faults = watchFaults(context, service)
  if (clock && javaScript) {
    await context.clock.install({ time: clock.now() })
    await context.clock.setFixedTime(clock.now())
  }
  const page = await context.newPage()
  if (!javaScript) scriptless.set(page, await turnOff(page))
  const person: Person = {
    page,
    context,
    language,
    takeFaults: () => faults.splice(0),
    async pass(milliseconds) {
      if (!clock || !javaScript) return
      await context.clock.setFixedTime(clock.now())
      await context.clock.fastForward(milliseconds)
    },
    async close() {
      browser.people.delete(person)
      await context.close()
      assert.deepEqual(faults, [], 'no page does what no page may')
    },
  }
  browser.people.add(person)
  return person
}

// Playwright's own switch holds for good, and axe is a script: without it the pages of those who have no scripts would
// go unseen.
const scriptless = new WeakMap<Page, CDPSession>()

const SWITCH = 'Emulation.setScriptExecutionDisabled'

async function turnOff(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send(SWITCH, { value: true })
  return session
}

/** Does something to a page that needs scripts, also where the page itself has none. */
export async function withScripts<Result>(page: Page, work: () => Promise<Result>): Promise<Result> {
  const session = scriptless.get(page)
  await session?.send(SWITCH, { value: false })
  try {
    return await work()
  } finally {
    await session?.send(SWITCH, { value: true })
  }
}
