import assert from 'node:assert/strict'
import type { Person } from '../browser.ts'
import { journey } from './journey.ts'
import {
  choosesFromMenu,
  comesTo,
  follows,
  logsOff,
  opensFile,
  presses,
  sees,
  signsIn,
  types,
} from './steps.ts'

/** Of the demonstration. */
const FILE = '6812017_CTF_6804020_019.XML'

journey(
  'after logging off nothing is seen again in this browser, neither by its back button nor in another tab',
  { johnFrost: {} },
  async ({ johnFrost }) => {
    await signsIn(johnFrost, 'johnfrost')
    await choosesFromMenu(johnFrost, 'download')
    await opensFile(johnFrost, FILE)
    const otherTab: Person = { ...johnFrost, page: await johnFrost.context.newPage() }
    await otherTab.page.goto(johnFrost.page.url())
    await follows(otherTab, 'Reject this file')
    await comesTo(otherTab, 'Reject this file')

    await logsOff(johnFrost)
    for (let pages = 0; pages < 3; pages += 1) {
      await johnFrost.page.goBack()
      assert.ok(!(await johnFrost.page.content()).includes(FILE), johnFrost.page.url())
    }
    await comesTo(johnFrost, 'Sign in')

    await types(otherTab, 'Why do you reject the file?', 'It is not for us.')
    await presses(otherTab, 'Reject the file')
    await comesTo(otherTab, 'Sign in')
    await signsIn(johnFrost, 'johnfrost')
    await choosesFromMenu(johnFrost, 'download')
    await opensFile(johnFrost, FILE)
    await sees(johnFrost, 'Reject this file')
  },
)
