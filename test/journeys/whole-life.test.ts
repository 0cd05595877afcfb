import assert from 'node:assert/strict'
import { snapBoth } from '../browser-pictures.ts'
import type { Person } from '../browser.ts'
import { codeOf } from '../second-factors.ts'
import { newSystem } from '../systems.ts'
import { CAERLEON, ROGERSTONE } from './files.ts'
import { journey, type Stage } from './journey.ts'
import {
  comesTo,
  follows,
  logsOff,
  menuOf,
  opens,
  passwordOf,
  presses,
  reads,
  rowOf,
  secretOn,
  sees,
  setsPassword,
  signsIn,
  triesToSignIn,
  types,
} from './steps.ts'

const OF_CARON = 'otter kettle seventeen'
const FIRST = 'pebble orchard nineteen'
const SECOND = 'quarry thimble thirty'
const NAME = 'Tegwen Morris'
const USERNAME = '680tmorris'
const ADDRESS = 'tegwen.morris@people.example.org'

journey(
  'the whole life of an account: claimed for, invited, activated, with a second factor, given more, elsewhere too, reset, archived, restored',
  { emrys: { javaScript: false }, caron: {}, tegwen: {}, delyth: { javaScript: false } },
  async ({ emrys, caron, tegwen, delyth }, stage) => {
    await newSystem(stage.server)
    await claims(caron, await issuesCode(emrys))

    await adds(caron)
    const { links } = await stage.mailTo(ADDRESS, /Set your password/)
    await opens(tegwen, links[0]!)
    await comesTo(tegwen, 'Choose your password')
    await reads(tegwen, USERNAME)
    await setsPassword(tegwen, FIRST)
    await comesTo(tegwen, 'Your password is set')
    await signsIn(tegwen, USERNAME, FIRST)

    const secret = await setsUpApp(tegwen, stage)
    await logsOff(tegwen)
    await typesPassword(tegwen, FIRST)
    await comesTo(tegwen, 'Show that it is you')
    await snapBoth(tegwen.page, 'second-step')
    await typesCode(tegwen, secret, stage)
    await comesTo(tegwen, 'What awaits you today')

    await asksForCollect(tegwen)
    await approves(caron, 'COLLECT: School census')
    await stage.mailTo(ADDRESS, /was approved/)
    await tegwen.page.reload()
    await sees(tegwen, 'Approved')
    await opens(tegwen, '/account')
    await sees(tegwen, 'COLLECT')

    await asksToBelong(tegwen)
    await signsIn(delyth, 'rogerstonehead')
    await approves(delyth, 'Rogerstone')
    await stage.mailTo(ADDRESS, /You belong to .*Rogerstone.* now/)
    await opens(tegwen, '/account')
    await follows(tegwen, 'Act for another organisation')
    await actsFor(tegwen, ROGERSTONE)
    await comesTo(tegwen, 'Your account')
    await logsOff(tegwen)

    await resets(tegwen, stage)
    await typesPassword(tegwen, SECOND)
    await typesCode(tegwen, secret, stage)
    await actsFor(tegwen, CAERLEON)
    await comesTo(tegwen, 'What awaits you today')
    await opens(tegwen, '/download')
    await comesTo(tegwen, 'Download')

    await opens(caron, '/people')
    await follows(caron, NAME)
    await presses(caron, 'Archive')
    await comesTo(caron, 'Archive this account?')
    await reads(caron, 'The account itself goes on: the person belongs to another organisation too.')
    await presses(caron, 'Archive')
    await sees(caron, `${NAME} is archived and was told. The account can be restored.`)
    await stage.mailTo(ADDRESS, /Your account at Caerleon .* has ended/)
    // she is left with the other school
    await tegwen.page.reload()
    await comesTo(tegwen, 'Which organisation do you want to act for?')
    assert.equal(await tegwen.page.getByRole('radio').count(), 1)
    await actsFor(tegwen, ROGERSTONE)
    await comesTo(tegwen, 'Download')
    assert.match(await tegwen.page.locator('body').innerText(), /Rogerstone Primary/)
    await logsOff(tegwen)

    await presses(caron, 'Restore')
    await comesTo(caron, 'Restore this account?')
    await presses(caron, 'Restore')
    await sees(caron, /is restored and was told/)
    await stage.mailTo(ADDRESS, /You have your account at Caerleon .* again/)
    await typesPassword(tegwen, SECOND)
    await typesCode(tegwen, secret, stage)
    await actsFor(tegwen, CAERLEON)
    await comesTo(tegwen, 'What awaits you today')
    await opens(tegwen, '/account/access')
    await reads(tegwen, 'COLLECT: School census')
  },
)

/** A database administrator issues the code of a school that has no approver, and reads it off the page. */
async function issuesCode(dba: Person): Promise<string> {
  await signsIn(dba, 'newportdba')
  await opens(dba, `/approver-codes?q=${CAERLEON}`)
  await comesTo(dba, 'Approver codes')
  await rowOf(dba, CAERLEON).getByRole('checkbox').check()
  await presses(dba, 'Issue codes to those selected')
  await comesTo(dba, 'Issue a code to 1 organisation')
  await dba.page.getByLabel('As a list on the screen').check()
  await presses(dba, 'Issue the codes')
  await comesTo(dba, '1 code was issued')
  return rowOf(dba, CAERLEON).locator('.cts-issued-code').innerText()
}

