import assert from 'node:assert/strict'
import { look, snapBoth } from '../browser-pictures.ts'
import { journey } from './journey.ts'
import { comesTo, follows, opens, presses, reads, sees, signsIn, triesToSignIn, types } from './steps.ts'

const PASSWORD = 'otter kettle seventeen'
const ADDRESS = 'tegwen.morris@people.example.org'
const NAME = 'Tegwen Morris'

journey(
  'an approver adds a colleague, who comes by the mailed link; roles, archive and restore hold from the next request',
  { approver: { javaScript: false }, colleague: {} },
  async ({ approver, colleague }, { mailTo }) => {
    await signsIn(approver, 'johnfrosthead')
    await follows(approver, 'People')
    await comesTo(approver, 'People in your organisation')
    await look(approver.page, 'list')
    await presses(approver, 'Add a person')
    await comesTo(approver, 'Add a person')
    await types(approver, 'Name', NAME)
    await types(approver, 'E-mail address', 'office@people.example.org')
    await presses(approver, 'Add and invite')
    await sees(approver, /office@ is a mailbox that several people read/)
    await look(approver.page, 'add-wrong')
    await types(approver, 'E-mail address', ADDRESS)
    await presses(approver, 'Add and invite')
    await comesTo(approver, NAME)
    await sees(approver, /was added as 680tmorris/)
    await look(approver.page, 'invited')

    const { links, text } = await mailTo(ADDRESS, /Set your password/)
    assert.ok(!text.includes('680tmorris'))
    await opens(colleague, links[0]!)
    await types(colleague, 'New password', PASSWORD)
    await types(colleague, 'The new password once more', PASSWORD)
    await presses(colleague, 'Set the password')
    await signsIn(colleague, '680tmorris', PASSWORD)
    await opens(colleague, '/download')
    await comesTo(colleague, 'Download')

    await opens(approver, '/people')
    await snapBoth(approver.page, 'people', 1000)
    await follows(approver, NAME)
    await snapBoth(approver.page, 'person', 1120)
    await follows(approver, 'Make an approver, or hand over')
    await comesTo(approver, 'Approver')
    await look(approver.page, 'approver')
    await presses(approver, `Make ${NAME} an approver`)
    await sees(approver, `${NAME} is an approver now, and was told.`)
    await mailTo(ADDRESS, /You are an approver of The John Frost School/)
    await presses(approver, 'Change roles')
    await comesTo(approver, 'Roles')
    await look(approver.page, 'roles')
    await approver.page.getByLabel('School user').uncheck()
    await presses(approver, 'Save')
    await sees(approver, /Taken away: School user/)
    assert.equal((await colleague.page.reload())?.status(), 403)
    await comesTo(colleague, 'Your role does not allow this')
    await opens(colleague, '/people')
    await comesTo(colleague, 'People in your organisation')

    await presses(approver, 'Archive')
    await comesTo(approver, 'Archive this account?')
    await look(approver.page, 'archive')
    await presses(approver, 'Archive')
    await sees(approver, `${NAME} is archived and was told. The account can be restored.`)
    await look(approver.page, 'archived')
    await colleague.page.reload()
    await comesTo(colleague, 'Sign in')
    await triesToSignIn(colleague, '680tmorris', PASSWORD)
    await reads(colleague, /There is a problem/)
    await mailTo(ADDRESS, /Your account at The John Frost School has ended/)

    await presses(approver, 'Restore')
    await comesTo(approver, 'Restore this account?')
    await presses(approver, 'Restore')
    await sees(approver, /is restored and was told/)
    await look(approver.page, 'restored')
    await signsIn(colleague, '680tmorris', PASSWORD)
    await opens(colleague, '/people')
    await comesTo(colleague, 'People in your organisation')
  },
)
