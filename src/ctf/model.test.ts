import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CONTENT_MODEL } from './model-table.ts'
import { CTF_MODEL, readModel } from './model.ts'

const { rows: ELEMENTS, groups: GROUPS } = CTF_MODEL

test('every row of the content model is whole and leads to a root', () => {
  assert.ok(ELEMENTS.length > 230)
  const reached = new Set(['CTfile', 'ATfile'])
  for (const row of ELEMENTS) {
    const where = `${row.parent}/${row.name}`
    assert.match(row.name, /^[A-Z][A-Za-z0-9]+$/, where)
    assert.match(row.certainty, /^[VIU]$/, where)
    assert.ok(row.versions.from <= row.versions.to, where)
    assert.match(row.cbds ?? 'N00001', /^N00\d{3}$/, where)
    if (row.content === 'any' || !('group' in row.content)) continue
    assert.ok(GROUPS.has(row.content.group), where)
    reached.add(row.content.group)
  }
  assert.deepEqual(new Set(GROUPS.keys()), reached)
})

test('a verified row names its source', () => {
  const unsourced = ELEMENTS.filter((row) => row.certainty === 'V' && row.sources.length === 0)
  assert.deepEqual(
    unsourced.map((row) => `${row.parent}/${row.name}`),
    [],
  )
})

test('each CBDS item that CTF 17 and 18 carry stands in the table, but for the concerns without a container', () => {
  const items = new Set(ELEMENTS.map((row) => row.cbds))
  const missing = CTF_ITEMS.split(' ').filter((item) => !items.has(`N00${item}`))
  assert.deepEqual(missing, ['090', '628', '629', '630', '631', '632'])
})

/** The items that CBDS flags for CTF 17 or 18; 090, of a contact's telephone, is the row of 089. */
const CTF_ITEMS =
  '001 002 003 004 005 006 007 008 009 010 011 012 013 014 015 016 017 018 019 024 025 028 030 031 032 033 034 ' +
  '035 036 037 038 039 040 041 042 043 044 045 046 047 048 049 050 051 052 053 054 055 057 061 062 063 064 088 ' +
  '089 090 092 093 094 107 119 121 134 142 143 144 147 156 165 166 177 179 180 182 185 187 188 196 197 198 199 ' +
  '200 206 207 208 209 210 216 220 230 231 277 278 279 600 602 608 609 611 614 617 618 619 622 626 627 628 629 ' +
  '630 631 632'

test('no element stands twice in one parent, and the order is the one that exporters agree on', () => {
  assert.equal(ELEMENTS.length, new Set(ELEMENTS.map((row) => `${row.parent}/${row.name}`)).size)
  const pupil =
    'UPN UniqueLearnerNumber UCI Surname Forename DOB Gender Sex BasicDetails FSMhistory NAWdetails'
  const rest =
    'LookedAfter SENhistory Address Phones Email Contacts Attendance StageAssessments SchoolHistory SuppInfo'
  assert.equal([...GROUPS.get('Pupil')!.keys()].join(' '), `${pupil} ${rest}`)
  assert.equal(
    [...GROUPS.get('ATFpupil')!.keys()].join(' '),
    'ApplicationReference UPN UniqueLearnerNumber UCI Surname Forename DOB Gender Sex BasicDetails FSMhistory ' +
      'LookedAfter SENhistory Admissions Address Phones Email Contacts SchoolHistory SuppInfo',
  )
})

test('the core of a pupil is UPN, surname, forename and date of birth; an applicant may have no UPN yet', () => {
  const coreOf = (group: string) =>
    [...GROUPS.get(group)!.values()].filter((row) => row.core).map((row) => row.name)
  assert.deepEqual(coreOf('Pupil'), ['UPN', 'Surname', 'Forename', 'DOB'])
  assert.deepEqual(coreOf('ATFpupil'), ['Surname', 'Forename', 'DOB'])
})

test('each version from 12 to 26 has all that was not added later or given up earlier', () => {
  const carried = (version: number) =>
    new Set(
      ELEMENTS.filter(({ versions }) => versions.from <= version && version <= versions.to).map(
        (row) => `${row.parent}/${row.name}`,
      ),
    )
  const cases: [string, number, number][] = [
    ['BasicDetails/FormerForename', 12, 12],
    ['SourceSchool/AcademicYear', 13, 26],
    ['School/LastSchool', 12, 16],
    ['BasicDetails/ServiceChild', 17, 26],
    ['BasicDetails/ServiceChildSource', 17, 17],
    ['BasicDetails/CountryofBirth', 17, 26],
    ['Address/CountryCodeAlpha2', 12, 17],
    ['SourceSchool/URN', 18, 26],
    ['Pupil/Gender', 12, 23],
    ['Pupil/Sex', 23, 26],
    ['NAWdetails/ALNneeds', 25, 26],
    ['Pupil/UPN', 12, 26],
  ]
  for (const [path, from, to] of cases) {
    const having = Array.from({ length: 15 }, (_, at) => at + 12).filter((version) =>
      carried(version).has(path),
    )
    assert.deepEqual([having[0], having.at(-1)], [from, to], path)
  }
})

test('a misprint in the table stops the start', () => {
  const row = 'Pupil                | UPN                             | 1! | upn '
  assert.ok(CONTENT_MODEL.includes(row))
  for (const type of ['upm', 'code', 'code ethnicty', 'text', 'text 0', 'text x', 'integer 5-1', 'dates 3']) {
    assert.throws(() => readModel(CONTENT_MODEL.replace(row, row.replace('upn', type))), RangeError, type)
  }
  const certainty = CONTENT_MODEL.replace('|       | V | MIS12 MTC GIAP', '|       | X | MIS12 MTC GIAP')
  assert.throws(() => readModel(certainty), RangeError)
})