/** Whoever has a one-time password at the school claims the role at the first sign-in. */
async function claims(claimer: Person, code: string): Promise<void> {
  await opens(claimer, '/')
  await triesToSignIn(claimer, 'firstday', passwordOf('firstday'))
  await comesTo(claimer, 'Choose a password of your own')
  await setsPassword(claimer, OF_CARON)
  await sees(claimer, /Become the approver for Caerleon/)
  assert.ok(!(await menuOf(claimer)).includes('People'))
  await types(claimer, 'Code from the letter', code)
  await presses(claimer, 'Become the approver')
  await sees(claimer, 'You are now the approver of your organisation.')
}

/** An approver adds a colleague. */
async function adds(approver: Person): Promise<void> {
  await follows(approver, 'People')
  await comesTo(approver, 'People in your organisation')
  await presses(approver, 'Add a person')
  await comesTo(approver, 'Add a person')
  await types(approver, 'Name', NAME)
  await types(approver, 'E-mail address', ADDRESS)
  await presses(approver, 'Add and invite')
  await comesTo(approver, NAME)
  await reads(approver, `was added as ${USERNAME}`)
}

/** Adds an authenticator app to the own account; gives its secret. */
async function setsUpApp(person: Person, { server }: Stage): Promise<string> {
  await opens(person, '/account/security')
  await comesTo(person, 'Signing in safely')
  await presses(person, 'Add an authenticator app')
  await comesTo(person, 'Add an authenticator app')
  const secret = await secretOn(person)
  await types(person, 'Code of the app', await codeOf(secret, server))
  await types(person, 'Name', 'My telephone')
  await presses(person, 'Add the app')
  await comesTo(person, 'Your recovery codes')
  await presses(person, 'Continue')
  await comesTo(person, 'Signing in safely')
  await reads(person, 'My telephone')
  return secret
}

/** Types username and password, and comes to the second step. */
async function typesPassword(person: Person, password: string): Promise<void> {
  await opens(person, '/')
  await reads(person, 'Sign in')
  await triesToSignIn(person, USERNAME, password)
  await reads(person, 'Show that it is you')
}

/** Types what the app shows in the next half minute: a code is good once. */
async function typesCode(person: Person, secret: string, { server, advance }: Stage): Promise<void> {
  await advance(30_000)
  await types(person, 'Code', await codeOf(secret, server))
  await presses(person, 'Continue')
}

/** Asks for a data collection of a system that is connected. */
async function asksForCollect(person: Person): Promise<void> {
  await opens(person, '/account/access')
  await comesTo(person, 'Your access')
  await follows(person, 'Ask for access to COLLECT')
  await comesTo(person, 'Ask for access to COLLECT')
  await person.page.getByLabel('School census').check()
  await types(person, 'Why do you need it?', 'I send the school’s returns from this term on')
  await presses(person, 'Send the request')
  await comesTo(person, 'Your access')
}

/** An approver grants what somebody asks, as it is asked. */
async function approves(approver: Person, title: string): Promise<void> {
  await opens(approver, '/requests')
  await comesTo(approver, 'Requests')
  await rowOf(approver, NAME).getByRole('link').click()
  await sees(approver, title)
  await presses(approver, 'Approve')
  await comesTo(approver, 'Approve the request')
  await presses(approver, 'Approve')
  await reads(approver, 'The request was approved.')
}

/** Asks to be a user of another school too. */
async function asksToBelong(person: Person): Promise<void> {
  await opens(person, '/account/access')
  await follows(person, 'Ask to belong to another organisation')
  await types(person, 'Name, number, town or postcode of the organisation', ROGERSTONE)
  await presses(person, 'Find')
  await sees(person, 'Which one do you mean?')
  await person.page.getByRole('radio').first().check()
  await presses(person, 'Continue')
  await reads(person, 'Which roles do you need there?')
  await person.page.getByLabel('School user').check()
  await types(person, 'Why do you ask?', 'I work there on Thursdays and Fridays')
  await presses(person, 'Send the request')
  await comesTo(person, 'Your access')
}

/** Says for which organisation to act. */
async function actsFor(person: Person, organisation: string): Promise<void> {
  await reads(person, 'Which organisation do you want to act for?')
  await person.page.locator(`input[value="${organisation}"]`).check()
  await presses(person, 'Continue')
}

/** Forgets the password and sets another by the mailed link. */
async function resets(person: Person, { mailTo }: Stage): Promise<void> {
  await opens(person, '/')
  await follows(person, 'I have forgotten my password')
  await comesTo(person, 'Set a new password')
  await types(person, 'Username', USERNAME)
  await presses(person, 'Send the link')
  await comesTo(person, 'Look into your mailbox')
  const { links, subject } = await mailTo(ADDRESS, /new password/)
  assert.equal(subject, 'Your new password for the Common Transfer System')
  await opens(person, links[0]!)
  await comesTo(person, 'Choose a new password')
  await setsPassword(person, SECOND)
  await comesTo(person, 'Your password is set')
}
