import assert from 'node:assert/strict'
import { userCommand } from '../../src/cli/user.ts'
import type { World } from '../../src/world.ts'
import { CAERLEON } from './files.ts'
import { journey } from './journey.ts'
import { comesTo, opens, passwordOf, presses, sees, signsIn, triesToSignIn, types } from './steps.ts'

const PASSWORD = 'otter kettle seventeen'

journey(
  'on the first day a one-time password is changed for one’s own, and a link sets the first one',
  { caron: {}, nerys: {} },
  async ({ caron, nerys }, { server, mailTo }) => {
    await opens(caron, '/')
    await triesToSignIn(caron, 'firstday', passwordOf('firstday'))
    await comesTo(caron, 'Choose a password of your own')
    await types(caron, 'New password', 'too short')
    await types(caron, 'The new password once more', 'too short')
    await presses(caron, 'Set the password')
    await sees(caron, 'The new password has fewer than 12 characters')
    await types(caron, 'New password', PASSWORD)
    await types(caron, 'The new password once more', PASSWORD)
    await presses(caron, 'Set the password')
    await comesTo(caron, 'What awaits you today')

    const printed = await createsUser(server, {
      username: 'nerysday',
      name: 'Nerys Dayspring',
      email: 'nerysday@people.example.org',
    })
    const { links, text } = await mailTo('nerysday@people.example.org')
    assert.deepEqual(links, printed)
    assert.ok(!text.includes('nerysday'))
    await opens(nerys, links[0]!)
    await comesTo(nerys, 'Choose your password')
    await sees(nerys, 'nerysday')
    await types(nerys, 'New password', PASSWORD)
    await types(nerys, 'The new password once more', PASSWORD)
    await presses(nerys, 'Set the password')
    await comesTo(nerys, 'Your password is set')
    await signsIn(nerys, 'nerysday', PASSWORD)
    await comesTo(nerys, 'What awaits you today')
  },
)

/** What an operator types: `cts user create …` for a secretary of Caerleon. Gives what it prints. */
async function createsUser(
  { world, url }: { world: World; url: string },
  person: { username: string; name: string; email: string },
): Promise<string[]> {
  const printed: string[] = []
  const command = userCommand({
    operator: (run) => run({ ...world, config: { ...world.config, publicUrl: url } }),
    print: (line) => printed.push(line),
    remark: () => {},
  })
  const asked = { ...person, organisation: CAERLEON, role: 'school-user' }
  const options = Object.entries(asked).flatMap(([name, value]) => [`--${name}`, value])
  await command.parseAsync(['create', ...options], { from: 'user' })
  return printed
}
