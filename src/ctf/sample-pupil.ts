import { ulnProblem, upnCheckLetter } from '../learner-numbers/rules.ts'
import type { Elements } from './content.ts'
import type { Chance } from './prng.ts'
import { assessmentsOf } from './sample-assessments.ts'
import { END_LETTERS, addressOf, contactsOf, homePhone } from './sample-family.ts'
import { two, type Child, type Family, type SampleFrame, type SampleKind } from './sample-frame.ts'
import { freeMealsOf, isFromAbroad, specialNeedsOf, walesOf } from './sample-needs.ts'
import { attendanceOf, historyOf, staysOf } from './sample-schools.ts'

/** The blocks that a partial file of each kind has beside the core items; ULN request: s2s, CTF 12 guidance. */
const BLOCKS: Readonly<Record<Exclude<SampleKind, 'CTF'>, readonly string[]>> = {
  ATF: [
    'ApplicationReference',
    'BasicDetails',
    'FSMhistory',
    'LookedAfter',
    'SENhistory',
    'Admissions',
    'Address',
    'Phones',
    'Email',
    'Contacts',
    'SchoolHistory',
  ],
  FSP: ['StageAssessments'],
  KS1: ['StageAssessments'],
  KS2: ['StageAssessments'],
  KS3: ['StageAssessments'],
  PHO: ['StageAssessments'],
  FSM: ['FSMhistory'],
  ULN: ['Address'],
  OTH: ['BasicDetails', 'Address', 'Phones', 'Email', 'Contacts', 'LookedAfter'],
  FPH: ['StageAssessments'],
  WNT: ['StageAssessments'],
  CMJ: ['Address', 'Phones', 'Contacts', 'SchoolHistory'],
  CML: ['Address', 'Phones', 'Contacts', 'SchoolHistory'],
}

const OF_ADMISSIONS = new Set(['ApplicationReference', 'Admissions'])

/** The ages on 31 August of the pupils of a kind, where not all. */
const AGES: Partial<Record<SampleKind, readonly [least: number, most: number]>> = {
  FSP: [5, 5],
  KS1: [7, 7],
  PHO: [6, 6],
  KS2: [11, 11],
  KS3: [14, 14],
  FPH: [7, 7],
  WNT: [9, 13],
  ULN: [14, 16],
}

/** A child of a family, of an age that the kind of file is about. */
export function inventChild(frame: SampleFrame, family: Family, upn: string, all: boolean): Child {
  const { luck, kind, year } = frame
  const [least, most] = AGES[kind] ?? (all ? [14, 15] : [5, 16])
  const age = least + luck.number(most - least + 1)
  const sex = luck.pick(['M', 'F'] as const)
  const month = 1 + luck.number(12)
  return {
    upn,
    age,
    sex,
    forename: luck.pick(sex === 'F' ? family.heritage.girls : family.heritage.boys),
    dob: `${year - age - (month > 8 ? 1 : 0)}-${two(month)}-${two(1 + luck.number(28))}`,
    family,
    bent: luck.number(100) / 100,
    all,
  }
}

/** What a file of the frame’s kind has of a child. */
export function samplePupil(child: Child, frame: SampleFrame): Elements {
  const { upn, family, forename, dob, sex, age, all } = child
  const wanted = frame.kind === 'CTF' ? null : BLOCKS[frame.kind]
  const isWanted = (name: string) => (wanted ? wanted.includes(name) : !OF_ADMISSIONS.has(name))
  const core: Elements = {
    UPN: upn,
    UniqueLearnerNumber: age >= 14 && frame.kind !== 'ULN' ? sampleUln(frame.luck) : undefined,
    UCI: age >= 14 && (all || frame.luck.once(3)) ? sampleUci(frame.luck) : undefined,
    Surname: family.surname,
    Forename: forename,
    DOB: dob,
    Sex: sex,
  }
  const blocks = blocksOf(child, frame)
  const kept = Object.entries(blocks).filter(([name]) => isWanted(name))
  return { ...core, ...Object.fromEntries(kept.map(([name, block]) => [name, block()])) }
}

