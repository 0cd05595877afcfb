import { exportCtf, JOHN_FROST, ROGERSTONE, uploads } from './files.ts'
import { journey } from './journey.ts'
import {
  choosesFromMenu,
  comesTo,
  follows,
  opensFile,
  presses,
  reads,
  rowOf,
  saves,
  sees,
  signsIn,
  ticks,
  types,
} from './steps.ts'

journey(
  'a file is recalled as long as nobody has downloaded it, and not a moment later',
  { rogerstone: {}, johnFrost: {} },
  async ({ rogerstone, johnFrost }, { server: { clock }, mailTo }) => {
    const wrong = exportCtf(clock, ROGERSTONE, JOHN_FROST)
    const right = exportCtf(clock, ROGERSTONE, JOHN_FROST)
    await signsIn(rogerstone, 'rogerstone')
    await uploads(rogerstone, [wrong, right])
    await choosesFromMenu(rogerstone, 'sent')
    await rowOf(rogerstone, wrong.name).getByRole('link', { name: 'Recall' }).click()
    await comesTo(rogerstone, 'Recall this file')
    await types(rogerstone, 'Why do you recall the file? (optional)', 'The wrong class.')
    await presses(rogerstone, 'Recall the file')
    await sees(rogerstone, `${wrong.name} was recalled`)
    await mailTo('johnfrost@people.example.org', new RegExp(`File recalled: ${wrong.name}`))

    // the form for the other one is open, too, when that one is downloaded
    await choosesFromMenu(rogerstone, 'sent')
    await opensFile(rogerstone, right.name)
    await presses(rogerstone, 'Recall this file')
    await comesTo(rogerstone, 'Recall this file')

    await signsIn(johnFrost, 'johnfrost')
    await choosesFromMenu(johnFrost, 'download')
    await reads(johnFrost, '5 files await you')
    await rowOf(johnFrost, wrong.name).waitFor({ state: 'detached' })
    await ticks(johnFrost, right.name)
    await saves(johnFrost, () => presses(johnFrost, 'Download 1 file'))
    await sees(johnFrost, 'Did the file download correctly?')

    await presses(rogerstone, 'Recall the file')
    await sees(rogerstone, 'The file was downloaded already, so it cannot be recalled')
    await reads(rogerstone, 'The John Frost School downloaded the file')
    await follows(rogerstone, 'Back to Sent')
    await comesTo(rogerstone, 'Sent')
    await rowOf(rogerstone, right.name).getByText('Downloaded, not confirmed').waitFor()
  },
)
