import assert from 'node:assert/strict'
import { snap } from '../browser-pictures.ts'
import { dragsFiles, exportCtf, FAIRWATER, GLANTAF, PENCAE } from './files.ts'
import { journey } from './journey.ts'
import {
  choosesFromMenu,
  comesTo,
  follows,
  logsOff,
  opens,
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

const REASON = 'Nid yw’r disgyblion hyn ar ein cofrestr.'

journey(
  'all of it is done in Welsh, mail included, and a page is shown in the other language as it stands',
  { tegfan: { language: 'cy' } },
  async ({ tegfan }, { server: { clock }, mailTo, advance }) => {
    const { page } = tegfan
    await opens(tegfan, '/')
    await comesTo(tegfan, 'Mewngofnodi')
    await snap(page, 'sign-in.cy')
    await signsIn(tegfan, 'pencae')
    await comesTo(tegfan, 'Yr hyn sy’n aros amdanoch heddiw')
    await snap(page, 'home.cy')

    await choosesFromMenu(tegfan, 'upload')
    await snap(page, 'upload.cy')
    const sent = exportCtf(clock, PENCAE, GLANTAF)
    const faulty = exportCtf(clock, PENCAE, FAIRWATER, { faulty: true })
    await dragsFiles(tegfan, [faulty, sent])
    await sees(tegfan, '2 ffeil wedi’u dewis')
    await presses(tegfan, 'Anfon 2 ffeil')
    await sees(tegfan, 'Anfonwyd 1, gwrthodwyd 1')
    await snap(page, 'upload-findings.cy', 1150)
    const mail = await mailTo('pencae@people.example.org', new RegExp(sent.name))
    assert.match(mail.subject, /^Ffeil wedi'i hanfon: /)
    assert.match(mail.text, /^At sylw Tegfan Eirlysgwyn\n/)

    await advance(20 * 60_000)
    await choosesFromMenu(tegfan, 'download')
    await reads(tegfan, '2 ffeil yn aros amdanoch')
    const [kept, refused] = ['6812017_CTF_6812177_027.XML', '6802276_CTF_6812177_028.XML'] as const
    await ticks(tegfan, kept, refused)
    await snap(page, 'download.cy')
    const zip = await saves(tegfan, () => presses(tegfan, 'Lawrlwytho 2 ffeil'))
    assert.equal(zip.name, '6812177_2026-09-02.zip')
    await sees(tegfan, 'A gafodd y 2 ffeil eu lawrlwytho’n gywir?')
    await snap(page, 'confirm.cy')
    await presses(tegfan, 'Do, lawrlwythwyd yn gywir')
    await sees(tegfan, 'Mae 2 ffeil wedi’u cadarnhau')

    await follows(tegfan, 'Wedi’u lawrlwytho')
    await sees(tegfan, '2 ffeil wedi’u lawrlwytho a’u cadarnhau')
    await opensFile(tegfan, refused)
    await snap(page, 'file.cy', 1800)
    await follows(tegfan, 'Gwrthod y ffeil hon')
    await comesTo(tegfan, 'Gwrthod y ffeil hon')
    await types(tegfan, 'Pam rydych yn gwrthod y ffeil?', REASON)
    await snap(page, 'reject.cy', 1200)
    await presses(tegfan, 'Gwrthod y ffeil')
    await sees(tegfan, `Gwrthodwyd ${refused}`)

    await choosesFromMenu(tegfan, 'sent')
    await rowOf(tegfan, sent.name).waitFor()
    await snap(page, 'sent.cy')
    await opens(tegfan, '/sent?view=awaiting&text=glantaf')
    await sees(tegfan, sent.name)
    await follows(tegfan, 'English')
    tegfan.language = 'en'
    await sees(tegfan, 'Filter this list')
    assert.equal(await page.getByLabel('File name, school or number').inputValue(), 'glantaf')
    assert.equal(new URL(page.url()).searchParams.get('view'), 'awaiting')
    await follows(tegfan, 'Cymraeg')
    tegfan.language = 'cy'
    await sees(tegfan, 'Hidlo’r rhestr hon')
    await reads(tegfan, sent.name)
    await logsOff(tegfan)
  },
)
