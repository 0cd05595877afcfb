import assert from 'node:assert/strict'
import type { CDPSession } from 'playwright-core'
import { look } from '../browser-pictures.ts'
import type { Person } from '../browser.ts'
import { codeOf } from '../second-factors.ts'
import { journey } from './journey.ts'
import {
  comesTo,
  follows,
  logsOff,
  opens,
  passwordOf,
  presses,
  secretOn,
  sees,
  triesToSignIn,
  types,
  words,
} from './steps.ts'

const USERNAME = 'rogerstone'

/** Gives a person's browser a device that keeps passkeys and takes a finger. */
async function withFinger({ page, context }: Person): Promise<CDPSession> {
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return session
}

/** Opens the service and types username and password. */
async function typesPassword(person: Person): Promise<void> {
  await opens(person, '/')
  await comesTo(person, words(person, 'secureAccess.signIn.title'))
  await triesToSignIn(person, USERNAME, passwordOf(USERNAME))
}

journey(
  'a passkey is set up at the sign-in and signs in alone; without scripts a code of an app does',
  { finger: {}, plain: { width: 320, javaScript: false } },
  async ({ finger, plain }, { server }) => {
    await withFinger(finger)
    await typesPassword(finger)
    await comesTo(finger, 'Make your sign-in safer')
    await look(finger.page, 'factor-set-up.en')
    await presses(finger, 'Set up a passkey')
    await comesTo(finger, 'Your recovery codes')
    await look(finger.page, 'recovery-codes.en')
    const codes = await finger.page.locator('.cts-codes li').allInnerTexts()
    assert.equal(codes.length, 10)
    await presses(finger, 'Continue')
    await finger.page.waitForURL('/')
    await logsOff(finger)

    await opens(finger, '/')
    await comesTo(finger, 'Sign in')
    await look(finger.page, 'sign-in-passkey.en')
    await presses(finger, 'Sign in with a passkey')
    await finger.page.waitForURL('/')

    await opens(finger, '/account/security')
    await comesTo(finger, 'Signing in safely')
    await look(finger.page, 'security.en')
    await presses(finger, 'Add an authenticator app')
    await comesTo(finger, 'Add an authenticator app')
    await look(finger.page, 'add-authenticator.en')
    const secret = await secretOn(finger)
    await types(finger, 'Code of the app', '000000')
    await types(finger, 'Name', 'My telephone')
    await presses(finger, 'Add the app')
    await sees(finger, 'The code is not right')
    assert.equal(await secretOn(finger), secret)
    await types(finger, 'Code of the app', await codeOf(secret, server))
    await presses(finger, 'Add the app')
    await sees(finger, 'The second factor is set up.')
    await follows(finger, 'Change My telephone')
    await comesTo(finger, 'My telephone')

    server.clock.advance(30_000)
    await typesPassword(plain)
    await comesTo(plain, 'Show that it is you')
    await look(plain.page, 'second-factor.en')
    await types(plain, 'Code', '000000')
    await presses(plain, 'Continue')
    await sees(plain, 'The code is not right')
    await types(plain, 'Code', await codeOf(secret, server))
    await presses(plain, 'Continue')
    await plain.page.waitForURL('/')
    plain.language = 'cy'
    await opens(plain, '/account/security?lang=cy')
    await comesTo(plain, 'Mewngofnodi’n ddiogel')
    await look(plain.page, 'security.cy')
  },
  { host: 'localhost', env: { SECOND_FACTOR_ROLES: 'school-user' } },
)
