import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { placeFindings } from './place-findings.ts'
import { viewPupil } from './view.ts'

const PUPIL = {
  Surname: 'Prys',
  DOB: '2015-02-30',
  BasicDetails: { Ethnicity: 'XXXX' },
  Address: { BS7666Address: { PAON: '7', Street: 'Heol y Bont' } },
  Contacts: {
    Contact: [
      {
        Surname: 'Prys',
        Relationship: 'PAM',
        Phones: { Phone: [{ TelephoneType: 'M', PhoneNo: '07700900123' }] },
      },
      { Surname: 'Rees', Relationship: 'PAF', Email: 'no' },
    ],
  },
  Attendance: { YearData: [{ Year: '2025', SessionsPossible: '10' }] },
  SchoolHistory: { School: [{ SchoolName: 'One', EntryDate: '2020-01-01' }, { SchoolName: 'Two' }] },
}

describe('a finding stands', () => {
  const cases: [title: string, path: string, at: string][] = [
    ['beside the value that it is about', 'DOB', 'DOB'],
    ['beside a value in a block', 'BasicDetails/Ethnicity', 'BasicDetails/Ethnicity'],
    ['beside a part of an address', 'Address/BS7666Address/Street', 'Address/BS7666Address/Street'],
    ['beside the only one of several that has it', 'Contacts/Contact/Email', 'Contacts/Contact[2]/Email'],
    [
      'beside a telephone of the only one that has any',
      'Contacts/Contact/Phones/Phone/PhoneNo',
      'Contacts/Contact[1]/Phones/Phone/PhoneNo',
    ],
    ['at the contacts, where it could be either', 'Contacts/Contact/Surname', 'Contacts'],
    ['at the contact that its place names', 'Contacts/Contact[2]/Surname', 'Contacts/Contact[2]/Surname'],
    [
      'in the cell of a table',
      'Attendance/YearData/SessionsPossible',
      'Attendance/YearData/SessionsPossible',
    ],
    [
      'at the block in which something is missing',
      'Attendance/YearData/SessionsAttended',
      'Attendance/YearData',
    ],
    ['at the schools, where it could be either', 'SchoolHistory/School/LEA', 'SchoolHistory/School'],
    ['at the pupil, where a part is missing whole', 'SENhistory', ''],
    ['at the pupil, of the pupil itself', '', ''],
  ]
  for (const [title, path, at] of cases) {
    test(title, () => {
      const finding = {
        path: path === '' ? 'CTfile/CTFpupilData/Pupil' : `CTfile/CTFpupilData/Pupil/${path}`,
      }
      const placed = placeFindings(viewPupil(PUPIL, {}, 'en'), [finding])
      assert.deepEqual([...placed], [[at, [finding]]])
    })
  }
})
