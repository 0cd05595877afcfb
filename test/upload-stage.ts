import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'
import type { Language } from '../src/kit/i18n.ts'
import { CARDIFF_HIGH, ctf, JOHN_FROST } from './api.ts'
import { newPerson as openWindow, openBrowser, type Browser, type Person } from './browser.ts'
import { openTestServer, type TestServer } from './server.ts'
import { newPerson, visitorOf, type TestPerson } from './visitor.ts'

/** A file as a browser is given it. */
export interface Chosen {
  name: string
  mimeType: string
  buffer: Buffer
}

/** The service and a Chromium, and secretaries of Cardiff High before the page for sending files. */
export interface UploadStage {
  server: TestServer
  browser: Browser
  /** Somebody new, signed in, with the page open. */
  open(language?: Language, options?: { javaScript?: boolean; width?: 320 | 1280 }): Promise<Person>
  /** Signs a person in, in the place of whoever was. */
  signIn(window: Person, account: TestPerson): Promise<void>
  newAccount(language?: Language): Promise<TestPerson>
  /** A new file from Cardiff High to The John Frost School; `wrong`: with an error in it. */
  newFile(options?: { wrong?: boolean }): Chosen
  close(): Promise<void>
}

/** Opens it. */
export async function openUploadStage(): Promise<UploadStage> {
  const server = await openTestServer('embedded')
  await server.client(JOHN_FROST, 'school-user')
  const browser = await openBrowser()
  let serial = 0
  const newAccount = (language: Language = 'en'): Promise<TestPerson> =>
    newPerson(server, { organisation: CARDIFF_HIGH, role: 'school-user', language })
  async function signIn({ context }: Person, account: TestPerson): Promise<void> {
    const { cookies } = await visitorOf(server, account)
    await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: server.url })))
  }
  return {
    server,
    browser,
    newAccount,
    signIn,
    async open(language = 'en', options = {}) {
      const one = await openWindow(browser, { service: server.url, language, ...options })
      await signIn(one, await newAccount(language))
      await one.page.goto('/upload')
      return one
    },
    newFile({ wrong = false } = {}) {
      serial += 1
      const { name, bytes } = ctf(CARDIFF_HIGH, JOHN_FROST, { serial, seed: serial, pupils: 2 })
      const text = Buffer.from(bytes).toString()
      const buffer = Buffer.from(wrong ? text.replace(/<UPN>[^<]*/, '<UPN>wrong') : text)
      return { name, mimeType: 'text/xml', buffer }
    },
    async close() {
      await browser.close()
      await server.close()
    },
  }
}

/** Chooses files as by the browser's own dialogue. */
export const choose = (page: Page, files: readonly Chosen[]): Promise<void> =>
  page.setInputFiles('input[type=file]', [...files])

/** How far each file in the list is. */
export const states = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('[data-rows] > li')].map((row) => row.dataset.state)`,
  )

/** The files in a state. */
export const rowOf = (page: Page, state: string): Locator =>
  page.locator(`[data-rows] > li[data-state=${state}]`)

/** Waits until the states of the files are as wanted; at most 20 seconds. */
export async function untilStates(page: Page, are: (states: string[]) => boolean): Promise<void> {
  let seen: string[] = []
  for (let tries = 0; tries < 400; tries += 1) {
    seen = await states(page)
    if (seen.length > 0 && are(seen)) return
    await sleep(50)
  }
  assert.fail(`the files stay ${seen.join(', ')}`)
}

/** Waits until every file is in one of these states. */
export const until = (page: Page, ...allowed: string[]): Promise<void> =>
  untilStates(page, (states) => states.every((state) => allowed.includes(state)))

/** Waits until the name of every file was checked. */
export const checked = (page: Page): Promise<void> => until(page, 'ready', 'wrong')

/** Waits until every file was answered. */
export const answered = (page: Page): Promise<void> => until(page, 'sent', 'refused', 'failed', 'wrong')
