import assert from 'node:assert/strict'
import { unzip } from '../unzip.ts'
import { choosesFiles, exportCtf, JOHN_FROST, ROGERSTONE } from './files.ts'
import { journey } from './journey.ts'
import {
  choosesFromMenu,
  comesTo,
  follows,
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
  'everything is done without JavaScript, 320 pixels wide',
  { rogerstone: { javaScript: false, width: 320 } },
  async ({ rogerstone }, { server: { clock } }) => {
    const file = exportCtf(clock, ROGERSTONE, JOHN_FROST)
    await signsIn(rogerstone, 'rogerstone')
    await choosesFromMenu(rogerstone, 'upload')
    await choosesFiles(rogerstone, [file])
    await presses(rogerstone, 'Send the file')
    await sees(rogerstone, 'Received on 2 September 2026')

    await choosesFromMenu(rogerstone, 'download')
    await reads(rogerstone, '4 files await you')
    const files = ['6702105_CTF_6802276_015.XML', '6812017_CTF_6802276_014.XML']
    await ticks(rogerstone, ...files)
    const zip = await saves(rogerstone, () => presses(rogerstone, 'Download selected files'))
    assert.deepEqual(
      (await unzip(zip.bytes)).map(({ name }) => name),
      files,
    )
    await follows(rogerstone, 'say whether the files arrived correctly')
    await sees(rogerstone, '3 downloaded files are to be confirmed')
    await presses(rogerstone, 'Yes, downloaded correctly')
    await sees(rogerstone, '3 files are confirmed')

    await ticks(rogerstone, '6812177_CTF_6802276_013.XML')
    await presses(rogerstone, 'Reject…')
    await comesTo(rogerstone, 'Reject this file')
    await types(rogerstone, 'Why do you reject the file?', 'We do not know this pupil.')
    await presses(rogerstone, 'Reject the file')
    await sees(rogerstone, '6812177_CTF_6802276_013.XML was rejected')

    await choosesFromMenu(rogerstone, 'sent')
    await rowOf(rogerstone, file.name).getByRole('link', { name: 'Recall' }).click()
    await comesTo(rogerstone, 'Recall this file')
    await presses(rogerstone, 'Recall the file')
    await sees(rogerstone, `${file.name} was recalled`)

    await presses(rogerstone, 'Log off')
    await comesTo(rogerstone, 'Log off')
    await presses(rogerstone, 'Log off')
    await comesTo(rogerstone, 'You are signed out')
  },
)
