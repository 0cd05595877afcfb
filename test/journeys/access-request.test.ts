import assert from 'node:assert/strict'
import { newAccount } from '../visitor.ts'
import { newSystem } from '../systems.ts'
import { look, snapBoth } from '../browser-pictures.ts'
import { JOHN_FROST } from './files.ts'
import { journey } from './journey.ts'
import {
  comesTo,
  follows,
  opens,
  passwordOf,
  presses,
  reads,
  rowOf,
  sees,
  signsIn,
  types,
  words,
} from './steps.ts'

journey(
  'somebody asks for a data collection, the first of two approvers gives it, and the page that is open gains it',
  { idwal: { javaScript: false }, gruffydd: {}, second: { width: 320 } },
  async ({ idwal, gruffydd, second }, { server, mailTo }) => {
    await newSystem(server)
    const approver = await newAccount(server, { organisation: JOHN_FROST, role: null, approver: true })

    await signsIn(idwal, 'johnfrost')
    await opens(idwal, '/account/access')
    await comesTo(idwal, 'Your access')
    await look(idwal.page, 'access')
    await follows(idwal, 'Ask for access to COLLECT')
    await comesTo(idwal, 'Ask for access to COLLECT')
    await presses(idwal, 'Send the request')
    await sees(idwal, 'Enter why you ask for it')
    await idwal.page.getByLabel('School census').check()
    await types(idwal, 'Why do you need it?', 'I send the school’s returns from this term on')
    await look(idwal.page, 'ask')
    await presses(idwal, 'Send the request')
    await comesTo(idwal, 'Your access')
    await sees(idwal, 'It is with the approvers of the organisation.')
    await look(idwal.page, 'access-waiting')

    const told = await mailTo('johnfrosthead@people.example.org', /asks for access/)
    assert.match(told.subject, /^Idwal Brannock-Ley asks for access at The John Frost School$/)
    assert.doesNotMatch(told.text, /COLLECT|returns/)

    await signsIn(second, approver.username, approver.password)
    await opens(second, '/requests')
    await comesTo(second, 'Requests')
    await look(second.page, 'list')
    await rowOf(second, 'Idwal').getByRole('link', { name: 'COLLECT: School census' }).click()
    await comesTo(second, 'COLLECT: School census')

    await signsIn(gruffydd, 'johnfrosthead')
    await opens(gruffydd, '/requests')
    await rowOf(gruffydd, 'Idwal').getByRole('link', { name: 'COLLECT: School census' }).click()
    await comesTo(gruffydd, 'COLLECT: School census')
    await snapBoth(gruffydd.page, 'request')
    await presses(gruffydd, 'Approve')
    await comesTo(gruffydd, 'Approve the request')
    await look(gruffydd.page, 'approve')
    await presses(gruffydd, 'Approve')
    await sees(gruffydd, 'The request was approved.')
    await look(gruffydd.page, 'request-approved')

    // the second still has the page before her
    await presses(second, 'Decline')
    await comesTo(second, 'COLLECT: School census')
    await sees(second, 'by Gruffydd Pennywell')
    const other = await mailTo(`${approver.username}@people.example.org`, /answered already/i)
    assert.match(other.text, /Gruffydd Pennywell has answered a request/)

    const given = await mailTo('johnfrost@people.example.org', /was approved/)
    assert.match(given.text, /COLLECT: School census/)
    await idwal.page.reload()
    await sees(idwal, 'Approved')
    const own = await idwal.page.locator('main ul').first().innerText()
    assert.match(own, /COLLECT: School census/)
    await look(idwal.page, 'access-given')
  },
)

journey(
  'somebody who cannot sign in asks for help in Welsh, and reads the answer; a username comes by e-mail',
  { nerys: { language: 'cy', width: 320 }, gruffydd: {} },
  async ({ nerys, gruffydd }, { mailTo }) => {
    await opens(nerys, '/')
    await comesTo(nerys, words(nerys, 'secureAccess.signIn.title'))
    await look(nerys.page, 'sign-in')
    await follows(nerys, words(nerys, 'requests.forgottenUsername.link'))
    await comesTo(nerys, words(nerys, 'requests.forgottenUsername.title'))
    await types(nerys, words(nerys, 'requests.forgottenUsername.email'), 'pencae@people.example.org')
    await look(nerys.page, 'forgotten-username')
    await presses(nerys, words(nerys, 'requests.forgottenUsername.button'))
    await comesTo(nerys, words(nerys, 'requests.forgottenUsername.sent'))
    await look(nerys.page, 'forgotten-username-sent')
    const mail = await mailTo('pencae@people.example.org', /gallwch fewngofnodi fel/)
    assert.match(mail.text, /pencae \(.+\)/)
    assert.deepEqual(mail.links, [])

    const h = 'requests.getHelp.'
    await follows(nerys, words(nerys, `${h}link`))
    await comesTo(nerys, words(nerys, `${h}title`))
    await look(nerys.page, 'get-help')
    await nerys.page.getByLabel(words(nerys, 'requests.topics.account')).check()
    await types(nerys, words(nerys, `${h}q`), 'John Frost')
    await types(nerys, words(nerys, `${h}name`), 'Nerys Dayspring')
    await types(nerys, words(nerys, `${h}email`), 'nerys@ysgol.example')
    await presses(nerys, words(nerys, `${h}button`))
    await sees(nerys, words(nerys, `${h}which`))
    await look(nerys.page, 'get-help-which')
    await nerys.page.getByLabel('The John Frost School').check()
    await presses(nerys, words(nerys, `${h}button`))
    await comesTo(nerys, words(nerys, `${h}sent`))
    await look(nerys.page, 'get-help-sent')

    await mailTo('johnfrosthead@people.example.org', /asks for help/)
    await signsIn(gruffydd, 'johnfrosthead', passwordOf('johnfrosthead'))
    await opens(gruffydd, '/requests')
    await rowOf(gruffydd, 'Nerys Dayspring').getByRole('link').click()
    await comesTo(gruffydd, 'I need an account')
    await look(gruffydd.page, 'help')
    await presses(gruffydd, 'Answer by e-mail')
    await comesTo(gruffydd, 'Answer by e-mail')
    await types(gruffydd, 'Your answer', 'You are on our list: a link is on its way.')
    await look(gruffydd.page, 'help-answer')
    await presses(gruffydd, 'Send the answer')
    await reads(gruffydd, 'Your answer was sent by e-mail.')
    const answer = await mailTo('nerys@ysgol.example')
    assert.match(answer.text, /You are on our list/)

    await opens(gruffydd, '/account/access/join?q=cardiff')
    await comesTo(gruffydd, 'Ask to belong to another organisation')
    await look(gruffydd.page, 'join-choices')
    await gruffydd.page.getByRole('radio').first().check()
    await presses(gruffydd, 'Continue')
    await comesTo(gruffydd, 'Ask to belong to another organisation')
    await look(gruffydd.page, 'join')
  },
)
