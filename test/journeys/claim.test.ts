import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { approverCommand } from '../../src/cli/approver.ts'
import { userCommand } from '../../src/cli/user.ts'
import { look, snapBoth } from '../browser-pictures.ts'
import type { TestServer } from '../server.ts'
import { journey } from './journey.ts'
import {
  comesTo,
  follows,
  menuOf,
  opens,
  presses,
  sees,
  signsIn,
  triesToSignIn,
  types,
  words,
} from './steps.ts'

const NEWPORT_HIGH = '6804025'
const PASSWORD = 'otter kettle seventeen'

journey(
  'who signs in by a shared account claims the approver role with the code of a letter and gets an account; the shared one is dead',
  { mererid: { javaScript: false }, colleague: {} },
  async ({ mererid, colleague }, { server, mailTo }) => {
    const { oneTime, code } = await beginsTheChange(server)

    await opens(mererid, '/')
    await triesToSignIn(mererid, NEWPORT_HIGH, oneTime)
    await comesTo(mererid, 'Choose a password of your own')
    await types(mererid, 'New password', PASSWORD)
    await types(mererid, 'The new password once more', PASSWORD)
    await presses(mererid, 'Set the password')
    // the first sign-in offers the role
    await comesTo(mererid, 'Become the approver for Newport High School')
    await sees(mererid, 'You are signed in by an account that several people use')
    await snapBoth(mererid.page, 'claim', 1400)
    await presses(mererid, 'Not now')
    await comesTo(mererid, words(mererid, 'home.title'))
    await look(mererid.page, 'home-shared')
    await follows(mererid, 'Get an account of your own')

    await types(mererid, 'Code from the letter', '4678-9BCD-FGHJ-KLMN-PRST')
    await types(mererid, 'Your own name', 'Mererid Halfpenny')
    await types(mererid, 'Your own e-mail address at work', 'mererid@newport-high.example.org')
    await types(mererid, 'The username that you want', '680mhalfpenny')
    await presses(mererid, 'Become the approver')
    await sees(mererid, 'This code cannot be used')
    await look(mererid.page, 'claim-wrong')
    await types(mererid, 'Code from the letter', code.toLowerCase().replaceAll('-', ' '))
    await presses(mererid, 'Become the approver')

    await comesTo(mererid, 'Choose your password')
    await sees(mererid, '680mhalfpenny')
    const { links } = await mailTo('mererid@newport-high.example.org', /Choose your password here/)
    assert.deepEqual(links, [mererid.page.url()])
    await types(mererid, 'New password', PASSWORD)
    await types(mererid, 'The new password once more', PASSWORD)
    await presses(mererid, 'Set the password')
    await comesTo(mererid, 'Your password is set')
    await signsIn(mererid, '680mhalfpenny', PASSWORD)
    assert.ok((await menuOf(mererid)).includes('People'))
    await sees(mererid, 'You are the only approver of Newport High School')
    await look(mererid.page, 'home-only-approver')
    const told = await mailTo('office@newport-high.example.org', /Mererid Halfpenny has claimed/)
    assert.ok(!`${told.subject}${told.text}`.includes(code))

    await opens(colleague, '/')
    await triesToSignIn(colleague, NEWPORT_HIGH, PASSWORD)
    await sees(colleague, 'The username or the password is not right')
  },
)

/** What an operator does: takes the shared account of a school, and writes the school a letter. */
async function beginsTheChange({ world, url }: TestServer): Promise<{ oneTime: string; code: string }> {
  const folder = world.config.dataDir
  const [accounts, passwords] = [join(folder, 'accounts.csv'), join(folder, 'passwords.csv')]
  const [codes, letters] = [join(folder, 'codes.csv'), join(folder, 'letters.html')]
  const surroundings = {
    operator: (run: (own: typeof world) => Promise<void>) =>
      run({ ...world, config: { ...world.config, publicUrl: url } }),
    print: () => {},
    remark: () => {},
  }
  const cts = (command: Command, ...args: string[]): Promise<Command> =>
    command.parseAsync(args, { from: 'user' })
  writeFileSync(
    accounts,
    `username,organisation,name,email,role\n${NEWPORT_HIGH},${NEWPORT_HIGH},Newport High School,office@newport-high.example.org,school-user\n`,
  )
  await cts(userCommand(surroundings), 'import', accounts, '--to', passwords)
  await cts(
    approverCommand(surroundings),
    'codes',
    '--organisation',
    NEWPORT_HIGH,
    '--csv',
    codes,
    '--letters',
    letters,
  )
  const oneTime = readFileSync(passwords, 'utf8').trim().split('\n')[1]!.split(',')[2]!.trim()
  const code = /\b(?:[46789B-Y]{4}-){4}[46789B-Y]{4}\b/.exec(readFileSync(letters, 'utf8'))![0]
  return { oneTime, code }
}
