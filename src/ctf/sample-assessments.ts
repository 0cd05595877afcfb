import type { Elements } from './content.ts'
import type { Child, SampleFrame, SampleKind } from './sample-frame.ts'
import type { Stay } from './sample-schools.ts'

/** A row of what is assessed: stage, age on 31 August after it, subject, method, component, kind of result, results from low to high. */
type Assessed = readonly [
  stage: string,
  age: number,
  subject: string,
  method: string,
  component: string,
  qualifier: string,
  results: readonly string[] | readonly [least: number, most: number],
  since?: number,
]

const LEVELS = ['1', '2', '3', '4', '5', '6']
const STANDARDS = ['BLW', 'PKG', 'WTS', 'EXS', 'GDS']

/** England: subjects and components are in the spirit of the DfE’s component files, which change every year. */
const ENGLAND: readonly Assessed[] = [
  ['EYF', 5, 'COM', 'TA', 'G01', 'FS', ['1', '2', '3']],
  ['EYF', 5, 'LIT', 'TA', 'G09', 'FS', ['1', '2', '3']],
  ['EYF', 5, 'MAT', 'TA', 'G11', 'FS', ['1', '2', '3']],
  ['KS1', 6, 'ENG', 'TT', 'PHO', 'NM', [12, 40], 2012],
  ['KS1', 7, 'REA', 'TA', 'REA', 'NC', STANDARDS, 2016],
  ['KS1', 7, 'WRI', 'TA', 'WRI', 'NC', STANDARDS, 2016],
  ['KS1', 7, 'MAT', 'TA', 'MAT', 'NL', ['1', '2', '3']],
  ['Y03', 8, 'MAT', 'TA', 'MAT', 'NL', ['1', '2', '3']],
  ['Y04', 9, 'MAT', 'TA', 'MAT', 'NL', ['2', '3', '4']],
  ['Y05', 10, 'MAT', 'TA', 'MAT', 'NL', ['2', '3', '4', '5']],
  ['KS2', 9, 'MAT', 'TT', 'MTC', 'MT', [6, 25], 2022],
  ['KS2', 11, 'REA', 'TT', 'REA', 'NB', [82, 120], 2016],
  ['KS2', 11, 'MAT', 'TT', 'MAT', 'NB', [82, 120], 2016],
  ['KS2', 11, 'ENG', 'TA', 'ENG', 'NL', LEVELS],
  ['KS2', 11, 'MAT', 'TA', 'MAT', 'NL', ['3', '4', '5']],
  ['KS2', 11, 'SCI', 'TA', 'SCI', 'NL', LEVELS],
  ['Y07', 12, 'MAT', 'TA', 'MAT', 'NL', ['3', '4', '5', '6']],
  ['Y08', 13, 'MAT', 'TA', 'MAT', 'NL', ['4', '5', '6', '7']],
  ['KS3', 14, 'ENG', 'TA', 'ENG', 'NL', ['3', '4', '5', '6', '7', '8']],
  ['KS3', 14, 'MAT', 'TA', 'MAT', 'NL', ['4', '5', '6', '7', '8']],
  ['KS3', 14, 'SCI', 'TA', 'SCI', 'NL', ['3', '4', '5', '6', '7', '8']],
]

/** The national tests of Wales, each year from 2 to 9: age-standardised scores. */
const NATIONAL_TESTS = [2, 3, 4, 5, 6, 7, 8, 9].flatMap((year): Assessed[] => [
  [`NC${year}`, year + 5, 'MAT', 'TT', 'PRO', 'NA', [72, 138]],
  ...(year % 2 === 0 ? ([[`NC${year}`, year + 5, 'CYM', 'TT', 'REA', 'NA', [72, 138]]] as const) : []),
])

