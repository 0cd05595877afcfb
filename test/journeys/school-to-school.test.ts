import assert from 'node:assert/strict'
import { snap } from '../browser-pictures.ts'
import { unzip } from '../unzip.ts'
import {
  CAERLEON,
  CARDIFF_HIGH,
  dragsFiles,
  exportCtf,
  FAIRWATER,
  JOHN_FROST,
  NEWPORT_HIGH,
  ROGERSTONE,
} from './files.ts'
import { journey } from './journey.ts'
import { choosesFromMenu, follows, opensFile, presses, reads, rowOf, saves, sees, signsIn } from './steps.ts'

const MINUTE = 60_000

/** From Fairwater, sent by its LA: of the demonstration. */
const BY_LA = '6812017_CTF_6804020_019.XML'

journey(
  'this year’s leavers go to four schools, and one of them collects them with what others sent in one zip',
  { rogerstone: {}, johnFrost: {} },
  async ({ rogerstone, johnFrost }, { server: { clock }, mailTo, advance }) => {
    const schools = [JOHN_FROST, NEWPORT_HIGH, CAERLEON, CARDIFF_HIGH]
    const leavers = schools.map((school) => exportCtf(clock, ROGERSTONE, school, { pupils: 5 }))
    const faulty = exportCtf(clock, ROGERSTONE, FAIRWATER, { faulty: true })
    const { name, bytes } = leavers[0]!

    await signsIn(rogerstone, 'rogerstone')
    await snap(rogerstone.page, 'home.en')
    await choosesFromMenu(rogerstone, 'upload')
    await snap(rogerstone.page, 'upload.en')
    await dragsFiles(rogerstone, [faulty, ...leavers])
    await sees(rogerstone, '5 files chosen')
    await presses(rogerstone, 'Send 5 files')
    await sees(rogerstone, '4 sent, 1 refused')
    for (const school of ['The John Frost', 'Newport High', 'Caerleon Comprehensive', 'Cardiff High'])
      await reads(rogerstone, `${school} School`)
    await reads(rogerstone, 'The check letter at the beginning of the UPN does not fit its digits')
    await snap(rogerstone.page, 'upload-findings.en', 1150)
    const findings = await saves(rogerstone, () => follows(rogerstone, 'Download findings (CSV)'))
    assert.equal(findings.name, `${faulty.name}-findings.csv`)
    assert.match(findings.bytes.toString(), /^\uFEFFPupil,UPN,/)

    await advance(20 * MINUTE)
    await mailTo('johnfrost@people.example.org', new RegExp(`A file awaits you: ${name}`))
    await signsIn(johnFrost, 'johnfrost')
    await choosesFromMenu(johnFrost, 'download')
    await reads(johnFrost, '5 files await you')
    // the newest stands first: it and, with Shift, the two below; and the one between, with Ctrl, not after all
    await rowOf(johnFrost, name).getByText('Awaiting').click()
    await rowOf(johnFrost, BY_LA)
      .getByText('Awaiting')
      .click({ modifiers: ['Shift'] })
    await sees(johnFrost, '3 files selected')
    await rowOf(johnFrost, 'Newport High School')
      .getByText('Awaiting')
      .click({ modifiers: ['ControlOrMeta'] })
    await sees(johnFrost, '2 files selected')
    await snap(johnFrost.page, 'download.en')
    const zip = await saves(johnFrost, () => presses(johnFrost, 'Download 2 files'))
    assert.equal(zip.name, '6804020_2026-09-02.zip')
    const entries = await unzip(zip.bytes)
    assert.deepEqual(
      entries.map((entry) => entry.name),
      [name, BY_LA],
    )
    assert.deepEqual(entries[0]!.bytes, bytes)

    await sees(johnFrost, 'Did the 2 files download correctly?')
    await snap(johnFrost.page, 'confirm.en')
    await advance(5 * MINUTE)
    await presses(johnFrost, 'Yes, downloaded correctly')
    await sees(johnFrost, '2 files are confirmed. Their senders have been told.')

    await mailTo('rogerstone@people.example.org', new RegExp(`File downloaded: ${name}`))
    await choosesFromMenu(rogerstone, 'sent')
    await rowOf(rogerstone, name).getByText('Downloaded', { exact: true }).waitFor()
    await snap(rogerstone.page, 'sent.en')
    await opensFile(rogerstone, name)
    await reads(rogerstone, 'The John Frost School confirmed that it arrived correctly')
    await snap(rogerstone.page, 'file.en', 1800)
  },
)
