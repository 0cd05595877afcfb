import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTypedDate } from './typed-date.ts'

const CASES: Record<string, string | null> = {
  '2/9/2026': '2026-09-02',
  ' 02.09.2026 ': '2026-09-02',
  '2-9-26': '2026-09-02',
  '2 9 2026': '2026-09-02',
  '2 September 2026': '2026-09-02',
  '2 sept 2026': '2026-09-02',
  '2 Medi 2026': '2026-09-02',
  '1 GORFFENNAF 2026': '2026-07-01',
  '2026-09-02': '2026-09-02',
  '29/2/2028': '2028-02-29',
  '29/2/2026': null,
  '31/4/2026': null,
  '0/9/2026': null,
  '2/13/2026': null,
  '9/2026': null,
  '2/9/226': null,
  '2/9/1899': null,
  // March, Mai and Mawrth; June and July; Mehefin and Medi
  '1 ma 2026': null,
  '1 ju 2026': null,
  '1 me 2026': null,
  '1 mis 2026': null,
  yesterday: null,
  '': null,
}

for (const [text, date] of Object.entries(CASES)) {
  test(`“${text}” is ${date ?? 'no date'}`, () => assert.equal(readTypedDate(text), date))
}
