import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Elements } from '../content.ts'
import { diffPupils } from './diff-pupils.ts'
import { sayChange } from './say-change.ts'

const lives = (BS7666Address: Elements, PostCode: string): Elements => ({
  Address: { BS7666Address, PostCode },
})
const contacts = (...Contact: Elements[]): Elements => ({ Contacts: { Contact } })
const schools = (...School: Elements[]): Elements => ({ SchoolHistory: { School } })
const ann = { Order: '1', Title: 'Mrs', Surname: 'Davies', Forename: 'Ann', Relationship: 'PAM' }
const cardiff = { LEA: '681', Estab: '4039', SchoolName: 'Cardiff High School', EntryDate: '2024-09-02' }
const attended = (more: Elements): Elements => ({
  Attendance: {
    YearData: [{ Year: '2026', LEA: '681', Estab: '4039', SchoolName: 'Cardiff High School', ...more }],
  },
})
const assessed = (more: Elements): Elements => {
  const result = {
    Locale: 'WAL',
    Year: '2026',
    Subject: 'MAT',
    Method: 'TA',
    Component: 'MAT',
    ResultStatus: 'R',
  }
  return { StageAssessments: { KeyStage: [{ Stage: 'KS2', StageAssessment: [{ ...result, ...more }] }] } }
}

