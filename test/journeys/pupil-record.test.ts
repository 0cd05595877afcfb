import assert from 'node:assert/strict'
import type { Person } from '../browser.ts'
import { checkPage } from '../browser-page.ts'
import { snap } from '../browser-pictures.ts'
import { exportCtf, JOHN_FROST, pupilData, ROGERSTONE, uploads, upnsOf, type LocalFile } from './files.ts'
import { journey } from './journey.ts'
import {
  choosesFromMenu,
  follows,
  opens,
  opensFile,
  presses,
  reads,
  rowOf,
  sees,
  signsIn,
  words,
} from './steps.ts'

/** A sheet of A4 between its margins, in pixels. */
const SHEET = 718

/** Sees the page as the printer will, and that it prints. */
async function prints({ page }: Person): Promise<void> {
  const before = page.viewportSize()!
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: SHEET, height: before.height })
  const isShown = (selector: string): Promise<boolean> => page.locator(selector).first().isVisible()
  assert.deepEqual(
    [await isShown('.cts-pupil__facts'), await isShown('.cts-picture'), await isShown('.govuk-pagination')],
    [true, true, false],
  )
  const wide = await page.evaluate<number>('document.scrollingElement.scrollWidth')
  assert.ok(wide <= SHEET, `${wide} pixels on a sheet of ${SHEET}`)
  assert.ok((await page.pdf({ format: 'A4' })).length > 10_000)
  await page.emulateMedia({ media: null })
  await page.setViewportSize(before)
}

/** Looks at a file before it is sent. */
async function looksAt(person: Person, file: LocalFile): Promise<void> {
  await follows(person, words(person, 'transfers.look.title'))
  await person.page.getByLabel(words(person, 'transfers.look.file'), { exact: true }).setInputFiles(file.path)
  await presses(person, words(person, 'transfers.look.button'))
}

journey(
  'a file is looked at before it is sent, put right and sent; who receives it reads its pupils one by one and prints',
  { rogerstone: {}, johnFrost: {} },
  async ({ rogerstone, johnFrost }, { server: { clock }, mailTo }) => {
    const faulty = exportCtf(clock, ROGERSTONE, JOHN_FROST, { faulty: true })
    const right = exportCtf(clock, ROGERSTONE, JOHN_FROST)
    await signsIn(rogerstone, 'rogerstone')
    await choosesFromMenu(rogerstone, 'upload')
    await looksAt(rogerstone, faulty)
    await sees(rogerstone, 'This file would be refused as it stands.')
    await reads(rogerstone, 'The check letter at the beginning of the UPN does not fit its digits')
    await follows(rogerstone, 'Back to sending files')
    await looksAt(rogerstone, right)
    await sees(rogerstone, 'The check found no error in this file. It has not been sent.')
    await uploads(rogerstone, [right])

    await mailTo('johnfrost@people.example.org', new RegExp(right.name))
    await signsIn(johnFrost, 'johnfrost')
    await choosesFromMenu(johnFrost, 'download')
    await opensFile(johnFrost, right.name)
    const [first, second] = upnsOf(right) as [string, string]
    await rowOf(johnFrost, first).getByRole('link').click()
    await reads(johnFrost, 'Pupil 1 of 3')
    await reads(johnFrost, first)
    await checkPage(johnFrost)
    await prints(johnFrost)
    await follows(johnFrost, 'Next pupil')
    await reads(johnFrost, 'Pupil 2 of 3')
    await sees(johnFrost, second)
    await snap(johnFrost.page, 'pupil.en', 2050)
    const { page } = johnFrost
    const said = [page.url(), await page.title()].join(' ')
    assert.deepEqual(
      pupilData(right).filter((one) => said.includes(one)),
      [],
    )

    // to read is not to download: it still awaits
    await choosesFromMenu(johnFrost, 'download')
    await rowOf(johnFrost, right.name).getByText('Awaiting').waitFor()
  },
)

journey('the same in Welsh', { tegfan: { language: 'cy' } }, async ({ tegfan }) => {
  await signsIn(tegfan, 'pencae')
  await choosesFromMenu(tegfan, 'download')
  await tegfan.page.locator('main').getByRole('row').nth(1).getByRole('link').first().click()
  await tegfan.page.locator('.cts-pupils a').first().click()
  await reads(tegfan, /^Disgybl 1 o \d/)
  await checkPage(tegfan)
  await snap(tegfan.page, 'pupil.cy', 2050)
  const here = tegfan.page.url()
  await opens(tegfan, '/upload/look')
  await sees(tegfan, 'Edrych ar ffeil')
  await opens(tegfan, here)
  await follows(tegfan, 'English')
  tegfan.language = 'en'
  await sees(tegfan, /^Pupil 1 of \d/)
})
