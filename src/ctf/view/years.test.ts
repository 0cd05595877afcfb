import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Elements } from '../content.ts'
import type { Block, Picture } from './shape.ts'
import { lineText } from './terminal.ts'
import { viewPupil } from './view.ts'

function section(pupil: Elements, name: string): Block {
  return viewPupil(pupil, {}, 'en').sections.find((one) => one.section === name)!
}

const yearOf = (counts: Elements, sessions?: Elements): Elements => ({
  Attendance: {
    YearData: [{ Year: '2025', ...counts, ...(sessions ? { AttendSessions: [sessions] } : {}) }],
  },
})

const counts = (possible: string, attended: string, authorised: string, unauthorised: string): Elements => ({
  SessionsPossible: possible,
  SessionsAttended: attended,
  SessionsAuthorised: authorised,
  SessionsUnauthorised: unauthorised,
})

describe('attendance of a year', () => {
  const cases: [title: string, counts: Elements, cells: string, drawn: boolean][] = [
    ['with percentages', counts('380', '361', '12', '7'), '2025|380|12 (3.2%)|361 (95.0%)|7 (1.8%)', true],
    [
      'of which some sessions are not recorded',
      counts('100', '90', '0', '0'),
      '2025|100|0 (0.0%)|90 (90.0%)|0 (0.0%)',
      true,
    ],
    ['of no possible sessions is not drawn', counts('0', '0', '0', '0'), '2025|0|0|0|0', false],
    [
      'with more sessions than were possible is not drawn',
      counts('10', '12', '0', '0'),
      '2025|10|0 (0.0%)|12 (120.0%)|0 (0.0%)',
      false,
    ],
    ['with a count that is no number is not drawn', counts('many', '1', '1', '1'), '2025|many|1|1|1', false],
  ]
  for (const [title, given, cells, drawn] of cases) {
    test(title, () => {
      const block = section(yearOf(given), 'attendance')
      assert.equal(block.tables[0]!.rows[0]!.map(lineText).join('|'), cells)
      assert.equal(block.pictures.length, drawn ? 1 : 0)
    })
  }

  test('the latest stands first', () => {
    const pupil = { Attendance: { YearData: ['2023', '2025', '2024'].map((Year) => ({ Year })) } }
    assert.deepEqual(
      section(pupil, 'attendance').tables[0]!.rows.map((row) => lineText(row[0]!)),
      ['2025', '2024', '2023'],
    )
  })
})

describe('marks of a term', () => {
  const full = '/\\'.repeat(5)
  const cases: [title: string, start: string, marks: string, days: number | null, weeks: string[]][] = [
    [
      'from a Monday, weekends left out',
      '2025-09-01',
      full + full,
      5,
      ['2025-09-01 /\\/\\/\\/\\/\\', '2025-09-08 /\\/\\/\\/\\/\\'],
    ],
    ['from a Wednesday', '2025-09-03', '/\\II/\\LL', 5, ['2025-09-01 ····/\\II/\\', '2025-09-08 LL········']],
    [
      'through weekends that are closed',
      '2025-09-01',
      `${full}####II`,
      7,
      ['2025-09-01 /\\/\\/\\/\\/\\####', '2025-09-08 II············'],
    ],
    ['a week and no weekend', '2025-09-01', full, 5, ['2025-09-01 /\\/\\/\\/\\/\\']],
    ['a morning at the end', '2025-09-05', '/\\/', 5, ['2025-09-01 ········/\\', '2025-09-08 /·········']],
    ['without a date', 'soon', full, null, []],
    ['from a Sunday with lessons', '2025-09-07', full, null, []],
    ['of two characters, as since 2024', '2025-09-01', '/\\C1Y2', null, []],
  ]
  for (const [title, AttendanceStartDate, AttendanceMarks, days, weeks] of cases) {
    test(title, () => {
      const [term] = section(yearOf({}, { AttendanceStartDate, AttendanceMarks }), 'attendance').blocks
      const picture = term!.pictures[0] as Extract<Picture, { is: 'marks' }> | undefined
      assert.equal(picture?.days ?? null, days)
      const drawn = picture?.weeks.map(
        ({ monday, marks }) => `${monday} ${marks.map((mark) => mark ?? '·').join('')}`,
      )
      assert.deepEqual(drawn ?? [], weeks)
      assert.equal(lineText(term!.facts.at(-1)!.lines[0]!), AttendanceMarks)
    })
  }

  test('are counted, each with its meaning', () => {
    const given = yearOf({}, { AttendanceStartDate: '2025-09-01', AttendanceMarks: '/\\/\\/\\II##' })
    const [table] = section(given, 'attendance').blocks[0]!.tables
    assert.deepEqual(
      table!.rows.map((row) => row.map(lineText).join(' ')),
      ['/ Present in the morning 3', '\\ Present in the afternoon 3', 'I Ill 2', '# School closed 2'],
    )
  })
})

describe('results over the years', () => {
  const result = (Year: string, Subject: string, Result: string, more: Elements = {}): Elements => ({
    Year,
    Subject,
    Method: 'TA',
    Component: Subject,
    ResultStatus: 'R',
    ResultQualifier: 'NL',
    Result,
    ...more,
  })
  const drawn = (...stages: Elements[][]): string[] | null => {
    const KeyStage = stages.map((StageAssessment, index) => ({ Stage: `KS${index + 1}`, StageAssessment }))
    const [picture] = section({ StageAssessments: { KeyStage } }, 'assessments').pictures
    if (picture?.is !== 'results') return null
    return picture.series.map(
      ({ label, points }) => `${label}: ${points.map(({ year, raw }) => `${year}=${raw}`).join(' ')}`,
    )
  }
  const cases: [title: string, stages: Elements[][], drawn: string[] | null][] = [
    [
      'of one subject in two stages are one line',
      [[result('2018', 'ENG', '2')], [result('2022', 'ENG', '4')]],
      ['ENG TA: 2018=2 2022=4'],
    ],
    [
      'in the order of the years, not of the file',
      [[result('2022', 'ENG', '4'), result('2018', 'ENG', '2')]],
      ['ENG TA: 2018=2 2022=4'],
    ],
    [
      'of two methods are two',
      [[result('2022', 'ENG', '4'), result('2022', 'ENG', '101', { Method: 'TT', ResultQualifier: 'NS' })]],
      ['ENG TA: 2022=4', 'ENG TT: 2022=101'],
    ],
    [
      'of two kinds of result are two',
      [[result('2022', 'ENG', '4'), result('2023', 'ENG', '101', { ResultQualifier: 'NS' })]],
      ['ENG TA NL: 2022=4', 'ENG TA NS: 2023=101'],
    ],
    ['that are no numbers are not drawn', [[result('2022', 'ENG', 'A'), result('2022', 'MAT', 'EXS')]], null],
    [
      'beside those that are',
      [[result('2022', 'ENG', 'A'), result('2022', 'MAT', '23', { Component: 'MTC' })]],
      ['MAT TA MTC: 2022=23'],
    ],
    ['of no year are not drawn', [[result('last', 'ENG', '3')]], null],
  ]
  for (const [title, stages, expected] of cases)
    test(title, () => assert.deepEqual(drawn(...stages), expected))
})