/** What makes each block of a child; undefined where the child has none. */
function blocksOf(child: Child, frame: SampleFrame): Record<string, () => Elements[string]> {
  const { luck, kind, source } = frame
  const { all, family } = child
  const has = (times: number) => all || luck.once(times)
  const stays = staysOf(child, frame)
  const hasNeeds = has(6)
  const inCare = family.kind === 'foster'
  return {
    ApplicationReference: () => `${source.LEA}-${frame.year}-09-E-${child.upn.slice(-6)}`,
    BasicDetails: () => basicDetails(child, frame, has),
    FSMhistory: () => (has(5) || kind === 'FSM' ? freeMealsOf(child, frame) : undefined),
    NAWdetails: () => (all || frame.locale === 'WAL' ? walesOf(child, frame, hasNeeds) : undefined),
    LookedAfter: () =>
      inCare || has(5) ? { InCare: inCare, CareAuthority: inCare ? source.LEA : undefined } : undefined,
    SENhistory: () => (hasNeeds ? specialNeedsOf(child, frame) : undefined),
    Admissions: () => ({ Accept: true }),
    Address: () => addressOf(child, frame),
    Phones: () => ({ Phone: [homePhone(family)] }),
    Email: () => (has(4) ? `pupil.${child.upn.slice(-6)}@example.org` : undefined),
    Contacts: () => ({ Contact: contactsOf(child, frame) }),
    Attendance: () => {
      const YearData = attendanceOf(child, stays, frame, all ? 4 : luck.pick([1, 2]))
      return YearData.length > 0 ? { YearData } : undefined
    },
    StageAssessments: () => assessmentsOf(child, stays, frame),
    SchoolHistory: () => ({ School: historyOf(stays, frame) }),
    SuppInfo: () =>
      all
        ? { xml: '<SuppInfo><SuppID>CTS sample</SuppID><House colour="red">Llywelyn</House></SuppInfo>' }
        : undefined,
  }
}

function basicDetails(child: Child, frame: SampleFrame, has: (times: number) => boolean): Elements {
  const { luck, year, kind } = frame
  // the sister format calls the former UPN by another name (ATF15)
  const isAdmission = kind === 'ATF'
  const { heritage } = child.family
  const names = child.sex === 'F' ? heritage.girls : heritage.boys
  const others = names.filter((name) => name !== child.forename)
  const surnames = heritage.surnames.filter((name) => name !== child.family.surname)
  const home = heritage.language
  const languages =
    home === 'ENG'
      ? [['F', 'ENG']]
      : [
          ['M', home],
          ['M', 'ENG'],
        ]
  return {
    [isAdmission ? 'UPN' : 'FormerUPN']: has(12) ? temporaryUpn(child.upn) : undefined,
    PreferredSurname: has(20) ? luck.pick(surnames) : undefined,
    FormerSurname: has(15) ? luck.pick(surnames) : undefined,
    PreferredForename: has(8) ? luck.pick(others) : undefined,
    MiddleNames: has(2) ? luck.pick(others) : undefined,
    NCyearActual: String(child.age - 4),
    EnglishProficiencies:
      child.all || isFromAbroad(child)
        ? {
            EnglishProficiency: [
              {
                ProficiencyInEnglish: luck.pick(['C', 'D', 'E']),
                ProficiencyInEnglishDate: `${year - 1}-10-05`,
              },
            ],
          }
        : undefined,
    CountryofBirth: luck.once(3) ? heritage.country : 'GBR',
    Nationalities: { Nationality: [heritage.country] },
    Ethnicity: heritage.ethnicity,
    EthnicitySource: 'P',
    Languages: { Type: languages.map(([LanguageType, Language]) => ({ LanguageType, Language })) },
    ServiceChild: child.family.inForces ? 'Y' : luck.pick(['N', 'N', 'U']),
    MedicalFlag: luck.once(9),
    Disabilities: { Disability: child.all ? ['HEAR', 'COMM'] : [luck.once(12) ? 'MOB' : 'NONE'] },
    EnrolStatus: isAdmission ? undefined : 'C',
  }
}

/** The temporary number that a school gave before it had the permanent one: a letter at the end (CBDS N00002). */
function temporaryUpn(upn: string): string {
  const body = `${upn.slice(1, -1)}${END_LETTERS[Number(upn.at(-1))]}`
  return upnCheckLetter(body) + body
}

/** The tenth digit that the first nine ask for; one in eleven has none, so the next is tried. */
function sampleUln(luck: Chance): string {
  for (let first = 100_000_000 + luck.number(899_000_000); ; first++) {
    for (let digit = 0; digit < 10; digit++)
      if (ulnProblem(`${first}${digit}`) === null) return `${first}${digit}`
  }
}

const sampleUci = (luck: Chance) =>
  `${10_000 + luck.number(80_000)}0${100_000 + luck.number(800_000)}${luck.pick(END_LETTERS)}`
