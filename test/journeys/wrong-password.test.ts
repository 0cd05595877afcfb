import assert from 'node:assert/strict'
import { snap } from '../browser-pictures.ts'
import type { Person } from '../browser.ts'
import { journey } from './journey.ts'
import {
  comesTo,
  follows,
  opens,
  passwordOf,
  presses,
  reads,
  sees,
  signsIn,
  triesToSignIn,
  types,
} from './steps.ts'

const PASSWORD = passwordOf('rogerstone')
const NEW_PASSWORD = 'otter kettle seventeen'

/** What cannot be right, and why nobody is told more than that. */
const WRONG = [
  ['rogerstone', 'not-the-password-1'],
  ['rogerstone', PASSWORD.toUpperCase()],
  ['Rogerstone', PASSWORD],
  ['nobody', PASSWORD],
] as const

journey(
  'who does not know the password learns nothing, cannot go on guessing, and gets a link by mail',
  { rogerstone: {} },
  async ({ rogerstone }, { mailTo }) => {
    await opens(rogerstone, '/')
    await comesTo(rogerstone, 'Sign in')
    await snap(rogerstone.page, 'sign-in.en')
    const answers = new Set<string>()
    for (const [username, password] of WRONG) {
      await triesInVain(rogerstone, username, password)
      await sees(rogerstone, 'The username or the password is not right')
      answers.add(await rogerstone.page.locator('main').innerText())
    }
    assert.equal(answers.size, 1, 'the same words for all')

    for (let tries = 4; tries <= 10; tries += 1) {
      await reads(rogerstone, 'The username or the password is not right')
      await triesInVain(rogerstone, 'rogerstone', `guess number ${tries}`)
    }
    await triesInVain(rogerstone, 'rogerstone', PASSWORD)
    await sees(rogerstone, 'There were too many wrong tries')

    await follows(rogerstone, 'I have forgotten my password')
    await comesTo(rogerstone, 'Set a new password')
    await types(rogerstone, 'Username', 'rogerstone')
    await presses(rogerstone, 'Send the link')
    await comesTo(rogerstone, 'Look into your mailbox')
    const { links } = await mailTo('rogerstone@people.example.org', /new password/)
    await opens(rogerstone, links[0]!)
    await comesTo(rogerstone, 'Choose a new password')
    await types(rogerstone, 'New password', NEW_PASSWORD)
    await types(rogerstone, 'The new password once more', NEW_PASSWORD)
    await presses(rogerstone, 'Set the password')
    await comesTo(rogerstone, 'Your password is set')
    await opens(rogerstone, links[0]!)
    await comesTo(rogerstone, 'This link no longer works')
    await signsIn(rogerstone, 'rogerstone', NEW_PASSWORD)
  },
)

/** Tries to sign in, and finds the form again: the username as typed, the password gone. */
async function triesInVain(person: Person, username: string, password: string): Promise<void> {
  const { page } = person
  await Promise.all([page.waitForEvent('load'), triesToSignIn(person, username, password)])
  assert.equal(await page.getByLabel('Username').inputValue(), username)
  assert.equal(await page.getByLabel('Password', { exact: true }).inputValue(), '')
}
