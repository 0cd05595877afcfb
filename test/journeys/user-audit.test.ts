import assert from 'node:assert/strict'
import { keepRounds } from '../../src/user-audits/clock.ts'
import { look } from '../browser-pictures.ts'
import { newAccount } from '../visitor.ts'
import { JOHN_FROST } from './files.ts'
import { journey } from './journey.ts'
import { comesTo, follows, opens, presses, reads, rowOf, sees, signsIn, ticks, types } from './steps.ts'

journey(
  'the national administrator opens the audit, a DBA confirms the people of a school and its own, signs, and prints',
  { ffraid: {}, dilys: { javaScript: false }, national: {} },
  async ({ ffraid, dilys, national }, { server, mailTo }) => {
    const { world } = server
    const teacher = await newAccount(server, {
      organisation: JOHN_FROST,
      role: 'school-user',
      approver: true,
    })
    const second = await newAccount(server, { organisation: '101LLLL', role: 'national-administrator' })

    await signsIn(ffraid, 'national')
    await opens(ffraid, '/user-audit')
    await comesTo(ffraid, 'Audit of users')
    await look(ffraid.page, 'user-audit-none')
    await ffraid.page.getByRole('button', { name: 'Open an audit' }).click()
    await comesTo(ffraid, 'Open an audit of users')
    await look(ffraid.page, 'user-audit-open')
    await ffraid.page.getByRole('radio', { name: 'Wales', exact: true }).check()
    await types(ffraid, 'Last day', 'soon')
    await presses(ffraid, 'Open the audit')
    await sees(ffraid, 'The last day cannot be taken')
    await types(
      ffraid,
      'Last day',
      new Date(server.clock.now().getTime() + 42 * 86_400_000).toISOString().slice(0, 10),
    )
    await presses(ffraid, 'Open the audit')
    await sees(ffraid, 'The audit is open')
    await keepRounds(world)

    const mail = await mailTo('newportdba@people.example.org', /confirm the users of Newport/)
    assert.match(mail.text, /person by person/)
    await signsIn(dilys, 'newportdba')
    await opens(dilys, '/user-audit')
    await comesTo(dilys, 'Audit of users')
    await look(dilys.page, 'user-audit-dba')
    await follows(dilys, 'The John Frost School')
    await sees(dilys, '3 people to be confirmed')
    await look(dilys.page, 'user-audit-people')
    await presses(dilys, 'Still valid')
    await sees(dilys, 'Choose at least one person')
    const names = await dilys.page.getByRole('rowheader').allInnerTexts()
    assert.ok(names.some((name) => name.includes(teacher.username)))
    await ticks(dilys, teacher.username)
    await presses(dilys, 'No longer valid')
    await comesTo(dilys, 'End the access of this person?')
    await look(dilys.page, 'user-audit-end')
    await presses(dilys, 'End access')
    await sees(dilys, 'The access of 1 person has ended')
    await mailTo(`${teacher.username}@people.example.org`, /has ended/)
    await presses(dilys, 'All 2 people shown are valid')
    await sees(dilys, 'Everybody of this organisation is answered for.')
    await look(dilys.page, 'user-audit-done')

    // the rest of the authority, school by school
    for (;;) {
      await opens(dilys, '/user-audit')
      const left = dilys.page.getByRole('row').filter({ has: dilys.page.locator('strong:not(.govuk-tag)') })
      const schools = (await left.allInnerTexts()).filter((text) => !text.includes('680LLLL'))
      if (schools.length === 0) break
      await left.filter({ hasNotText: '680LLLL' }).first().getByRole('link').click()
      await dilys.page.getByRole('button', { name: /shown (is|are) valid/ }).click()
      await reads(dilys, 'Everybody of this organisation is answered for.')
    }
    await opens(dilys, '/user-audit/680LLLL')
    await dilys.page.getByRole('button', { name: /shown (is|are) valid/ }).click()
    await sees(dilys, '1 person whom others confirm')

    await signsIn(national, second.username, second.password)
    await opens(national, '/user-audit/administrators')
    await comesTo(national, 'Database administrators, suppliers and the department')
    await look(national.page, 'user-audit-administrators')
    await ticks(national, 'newportdba')
    await presses(national, 'Still valid')
    await sees(national, '1 person is confirmed as still valid.')

    await opens(dilys, '/user-audit')
    await dilys.page.getByRole('button', { name: 'Sign the written confirmation' }).click()
    await comesTo(dilys, 'Sign the written confirmation')
    await look(dilys.page, 'user-audit-sign')
    await types(dilys, 'Your name', 'Dilys Aberlour')
    await presses(dilys, 'Sign')
    await sees(dilys, 'Tick the statement before you sign')
    await dilys.page.getByRole('checkbox').check()
    await presses(dilys, 'Sign')
    await comesTo(dilys, 'Newport and its schools 680LLLL')
    await sees(dilys, 'Signed by Dilys Aberlour')
    await look(dilys.page, 'user-audit-signed')
    await dilys.page.emulateMedia({ media: 'print' })
    assert.equal(await dilys.page.getByText('Use Print in your browser').isVisible(), false)
    assert.equal(await dilys.page.getByRole('button', { name: 'Log off' }).isVisible(), false)
    assert.ok(await rowOf(dilys, teacher.username).getByText('No longer valid').isVisible())
    await look(dilys.page, 'user-audit-printed')

    await opens(ffraid, '/user-audit')
    await sees(ffraid, /people to be confirmed/)
    await look(ffraid.page, 'user-audit-national')
    await ffraid.page.getByRole('row').getByRole('link').first().click()
    await sees(ffraid, 'Progress by authority')
    await look(ffraid.page, 'user-audit-round')
    await follows(ffraid, 'Who is not confirmed yet')
    await comesTo(ffraid, 'Who is not confirmed yet')
    await look(ffraid.page, 'user-audit-unconfirmed')
    ffraid.language = 'cy'
    await follows(ffraid, 'Cymraeg')
    await comesTo(ffraid, 'Pwy sydd heb ei gadarnhau eto')
    await opens(ffraid, '/user-audit')
    await comesTo(ffraid, 'Archwiliad defnyddwyr')
  },
)
