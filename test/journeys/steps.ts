import { readFileSync } from 'node:fs'
import type { Locator } from 'playwright-core'
import { DEMONSTRATION_ACCOUNTS } from '../../src/demonstration-cast.ts'
import { wordsOf, type WordParams } from '../../src/kit/i18n.ts'
import type { Person } from '../browser.ts'
import { checkPage } from '../browser-page.ts'

// What people do before the pages, each step as they would say it. Whoever comes to see something checks the whole page
// as it then stands: see checkPage.

/** The words of the pages in the person's language. */
export function words({ language }: Person, key: string, params?: WordParams): string {
  return wordsOf(language)(`pages.${key}`, params)
}

/** Waits until a page has this heading, and checks the page. */
export async function comesTo(person: Person, heading: string): Promise<void> {
  await person.page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
  await checkPage(person)
}

/** Waits until the page says this, and checks the page. */
export async function sees(person: Person, text: string | RegExp): Promise<void> {
  await reads(person, text)
  await checkPage(person)
}

/** Waits until the page says this. */
export async function reads({ page }: Person, text: string | RegExp): Promise<void> {
  await page.locator('main').getByText(text).filter({ visible: true }).first().waitFor()
}

/** Opens an address of the service. */
export async function opens({ page }: Person, path: string): Promise<void> {
  await page.goto(path)
}

/** Follows the link of this name. */
export async function follows({ page }: Person, name: string): Promise<void> {
  await page.getByRole('link', { name }).first().click()
}

/** Presses the button of this name. */
export async function presses({ page }: Person, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
}

/** Types into the field of this label. */
export async function types({ page }: Person, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(text)
}

/** Pages of the menu, and where their headings stand. */
const MENU = {
  home: 'home.title',
  upload: 'transfers.upload.title',
  download: 'transfers.download.title',
  sent: 'transfers.sent.title',
  find: 'establishments.find.title',
}

function menu(person: Person): Locator {
  return person.page.getByRole('region', { name: words(person, 'navigationLabel') })
}

/** Takes a page from the menu and comes to it. */
export async function choosesFromMenu(person: Person, menuPage: keyof typeof MENU): Promise<void> {
  await menu(person)
    .getByRole('link', { name: words(person, `nav.${menuPage}`), exact: true })
    .click()
  await comesTo(person, words(person, MENU[menuPage]))
}

/** What the menu offers. */
export function menuOf(person: Person): Promise<string[]> {
  return menu(person).getByRole('link').allInnerTexts()
}

/** The password that a demonstration prints for one of its accounts. */
export function passwordOf(username: string): string {
  const account = DEMONSTRATION_ACCOUNTS.find((one) => one.username === username)
  if (!account) throw new Error(`no account ${username}`)
  return account.password
}

/** Fills in the form for signing in, whatever comes of it. */
export async function triesToSignIn(person: Person, username: string, password: string): Promise<void> {
  await types(person, words(person, 'secureAccess.username'), username)
  await types(person, words(person, 'secureAccess.password'), password)
  await presses(person, words(person, 'secureAccess.signIn.button'))
}

/** Opens the service, signs in by its form and comes to the home page. */
export async function signsIn(
  person: Person,
  username: string,
  password: string = passwordOf(username),
): Promise<void> {
  await opens(person, '/')
  await comesTo(person, words(person, 'secureAccess.signIn.title'))
  await triesToSignIn(person, username, password)
  await person.page.waitForURL('/')
  await checkPage(person)
}

/** Chooses a password on the page for it. */
export async function setsPassword(person: Person, password: string): Promise<void> {
  const k = 'secureAccess.newPassword.'
  await types(person, words(person, `${k}password`), password)
  await types(person, words(person, `${k}again`), password)
  await presses(person, words(person, `${k}button`))
}

/** The secret of an authenticator app that the page shows. */
export async function secretOn({ page }: Person): Promise<string> {
  return (await page.locator('.cts-secret').innerText()).replaceAll(' ', '')
}

/** Logs off by the button at the top. */
export async function logsOff(person: Person): Promise<void> {
  await presses(person, words(person, 'logOff'))
  await comesTo(person, words(person, 'sessions.signedOut.title'))
}

/** The row of a list in which this stands. */
export function rowOf({ page }: Person, text: string): Locator {
  return page.locator('main').getByRole('row').filter({ hasText: text })
}

/** Opens the page of a file that stands in the list. */
export async function opensFile(person: Person, name: string): Promise<void> {
  await rowOf(person, name).getByRole('link', { name, exact: true }).click()
  await comesTo(person, name)
}

/** Ticks the boxes of files in the list. */
export async function ticks(person: Person, ...names: string[]): Promise<void> {
  for (const name of names) await rowOf(person, name).getByRole('checkbox').check()
}

/** What the browser saved. */
export interface Saved {
  name: string
  bytes: Buffer
}

/** Does something that downloads a file, and gives what was saved. */
export async function saves({ page }: Person, doing: () => Promise<void>): Promise<Saved> {
  const [download] = await Promise.all([page.waitForEvent('download'), doing()])
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}
