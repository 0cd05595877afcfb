import assert from 'node:assert/strict'
import { exportCtf, JOHN_FROST, pupilData, ROGERSTONE, uploads } from './files.ts'
import { journey } from './journey.ts'
import {
  choosesFromMenu,
  comesTo,
  follows,
  opensFile,
  presses,
  passwordOf,
  signsIn,
  triesToSignIn,
  types,
} from './steps.ts'

const MINUTE = 60_000
const TYPED = 'These children went to another school'

journey(
  'who leaves a form alone is warned and keeps what was typed; who does not come back is signed out, and nothing is left',
  { rogerstone: {}, johnFrost: {} },
  async ({ rogerstone, johnFrost }, { server: { clock }, advance }) => {
    const file = exportCtf(clock, ROGERSTONE, JOHN_FROST)
    await signsIn(rogerstone, 'rogerstone')
    await uploads(rogerstone, [file])
    await signsIn(johnFrost, 'johnfrost')
    await choosesFromMenu(johnFrost, 'download')
    await opensFile(johnFrost, file.name)
    await follows(johnFrost, 'Reject this file')
    await comesTo(johnFrost, 'Reject this file')
    await types(johnFrost, 'Why do you reject the file?', TYPED)

    const { page } = johnFrost
    const warning = page.getByRole('dialog', { name: 'You will be signed out soon' })
    const field = page.getByLabel('Why do you reject the file?')
    await advance(27 * MINUTE)
    assert.equal(await warning.isVisible(), false)
    await advance(MINUTE)
    await warning.waitFor()
    await comesTo(johnFrost, 'Reject this file')
    await page.keyboard.press('Enter')
    await warning.waitFor({ state: 'hidden' })
    assert.equal(await field.inputValue(), TYPED)

    await advance(28 * MINUTE)
    await warning.waitFor()
    await advance(3 * MINUTE)
    await comesTo(johnFrost, 'You are signed out')
    await page.goBack()
    await comesTo(johnFrost, 'Sign in')
    await page.goForward()
    await comesTo(johnFrost, 'You are signed out')
    const left = await page.content()
    for (const text of [TYPED, file.name, ...pupilData(file)]) assert.ok(!left.includes(text), text)

    await presses(johnFrost, 'Sign in')
    await comesTo(johnFrost, 'Sign in')
    await triesToSignIn(johnFrost, 'johnfrost', passwordOf('johnfrost'))
    await comesTo(johnFrost, 'Reject this file')
    assert.equal(await field.inputValue(), '')
    await follows(johnFrost, 'Go back')
    await comesTo(johnFrost, file.name)
  },
)
