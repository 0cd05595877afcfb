import assert from 'node:assert/strict'
import { test } from 'node:test'
import welsh from '../../locales/cy.json' with { type: 'json' }
import english from '../../locales/en.json' with { type: 'json' }
import { labelOf, titleOf } from './labels.ts'
import { CTF_MODEL } from './model.ts'

test('every element and block of the content model has a name in both languages, and no other has', () => {
  const rows = CTF_MODEL.rows.map(({ parent, name }) => `${parent}.${name}`).sort()
  for (const { elements, sections } of [english.ctf, welsh.ctf]) {
    const labels = Object.entries(elements).flatMap(([group, names]) =>
      Object.keys(names).map((name) => `${group}.${name}`),
    )
    assert.deepEqual(labels.sort(), rows)
    assert.deepEqual(Object.keys(sections).sort(), [...CTF_MODEL.groups.keys()].sort())
  }
})

test('an element is called as a school calls it, in the language asked for, by the block that it stands in', () => {
  assert.equal(labelOf('Pupil', 'DOB', 'en'), 'Date of birth')
  assert.equal(labelOf('Pupil', 'DOB', 'cy'), 'Dyddiad geni')
  assert.equal(labelOf('Pupil', 'Address', 'en'), 'Home address')
  assert.equal(labelOf('Contact', 'Address', 'en'), 'Address')
  assert.equal(titleOf('Contacts', 'cy'), 'Rhieni a chysylltiadau eraill')
})

test('what nobody has named yet is called by its name', () => {
  for (const name of ['NewElement', 'constructor', '__proto__']) {
    assert.equal(labelOf('Pupil', name, 'cy'), name)
    assert.equal(labelOf(name, 'DOB', 'en'), 'DOB')
    assert.equal(titleOf(name, 'en'), name)
  }
})
