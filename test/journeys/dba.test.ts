import { fileURLToPath } from 'node:url'
import { look } from '../browser-pictures.ts'
import { newAccount } from '../visitor.ts'
import { NEWPORT_HIGH } from './files.ts'
import { journey } from './journey.ts'
import { choosesFromMenu, comesTo, follows, opens, presses, reads, sees, signsIn, types } from './steps.ts'

const LIST = fileURLToPath(new URL('../../src/establishments/test-data/gias.csv', import.meta.url))

journey(
  'a database administrator corrects a school and proposes that it closes; confirmed, its successor takes its files over',
  {
    dba: { javaScript: false },
    secretary: {},
    national: { language: 'cy', javaScript: false },
    successor: { javaScript: false },
  },
  async ({ dba, secretary, national, successor }, { server, mailTo }) => {
    await signsIn(dba, 'newportdba')
    await follows(dba, 'DBA')
    await comesTo(dba, 'DBA menu')
    await look(dba.page, 'menu')
    await follows(dba, 'School maintenance')
    await comesTo(dba, 'School maintenance')
    await look(dba.page, 'schools')
    await types(dba, 'Establishment number', '4000')
    await presses(dba, 'Display school details')
    await sees(dba, 'No school of this authority has this number.')
    await types(dba, 'Establishment number', '4020')
    await presses(dba, 'Display school details')
    await comesTo(dba, 'The John Frost School')
    await look(dba.page, 'school')
    await presses(dba, 'Change the details of the school')
    await comesTo(dba, 'Change the details of the school')
    await types(dba, 'Telephone number', 'at the office')
    await presses(dba, 'Save')
    await sees(dba, 'Enter a telephone number')
    await look(dba.page, 'school-edit')
    await types(dba, 'Telephone number', '01633 960001')
    await presses(dba, 'Save')
    await sees(dba, 'The details were changed, and the school was told by e-mail.')
    await mailTo('office@john-frost.example.org', /Telephone number: 01633 960001/)

    await signsIn(secretary, 'johnfrost')
    await follows(dba, 'Make the school inactive')
    await comesTo(dba, 'Make this school inactive')
    await look(dba.page, 'school-inactive')
    await presses(dba, 'Make the school inactive')
    await sees(dba, 'The school is inactive now, and was told by e-mail.')
    await opens(secretary, '/download')
    await comesTo(secretary, 'Sign in')
    await mailTo('office@john-frost.example.org', /made .* inactive/)
    await presses(dba, 'Make the school active again')
    await comesTo(dba, 'Make this school active again')
    await presses(dba, 'Make the school active')
    await sees(dba, 'The school is active again')

    await follows(dba, 'Maintain LEA details')
    await comesTo(dba, 'Maintain LEA details')
    await look(dba.page, 'authority')
    await dba.page.getByLabel('Off', { exact: true }).check()
    await presses(dba, 'Save')
    await sees(dba, 'The details were changed, and the authority was told by e-mail.')
    await mailTo('transfers@newport.example.org', /Copies of CTFs: off/)

    await follows(dba, 'Register of schools')
    await comesTo(dba, 'Register of schools')
    await follows(dba, 'A school that is merged into another')
    await comesTo(dba, 'A school that is merged into another')
    await types(dba, 'Establishment number of the school', '4020')
    await types(dba, 'School that takes its pupils over', '4025')
    await presses(dba, 'Send the proposal')
    await sees(dba, 'Enter the date')
    await look(dba.page, 'propose')
    await types(dba, 'Merged from', '1 September 2026')
    await presses(dba, 'Send the proposal')
    await sees(dba, 'The proposal was sent.')
    await look(dba.page, 'register')

    const account = await newAccount(server, {
      organisation: '101LLLL',
      role: 'national-administrator',
      language: 'cy',
    })
    await signsIn(national, account.username, account.password)
    await opens(national, '/dba')
    await comesTo(national, 'Dewislen y DBA')
    await look(national.page, 'menu-national')
    await sees(national, 'Mae 1 cynnig yn aros am eich penderfyniad')
    await opens(national, '/dba/administrators')
    await comesTo(national, 'Gweinyddwyr cronfa ddata')
    await look(national.page, 'administrators')
    await opens(national, '/dba/administrators/670')
    await comesTo(national, 'Sefydlu gweinyddwr y gronfa ddata')
    await look(national.page, 'administrator')
    await national.page.getByLabel('Rhywun nad oes ganddo gyfrif eto').check()
    await presses(national, 'Parhau')
    await comesTo(national, 'Gweinyddwr cronfa ddata newydd')
    await types(national, 'Enw', 'Lowri Hafgan')
    await types(national, 'Enw defnyddiwr', '670lhafgan')
    await types(national, 'Cyfeiriad e-bost', 'head@swansea.example.org')
    await presses(national, 'Sefydlu a gwahodd')
    await sees(national, /head@/)
    await look(national.page, 'administrator-new')
    await types(national, 'Cyfeiriad e-bost', 'lowri.hafgan@swansea.example.org')
    await presses(national, 'Sefydlu a gwahodd')
    await sees(national, 'Lowri Hafgan yw gweinyddwr y gronfa ddata bellach')
    await mailTo('transfers@swansea.example.org', /Lowri Hafgan/)

    await opens(national, '/dba/register/import')
    await comesTo(national, 'Mewnforio rhestr o ysgolion')
    await national.page.getByLabel('Rhestr ysgolion').setInputFiles(LIST)
    await presses(national, 'Cymharu â’r gofrestr')
    await comesTo(national, 'Gwiriwch cyn mewnforio')
    await look(national.page, 'import')
    await opens(national, '/dba/register')
    await look(national.page, 'register-national')
    await follows(
      national,
      'Mae The John Frost School (6804020) yn cael ei huno â Newport High School (6804025)',
    )
    await sees(national, 'Cadarnhau’r cynnig')
    await look(national.page, 'proposal')
    await presses(national, 'Cadarnhau’r cynnig')
    await sees(national, 'Newidiwyd y gofrestr')
    await mailTo('office@newport-high.example.org', /follows one that has closed/)
    await mailTo('transfers@newport.example.org', /proposal for the register was confirmed/)

    const clerk = await newAccount(server, { organisation: NEWPORT_HIGH, role: 'school-user' })
    await signsIn(successor, clerk.username, clerk.password)
    await choosesFromMenu(successor, 'download')
    await sees(successor, /2 files wait for The John Frost School/)
    await look(successor.page, 'download')
    await follows(successor, 'Look at these files and take them over')
    await comesTo(successor, 'Files for closed schools')
    await look(successor.page, 'take-over')
    await presses(successor, 'Take the chosen files over')
    await sees(successor, '2 files were taken over')
    await reads(successor, '6814039_CTF_6804025_001.XML')
    await mailTo('office@cardiff-high.example.org', /Taken over by the successor/)
  },
)
