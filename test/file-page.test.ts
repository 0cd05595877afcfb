import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { LANGUAGES, wordsOf, type Language } from '../src/kit/i18n.ts'
import { CARDIFF_HIGH, JOHN_FROST } from './api.ts'
import { newPerson as openWindow, openBrowser, type Browser, type Person } from './browser.ts'
import { checkPage } from './browser-page.ts'
import { look } from './browser-pictures.ts'
import { changeFile, FILE_STATES, visitorsOf } from './file-states.ts'
import { openTwoSchools, type TwoSchools } from './two-schools.ts'
import type { Visitor } from './visitor.ts'

interface Window {
  language?: Language
  width?: 320 | 1280
  javaScript?: boolean
}

/** Both languages, both widths, with and without scripts. */
const WINDOWS: readonly Required<Window>[] = [
  { language: 'en', width: 1280, javaScript: true },
  { language: 'en', width: 320, javaScript: false },
  { language: 'cy', width: 1280, javaScript: false },
  { language: 'cy', width: 320, javaScript: true },
]

const titleOf = ({ language, width, javaScript }: Required<Window>): string =>
  `${language}, ${width} pixels, ${javaScript ? 'with' : 'without'} JavaScript`

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

/** Somebody before a page, in a window and language of their own. */
async function open(who: Visitor, path: string, options: Window = {}): Promise<Person> {
  const { language = 'en' } = options
  const { server } = schools
  await who.get(`/account?lang=${language}`)
  const person = await openWindow(browser, { service: server.url, clock: server.clock, ...options })
  const session = { name: 'session', value: who.cookies.get('session')!, url: server.url }
  await person.context.addCookies([session])
  await person.page.goto(path)
  return person
}

const secretary = (organisation: string): Promise<Visitor> => visitor(organisation, 'school-user')

/** Text of the green banner. */
const banner = ({ page }: Person): Promise<string> =>
  page.locator('.govuk-notification-banner__content').innerText()

for (const window of WINDOWS) {
  const say = wordsOf(window.language)
  const file = (key: string): string => say(`pages.transfers.file.${key}`)

  describe(titleOf(window), () => {
    test('a file is downloaded and confirmed', async () => {
      const { id, name, bytes } = await schools.send()
      const person = await open(await secretary(JOHN_FROST), `/files/${id}`, window)
      const { page } = person
      await checkPage(person)
      await look(page, `file-awaiting-${window.language}`)
      const question = page.getByRole('heading', { name: file('correctly.title') })
      assert.equal(await question.isVisible(), !window.javaScript, 'it is asked once the download has begun')
      const began = page.waitForEvent('download')
      await page.getByRole('button', { name: file('do.download'), exact: true }).click()
      const download = await began
      assert.equal(download.suggestedFilename(), name)
      assert.deepEqual(readFileSync(await download.path()), Buffer.from(bytes))
      await question.waitFor()
      await page.getByRole('button', { name: file('do.confirm') }).click()
      assert.ok((await banner(person)).includes(name))
      await page.getByText(file('states.downloaded.tag'), { exact: true }).first().waitFor()
      await checkPage(person)
      await page.reload()
      assert.equal(await page.locator('.govuk-notification-banner').count(), 0)
      await person.close()
    })

    test('a file is rejected, with a reason', async () => {
      const id = await FILE_STATES.fetched(schools)
      const person = await open(await secretary(JOHN_FROST), `/files/${id}`, window)
      const { page } = person
      await page.getByRole('link', { name: file('do.reject') }).click()
      await checkPage(person)
      await look(page, `reject-${window.language}`)
      await page.getByRole('button', { name: file('reject.button') }).click()
      await page.getByRole('link', { name: file('reason.missing') }).click()
      assert.equal(await page.evaluate('document.activeElement.id'), 'reason')
      await checkPage(person)
      await page.keyboard.type('Y disgybl anghywir / the wrong pupil')
      await page.getByRole('button', { name: file('reject.button') }).click()
      await page.getByText(file('states.rejected.tag'), { exact: true }).waitFor()
      assert.match(await page.locator('.govuk-inset-text').innerText(), /Y disgybl anghywir/)
      await banner(person)
      await checkPage(person)
      await person.close()
    })

    test('a file is recalled; somebody who is too late is told why', async () => {
      const id = await FILE_STATES.awaiting(schools)
      const person = await open(await secretary(CARDIFF_HIGH), `/files/${id}`, window)
      const { page } = person
      await page.getByRole('button', { name: file('do.recall') }).click()
      await checkPage(person)
      await look(page, `recall-${window.language}`)
      await page.getByRole('button', { name: file('recall.button') }).click()
      await banner(person)
      await page.getByText(file('states.removed.tag'), { exact: true }).waitFor()
      await checkPage(person)
      await page.goto(`/files/${id}/recall`)
      const summary = page.locator('.govuk-error-summary')
      assert.ok((await summary.innerText()).includes(say('refusals.recall-too-late.title')))
      await checkPage(person)
      await person.close()
    })

    test('a rejected file is sent on to the school that was found', async () => {
      const id = await FILE_STATES.rejected(schools)
      const person = await open(await secretary(CARDIFF_HIGH), `/files/${id}`, window)
      const { page } = person
      await checkPage(person)
      await page.getByRole('button', { name: file('do.readdress') }).click()
      await checkPage(person)
      await page.getByLabel(file('readdress.q')).fill('newport high')
      await page.getByRole('button', { name: file('readdress.find') }).click()
      await page.getByRole('radio').first().waitFor()
      await page.getByRole('button', { name: say('pages.continue') }).click()
      await page.getByRole('link', { name: file('readdress.missing') }).click()
      assert.equal(await page.evaluate('document.activeElement.id'), 'to')
      await checkPage(person)
      await look(page, `readdress-${window.language}`)
      await page.getByRole('radio', { name: 'Newport High School' }).check()
      await page.getByRole('button', { name: say('pages.continue') }).click()
      const name = await page.locator('.govuk-summary-list .cts-name').first().innerText()
      assert.match(name, /^6814039_CTF_6804025_\d{3}\.XML$/)
      await checkPage(person)
      await look(page, `readdress-check-${window.language}`)
      await page.getByRole('button', { name: file('readdress.check.button') }).click()
      assert.ok((await banner(person)).includes(name))
      assert.equal(await page.locator('h1').innerText(), name)
      await checkPage(person)
      await person.close()
    })

    test('Home says what awaits, and leads there', async () => {
      const school = await secretary('6804003')
      const person = await open(school, '/', window)
      const { page } = person
      await page.getByText(say('pages.home.nothing')).waitFor()
      await checkPage(person)
      const id = await FILE_STATES.rejected(schools)
      const code = school.person.organisation
      await changeFile(schools, id, `source = '${code}', sender = '${code}'`)
      await page.reload()
      await checkPage(person)
      await look(page, `home-${window.language}`)
      await page.getByRole('link', { name: say('pages.home.rejected', { count: 1 }) }).click()
      assert.match(page.url(), /\/sent\?view=rejected$/)
      await changeFile(schools, id, `source = '${CARDIFF_HIGH}', sender = '${CARDIFF_HIGH}'`)
      await person.close()
    })

    test('a school is found', async () => {
      const person = await open(await secretary(JOHN_FROST), '/find-a-school', window)
      const { page } = person
      const find = (key: string): string => say(`pages.establishments.find.${key}`)
      await checkPage(person)
      await page.getByLabel(find('q')).fill('caerleon')
      await page.getByLabel(find('la')).selectOption('680')
      await page.getByRole('button', { name: find('button') }).click()
      const row = page.getByRole('row', { name: /Caerleon Comprehensive School/ })
      assert.match(await row.innerText(), /6804059/)
      await checkPage(person)
      await look(page, `find-${window.language}`)
      for (const query of window.javaScript ? ['q=primary', 'q=zzz&la=680', 'q=school&la=201'] : []) {
        await page.goto(`/find-a-school?${query}`)
        await checkPage(person)
      }
      await person.close()
    })

    test('own details are changed, and the page goes on in the language chosen', async () => {
      const person = await open(await secretary('6804025'), '/account', window)
      const { page } = person
      await checkPage(person)
      await look(page, `account-${window.language}`)
      const other = LANGUAGES.find((language) => language !== window.language)!
      await page.getByLabel(other === 'cy' ? 'Cymraeg' : 'English', { exact: true }).check()
      await page.getByRole('button', { name: say('pages.accounts.account.save') }).click()
      person.language = other
      assert.ok((await banner(person)).includes(wordsOf(other)('pages.accounts.account.saved')))
      await checkPage(person)
      await person.close()
    })
  })
}

