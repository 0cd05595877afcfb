import { ulnProblem } from '../learner-numbers/rules.ts'
import { academicYearOf } from './dates.ts'
import type { Chance } from './prng.ts'
import { BOYS, GIRLS, PLACES, STREETS, SURNAMES } from './sample-words.ts'
import type { Elements } from './write.ts'

/** What an invented pupil is built around. */
export interface PupilFrame {
  upn: string
  LEA: string
  Estab: string
  schoolName: string
  /** CCYY-MM-DD */
  today: string
  /** Whether it has every block. */
  all: boolean
}

/** An invented pupil of 4 to 16 years with the blocks of the content model. */
export function samplePupil(luck: Chance, frame: PupilFrame): Elements {
  const year = academicYearOf(frame.today)
  const age = 4 + luck.number(13)
  const sex = luck.pick(['M', 'F'])
  const surname = luck.pick(SURNAMES)
  const has = (times: number) => frame.all || luck.once(times)
  const startYear = year - Math.min(age - 4, 6)
  return {
    UPN: frame.upn,
    UniqueLearnerNumber: age >= 14 || frame.all ? sampleUln(luck) : undefined,
    UCI: has(10)
      ? `${10_000 + luck.number(80_000)}0${100_000 + luck.number(800_000)}${luck.pick(LETTERS)}`
      : undefined,
    Surname: surname,
    Forename: luck.pick(sex === 'F' ? GIRLS : BOYS),
    DOB: `${year - age}-${two(1 + luck.number(8))}-${two(1 + luck.number(28))}`,
    Gender: sex,
    Sex: sex,
    BasicDetails: basicDetails(luck, has, age),
    FSMhistory: has(5) ? freeMeals(year) : undefined,
    NAWdetails: has(2) ? wales(luck, year) : undefined,
    LookedAfter: has(3) ? { InCare: false } : undefined,
    SENhistory: has(6) ? specialNeeds(luck, year) : undefined,
    Address: address(luck),
    Phones: { Phone: [{ TelephoneType: 'H', PhoneNo: `02920180${three(luck)}` }] },
    Email: has(4) ? `pupil${luck.number(100_000)}@example.org` : undefined,
    Contacts: { Contact: contacts(luck, surname) },
    Attendance: { YearData: [attendance(luck, frame, year)] },
    StageAssessments: { KeyStage: [assessments(luck, year)] },
    SchoolHistory: { School: schools(frame, startYear) },
  }
}

/** Letters that stand at the end of postcodes and candidate identifiers. */
const LETTERS = ['A', 'B', 'D', 'E', 'F', 'G', 'H', 'J', 'L', 'N', 'P']

const two = (number: number) => String(number).padStart(2, '0')
const three = (luck: Chance) => String(luck.number(1000)).padStart(3, '0')

/** The tenth digit that the first nine ask for; one in eleven has none, so the next is tried. */
function sampleUln(luck: Chance): string {
  for (let first = 100_000_000 + luck.number(899_000_000); ; first++) {
    for (let digit = 0; digit < 10; digit++)
      if (ulnProblem(`${first}${digit}`) === null) return `${first}${digit}`
  }
}

function basicDetails(luck: Chance, has: (times: number) => boolean, age: number): Elements {
  return {
    PreferredSurname: has(20) ? luck.pick(SURNAMES) : undefined,
    FormerSurname: has(15) ? luck.pick(SURNAMES) : undefined,
    PreferredForename: has(8) ? luck.pick(GIRLS) : undefined,
    MiddleNames: has(2) ? `${luck.pick(BOYS)} ${luck.pick(GIRLS)}` : undefined,
    NCyearActual: age <= 4 ? 'R' : String(age - 4),
    Ethnicity: luck.pick(['WBRI', 'WWEL', 'MWAS', 'APKN', 'BAFR', 'CHNE', 'NOBT']),
    EthnicitySource: 'P',
    Languages: { Type: [{ LanguageType: 'F', Language: luck.pick(['ENG', 'CYM', 'ENG']) }] },
    ServiceChild: luck.pick(['N', 'N', 'Y', 'U']),
    MedicalFlag: luck.once(9),
    Disabilities: { Disability: [has(12) ? 'HEAR' : 'NONE'] },
    EnrolStatus: 'C',
  }
}

function freeMeals(year: number): Elements {
  return {
    FSMinstance: [
      { FSMstartDate: `${year - 2}-01-15`, FSMendDate: `${year - 1}-07-20`, UKcountry: 'WLS' },
      { FSMstartDate: `${year - 1}-09-05`, UKcountry: 'WLS' },
    ],
  }
}

