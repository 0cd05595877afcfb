import assert from 'node:assert/strict'
import { snap } from '../browser-pictures.ts'
import { newAccount } from '../visitor.ts'
import { exportCtf, JOHN_FROST, NEWPORT_HIGH, pupilData, ROGERSTONE, uploads, upnsOf } from './files.ts'
import { journey } from './journey.ts'
import {
  choosesFromMenu,
  comesTo,
  follows,
  opensFile,
  presses,
  reads,
  sees,
  signsIn,
  types,
} from './steps.ts'

const REASON = 'None of these pupils is on our roll. Please try Newport High School.'

journey(
  'a file that is not for a school is rejected with a reason, and its sender sends it to the right one',
  { rogerstone: {}, johnFrost: {}, newportHigh: {} },
  async ({ rogerstone, johnFrost, newportHigh }, { server, mailTo, advance }) => {
    const file = exportCtf(server.clock, ROGERSTONE, JOHN_FROST)
    await signsIn(rogerstone, 'rogerstone')
    await uploads(rogerstone, [file])

    await signsIn(johnFrost, 'johnfrost')
    await choosesFromMenu(johnFrost, 'download')
    await opensFile(johnFrost, file.name)
    await follows(johnFrost, 'Reject this file')
    await comesTo(johnFrost, 'Reject this file')
    await presses(johnFrost, 'Reject the file')
    await sees(johnFrost, 'Enter why you reject the file')
    await follows(johnFrost, 'Go back')
    await follows(johnFrost, 'Reject this file')
    await types(johnFrost, 'Why do you reject the file?', REASON)
    await snap(johnFrost.page, 'reject.en', 1200)
    await presses(johnFrost, 'Reject the file')
    await sees(johnFrost, `${file.name} was rejected, and its sender is told.`)

    const mail = await mailTo('rogerstone@people.example.org', /rejected/)
    assert.ok(mail.subject.includes(file.name))
    for (const text of [...pupilData(file), REASON]) assert.ok(!mail.text.includes(text), text)

    await advance(20 * 60_000)
    await choosesFromMenu(rogerstone, 'home')
    await follows(rogerstone, '2 files that you sent were rejected: send them to the right school')
    await sees(rogerstone, REASON)
    await opensFile(rogerstone, file.name)
    await presses(rogerstone, 'Send to another school')
    await comesTo(rogerstone, 'Send to another school')
    await types(rogerstone, 'Find the school', 'Newport High')
    await presses(rogerstone, 'Find')
    await sees(rogerstone, 'Where should the file go?')
    await rogerstone.page.getByLabel('Newport High School').check()
    await presses(rogerstone, 'Continue')
    await comesTo(rogerstone, 'Check before you send')
    await presses(rogerstone, 'Send the file')
    await sees(rogerstone, 'The file was sent on under its new name')

    const { subject } = await mailTo('office@newport-high.example.org', /awaits/)
    const copy = /6802276_CTF_6804025_\d{3}\.XML/.exec(subject)![0]
    const clerk = await newAccount(server, { organisation: NEWPORT_HIGH, role: 'school-user' })
    await signsIn(newportHigh, clerk.username, clerk.password)
    await choosesFromMenu(newportHigh, 'download')
    await opensFile(newportHigh, copy)
    for (const upn of upnsOf(file)) await reads(newportHigh, upn)
  },
)
