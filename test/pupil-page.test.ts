import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { wordsOf } from '../src/kit/i18n.ts'
import { CARDIFF_HIGH, ctf, JOHN_FROST } from './api.ts'
import { newPerson as openWindow, openBrowser, type Browser, type Person } from './browser.ts'
import { checkPage } from './browser-page.ts'
import { look } from './browser-pictures.ts'
import { visitorsOf } from './file-states.ts'
import { openTwoSchools, type TwoSchools } from './two-schools.ts'

const WINDOWS = [
  { language: 'en', width: 1280, javaScript: true },
  { language: 'en', width: 320, javaScript: false },
  { language: 'cy', width: 1280, javaScript: false },
  { language: 'cy', width: 320, javaScript: true },
] as const

type Window = (typeof WINDOWS)[number]

let schools: TwoSchools
let browser: Browser
let visitor: ReturnType<typeof visitorsOf>

before(async () => {
  schools = await openTwoSchools('embedded')
  visitor = visitorsOf(schools)
  browser = await openBrowser()
})
after(async () => {
  await browser.close()
  await schools.close()
})

/** The secretary of a school before a page, in a window and language of their own. */
async function open(school: string, path: string, window: Window): Promise<Person> {
  const who = await visitor(school, 'school-user')
  await who.get(`/account?lang=${window.language}`)
  const { server } = schools
  const person = await openWindow(browser, { service: server.url, clock: server.clock, ...window })
  const session = { name: 'session', value: who.cookies.get('session')!, url: server.url }
  await person.context.addCookies([session])
  await person.page.goto(path)
  return person
}

for (const window of WINDOWS) {
  const { language, width, javaScript } = window
  const say = wordsOf(language)

  describe(`${language}, ${width} pixels, ${javaScript ? 'with' : 'without'} JavaScript`, () => {
    test('a pupil of a file is opened, and the next', async () => {
      const { id } = await schools.send()
      const person = await open(JOHN_FROST, `/files/${id}`, window)
      const { page } = person
      await page.locator('.cts-pupils a').first().click()
      await page
        .getByText(say('pages.transfers.pupil.place', { index: 1, all: 2 }))
        .first()
        .waitFor()
      await checkPage(person)
      await look(page, `pupil-${language}`)
      await page.getByRole('link', { name: say('pages.transfers.pupil.next') }).click()
      await page
        .getByText(say('pages.transfers.pupil.place', { index: 2, all: 2 }))
        .first()
        .waitFor()
      await checkPage(person)
      await person.close()
    })

    test('a file is looked at before it is sent, with what was found beside the items', async () => {
      const file = ctf(CARDIFF_HIGH, JOHN_FROST, { serial: 900, pupils: 3 })
      const text = Buffer.from(file.bytes).toString()
      const buffer = Buffer.from(text.replace(/<DOB>[^<]*/, '<DOB>2015-02-30'))
      const person = await open(CARDIFF_HIGH, '/upload', window)
      const { page } = person
      await page.getByRole('link', { name: say('pages.transfers.look.title') }).click()
      await checkPage(person)
      await look(page, `look-form-${language}`)
      await page.getByRole('button', { name: say('pages.transfers.look.button') }).click()
      await page.getByRole('link', { name: say('pages.transfers.look.noFile') }).waitFor()
      await checkPage(person)
      await page
        .getByLabel(say('pages.transfers.look.file'), { exact: true })
        .setInputFiles({ name: file.name, mimeType: 'application/xml', buffer })
      await page.getByRole('button', { name: say('pages.transfers.look.button') }).click()
      await page.getByText(say('pages.transfers.look.refused')).waitFor()
      const row = page.locator('.govuk-summary-list__row').filter({ hasText: '2015-02-30' })
      assert.match(await row.innerText(), new RegExp(say('pages.transfers.findings.error')))
      await checkPage(person)
      await look(page, `look-${language}`)
      await person.close()
    })
  })
}