/** What changed around a pupil, before and after, and how it is said in English and in Welsh. */
const CHANGES: readonly (readonly [before: Elements, after: Elements, english: string, welsh: string])[] = [
  [
    lives({ PAON: '12', Street: 'Mill Lane', Town: 'Newport' }, 'NP20 1AA'),
    lives({ SAON: 'Flat 2', PAON: '5', Street: 'Heol y Ddraig', Town: 'Cardiff' }, 'CF14 2AB'),
    'The home address changed from 12 Mill Lane, Newport, NP20 1AA to Flat 2, 5 Heol y Ddraig, Cardiff, CF14 2AB.',
    'Newidiodd y cyfeiriad cartref o 12 Mill Lane, Newport, NP20 1AA i Flat 2, 5 Heol y Ddraig, Cardiff, CF14 2AB.',
  ],
  [
    { Phones: { Phone: [{ TelephoneType: 'H', PhoneNo: '02920180111' }] } },
    { Phones: { Phone: [{ TelephoneType: 'H', PhoneNo: '02920180222' }] } },
    'The telephone number changed from 02920180111 to 02920180222.',
    'Newidiodd y rhif ffôn o 02920180111 i 02920180222.',
  ],
  [
    contacts(ann),
    contacts(ann, { Order: '2', Title: 'Mr', Surname: 'Davies', Forename: 'Huw', Relationship: 'PAF' }),
    'A contact was added: Mr Huw Davies, father.',
    'Ychwanegwyd cyswllt: Mr Huw Davies, tad.',
  ],
  [
    contacts(ann, { Surname: 'Rees', Forename: 'Bob', Relationship: 'CAR' }),
    contacts(ann),
    'A contact was removed: Bob Rees, carer.',
    'Tynnwyd cyswllt: Bob Rees, gofalwr.',
  ],
  [
    contacts(ann),
    contacts({ ...ann, Surname: 'Evans' }),
    'Contact Ann Evans (mother): the surname changed from Davies to Evans.',
    'Cyswllt Ann Evans (mam): newidiodd y cyfenw o Davies i Evans.',
  ],
  [
    contacts(ann),
    contacts({ ...ann, Order: '3' }),
    'The contact Ann Davies (mother) moved from place 1 to place 3 in the order in which to call.',
    'Symudodd y cyswllt Ann Davies (mam) o safle 1 i safle 3 yn y drefn galw.',
  ],
  [
    contacts(ann),
    contacts({ ...ann, Relationship: 'FOM' }),
    'Contact Ann Davies (foster mother): the relationship to the pupil changed from mother to foster mother.',
    'Cyswllt Ann Davies (mam faeth): newidiodd y berthynas â’r disgybl o “mam” i “mam faeth”.',
  ],
  [
    contacts({ ...ann, Responsibility: 'true' }),
    contacts({ ...ann, Responsibility: 'false' }),
    'The contact Ann Davies (mother) no longer has parental responsibility.',
    'Nid oes gan y cyswllt Ann Davies (mam) gyfrifoldeb rhiant mwyach.',
  ],
  [
    contacts(ann),
    contacts({ ...ann, Address: { AddressAsPupil: 'true' } }),
    'The contact Ann Davies (mother) now lives with the pupil.',
    'Mae’r cyswllt Ann Davies (mam) bellach yn byw gyda’r disgybl.',
  ],
  [
    contacts(ann),
    contacts({ ...ann, Phones: { Phone: [{ TelephoneType: 'M', PhoneNo: '07700900123' }] } }),
    'Contact Ann Davies (mother): a telephone number was added: 07700900123 (mobile).',
    'Cyswllt Ann Davies (mam): ychwanegwyd rhif ffôn: 07700900123 (symudol).',
  ],
  [
    attended({ SessionsAttended: '118' }),
    attended({ SessionsAttended: '120' }),
    'Attendance in 2026 (Cardiff High School): the number of sessions attended changed from 118 to 120.',
    'Presenoldeb yn 2026 (Cardiff High School): newidiodd nifer y sesiynau a fynychwyd o 118 i 120.',
  ],
  [
    attended({
      SessionsAttended: '118',
      AttendSessions: [{ AttendanceStartDate: '2026-09-02', AttendanceMarks: '/\\' }],
    }),
    attended({
      SessionsAttended: '118',
      AttendSessions: [{ AttendanceStartDate: '2026-09-02', AttendanceMarks: '/O' }],
    }),
    'Attendance in 2026 (Cardiff High School): marks from 2 September 2026: the register of marks changed.',
    'Presenoldeb yn 2026 (Cardiff High School): marciau o 2 Medi 2026: newidiodd y gofrestr o farciau.',
  ],
  [
    assessed({ Result: '4' }),
    assessed({ Result: '5' }),
    'End of key stage 2: assessment in subject MAT, method TA, component MAT, 2026: the result changed from 4 to 5.',
    'Diwedd cyfnod allweddol 2: asesiad, pwnc MAT, dull TA, cydran MAT, 2026: newidiodd y canlyniad o 4 i 5.',
  ],
  [
    {},
    assessed({ Result: '4' }),
    'End of key stage 2: an assessment was added: subject MAT, method TA, component MAT, 2026: result 4.',
    'Diwedd cyfnod allweddol 2: ychwanegwyd asesiad: pwnc MAT, dull TA, cydran MAT, 2026: canlyniad 4.',
  ],
  [
    schools(cardiff),
    schools({ ...cardiff, LeavingDate: '2026-10-23' }),
    'The pupil left Cardiff High School on 23 October 2026.',
    'Gadawodd y disgybl Cardiff High School ar 23 Hydref 2026.',
  ],
  [
    schools({ ...cardiff, LeavingReason: 'IM' }),
    schools({ ...cardiff, LeavingReason: 'EL' }),
    'Cardiff High School: the reason for leaving changed from “During the year, to a maintained school” to “Elective home education”.',
    'Cardiff High School: newidiodd y rheswm dros adael o “Yn ystod y flwyddyn, i ysgol a gynhelir” i “Addysg ddewisol yn y cartref”.',
  ],
  [
    schools(cardiff),
    schools(cardiff, { LEA: '680', Estab: '4020', SchoolName: 'Ysgol Ddychmygol', EntryDate: '2026-11-02' }),
    'A school was added: Ysgol Ddychmygol, from 2 November 2026.',
    'Ychwanegwyd ysgol: Ysgol Ddychmygol, o 2 Tachwedd 2026.',
  ],
  [
    { SuppInfo: { xml: '<SuppInfo>1</SuppInfo>' } },
    { SuppInfo: { xml: '<SuppInfo>2</SuppInfo>' } },
    'The supplier’s own information changed.',
    'Newidiodd gwybodaeth y cyflenwr ei hun.',
  ],
  [{}, { Nickname: { xml: '<Nickname>Bod</Nickname>' } }, '“Nickname” was added.', 'Ychwanegwyd “Nickname”.'],
  [
    { NAWdetails: { SpeakWelsh: '2', HomeWelsh: '1' } },
    {},
    'The section “Details for Wales” is no longer in the file.',
    'Nid yw’r adran “Manylion ar gyfer Cymru” yn y ffeil mwyach.',
  ],
]

for (const [before, after, english, welsh] of CHANGES) {
  test(english, () => {
    const changes = diffPupils(before, after)
    assert.equal(changes.map((change) => sayChange(change, 'en')).join(' '), english)
    assert.equal(changes.map((change) => sayChange(change, 'cy')).join(' '), welsh)
  })
}
