import { textIn, type Elements } from '../content.ts'

/** What was one entry and is another, side by side; and those that have no other side. */
export interface Matched {
  pairs: readonly { before: Elements; after: Elements }[]
  removed: readonly Elements[]
  added: readonly Elements[]
}

/**
 * What identifies the entries of a list, the surest first: a contact by name and relationship; where the name has
 * changed, by forename and relationship. Never by position alone, and a contact never by its order or sex: so
 * addresses came to stand with other families.
 */
const KEYS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'Contacts.Contact': [
    ['Surname', 'Forename', 'Relationship'],
    ['Forename', 'Relationship'],
    ['Surname', 'Forename'],
  ],
  'SENhistory.SEN': [['StartDate'], ['SENprovision']],
  'SENneeds.SENneed': [['SENtype']],
  'FSMhistory.FSMinstance': [['FSMstartDate'], ['FSMendDate']],
  'StageAssessments.KeyStage': [['Stage']],
  'KeyStage.StageAssessment': [
    ['Year', 'Subject', 'Method', 'Component', 'ResultStatus'],
    ['Year', 'Subject', 'Method', 'Component'],
  ],
  'Attendance.YearData': [['Year', 'LEA', 'Estab']],
  'YearData.AttendSessions': [['AttendanceStartDate']],
  'SchoolHistory.School': [['LEA', 'Estab', 'EntryDate'], ['LEA', 'Estab'], ['SchoolName']],
  'Phones.Phone': [['TelephoneType', 'PhoneNo'], ['PhoneNo'], ['TelephoneType']],
  'Languages.Type': [['LanguageType', 'Language'], ['Language'], ['LanguageType']],
  'EnglishProficiencies.EnglishProficiency': [['ProficiencyInEnglishDate']],
}

/**
 * Finds the entries that belong together: first those that are the same, then by what identifies them.
 * @param list group and name of the list's elements, e.g. `Contacts.Contact`
 * @param isSame whether nothing differs between two of them
 */
export function matchEntries(
  list: string,
  before: readonly Elements[],
  after: readonly Elements[],
  isSame: (one: Elements, other: Elements) => boolean,
): Matched {
  const removed = [...before]
  const added = [...after]
  const pairs: { before: Elements; after: Elements }[] = []
  const pair = (belong: (one: Elements, other: Elements) => boolean) => {
    for (const one of [...removed]) {
      const at = added.findIndex((other) => belong(one, other))
      if (at < 0) continue
      pairs.push({ before: one, after: added[at]! })
      added.splice(at, 1)
      removed.splice(removed.indexOf(one), 1)
    }
  }
  pair(isSame)
  for (const key of KEYS[list] ?? []) {
    pair((one, other) => key.every((name) => textIn(one, name) === textIn(other, name)) && hasOne(one, key))
  }
  return { pairs, removed, added }
}

const hasOne = (entry: Elements, key: readonly string[]) => key.some((name) => textIn(entry, name) !== null)
