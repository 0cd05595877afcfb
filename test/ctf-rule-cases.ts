import { ADDRESS, PUPIL, between, changed, good, value, withPupil, type Options } from './made-up-ctf.ts'

/** A rule, a file that breaks it, a file near to it that does not, and how both are read. */
export type RuleCase = readonly [
  rule: string,
  bad: string | Uint8Array,
  fine: string | Uint8Array,
  options?: Options,
]

const second = `<Pupil>${PUPIL}</Pupil></CTFpupilData>`
const lost = good.replace('<LEA>680</LEA><Estab>4020</Estab>', '<LEA>XXX</LEA><Estab>XXXX</Estab>')
const partial = value('DocumentQualifier', 'partial')
const school = (estab: string, reason = 'PM') =>
  `<SchoolHistory><School><LEA>681</LEA><Estab>${estab}</Estab><SchoolName>x</SchoolName><LeavingReason>${reason}</LeavingReason></School></SchoolHistory>`
const details = (xml: string) => between('<Sex>F</Sex>', `<BasicDetails>${xml}</BasicDetails>`)
const uln = (number: string) => between('</UPN>', `<UniqueLearnerNumber>${number}</UniqueLearnerNumber>`)
const titled = (title: string) =>
  `<Contacts><Contact><Title>${title}</Title><Surname>x</Surname><Relationship>PAM</Relationship></Contact></Contacts>`
const qualified = (code: string) =>
  `<StageAssessments><KeyStage><StageAssessment><ResultQualifier>${code}</ResultQualifier></StageAssessment></KeyStage></StageAssessments>`
const marks = (written: string) =>
  `<Attendance><YearData><AttendSessions><AttendanceMarks>${written}</AttendanceMarks></AttendSessions></YearData></Attendance>`
const order = (number: string) =>
  `<Contacts><Contact><Order>${number}</Order><Surname>x</Surname><Relationship>PAM</Relationship></Contact></Contacts>`
const easting = (number: string) => `<Address><Easting>${number}</Easting></Address>`

const asCtf = { name: '6814039_CTF_6804020_001.XML' }

