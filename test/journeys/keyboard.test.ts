import assert from 'node:assert/strict'
import { unzip } from '../unzip.ts'
import { choosesFiles, exportCtf, JOHN_FROST, ROGERSTONE } from './files.ts'
import { journey } from './journey.ts'
import { focused, tabsTo } from './keyboard.ts'
import { comesTo, opens, passwordOf, rowOf, saves, sees } from './steps.ts'

journey(
  'everything is done with the keyboard alone, and it is always seen where one is',
  { johnFrost: {} },
  async ({ johnFrost }, { server: { clock } }) => {
    const { page } = johnFrost
    const { keyboard } = page
    const link = (name: string) => page.getByRole('link', { name, exact: true })
    const button = (name: string) => page.getByRole('button', { name, exact: true })

    await opens(johnFrost, '/')
    await comesTo(johnFrost, 'Sign in')
    await tabsTo(johnFrost, link('Skip to main content'))
    await keyboard.press('Enter')
    await keyboard.press('Tab')
    assert.ok(await focused(page.getByLabel('Username')))
    await keyboard.type('johnfrost')
    await tabsTo(johnFrost, page.getByLabel('Password', { exact: true }))
    await keyboard.type(passwordOf('johnfrost'))
    await keyboard.press('Enter')
    await comesTo(johnFrost, 'What awaits you today')

    await tabsTo(johnFrost, link('Upload'))
    await keyboard.press('Enter')
    await comesTo(johnFrost, 'Upload CTF')
    await tabsTo(johnFrost, page.locator('button#file'))
    await choosesFiles(
      johnFrost,
      [1, 2].map(() => exportCtf(clock, JOHN_FROST, ROGERSTONE)),
    )
    await sees(johnFrost, '2 files chosen')
    await tabsTo(johnFrost, button('Send 2 files'))
    await keyboard.press('Space')
    await sees(johnFrost, '2 sent')

    await tabsTo(johnFrost, link('Download'))
    await keyboard.press('Enter')
    await sees(johnFrost, '4 files await you')
    await tabsTo(johnFrost, rowOf(johnFrost, '6804025_CTF_6804020_020.XML').getByRole('checkbox'))
    await keyboard.press('Space')
    await keyboard.press('ArrowDown')
    await keyboard.press('Shift+ArrowDown')
    await sees(johnFrost, '3 files selected')
    await tabsTo(johnFrost, button('Download 3 files'))
    const zip = await saves(johnFrost, () => keyboard.press('Enter'))
    assert.equal((await unzip(zip.bytes)).length, 3)
    await sees(johnFrost, 'Did the 3 files download correctly?')
    await tabsTo(johnFrost, button('Yes, downloaded correctly'))
    await keyboard.press('Enter')
    await sees(johnFrost, '3 files are confirmed')

    await tabsTo(johnFrost, button('Log off'))
    await keyboard.press('Enter')
    await comesTo(johnFrost, 'You are signed out')
  },
)
