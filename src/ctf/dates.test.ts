import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  academicYearOf,
  ageAtLast31August,
  currentAcademicYears,
  isDate,
  isYear,
  readDateTime,
  wholeNumber,
} from './dates.ts'

test('only days of the calendar are dates', () => {
  for (const date of ['2024-02-29', '2000-02-29', '2023-12-31', '1999-04-30']) assert.ok(isDate(date), date)
  const wrong = [
    '2023-02-29',
    '1900-02-29',
    '2024-04-31',
    '2024-13-01',
    '2024-00-10',
    '2024-1-1',
    '24-01-01',
    '2024-01-00',
    ' 2024-01-01',
    '2024-01-01Z',
    '0024-01-01',
  ]
  for (const date of wrong) assert.ok(!isDate(date), date)
})

test('a year has four digits, and a number nothing but digits', () => {
  for (const year of ['1000', '2026', '2999']) assert.ok(isYear(year), year)
  for (const wrong of ['0999', '3000', '226', '20266', '20a6', ' 202', '']) assert.ok(!isYear(wrong), wrong)
  assert.deepEqual(
    [wholeNumber('a0420b', 1, 5), wholeNumber('999999999999999', 0, 15)],
    [420, 999999999999999],
  )
  for (const wrong of ['', '-1', '1.0', '1 ', '١'])
    assert.equal(wholeNumber(wrong, 0, wrong.length), -1, wrong)
})

test('a time of 24 hours is plain, or zoned, or none', () => {
  assert.equal(readDateTime('2026-09-01T23:59:59'), 'plain')
  assert.equal(readDateTime('2026-09-01T00:00:00+01:00'), 'zoned')
  for (const wrong of [
    '2026-09-01T24:00:00',
    '2026-09-31T10:00:00',
    '2026-09-01 10:00:00',
    '2026-09-01T10:00',
  ]) {
    assert.equal(readDateTime(wrong), null, wrong)
  }
})

test('the academic year turns on 1 September, and August counts for both', () => {
  assert.equal(academicYearOf('2026-08-31'), 2025)
  assert.equal(academicYearOf('2026-09-01'), 2026)
  assert.deepEqual(['2026-07-31', '2026-08-01', '2026-08-31', '2026-09-01'].map(currentAcademicYears), [
    [2025],
    [2025, 2026],
    [2025, 2026],
    [2026],
  ])
})

test('age is counted in whole years at the 31 August before', () => {
  assert.equal(ageAtLast31August('2015-08-31', '2026-11-22'), 11)
  assert.equal(ageAtLast31August('2015-09-01', '2026-11-22'), 10)
  assert.equal(ageAtLast31August('2015-09-01', '2026-08-30'), 9)
  assert.equal(ageAtLast31August('2015-08-31', '2026-08-31'), 11)
})
