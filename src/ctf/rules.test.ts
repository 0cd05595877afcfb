import assert from 'node:assert/strict'
import { test } from 'node:test'
import english from '../../locales/en.json' with { type: 'json' }
import welsh from '../../locales/cy.json' with { type: 'json' }
import {
  ADDRESS,
  PUPIL,
  between,
  changed,
  good,
  read,
  value,
  withPupil,
  type Options,
} from '../../test/made-up-ctf.ts'
import { CTF_RULES, findingKey } from './rules.ts'

const second = `<Pupil>${PUPIL}</Pupil></CTFpupilData>`
const lost = good.replace('<LEA>680</LEA><Estab>4020</Estab>', '<LEA>XXX</LEA><Estab>XXXX</Estab>')
const partial = value('DocumentQualifier', 'partial')
const school = (estab: string) =>
  `<SchoolHistory><School><LEA>681</LEA><Estab>${estab}</Estab><SchoolName>x</SchoolName></School></SchoolHistory>`
const order = (number: string) =>
  `<Contacts><Contact><Order>${number}</Order><Surname>x</Surname><Relationship>PAM</Relationship></Contact></Contacts>`
const easting = (number: string) => `<Address><Easting>${number}</Easting></Address>`

// rule, a file that breaks it, a file near to it that does not, how both are read
const cases: [string, string | Uint8Array, string | Uint8Array, Options?][] = [
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
  ['ctf-101', '<ATfile/>', '<CTfile/>'],
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
    withPupil('<NAWdetails><NationalIdentity>WELSH</NationalIdentity></NAWdetails>'),
    withPupil('<NAWdetails><NationalIdentity>WAL</NationalIdentity></NAWdetails>'),
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
  ['ctf-201', value('DocumentName', 'Admissions Data Transfer File'), good],
  ['ctf-202', value('CTFversion', '24.0'), value('CTFversion', '25.0')],
  ['ctf-202', value('CTFversion', '27.0'), value('CTFversion', '26.0')],
  ['ctf-202', value('CTFversion', '26.0'), value('CTFversion', '25.0'), { today: '2026-07-31' }],
  ['ctf-202', value('CTFversion', '23.0'), value('CTFversion', '24.0'), { today: '2026-08-01' }],
  ['ctf-202', value('CTFversion', '27.0'), value('CTFversion', '26.0'), { today: '2026-08-31' }],
  ['ctf-202', value('CTFversion', '24.0'), value('CTFversion', '25.0'), { today: '2026-09-01' }],
  ['ctf-203', value('AcademicYear', '2025'), good],
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
  ...['75008', 'N20 1AA', 'NP20', 'NP20 1A', 'BFPO', 'x'.repeat(50)].map(
    (wrong): [string, string, string] => [
      'ctf-316',
      value('PostCode', wrong === 'N20 1AA' ? 'NPP20 1AA' : wrong),
      good,
    ],
  ),
  ...['M1 1AA', 'B33 8TH', 'CR2 6XH', 'DN55 1PT', 'W1A 0AX', 'EC1A 1BB', 'BFPO 57'].map(
    (right): [string, string, string] => ['ctf-317', value('PostCode', 'np201aa'), value('PostCode', right)],
  ),
  ['ctf-317', value('PostCode', 'NP20  1AA'), good],
  ['ctf-317', value('PostCode', 'NP20 OAA'), good],
  ['ctf-317', value('PostCode', 'ZZ99 9XX'), good],
  [
    'ctf-318',
    changed('<Town>Newport</Town>', ''),
    changed('<Town>Newport</Town>', '<Locality>Pill</Locality>'),
  ],
]

test('each rule finds what breaks it and not what only looks like it', () => {
  for (const [rule, bad, fine, options] of cases) {
    const label = `${rule}: ${String(bad).slice(-80)}`
    const found = read(bad, options)
    assert.ok(
      found.findings.some((finding) => finding.rule === rule),
      `${label} gave ${found.findings.map((f) => f.rule).join()}`,
    )
    const severity = CTF_RULES.find((one) => one.rule === rule)!.severity
    assert.ok(severity === 'error' ? found.errors > 0 : found.warnings > 0, label)
    assert.ok(
      !read(fine, options).findings.some((finding) => finding.rule === rule),
      `${rule} in a file that is fine`,
    )
  }
})

test('every rule has a case here, a source, and words in both languages', () => {
  assert.deepEqual(new Set(cases.map(([rule]) => rule)), new Set(CTF_RULES.map(({ rule }) => rule)))
  assert.equal(CTF_RULES.length, new Set(CTF_RULES.map(({ rule }) => rule)).size)
  for (const { rule, source } of CTF_RULES) {
    assert.ok(source)
    const [inEnglish, inWelsh] = [english, welsh].map((locale) => placeholders(locale.ctf.rules, rule))
    assert.deepEqual(inEnglish, inWelsh, rule)
    assert.deepEqual(findingKey(rule), {
      problem: `ctf.rules.${rule}.problem`,
      action: `ctf.rules.${rule}.action`,
    })
  }
})

type RuleWords = Record<string, { problem: string; action: string }>

/** The placeholders in a rule's words, which must both be there. */
function placeholders(rules: RuleWords, rule: string): string[] {
  const words = rules[rule]
  assert.ok(words?.problem && words.action, rule)
  return [...`${words.problem} ${words.action}`.matchAll(/\{\{(\w+)\}\}/g)]
    .map((found) => found[1]!)
    .toSorted()
}

test('the words of a finding ask for nothing that the finding does not have', () => {
  for (const [rule, bad, , options] of cases) {
    const finding = read(bad, options).findings.find((one) => one.rule === rule)!
    const given = Object.keys(finding.params)
    for (const name of placeholders(english.ctf.rules, rule))
      assert.ok(given.includes(name), `${rule} wants ${name}`)
  }
})
