import { after, before, describe, test } from 'node:test'
import { newPerson, openBrowser, type Browser } from '../../test/browser.ts'
import { checkPage } from '../../test/browser-page.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { LANGUAGES } from '../kit/i18n.ts'
import { openHandbook } from './handbook.ts'

const { help } = openHandbook()
const SLUGS = [
  '',
  '/ctf-rules',
  ...[...help.en.books.flatMap(({ chapters }) => chapters), ...help.en.about].map(({ slug }) => `/${slug}`),
]

let server: TestServer
let browser: Browser

before(async () => {
  server = await openTestServer('embedded')
  browser = await openBrowser()
})

after(async () => {
  await browser.close()
  await server.close()
})

describe('axe finds nothing on any page of the help, and none is wider than 320 pixels', () => {
  for (const language of LANGUAGES) {
    test(language, async () => {
      const person = await newPerson(browser, { service: server.url, language })
      for (const slug of SLUGS) {
        await person.page.goto(`/help${slug}?lang=${language}`)
        await checkPage(person)
      }
      await person.close()
    })
  }
})
