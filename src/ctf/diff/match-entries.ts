import { listOf, textIn, type Content, type Elements, type Single } from '../content.ts'
import { asRead } from './as-read.ts'

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
 */
export function matchEntries(list: string, before: readonly Elements[], after: readonly Elements[]): Matched {
  let removed = before
  let added = after
  const pairs: { before: Elements; after: Elements }[] = []
  const pair = (keyOf: (entry: Elements) => string | null) => {
    const waiting = new Map<string, Elements[]>()
    for (const entry of added) {
      const key = keyOf(entry)
      const others = waiting.get(key ?? '')
      if (others) others.push(entry)
      else if (key !== null) waiting.set(key, [entry])
    }
    const taken = new Set<Elements>()
    removed = removed.filter((entry) => {
      const found = waiting.get(keyOf(entry) ?? '')?.shift()
      if (found) {
        pairs.push({ before: entry, after: found })
        taken.add(found)
      }
      return !found
    })
    added = added.filter((entry) => !taken.has(entry))
  }
  pair(sameness)
  for (const names of KEYS[list] ?? []) {
    pair((entry) => {
      const values = names.map((name) => asRead(textIn(entry, name) ?? ''))
      return values.every((value) => value === '') ? null : values.join('\n')
    })
  }
  return { pairs, removed, added }
}

/** The same for entries that say the same, in whatever order, with 1 for true, and with Gender for Sex. */
function sameness(entry: Single): string {
  if (typeof entry !== 'object') {
    const text = asRead(String(entry))
    return JSON.stringify(TRUTHS.get(text) ?? text)
  }
  const parts = Object.entries(entry).flatMap(([name, content]: [string, Content | undefined]) =>
    listOf(content).map((one) => `${name === 'Gender' ? 'Sex' : name}: ${sameness(one)}`),
  )
  return `{${parts.toSorted().join(', ')}}`
}

const TRUTHS: ReadonlyMap<string, string> = new Map([
  ['true', '1'],
  ['false', '0'],
])
