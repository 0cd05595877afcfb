import { inside, valuesIn, withBlocks, type Values } from './ctf-blocks.ts'
import type { RuleCase } from './ctf-rule-cases.ts'

const years = (...all: string[]) =>
  withBlocks(inside('Attendance', ...all.map((one) => inside('YearData', one))))
const stages = (...all: string[]) =>
  withBlocks(inside('StageAssessments', ...all.map((one) => inside('KeyStage', one))))
const schools = (...all: Values[]) =>
  withBlocks(inside('SchoolHistory', ...all.map((one) => inside('School', valuesIn(one)))))

const year = (possible: number, authorised: number, attended: number, unauthorised: number, more = '') =>
  valuesIn({
    Year: 2026,
    LEA: 681,
    Estab: 4039,
    SessionsPossible: possible,
    SessionsAuthorised: authorised,
    SessionsAttended: attended,
    SessionsUnauthorised: unauthorised,
  }) + more
const term = (start: string, marks: string) =>
  inside('AttendSessions', valuesIn({ AttendanceStartDate: start, AttendanceMarks: marks }))

const result = (values: Values = {}) =>
  inside(
    'StageAssessment',
    valuesIn({
      Locale: 'ENG',
      Year: 2026,
      Subject: 'MAT',
      Method: 'TT',
      Component: 'MTC',
      ResultStatus: 'R',
      ResultQualifier: 'MT',
      Result: 25,
      ...values,
    }),
  )
const ks2 = (...results: string[]) => `<Stage>KS2</Stage>${results.join('')}`
const phonics = (score: string | number) => ({
  Subject: 'ENG',
  Component: 'PHO',
  ResultQualifier: 'NM',
  Result: score,
})

const first = { LEA: '681', Estab: '2039', SchoolName: 'Ysgol Gynradd' }
const next = { LEA: '681', Estab: '4039', SchoolName: 'Ysgol Uwchradd', EntryDate: '2026-09-01' }
const primary = { ...first, EntryDate: '2019-09-02', LeavingDate: '2026-07-20' }

/** The rules of attendance, assessments and schools, and of dates in them: each file breaks one rule alone, or none. */
export const YEARS_CASES: readonly RuleCase[] = [
  ['ctf-340', schools({ ...primary, LeavingDate: '2019-09-01' }), schools(primary)],
  [
    'ctf-341',
    schools({ ...primary, EntryDate: '2015-02-28' }),
    schools({ ...primary, EntryDate: '2015-03-01' }),
  ],
  [
    'ctf-342',
    stages(ks2(result({ ResultDate: '2026-11-23' }))),
    stages(ks2(result({ ResultDate: '2026-11-22' }))),
  ],
  ['ctf-343', stages(ks2(result({ Year: 2028 }))), stages(ks2(result({ Year: 2027 })))],
  ['ctf-343', stages(ks2(result({ Year: 2016 }))), stages(ks2(result({ Year: 2017 })))],
  ['ctf-343', stages(ks2(result({ Year: 2016 }))), stages(ks2(result({ Year: 2030, ResultStatus: 'T' })))],
  [
    'ctf-343',
    years(year(100, 2, 97, 1).replace('2026', '2029')),
    years(year(100, 2, 97, 1).replace('2026', '2027')),
  ],
  ['ctf-501', years(year(100, 101, 0, 0)), years(year(100, 100, 0, 0))],
  ['ctf-501', years(year(100, 0, 0, 101)), years(year(100, 0, 0, 100))],
  ['ctf-502', years(year(100, 60, 0, 41)), years(year(100, 60, 0, 40))],
  ['ctf-503', years(year(100, 2, 98, 1)), years(year(100, 2, 90, 1))],
  [
    'ctf-504',
    years(year(190, 0, 190, 0, term('2026-09-01', '/\\'.repeat(75) + '/'))),
    years(year(190, 0, 190, 0, term('2026-09-01', '/\\'.repeat(75) + '#'.repeat(40)))),
  ],
  [
    'ctf-505',
    years(year(190, 0, 190, 0, term('2024-09-01', '/\\'))),
    years(year(190, 0, 190, 0, term('2025-09-01', '/\\'))),
  ],
  [
    'ctf-506',
    years(year(190, 0, 190, 0), year(190, 0, 180, 0)),
    years(year(190, 0, 190, 0), year(190, 0, 180, 0).replace('4039', '2039')),
  ],
  ...[26, 'NA', 'ABS'].map((wrong): RuleCase => [
    'ctf-601',
    stages(ks2(result({ Result: wrong }))),
    stages(ks2(result({ Result: wrong === 26 ? 0 : 'NAA' }))),
  ]),
  ['ctf-602', stages(ks2(result({ Subject: 'ENG' }))), stages(ks2(result()))],
  [
    'ctf-602',
    stages(`<Stage>KS1</Stage>${result()}`),
    stages(ks2(result({ Component: 'TOT', ResultQualifier: 'NS' }))),
  ],
  [
    'ctf-603',
    stages(`<Stage>KS1</Stage>${result(phonics(41))}`),
    stages(`<Stage>KS1</Stage>${result(phonics(40))}`),
  ],
  [
    'ctf-603',
    stages(`<Stage>KS1</Stage>${result(phonics('Wa'))}`),
    stages(`<Stage>KS1</Stage>${result(phonics('L'))}`),
  ],
  [
    'ctf-604',
    stages(ks2(result({ Year: 2023, ResultDate: '2026-06-10' }))),
    stages(ks2(result({ Year: 2023, ResultDate: '2023-06-10' }))),
  ],
  ['ctf-605', stages(ks2(result(), result({ Result: 24 }))), stages(ks2(result(), result({ Year: 2025 })))],
  [
    'ctf-606',
    stages(ks2(result()), ks2(result({ Year: 2025 }))),
    stages(ks2(result()), `<Stage>KS3</Stage>${result({ Component: 'TOT', ResultQualifier: 'NS' })}`),
  ],
  [
    'ctf-702',
    schools({ ...primary, LeavingDate: '2026-09-02' }, next),
    schools(next, { ...primary, LeavingDate: '2026-09-01' }),
  ],
  ['ctf-703', schools(primary, primary), schools(primary, next)],
]

/** Rules that another always goes with, since what is missing is mandatory too. */
export const SCHOOL_NAME_CASES: readonly RuleCase[] = [
  [
    'ctf-701',
    schools({ LEA: '681', Estab: 'XXXX', EntryDate: '2019-09-02' }),
    schools({ LEA: '681', Estab: 'XXXX', SchoolName: 'Ysgol Fach' }),
  ],
  [
    'ctf-701',
    years(year(100, 2, 97, 1).replace('4039', 'XXXX')),
    years(year(100, 2, 97, 1).replace('4039</Estab>', 'XXXX</Estab><SchoolName>Ysgol Fach</SchoolName>')),
  ],
]
