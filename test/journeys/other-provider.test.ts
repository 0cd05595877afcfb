import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createPerson, newPersonId, sendInvitation } from '../../src/accounts/index.ts'
import type { Language } from '../../src/kit/i18n.ts'
import { newPerson, openBrowser, type Browser, type Person } from '../browser.ts'
import { look } from '../browser-pictures.ts'
import { addGraveStep, GRAVE_STEP } from '../grave-step.ts'
import { openOtherProvider, type OnLoopback } from '../other-provider.ts'
import { openTestServer, type TestServer } from '../server.ts'
import { comesTo, opens, words } from './steps.ts'

const MINUTE = 60_000

addGraveStep()

let provider: OnLoopback
let server: TestServer
let browser: Browser

before(async () => {
  provider = await openOtherProvider()
  server = await openTestServer('embedded', { env: provider.env })
  provider.serves(server.url)
  browser = await openBrowser()
})
after(async () => {
  await browser.close()
  await server.close()
  await provider.close()
})

/** The link of an invitation to somebody of the John Frost School. */
async function invitation(username: string, language: Language): Promise<string> {
  const { world, clock } = server
  const id = newPersonId()
  const asked = { id, username, name: 'Nesta Invented', email: `${username}@people.example.org`, language }
  const at = { organisation: '6804020', role: 'school-user', approver: false }
  return world.db.transaction().execute(async (tx) => {
    await createPerson(tx, { ...asked, ...at }, clock.now(), world.config)
    return (await sendInvitation(world, tx, { person: id, publicUrl: server.url, now: clock.now() })).link
  })
}

/** Goes by the button of a page to the other provider, and says there who it is. */
async function signsInElsewhere({ page }: Person, button: string, login: string): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  await page.waitForURL(`${provider.issuer}/who/*`)
  await page.locator('[name=login]').fill(login)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** What pages did so far that they may not, but for going to the other provider and back. */
function assertNoFaults(person: Person): void {
  const faults = person.takeFaults().filter((one) => !one.startsWith(`another origin: ${provider.issuer}/`))
  assert.deepEqual(faults, [])
}

const WAYS = [
  { title: 'in English without scripts', language: 'en', javaScript: false, width: 1280 },
  { title: 'in Welsh on a narrow screen', language: 'cy', javaScript: true, width: 320 },
] as const

for (const { title, ...how } of WAYS)
  test(`a person joins by another provider, shows again who it is, ends other sessions and logs off: ${title}`, async () => {
    const host = new URL(provider.issuer).host
    const login = `nesta-${how.language}`
    const link = await invitation(`nesta${how.language}`, how.language)
    const options = { service: server.url, clock: server.clock, ...how }
    const nesta = await newPerson(browser, options)
    const say = (key: string): string => words(nesta, `sessions.${key}`, { provider: host })
    const shows = async (heading: string, picture: string): Promise<void> => {
      assertNoFaults(nesta)
      await comesTo(nesta, heading)
      await look(nesta.page, `sessions-${picture}.${how.language}`)
    }

    await opens(nesta, link)
    await shows(say('join.title'), 'join')
    await signsInElsewhere(nesta, say('join.button'), login)
    await nesta.page.waitForURL(`${server.url}/`)
    assertNoFaults(nesta)

    // a minute later than in an ordinary step it would have been open
    server.clock.advance(11 * MINUTE)
    await opens(nesta, GRAVE_STEP)
    await shows(say('confirm.title'), 'confirm')
    await signsInElsewhere(nesta, say('confirm.button'), login)
    await nesta.page.waitForURL(`${server.url}${GRAVE_STEP}`)
    assertNoFaults(nesta)

    const elsewhere = await newPerson(browser, options)
    await elsewhere.page.goto('/')
    await elsewhere.page.locator('[name=login]').fill(login)
    await elsewhere.page.getByRole('button', { name: 'Sign in' }).click()
    await elsewhere.page.waitForURL(`${server.url}/`)
    elsewhere.takeFaults()
    await opens(nesta, '/account/sessions')
    await shows(say('own.title'), 'own')
    await nesta.page.getByRole('button', { name: say('own.endOthers') }).click()
    await nesta.page.getByText(say('own.endedOthers')).waitFor()
    await elsewhere.page.goto('/account')
    assert.ok(elsewhere.page.url().startsWith(provider.issuer), 'the other browser is signed out')
    elsewhere.takeFaults()

    await nesta.page.getByRole('button', { name: words(nesta, 'logOff') }).click()
    await nesta.page.waitForURL(`${provider.issuer}/session/end?*`)
    await nesta.page.getByRole('button', { name: /yes/i }).click()
    await nesta.page.waitForURL(`${server.url}/signed-out`)
    await shows(say('signedOut.title'), 'signed-out')
    await nesta.close()
    await elsewhere.close()
  })