test('every state of a file is a sound page to both sides', async () => {
  for (const [at, [state, bring]] of Object.entries(FILE_STATES).entries()) {
    const id = await bring(schools)
    for (const [side, code] of [JOHN_FROST, CARDIFF_HIGH].entries()) {
      // a deposit has no destination
      if (state === 'deposited' && code === JOHN_FROST) continue
      const language = LANGUAGES[(at + side) % 2]!
      const person = await open(await secretary(code), `/files/${id}`, { language })
      assert.match(await person.page.locator('h1').innerText(), /^6814039_CTF_/)
      await checkPage(person)
      await person.close()
    }
  }
})

test('the page of a file prints without its buttons, with what is folded', async () => {
  const person = await open(await secretary(JOHN_FROST), `/files/${await FILE_STATES.fetched(schools)}`)
  const { page } = person
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.getByRole('button', { name: 'Yes, it downloaded correctly' }).isVisible(), false)
  assert.equal(await page.getByText('SHA-256 checksum').isVisible(), true)
  assert.equal(await page.getByRole('table').isVisible(), true)
  await person.close()
})

test('a file is downloaded, confirmed and rejected with the keyboard alone', async () => {
  const { id } = await schools.send()
  const person = await open(await secretary(JOHN_FROST), `/files/${id}`)
  const { page } = person
  const reach = async (text: string): Promise<void> => {
    for (let tries = 0; tries < 40; tries += 1) {
      await page.keyboard.press('Tab')
      if ((await page.evaluate<string>('document.activeElement.innerText ?? ""')).trim() === text) return
    }
    throw new Error(`the keyboard does not reach ${text}`)
  }
  await reach('Download')
  // the first is the link in the navigation
  await reach('Download')
  const began = page.waitForEvent('download')
  await page.keyboard.press('Space')
  await began
  await reach('Yes, it downloaded correctly')
  await page.keyboard.press('Enter')
  await banner(person)
  await reach('Reject this file')
  await page.keyboard.press('Enter')
  await page.locator('#reason').focus()
  await page.keyboard.type('It is for another school')
  await reach('Reject the file')
  await page.keyboard.press('Enter')
  await page.getByText('Your organisation rejected the file').waitFor()
  await person.close()
})
