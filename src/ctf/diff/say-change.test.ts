import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Elements } from '../content.ts'
import { diffPupils } from './diff-pupils.ts'
import { sayChange } from './say-change.ts'

const basic = (BasicDetails: Elements): Elements => ({ BasicDetails })
const meals = (...FSMinstance: Elements[]): Elements => ({ FSMhistory: { FSMinstance } })
const provision = (...SEN: Elements[]): Elements => ({ SENhistory: { SEN } })
const needs = (...SENneed: Elements[]): Elements => ({ SENhistory: { SENneeds: { SENneed } } })

/** What changed of a pupil, before and after, and how it is said in English and in Welsh. */
const CHANGES: readonly (readonly [before: Elements, after: Elements, english: string, welsh: string])[] = [
  [
    { Surname: 'Jones' },
    { Surname: 'Davies' },
    'The surname changed from Jones to Davies.',
    'Newidiodd y cyfenw o Jones i Davies.',
  ],
  [
    { Forename: 'Sian' },
    { Forename: 'Siân' },
    'The forename changed from Sian to Siân.',
    'Newidiodd yr enw cyntaf o Sian i Siân.',
  ],
  [
    { UPN: 'A123456789012' },
    { UPN: 'H801200001001' },
    'The unique pupil number (UPN) changed from A123456789012 to H801200001001.',
    'Newidiodd rhif unigryw’r disgybl (UPN) o A123456789012 i H801200001001.',
  ],
  [
    {},
    { UniqueLearnerNumber: '1000000027' },
    'The unique learner number (ULN) was added: 1000000027.',
    'Ychwanegwyd rhif unigryw’r dysgwr (ULN): 1000000027.',
  ],
  [
    { DOB: '2015-03-01' },
    { DOB: '2015-03-11' },
    'The date of birth changed from 1 March 2015 to 11 March 2015.',
    'Newidiodd y dyddiad geni o 1 Mawrth 2015 i 11 Mawrth 2015.',
  ],
  [
    { Gender: 'M' },
    { Sex: 'F' },
    'The sex changed from male to female.',
    'Newidiodd y rhyw o “gwryw” i “benyw”.',
  ],
  [
    { Email: 'mair@example.org' },
    {},
    'The e-mail address was removed (it was mair@example.org).',
    'Tynnwyd y cyfeiriad e-bost (mair@example.org gynt).',
  ],
  [
    basic({ MiddleNames: 'Ann' }),
    basic({ MiddleNames: 'Ann Mary' }),
    'The middle name changed from Ann to Ann Mary.',
    'Newidiodd yr enw canol o Ann i Ann Mary.',
  ],
  [
    basic({}),
    basic({ PreferredForename: 'Mali' }),
    'The preferred forename was added: Mali.',
    'Ychwanegwyd yr enw cyntaf a ffefrir: Mali.',
  ],
  [
    basic({ NCyearActual: '6' }),
    basic({ NCyearActual: '7' }),
    'The year group changed from Year 6 to Year 7.',
    'Newidiodd y grŵp blwyddyn o “Blwyddyn 6” i “Blwyddyn 7”.',
  ],
  [
    basic({ Ethnicity: 'NOBT' }),
    basic({ Ethnicity: 'WWEL' }),
    'The ethnic group changed from “Information not yet obtained” to “White Welsh”.',
    'Newidiodd y grŵp ethnig o “Gwybodaeth heb ei chael eto” i “Gwyn Cymreig”.',
  ],
  [
    basic({ EthnicitySource: 'S' }),
    basic({ EthnicitySource: 'P' }),
    'The source of the ethnic group changed from the school to the parent.',
    'Newidiodd ffynhonnell y grŵp ethnig o “yr ysgol” i “y rhiant”.',
  ],
  [
    basic({ MedicalFlag: 'false' }),
    basic({ MedicalFlag: 'true' }),
    'The school now holds medical information about the pupil.',
    'Mae gan yr ysgol bellach wybodaeth feddygol am y disgybl.',
  ],
  [
    basic({ ServiceChild: 'N' }),
    basic({ ServiceChild: 'Y' }),
    'The answer about a parent in the armed forces changed from no to yes.',
    'Newidiodd yr ateb am riant yn y lluoedd arfog o “nac ydy” i “ydy”.',
  ],
  [
    basic({ Nationalities: { Nationality: ['GBR'] } }),
    basic({ Nationalities: { Nationality: ['GBR', 'POL'] } }),
    'A nationality was added: Poland.',
    'Ychwanegwyd cenedligrwydd: Gwlad Pwyl.',
  ],
  [
    basic({ Disabilities: { Disability: ['HEAR'] } }),
    basic({ Disabilities: { Disability: ['VIS'] } }),
    'A disability was removed: hearing. A disability was added: vision.',
    'Tynnwyd anabledd: clyw. Ychwanegwyd anabledd: golwg.',
  ],
  [
    basic({ Languages: { Type: [{ LanguageType: 'F', Language: 'ENG' }] } }),
    basic({
      Languages: {
        Type: [
          { LanguageType: 'F', Language: 'ENG' },
          { LanguageType: 'H', Language: 'CYM' },
        ],
      },
    }),
    'A language was added: Welsh (home language).',
    'Ychwanegwyd iaith: Cymraeg (iaith y cartref).',
  ],
  [
    basic({
      EnglishProficiencies: {
        EnglishProficiency: [{ ProficiencyInEnglish: 'B', ProficiencyInEnglishDate: '2026-01-15' }],
      },
    }),
    basic({
      EnglishProficiencies: {
        EnglishProficiency: [{ ProficiencyInEnglish: 'C', ProficiencyInEnglishDate: '2026-01-15' }],
      },
    }),
    'The proficiency in English changed from “Early acquisition” to “Developing competence”.',
    'Newidiodd yr hyfedredd yn y Saesneg o “Caffael iaith yn gynnar” i “Datblygu cymhwysedd”.',
  ],
  [
    meals({ FSMstartDate: '2025-09-05' }),
    meals({ FSMstartDate: '2025-09-05', FSMendDate: '2026-07-20' }),
    'Free school meals from 5 September 2025 ended on 20 July 2026.',
    'Daeth prydau ysgol am ddim o 5 Medi 2025 i ben ar 20 Gorffennaf 2026.',
  ],
  [
    meals({ FSMstartDate: '2024-09-05', FSMendDate: '2025-07-20' }),
    meals(
      { FSMstartDate: '2024-09-05', FSMendDate: '2025-07-20' },
      { FSMstartDate: '2026-09-03', UKcountry: 'WLS' },
    ),
    'A period of free school meals was added: from 3 September 2026.',
    'Ychwanegwyd cyfnod o brydau ysgol am ddim: o 3 Medi 2026.',
  ],
  [
    { FSMhistory: { FSMreviewDate: '2026-12-01' } },
    { FSMhistory: { FSMreviewDate: '2027-03-01' } },
    'The date of the next review of free school meals changed from 1 December 2026 to 1 March 2027.',
    'Newidiodd dyddiad yr adolygiad nesaf o brydau ysgol am ddim o 1 Rhagfyr 2026 i 1 Mawrth 2027.',
  ],
  [
    { NAWdetails: { SpeakWelsh: '2' } },
    { NAWdetails: { SpeakWelsh: '1' } },
    'The fluency in Welsh changed from “Speaks Welsh, but not fluently” to “Speaks Welsh fluently”.',
    'Newidiodd y rhuglder yn y Gymraeg o “Yn siarad Cymraeg, ond nid yn rhugl” i “Yn siarad Cymraeg yn rhugl”.',
  ],
  [
    { NAWdetails: { ALNLocalHealthBoardProvision: 'true' } },
    { NAWdetails: { ALNLocalHealthBoardProvision: 'false' } },
    'The local health board no longer provides for the pupil’s additional learning needs.',
    'Nid yw’r bwrdd iechyd lleol yn darparu ar gyfer anghenion dysgu ychwanegol y disgybl mwyach.',
  ],
  [
    { LookedAfter: { InCare: 'false' } },
    { LookedAfter: { InCare: 'true', CareAuthority: '680' } },
    'The pupil is now looked after by a local authority. The authority that cares for the pupil was added: Newport.',
    'Mae’r disgybl bellach yn derbyn gofal gan awdurdod lleol. Ychwanegwyd yr awdurdod sy’n gofalu am y disgybl: Casnewydd.',
  ],
  [
    provision({ StartDate: '2025-09-10', SENprovision: 'K' }),
    provision({ StartDate: '2025-09-10', SENprovision: 'K' }, { StartDate: '2026-09-10', SENprovision: 'E' }),
    'The special educational needs provision changed from SEN support to an education, health and care plan on 10 September 2026.',
    'Newidiodd y ddarpariaeth anghenion addysgol arbennig o “cymorth AAA” i “cynllun addysg, iechyd a gofal” ar 10 Medi 2026.',
  ],
  [
    provision({ StartDate: '2025-09-10', SENprovision: 'K' }),
    provision({ StartDate: '2025-09-10', SENprovision: 'K', EndDate: '2026-09-09' }),
    'The special educational needs provision from 10 September 2025 ended on 9 September 2026.',
    'Daeth y ddarpariaeth anghenion addysgol arbennig o 10 Medi 2025 i ben ar 9 Medi 2026.',
  ],
  [
    provision({ StartDate: '2025-09-10', SENprovision: 'A' }),
    provision({ StartDate: '2025-09-10', SENprovision: 'K' }),
    'The special educational needs provision from 10 September 2025 changed from School Action to SEN support.',
    'Newidiodd y ddarpariaeth anghenion addysgol arbennig o 10 Medi 2025 o “Gweithredu gan yr Ysgol” i “cymorth AAA”.',
  ],
  [
    needs({ SENtypeRank: '1', SENtype: 'SLCN' }),
    needs(
      { SENtypeRank: '1', SENtype: 'SLCN' },
      { SENtypeRank: '2', SENtype: 'ASD', NeedStartDate: '2026-03-02' },
    ),
    'A special educational need was added: autistic spectrum disorder, from 2 March 2026.',
    'Ychwanegwyd angen addysgol arbennig: anhwylder ar y sbectrwm awtistig, o 2 Mawrth 2026.',
  ],
  [
    needs({ SENtypeRank: '1', SENtype: 'SLCN' }, { SENtypeRank: '2', SENtype: 'HI' }),
    needs({ SENtypeRank: '2', SENtype: 'SLCN' }, { SENtypeRank: '1', SENtype: 'HI' }),
    'The special educational need “speech, language and communication needs” moved from rank 1 to rank 2. The special educational need “hearing impairment” moved from rank 2 to rank 1.',
    'Symudodd yr angen addysgol arbennig “anghenion lleferydd, iaith a chyfathrebu” o safle 1 i safle 2. Symudodd yr angen addysgol arbennig “nam ar y clyw” o safle 2 i safle 1.',
  ],
]

for (const [before, after, english, welsh] of CHANGES) {
  test(english, () => {
    const changes = diffPupils(before, after)
    assert.equal(changes.map((change) => sayChange(change, 'en')).join(' '), english)
    assert.equal(changes.map((change) => sayChange(change, 'cy')).join(' '), welsh)
  })
}
