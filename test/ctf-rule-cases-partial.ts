import { between, changed, good, value, withPupil } from './made-up-ctf.ts'
import type { RuleCase } from './ctf-rule-cases.ts'
import { withBlocks } from './ctf-blocks.ts'

/** A partial file of a purpose, from the good one or another. */
const partial = (purpose: string, xml = good) =>
  xml.replace(
    '<DocumentQualifier>full</DocumentQualifier>',
    `<DocumentQualifier>partial</DocumentQualifier><DataQualifier>${purpose}</DataQualifier>`,
  )
const toOwnSchool = (xml: string) =>
  xml.replace(
    '<DestSchool><LEA>680</LEA><Estab>4020</Estab>',
    '<DestSchool><LEA>681</LEA><Estab>4039</Estab>',
  )
const toAuthority = (xml: string) => xml.replace('<LEA>680</LEA><Estab>4020<', '<LEA>680</LEA><Estab>LLLL<')

const uln = (xml: string) => toOwnSchool(partial('ULN', xml))
const street = good.replace('<Town>', '<Street>Heol y Bont</Street><Town>')
const lines = '<AddressLines><AddressLine1>1 Heol y Bont</AddressLine1></AddressLines>'
const inLines = good.replace(/<BS7666Address>.*<\/BS7666Address>/, lines)
const history = (more: string) =>
  `<SchoolHistory><School><LEA>681</LEA><Estab>4039</Estab><SchoolName>Ysgol Ddychmygol</SchoolName>${more}</School></SchoolHistory>`
const contacts =
  '<Contacts><Contact><Surname>Pugh</Surname><Relationship>PAM</Relationship></Contact></Contacts>'
const grounds = '<RemovalGrounds>H</RemovalGrounds>'
const left = withBlocks(contacts, history(grounds))
const meals =
  '<FSMhistory><FSMinstance><FSMstartDate>2024-01-10</FSMstartDate><FSMendDate>2024-07-20</FSMendDate><UKcountry>WLS</UKcountry></FSMinstance></FSMhistory>'
const answered = street.replace('</UPN>', '</UPN><UniqueLearnerNumber>1000000027</UniqueLearnerNumber>')

/** The good file as an admissions transfer file, which names the former UPN otherwise. */
const atf = (details: string) =>
  withBlocks(details === '' ? '' : `<BasicDetails>${details}</BasicDetails>`)
    .replaceAll('CTF', 'ATF')
    .replaceAll('CTfile', 'ATfile')
    .replace('Common Transfer', 'Admissions Data Transfer')
const asAtf = { name: '681ADMS_ATF_6804020_001.XML' }
const ethnicity = '<Ethnicity>WWEL</Ethnicity>'

/** The rules of the header and of partial files: each file breaks one rule alone, or none. */
export const PARTIAL_CASES: readonly RuleCase[] = [
  [
    'ctf-209',
    between('<DocumentQualifier>full</DocumentQualifier>', '<DataDescriptor>a look</DataDescriptor>'),
    value('DocumentQualifier', 'partial').replace(
      '<SupplierID>',
      '<DataDescriptor>a look</DataDescriptor><SupplierID>',
    ),
  ],
  [
    'ctf-210',
    changed('<LEA>680</LEA>', '<LEA>XXX</LEA>'),
    changed('<LEA>680</LEA><Estab>4020', '<LEA>XXX</LEA><Estab>XXXX'),
  ],
  [
    'ctf-210',
    changed('<Estab>4020', '<Estab>MMMM'),
    changed('<LEA>680</LEA><Estab>4020', '<LEA>MMM</LEA><Estab>MMMM'),
  ],
  ['ctf-211', atf('').replace('<Estab>4020', '<Estab>4025'), atf(''), asAtf],
  ['ctf-320', atf('<UPN>H801200001001</UPN>'), atf('<UPN>U80120000100A</UPN>'), asAtf],
  ['ctf-330', atf(ethnicity), atf(`${ethnicity}<EthnicitySource>P</EthnicitySource>`), asAtf],
  ['ctf-801', uln(street.replace(/<PostCode>.*<\/PostCode>/, '')), uln(street)],
  ['ctf-802', uln(good), uln(inLines)],
  ['ctf-802', uln(street.replace('<PAON>1</PAON>', '')), uln(answered.replace('<PAON>1</PAON>', ''))],
  [
    'ctf-803',
    uln(street).replace('<Address>', `${meals}<Address>`),
    uln(answered).replace('<Address>', `${meals}<Address>`),
  ],
  ['ctf-804', partial('ULN', street), uln(street)],
  ['ctf-811', partial('CML', left), toAuthority(partial('CML', left))],
  ['ctf-812', toAuthority(partial('CML', withPupil(history(grounds)))), toAuthority(partial('CML', left))],
  ['ctf-812', toAuthority(partial('CMJ', withPupil(contacts))), toAuthority(partial('CMJ', left))],
  [
    'ctf-813',
    toAuthority(partial('CML', withBlocks(contacts, history('')))),
    toAuthority(partial('CMJ', withBlocks(contacts, history('')))),
  ],
  ['ctf-821', partial('FSM'), partial('FSM', withBlocks(meals))],
  ['ctf-821', partial('KS2'), partial('OTH')],
  [
    'ctf-821',
    value('DocumentQualifier', 'partial'),
    value('DocumentQualifier', 'partial').replace('<Address>', `${meals}<Address>`),
    { name: '6814039_FSM_6804020_001.XML' },
  ],
]

/** The same where another rule goes with it: such an address is none anywhere. */
export const PLACELESS_CASES: readonly RuleCase[] = [
  ['ctf-802', uln(street.replace('<Town>Newport</Town>', '')), uln(street)],
]
