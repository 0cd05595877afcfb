import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CODE_SETS } from './codes/code-sets.ts'
import { ELEMENTS, GROUPS } from './model.ts'

const SIMPLE =
  /^(date|dob|dateTime|boolean|decimal|year|academic-year|document-name|ctf-version|la|estab|urn|upn|uln|uci|postcode|phone|email)$/

test('every row of the content model is whole and leads to the root', () => {
  assert.ok(ELEMENTS.length > 180)
  const reached = new Set(['CTfile'])
  for (const row of ELEMENTS) {
    const where = `${row.parent}/${row.name}`
    assert.match(row.name, /^[A-Z][A-Za-z0-9]+$/, where)
    assert.match(row.certainty, /^[VIU]$/, where)
    assert.ok(row.versions.from <= row.versions.to, where)
    assert.match(row.cbds ?? 'N00001', /^N00\d{3}$/, where)
    if (row.content === 'any') continue
    if ('group' in row.content) {
      assert.ok(GROUPS.has(row.content.group), where)
      reached.add(row.content.group)
    } else if (row.content.is === 'text') assert.ok(row.content.most > 0, where)
    else if (row.content.is === 'integer') assert.ok(row.content.least < row.content.most, where)
    else if (row.content.is === 'code') assert.ok(row.content.set in CODE_SETS, where)
    else assert.match(row.content.is, SIMPLE, where)
  }
  assert.deepEqual(new Set(GROUPS.keys()), reached)
})

test('no element stands twice in one parent, and the order is the one that exporters agree on', () => {
  assert.equal(ELEMENTS.length, new Set(ELEMENTS.map((row) => `${row.parent}/${row.name}`)).size)
  const pupil =
    'UPN UniqueLearnerNumber UCI Surname Forename DOB Gender Sex BasicDetails FSMhistory NAWdetails'
  const rest =
    'LookedAfter SENhistory Address Phones Email Contacts Attendance StageAssessments SchoolHistory SuppInfo'
  assert.equal([...GROUPS.get('Pupil')!.keys()].join(' '), `${pupil} ${rest}`)
})

test('the core of a pupil is UPN, surname, forename and date of birth', () => {
  const core = [...GROUPS.get('Pupil')!.values()].filter((row) => row.core)
  assert.deepEqual(
    core.map((row) => row.name),
    ['UPN', 'Surname', 'Forename', 'DOB'],
  )
})
