import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Language } from '../src/kit/i18n.ts'
import { JOHN_FROST } from './api.ts'
import { newPerson as openWindow, openBrowser, type Browser, type Person } from './browser.ts'
import { checkPage } from './browser-page.ts'
import { look } from './browser-pictures.ts'
import { openTwoSchools, type Sent, type TwoSchools } from './two-schools.ts'
import { unzip } from './unzip.ts'
import { newPerson, visitorOf } from './visitor.ts'

let schools: TwoSchools
let browser: Browser

before(async () => {
  schools = await openTwoSchools('embedded')
  browser = await openBrowser()
})
after(async () => {
  await browser.close()
  await schools.close()
})

/** A secretary of The John Frost School, or of another, before a page; the files that await are `files`. */
async function open(
  path: string,
  {
    language = 'en',
    organisation = JOHN_FROST,
    files = 0,
    ...options
  }: {
    language?: Language
    organisation?: string
    files?: number
    javaScript?: boolean
    width?: 320 | 1280
  } = {},
): Promise<Person & { files: Sent[] }> {
  const person = await openWindow(browser, { service: schools.server.url, language, ...options })
  const account = await newPerson(schools.server, { organisation, role: 'school-user', language })
  const { cookies } = await visitorOf(schools.server, account)
  await person.context.addCookies(
    [...cookies].map(([name, value]) => ({ name, value, url: schools.server.url })),
  )
  const sent: Sent[] = []
  while (sent.length < files) {
    // the newest stands first
    sent.unshift(await schools.send())
    schools.server.clock.advance(1)
  }
  await person.page.goto(path)
  return { ...person, files: sent }
}

/** Which of the first rows are chosen, such as x--x. */
async function chosen(page: Page, rows: number): Promise<string> {
  const marks = await page
    .locator('[data-row] input')
    .evaluateAll((boxes) =>
      boxes.map((box) => ((box as unknown as { checked: boolean }).checked ? 'x' : '-')),
    )
  return marks.slice(0, rows).join('')
}

const box = (page: Page, file: Sent): ReturnType<Page['locator']> => page.locator(`#pick-${file.id}`)
const row = (page: Page, file: Sent): ReturnType<Page['locator']> =>
  page.locator('[data-row]', { hasText: file.name }).locator('.cts-rows__other')
const said = (page: Page): Promise<string> => page.locator('[data-selected]').innerText()

describe('rows are chosen', () => {
  test('with the mouse: a click, Shift for a range, Ctrl for one more; the count is said', async () => {
    const { page, files, close } = await open('/download', { files: 5 })
    const [first, second, third, fourth, fifth] = files as [Sent, Sent, Sent, Sent, Sent]
    assert.equal(await said(page), 'No file selected')
    await row(page, second).click()
    assert.equal(await chosen(page, 5), '-x---')
    assert.equal(await said(page), '1 file selected')
    assert.ok(
      await box(page, second).evaluate((one) => one.matches(':focus')),
      'the keyboard goes on from there',
    )
    await row(page, fourth).click({ modifiers: ['Shift'] })
    assert.equal(await chosen(page, 5), '-xxx-')
    assert.equal(await page.evaluate('String(getSelection())'), '', 'no text is marked')
    await row(page, first).click({ modifiers: ['Control'] })
    await row(page, third).click({ modifiers: ['Control'] })
    assert.equal(await chosen(page, 5), 'xx-x-')
    assert.equal(await said(page), '3 files selected')
    assert.equal(await page.locator('[data-counted]').innerText(), 'Download 3 files')
    // on the boxes themselves alike
    await box(page, fifth).click()
    await box(page, third).click({ modifiers: ['Shift'] })
    assert.equal(await chosen(page, 5), 'xxxxx')
    await box(page, second).click()
    await box(page, fourth).click({ modifiers: ['Shift'] })
    assert.equal(await chosen(page, 5), 'x---x', 'a range is let go as it is chosen')
    await close()
  })

  test('a link in a row is followed and chooses nothing', async () => {
    const { page, files, close } = await open('/download', { files: 1 })
    await page.getByRole('link', { name: files[0]!.name }).click()
    await page.waitForURL(`**/files/${files[0]!.id}`)
    await close()
  })

  test('with the keyboard: Space, Shift, arrow keys, Ctrl+A; all by one box', async () => {
    const { page, files, close } = await open('/download', { files: 5 })
    await box(page, files[0]!).focus()
    await page.keyboard.press('Space')
    assert.equal(await chosen(page, 5), 'x----')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Shift+Space')
    assert.equal(await chosen(page, 5), 'xxx--')
    await page.keyboard.press('Shift+ArrowDown')
    assert.equal(await chosen(page, 5), 'xxxx-')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Space')
    assert.equal(await chosen(page, 5), 'xx-x-')
    await page.keyboard.press('Control+a')
    const total = await page.locator('[data-row]').count()
    assert.equal(await chosen(page, total), 'x'.repeat(total))
    const all = page.getByLabel('Select all on this page')
    assert.ok(await all.isChecked())
    await all.press('Space')
    assert.equal(await said(page), 'No file selected')
    await box(page, files[1]!).check()
    assert.equal(
      await all.evaluate((one) => (one as unknown as { indeterminate: boolean }).indeterminate),
      true,
    )
    await all.check()
    assert.equal(await said(page), `${total} files selected`)
    await close()
  })

  test('in Welsh with its plural forms', async () => {
    const { page, files, close } = await open('/download', { files: 2, language: 'cy' })
    await box(page, files[0]!).check()
    assert.equal(await said(page), '1 ffeil wedi’i dewis')
    await box(page, files[1]!).check()
    assert.equal(await said(page), '2 ffeil wedi’u dewis')
    assert.equal(await page.locator('[data-counted]').innerText(), 'Lawrlwytho 2 ffeil')
    await close()
  })
})

