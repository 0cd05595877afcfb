import assert from 'node:assert/strict'
import { CARDIFF_HIGH, choosesFiles, exportCtf, FAIRWATER, JOHN_FROST, uploads } from './files.ts'
import { journey } from './journey.ts'
import { choosesFromMenu, comesTo, follows, menuOf, reads, rowOf, sees, signsIn } from './steps.ts'

const OF_SENDERS = ['Home', 'Upload', 'Download', 'Sent', 'Find a school', 'Help']

journey(
  'an LA sends for a school of its own and for no other, and the department sees no school’s files',
  { newportLa: {}, cardiffLa: {}, johnFrost: {}, national: {} },
  async ({ newportLa, cardiffLa, johnFrost, national }, { server: { clock } }) => {
    const ofNobody = exportCtf(clock, JOHN_FROST, CARDIFF_HIGH)
    const ofSchool = exportCtf(clock, FAIRWATER, JOHN_FROST)

    await signsIn(newportLa, 'newportla')
    assert.deepEqual(await menuOf(newportLa), OF_SENDERS)
    await choosesFromMenu(newportLa, 'download')
    await reads(newportLa, '2 files await you')
    await choosesFromMenu(newportLa, 'upload')
    await choosesFiles(newportLa, [ofNobody])
    await sees(newportLa, "The file's name gives another organisation as its source")

    await signsIn(cardiffLa, 'cardiffla')
    assert.deepEqual(await menuOf(cardiffLa), OF_SENDERS)
    await uploads(cardiffLa, [ofSchool])
    await follows(cardiffLa, 'Follow this file')
    await comesTo(cardiffLa, ofSchool.name)
    await signsIn(johnFrost, 'johnfrost')
    await choosesFromMenu(johnFrost, 'download')
    await rowOf(johnFrost, ofSchool.name).getByText('sent by Cardiff').waitFor()

    await signsIn(national, 'national')
    await comesTo(national, 'Welcome')
    assert.deepEqual(await menuOf(national), ['Home', 'Find a school', 'DBA', 'Help'])
    for (const path of ['/upload', '/download', '/sent', new URL(cardiffLa.page.url()).pathname]) {
      const answer = await national.page.goto(path)
      assert.equal(answer?.status(), 403, path)
      await comesTo(national, 'Your role does not allow this')
    }
    await choosesFromMenu(national, 'find')
  },
)