/** Wales: the areas of the Foundation Phase, the key stages and the national tests. */
const WALES: readonly Assessed[] = [
  ['KS2', 11, 'CYM', 'TA', 'CYM', 'NL', LEVELS],
  ['KS2', 11, 'ENG', 'TA', 'ENG', 'NL', LEVELS],
  ['KS2', 11, 'MAT', 'TA', 'MAT', 'NL', LEVELS],
  ['KS2', 11, 'SCI', 'TA', 'SCI', 'NL', LEVELS],
  ['KS3', 14, 'CYM', 'TA', 'CYM', 'NL', ['3', '4', '5', '6', '7', '8']],
  ['KS3', 14, 'ENG', 'TA', 'ENG', 'NL', ['3', '4', '5', '6', '7', '8']],
  ['KS3', 14, 'MAT', 'TA', 'MAT', 'NL', ['3', '4', '5', '6', '7', '8']],
  ['NC2', 7, 'LCW', 'TA', 'LCW', 'NL', LEVELS],
  ['NC2', 7, 'MDT', 'TA', 'MDT', 'NL', LEVELS],
  ['NC2', 7, 'PSD', 'TA', 'PSD', 'NL', LEVELS],
  ...NATIONAL_TESTS,
]

/** What a partial file carries of them: rows of these stages, and of these components where it names some. */
const PARTIAL: Partial<Record<SampleKind, { locale: 'WAL' | 'ENG'; is: (row: Assessed) => boolean }>> = {
  FSP: { locale: 'ENG', is: ([stage]) => stage === 'EYF' },
  KS1: { locale: 'ENG', is: ([stage, , , method]) => stage === 'KS1' && method === 'TA' },
  KS2: { locale: 'ENG', is: ([stage]) => stage === 'KS2' },
  KS3: { locale: 'ENG', is: ([stage]) => stage === 'KS3' },
  PHO: { locale: 'ENG', is: ([, , , , component]) => component === 'PHO' },
  FPH: { locale: 'WAL', is: ([stage]) => stage === 'NC2' },
  WNT: { locale: 'WAL', is: ([, , , method]) => method === 'TT' },
}

/** The assessments that a child has had, by stage; undefined where it was too young. */
export function assessmentsOf(
  child: Child,
  stays: readonly Stay[],
  frame: SampleFrame,
): Elements | undefined {
  const partial = PARTIAL[frame.kind]
  const stages = new Map<string, Elements[]>()
  for (const [locale, rows] of LOCALES) {
    for (const row of rows) {
      const [stage, age, , , , , , since = 0] = row
      const summer = frame.year - (child.age - age)
      const isHad = partial
        ? partial.locale === locale && partial.is(row)
        : summer >= since && localeIn(stays, summer) === locale
      if (child.age < age || !isHad) continue
      if (!stages.has(stage)) stages.set(stage, [])
      stages.get(stage)!.push(resultOf(row, locale, summer, child, frame))
    }
  }
  const KeyStage = [...stages].map(([Stage, StageAssessment]) => ({ Stage, StageAssessment }))
  return KeyStage.length > 0 ? { KeyStage } : undefined
}

const LOCALES = [
  ['ENG', ENGLAND],
  ['WAL', WALES],
] as const

/** By whose rules the school taught that a child was at in the academic year that ended in a summer; null abroad. */
function localeIn(stays: readonly Stay[], summer: number): 'ENG' | 'WAL' | null {
  const lea = stays.findLast((stay) => stay.from < summer)?.school.LEA ?? 'XXX'
  if (lea === 'XXX') return null
  return lea >= '660' && lea <= '681' ? 'WAL' : 'ENG'
}

function resultOf(
  row: Assessed,
  locale: string,
  year: number,
  child: Child,
  { luck }: SampleFrame,
): Elements {
  const [, , subject, method, component, qualifier, results] = row
  const height = Math.min(0.99, Math.max(0, child.bent + (luck.number(31) - 15) / 100))
  return {
    Locale: locale,
    Year: year,
    Subject: subject,
    Method: method,
    Component: component,
    ResultStatus: luck.once(15) ? 'P' : 'R',
    ResultQualifier: qualifier,
    Result: isRange(results)
      ? String(Math.round(results[0] + (results[1] - results[0]) * height))
      : results[Math.floor(results.length * height)],
    ResultDate: `${year}-06-${10 + luck.number(20)}`,
  }
}

const isRange = (results: Assessed[6]): results is readonly [number, number] => typeof results[0] === 'number'