/** Presses a button that answers with a file, and gives its name and bytes. */
async function download(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ])
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
}

describe('files are downloaded', () => {
  test('in one zip; then the page asks whether these arrived, and yes confirms them', async () => {
    const person = await open('/download', { files: 3 })
    const { page, files, close } = person
    await row(page, files[0]!).click()
    await row(page, files[1]!).click({ modifiers: ['Shift'] })
    const { name, bytes } = await download(page, 'Download 2 files')
    assert.equal(name, '6804020_2026-09-02.zip')
    assert.deepEqual(
      (await unzip(bytes)).map((entry) => [entry.name, entry.bytes]),
      files.slice(0, 2).map((file) => [file.name, Buffer.from(file.bytes)]),
    )
    const question = page.getByText('Did the 2 files download correctly?')
    await question.waitFor()
    assert.ok(await question.evaluate((one) => one.matches(':focus')), 'the question has the focus')
    const asked = await page.locator('[data-question]').innerText()
    assert.ok(asked.includes(files[0]!.name) && asked.includes(files[1]!.name))
    assert.ok(!asked.includes(files[2]!.name))
    await checkPage(person)
    await look(page, 'download-question')
    await page.getByRole('button', { name: 'Yes, downloaded correctly' }).click()
    await page.getByText('2 files are confirmed. Their senders have been told.').waitFor()
    assert.equal(await box(page, files[0]!).count(), 0)
    assert.equal(await box(page, files[2]!).count(), 1)
    await close()
  })

  test('one as it is; no leaves it where it is, and it can be downloaded again', async () => {
    const { page, files, close } = await open('/download', { files: 1, width: 320 })
    await box(page, files[0]!).check()
    const first = await download(page, 'Download 1 file')
    assert.deepEqual([first.name, first.bytes], [files[0]!.name, Buffer.from(files[0]!.bytes)])
    await page.getByText('Did the file download correctly?').waitFor()
    await page.getByRole('button', { name: 'No, something went wrong' }).click()
    await page.getByText('Nothing was confirmed.').waitFor()
    await box(page, files[0]!).check()
    assert.deepEqual((await download(page, 'Download 1 file')).bytes, first.bytes)
    await page.getByText('Did the file download correctly?').waitFor()
    await close()
  })

  test('without scripts by checkboxes and buttons, the question one link further', async () => {
    const person = await open('/download', { files: 3, javaScript: false })
    const { page, files, close } = person
    await checkPage(person)
    await box(page, files[0]!).check()
    await box(page, files[2]!).check()
    const { bytes } = await download(page, 'Download selected files')
    assert.deepEqual(
      (await unzip(bytes)).map((entry) => entry.name),
      [files[0]!.name, files[2]!.name],
    )
    await page.getByRole('link', { name: 'say whether the files arrived correctly' }).click()
    assert.ok(await box(page, files[0]!).isChecked())
    await checkPage(person)
    await page.getByRole('button', { name: 'Yes, downloaded correctly' }).click()
    assert.match(await page.locator('main').innerText(), /confirmed\. Their senders have been told/)
    await page.getByRole('link', { name: 'Select all on this page' }).click()
    assert.ok(await box(page, files[1]!).isChecked())
    await close()
  })

  test('none chosen: the list again with what to do, the focus on it', async () => {
    const person = await open('/download', { files: 1 })
    const { page, close } = person
    await page.getByRole('button', { name: 'Download selected files' }).click()
    await page.getByRole('link', { name: 'Select at least one file' }).click()
    assert.ok(await page.locator('#files').evaluate((one) => one.matches(':focus')))
    await checkPage(person)
    // the same page in the other language
    await page.getByRole('link', { name: 'Cymraeg' }).click()
    person.language = 'cy'
    await checkPage(person)
    await close()
  })
})

for (const [language, width] of [
  ['en', 1280],
  ['cy', 320],
] as const) {
  test(`every list keeps what every page promises: ${language}, ${width} pixels`, async () => {
    const files = await Promise.all([schools.send(), schools.send()])
    const api = async (
      who: 'cardiff' | 'newport',
      id: string,
      what: string,
      json?: object,
    ): Promise<void> => {
      const { status } = await schools[who].call('POST', `/api/v1/files/${id}/${what}`, { json })
      assert.ok(status < 300, what)
    }
    await api('newport', files[0].id, 'reject', { reason: 'None of these pupils is on our roll.' })
    await schools.newport.call('GET', `/api/v1/files/${files[1].id}/content`)
    await api('newport', files[1].id, 'confirm')
    const inbox = await open('/', { language, width })
    const sender = await open('/', { language, width, organisation: '6814039' })
    const newcomer = await open('/', { language, width, organisation: '6804026' })
    const paths: [Person, string, string][] = [
      [inbox, '/download', 'download'],
      [inbox, '/download?view=to-confirm&select=all', 'download-to-confirm'],
      [inbox, '/download?view=all&sort=other&order=down', 'download-all'],
      [inbox, '/download?text=6814039&kind=ctf&from=1/9/2026&to=x', 'download-filter'],
      [sender, '/sent', 'sent'],
      [sender, '/sent?view=rejected', 'sent-rejected'],
      [newcomer, '/download', 'download-empty'],
      [newcomer, '/sent', 'sent-empty'],
    ]
    for (const [person, path, name] of paths) {
      await person.page.goto(path)
      await checkPage(person)
      await look(person.page, `${name}-${language}`)
    }
    for (const { close } of [inbox, sender, newcomer]) await close()
  })
}