function wales(luck: Chance, year: number): Elements {
  return {
    SpeakWelsh: luck.pick(['1', '2', '3']),
    HomeWelsh: luck.pick(['1', '2']),
    NationalIdentity: luck.pick(['WAL', 'BRI', 'ENG']),
    EthnicitySource: 'P',
    WelshSource: 'P',
    EALAcquisition: luck.pick(['A', 'C', 'E']),
    LanguageSource: 'P',
    DateEntry: luck.once(8) ? `${year - 2}-03-01` : undefined,
    FSMTransitionalProtection: luck.once(2),
  }
}

function specialNeeds(luck: Chance, year: number): Elements {
  const needs = luck.pick([['SPLD'], ['SLCN', 'HI'], ['ASD', 'SEMH']])
  return {
    SEN: [{ StartDate: `${year - 1}-09-10`, SENprovision: luck.pick(['K', 'E']) }],
    SENneeds: {
      SENneed: needs.map((need, index) => ({
        NeedStartDate: `${year - 1}-09-10`,
        SENtypeRank: index + 1,
        SENtype: need,
      })),
    },
  }
}

function address(luck: Chance): Elements {
  const { town, area, outward } = luck.pick(PLACES)
  return {
    BS7666Address: {
      SAON: luck.once(6) ? `Flat ${1 + luck.number(20)}` : undefined,
      PAON: String(1 + luck.number(200)),
      Street: luck.pick(STREETS),
      Town: town,
      AdministrativeArea: area,
      PostTown: town,
    },
    PostCode: `${outward} ${luck.number(10)}${luck.pick(LETTERS)}${luck.pick(LETTERS)}`,
  }
}

function contacts(luck: Chance, surname: string): Elements[] {
  return [
    {
      Order: 1,
      Title: 'Mrs',
      Surname: surname,
      Forename: luck.pick(GIRLS),
      Gender: 'F',
      Relationship: 'PAM',
      Responsibility: true,
      Address: { AddressAsPupil: true },
      Phones: { Phone: [{ TelephoneType: 'M', PhoneNo: `07700900${three(luck)}` }] },
      Email: `parent${luck.number(100_000)}@example.com`,
    },
    {
      Order: 2,
      Title: 'Mr',
      Surname: luck.pick(SURNAMES),
      Forename: luck.pick(BOYS),
      Gender: 'M',
      Relationship: 'PAF',
      Responsibility: luck.once(2),
      Address: address(luck),
      Phones: { Phone: [{ TelephoneType: 'H', PhoneNo: `01632960${three(luck)}` }] },
    },
  ]
}

function attendance(luck: Chance, frame: PupilFrame, year: number): Elements {
  const days = 60
  const authorised = luck.number(8)
  const unauthorised = luck.number(3)
  return {
    Year: year,
    LEA: frame.LEA,
    Estab: frame.Estab,
    SchoolName: frame.schoolName,
    SessionsPossible: days * 2,
    SessionsAuthorised: authorised,
    SessionsAttended: days * 2 - authorised - unauthorised,
    SessionsUnauthorised: unauthorised,
    AttendSessions: [
      {
        AttendanceStartDate: `${year}-09-02`,
        AttendanceMarks:
          'I'.repeat(authorised) +
          'O'.repeat(unauthorised) +
          '/\\'.repeat(days).slice(authorised + unauthorised),
      },
    ],
  }
}

function assessments(luck: Chance, year: number): Elements {
  const result = (subject: string) => ({
    Locale: 'WAL',
    Year: year,
    Subject: subject,
    Method: 'TA',
    Component: subject,
    ResultStatus: 'R',
    ResultQualifier: 'NL',
    Result: String(2 + luck.number(4)),
    ResultDate: `${year}-06-20`,
  })
  return { Stage: 'KS2', StageAssessment: ['ENG', 'CYM', 'MAT', 'SCI'].map(result) }
}

function schools(frame: PupilFrame, startYear: number): Elements[] {
  const started = `${startYear}-09-02`
  const here = { LEA: frame.LEA, Estab: frame.Estab, SchoolName: frame.schoolName }
  return [
    {
      LEA: frame.LEA,
      Estab: '2999',
      SchoolName: 'Ysgol Feithrin Ddychmygol',
      EntryDate: `${startYear - 1}-09-02`,
      LeavingDate: started,
      LeavingReason: 'PM',
    },
    { ...here, EntryDate: started, LeavingDate: frame.today, LeavingReason: 'IM' },
  ]
}