/** The rules of XML, structure, values, header and identity. */
export const FILE_CASES: readonly RuleCase[] = [
  ['ctf-001', '', '<a/>'],
  ['ctf-002', '<?xml version="1.0" encoding="UTF-7"?><a/>', '<?xml version="1.0" encoding="UTF-8"?><a/>'],
  [
    'ctf-003',
    '\ufeff<?xml version="1.0" encoding="ISO-8859-1"?><a/>',
    '\ufeff<?xml version="1.0" encoding="utf-8"?><a/>',
  ],
  ['ctf-004', Buffer.from('<a/>', 'utf16le'), Buffer.from('\ufeff<a/>', 'utf16le')],
  ['ctf-005', Buffer.from(good, 'latin1'), good],
  ['ctf-006', ` ${good}`, good],
  ['ctf-007', good.replace('1.0', '1.1'), good],
  ['ctf-008', changed('<CTfile>', '<!DOCTYPE CTfile><CTfile>'), good],
  ['ctf-009', value('Town', '&nbsp;'), value('Town', '&amp;')],
  ['ctf-010', value('Town', 'A & B'), value('Town', 'A &amp; B')],
  ['ctf-011', value('Town', '&#0;'), value('Town', '&#65;')],
  ['ctf-012', value('Town', 'A\u0001'), value('Town', 'A\tB')],
  ['ctf-013', value('Town', 'A\u202e'), value('Town', 'Â')],
  [
    'ctf-014',
    withPupil('<x>'.repeat(70) + '</x>'.repeat(70)),
    withPupil('<x>'.repeat(50) + '</x>'.repeat(50)),
  ],
  [
    'ctf-015',
    withPupil(`<x ${Array.from({ length: 40 }, (_, n) => `a${n}=""`).join(' ')}/>`),
    withPupil('<x a=""/>'),
  ],
  ['ctf-016', withPupil('<x/>'.repeat(2_000_001)), withPupil('<x/>')],
  ['ctf-017', withPupil(`<${'x'.repeat(101)}/>`), withPupil(`<${'x'.repeat(100)}/>`)],
  ['ctf-018', withPupil(`<x>${'x'.repeat(262_145)}</x>`), withPupil(`<x>${'x'.repeat(262_144)}</x>`)],
  ['ctf-019', withPupil(`<!--${'x'.repeat(20_000)}-->`), withPupil('<!--x-->')],
  ['ctf-020', withPupil('<?x?>'.repeat(17)), withPupil('<?x?>'.repeat(16))],
  ['ctf-021', 'PK\u0003\u0004', '<a/>'],
  ['ctf-022', '<!-- nothing -->', '<a/>'],
  ['ctf-023', value('Town', ']]>'), value('Town', ']] >')],
  ['ctf-024', good.slice(0, -12), good],
  ['ctf-025', changed('</Pupil>', '</pupil>'), good],
  ['ctf-101', '<ATfile/>', '<CTfile/>', asCtf],
  ['ctf-101', '<School/>', '<ATfile/>'],
  ['ctf-101', good.replaceAll('CTfile', 'CTFile'), good],
  [
    'ctf-102',
    withPupil('<Hobbies><Sport>x</Sport></Hobbies>'),
    withPupil('<SuppInfo><Sport>x</Sport></SuppInfo>'),
  ],
  ['ctf-102', value('Surname', 'x<b>y</b>'), good],
  [
    'ctf-103',
    changed(
      PUPIL.slice(20),
      PUPIL.slice(20).replace(/(<Surname>.*<\/Surname>)(<Fore.*<\/Forename>)/, '$2$1'),
    ),
    good,
  ],
  ['ctf-104', changed('<Surname>Llewelyn</Surname>', ''), good],
  ['ctf-104', value('Surname', '  '), good],
  ['ctf-104', value('SupplierID', ''), good],
  ['ctf-104', changed('<CTFpupilData>', '<CTFpupilData><Pupil/>'), good],
  [
    'ctf-105',
    withPupil('<LookedAfter><CareAuthority>681</CareAuthority></LookedAfter>'),
    withPupil('<LookedAfter><InCare>true</InCare><CareAuthority>681</CareAuthority></LookedAfter>'),
  ],
  ['ctf-106', between('<Forename>Siân</Forename>', '<Forename>Mair</Forename>'), good],
  ['ctf-106', withPupil(ADDRESS), good],
  [
    'ctf-107',
    withPupil('<NAWdetails><HomeWelsh>1</HomeWelsh><HomeWelsh>1</HomeWelsh></NAWdetails>'),
    withPupil('<NAWdetails><HomeWelsh>1</HomeWelsh></NAWdetails>'),
  ],
  ['ctf-108', withPupil('<Email/>'), withPupil('<Email>a@example.org</Email>')],
  ['ctf-108', withPupil('<Contacts></Contacts>'), good],
  ['ctf-109', withPupil('words'), withPupil(' \n ')],
  [
    'ctf-110',
    changed('<Town>', '<Town lang="cy">'),
    changed('<CTfile>', '<CTfile xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="false">'),
  ],
  ['ctf-111', changed('<Sex>F</Sex>', '<Gender>F</Gender>'), good],
  ['ctf-112', good.replaceAll('PostCode', 'Postcode'), withPupil('<Postkode>NP20 1AA</Postkode>')],
  ['ctf-120', value('Surname', 'x'.repeat(36)), value('Surname', 'w\u0302'.repeat(35))],
  ['ctf-121', value('DOB', '2015-02-29'), value('DOB', '2016-02-29')],
  ['ctf-121', value('DOB', '01/03/2015'), good],
  ['ctf-122', value('DateTime', '2026-11-20'), good],
  ['ctf-122', value('DateTime', '2026-11-20T24:00:00'), good],
  ['ctf-123', value('DateTime', '2026-11-20T10:00:00.123Z'), good],
  [
    'ctf-124',
    withPupil('<LookedAfter><InCare>yes</InCare></LookedAfter>'),
    withPupil('<LookedAfter><InCare>1</InCare></LookedAfter>'),
  ],
  ['ctf-125', withPupil(order('11')), withPupil(order('10'))],
  ['ctf-126', changed(ADDRESS, easting('12,5')), changed(ADDRESS, easting('123456.7'))],
  ['ctf-127', value('AcademicYear', '26'), good],
  ['ctf-128', value('Sex', 'X'), value('Sex', 'M')],
  ['ctf-128', value('DocumentQualifier', 'whole'), value('DocumentQualifier', 'FULL')],
  ['ctf-129', value('LEA', 'ULN'), value('LEA', 'XXX')],
  ['ctf-130', value('Estab', '123'), value('Estab', 'LLLL')],
  ['ctf-130', withPupil(school('12345')), withPupil(school('XXXX'))],
  [
    'ctf-131',
    between('<Estab>4039</Estab>', '<URN>90875</URN>'),
    between('<Estab>4039</Estab>', '<URN>401874</URN>'),
  ],
  [
    'ctf-132',
    withPupil('<NAWdetails><FSMTransitionalProtection>yes</FSMTransitionalProtection></NAWdetails>'),
    withPupil('<NAWdetails><FSMTransitionalProtection>true</FSMTransitionalProtection></NAWdetails>'),
  ],
  [
    'ctf-133',
    withPupil(
      '<Phones><Phone><TelephoneType>H</TelephoneType><PhoneNo>029 2018-0000</PhoneNo></Phone></Phones>',
    ),
    withPupil(
      '<Phones><Phone><TelephoneType>H</TelephoneType><PhoneNo>+442920180000</PhoneNo></Phone></Phones>',
    ),
  ],
  ['ctf-134', withPupil('<Email>a@b@example.org</Email>'), withPupil("<Email>o'x@example.org</Email>")],
  ['ctf-140', withPupil(qualified('ZZ')), withPupil(qualified('NS'))],
  [
    'ctf-140',
    withPupil('<NAWdetails><NationalIdentity>WELSH</NationalIdentity></NAWdetails>'),
    withPupil('<NAWdetails><NationalIdentity>WAL</NationalIdentity></NAWdetails>'),
  ],
  ['ctf-141', changed(ADDRESS, easting('-5')), changed(ADDRESS, easting('650000.5'))],
  ['ctf-142', value('CTFversion', '26'), good],
  ['ctf-143', details('<FormerUPN>80120000500</FormerUPN>'), details('<FormerUPN>B801200005001</FormerUPN>')],
  ['ctf-144', uln('0100000027'), uln('1000000027')],
  [
    'ctf-145',
    details('<MiddleNames>Ann  Mair</MiddleNames>'),
    details('<MiddleNames>Ann Mair</MiddleNames>'),
  ],
  ['ctf-146', withPupil(titled('MRS')), withPupil(titled('Mrs'))],
  ['ctf-146', withPupil(titled('Dr.')), withPupil(titled('Archdruid'))],
  ['ctf-147', withPupil(school('4039', 'NI')), withPupil(school('4039', 'IM'))],
  [
    'ctf-148',
    details('<EthnicitySource>S</EthnicitySource>'),
    details('<EthnicitySource>P</EthnicitySource>'),
  ],
  ['ctf-149', withPupil(marks('/\\?')), withPupil(marks('/\\#'))],
  [
    'ctf-150',
    withPupil('<NAWdetails><DateEntry>2002-09-01</DateEntry></NAWdetails>'),
    withPupil('<NAWdetails><DateEntry>2020-09-01</DateEntry></NAWdetails>'),
  ],
  ['ctf-201', value('DocumentName', 'Admissions Data Transfer File'), good],
  ['ctf-202', value('CTFversion', '24.0'), value('CTFversion', '25.0')],
  ['ctf-202', value('CTFversion', '27.0'), value('CTFversion', '26.0')],
  ['ctf-202', value('CTFversion', '26.0'), value('CTFversion', '25.0'), { today: '2026-07-31' }],
  ['ctf-202', value('CTFversion', '23.0'), value('CTFversion', '24.0'), { today: '2026-08-01' }],
  ['ctf-202', value('CTFversion', '27.0'), value('CTFversion', '26.0'), { today: '2026-08-31' }],
  ['ctf-202', value('CTFversion', '24.0'), value('CTFversion', '25.0'), { today: '2026-09-01' }],
  ['ctf-203', value('AcademicYear', '2025'), good],
  ['ctf-203', value('DateTime', '2026-07-20T10:00:00'), good],
  [
    'ctf-203',
    value('AcademicYear', '2027'),
    value('DateTime', '2026-07-20T10:00:00').replace('<AcademicYear>2026', '<AcademicYear>2025'),
    { today: '2027-09-01' },
  ],
  ['ctf-203', value('AcademicYear', '2024'), value('AcademicYear', '2025'), { today: '2026-08-15' }],
  [
    'ctf-204',
    between('<DocumentQualifier>full</DocumentQualifier>', '<DataQualifier>KS2</DataQualifier>'),
    partial.replace('<SupplierID>', '<DataQualifier>KS2</DataQualifier><SupplierID>'),
  ],
  ['ctf-205', partial, good, { name: '6814039_CTF_6804020_001.XML' }],
  ['ctf-205', good, partial, { name: '6814039_KS2_6804020_001.XML' }],
  [
    'ctf-205',
    partial.replace('<SupplierID>', '<DataQualifier>KS1</DataQualifier><SupplierID>'),
    partial.replace('<SupplierID>', '<DataQualifier>KS2</DataQualifier><SupplierID>'),
    { name: '6814039_KS2_6804020_001.XML' },
  ],
  ['ctf-206', value('Estab', '4040'), good, { name: '6814039_CTF_6804020_001.XML' }],
  [
    'ctf-206',
    value('Estab', 'LLLL').replace('<LEA>681', '<LEA>680'),
    value('Estab', 'LLLL'),
    { name: '681LLLL_CTF_6804020_001.XML' },
  ],
  ['ctf-207', good, lost, { name: '6814039_CTF_XXXXXXX_001.XML' }],
  ['ctf-207', lost, good, { name: '6814039_CTF_6804020_001.XML' }],
  ['ctf-208', value('LEA', '999'), value('LEA', '943')],
  ['ctf-301', good.replace(/<Pupil>.*<\/Pupil>/s, ''), good],
  ['ctf-302', lost.replace('</CTFpupilData>', second), lost, { name: '6814039_CTF_XXXXXXX_001.XML' }],
  [
    'ctf-302',
    lost.replace('</CTFpupilData>', second),
    lost.replace('</CTFpupilData>', second).replace('>full<', '>partial<'),
  ],
  [
    'ctf-303',
    changed('</CTFpupilData>', second.replace('B801200005001', 'H801200001001')),
    changed('</CTFpupilData>', second),
  ],
  ['ctf-304', value('UPN', 'H80120000100'), good],
  ['ctf-305', value('UPN', 'S801200001001'), good],
  ['ctf-306', value('UPN', 'H80120000I001'), good],
  ['ctf-307', value('UPN', 'J801200001001'), good],
  ['ctf-308', value('UPN', 'E000200005001'), good],
  [
    'ctf-309',
    between('<Sex>F</Sex>', '<BasicDetails><FormerUPN>A801200005001</FormerUPN></BasicDetails>'),
    between('<Sex>F</Sex>', '<BasicDetails><FormerUPN>B801200005001</FormerUPN></BasicDetails>'),
  ],
  [
    'ctf-310',
    between('</UPN>', '<UniqueLearnerNumber>9999999999</UniqueLearnerNumber>'),
    between('</UPN>', '<UniqueLearnerNumber>1000000027</UniqueLearnerNumber>'),
  ],
  ['ctf-311', between('</UPN>', '<UCI>12345</UCI>'), between('</UPN>', '<UCI>123450123456A</UCI>')],
  ['ctf-312', value('DOB', '2026-11-22'), value('DOB', '2026-11-21')],
  ['ctf-313', value('DOB', '2000-08-31'), value('DOB', '2000-09-01')],
  ['ctf-313', value('DOB', '2025-09-01'), value('DOB', '2025-08-31')],
  ['ctf-314', changed('<Sex>F</Sex>', ''), changed('<Sex>F</Sex>', '<Gender>F</Gender>')],
  [
    'ctf-315',
    changed('<Sex>F</Sex>', '<Gender>M</Gender><Sex>F</Sex>'),
    changed('<Sex>F</Sex>', '<Gender>F</Gender><Sex>F</Sex>'),
  ],
  ...['75008', 'N20 1AA', 'NP20', 'NP20 1A', 'BFPO', 'x'.repeat(50)].map((wrong): RuleCase => [
    'ctf-316',
    value('PostCode', wrong === 'N20 1AA' ? 'NPP20 1AA' : wrong),
    good,
  ]),
  ...['M1 1AA', 'B33 8TH', 'CR2 6XH', 'DN55 1PT', 'W1A 0AX', 'EC1A 1BB', 'BFPO 57'].map((right): RuleCase => [
    'ctf-317',
    value('PostCode', 'np201aa'),
    value('PostCode', right),
  ]),
  ['ctf-317', value('PostCode', 'NP20  1AA'), good],
  ['ctf-317', value('PostCode', 'NP20 OAA'), good],
  ['ctf-317', value('PostCode', 'ZZ99 9XX'), good],
  [
    'ctf-318',
    changed('<Town>Newport</Town>', ''),
    changed('<PAON>1</PAON><Town>Newport</Town>', '<PAON></PAON>'),
  ],
  [
    'ctf-318',
    changed('<Town>Newport</Town>', ''),
    changed('<Town>Newport</Town>', '<Locality>Pill</Locality>'),
  ],
]
