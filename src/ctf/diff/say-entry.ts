import type { Model } from '../model.ts'
import type { Entry } from './change.ts'
import { phrase, type Language } from './phrases.ts'
import { valueSayer } from './say-value.ts'

type Say = (name: string) => string | null

/** How an entry is told from others of its list, and all that is said of one that was added or removed. */
interface Description {
  who: string
  what: string
}

/** An entry of a list in words. */
export function sayEntry(entry: Entry, model: Model, language: Language): Description {
  const content = model.groups.get(entry.group)?.get(entry.name)?.content
  const group = content && content !== 'any' && 'group' in content ? content.group : ''
  const say = valueSayer(group, entry.content, model, language)
  const describe = DESCRIPTIONS[`${entry.group}.${entry.name}`]
  if (describe) return describe(say, language)
  const all = Object.keys(entry.content).map(say)
  return same(joined(all, ', '))
}

const DESCRIPTIONS: Readonly<Record<string, (say: Say, language: Language) => Description>> = {
  'Contacts.Contact': (say) => {
    const name = joined([say('Forename'), say('Surname')], ' ')
    return {
      who: bracketed(name, say('Relationship')),
      what: joined([joined([say('Title'), name], ' '), say('Relationship')], ', '),
    }
  },
  'Phones.Phone': (say) => same(bracketed(say('PhoneNo') ?? '', say('TelephoneType'))),
  'Languages.Type': (say) => same(bracketed(say('Language') ?? '', say('LanguageType'))),
  'EnglishProficiencies.EnglishProficiency': (say) =>
    same(joined([say('ProficiencyInEnglish'), say('ProficiencyInEnglishDate')], ', ')),
  'FSMhistory.FSMinstance': (say, language) => ({
    who: period(say('FSMstartDate'), null, language),
    what: period(say('FSMstartDate'), say('FSMendDate'), language),
  }),
  'SENhistory.SEN': (say, language) => ({
    who: period(say('StartDate'), null, language),
    what: joined([say('SENprovision'), period(say('StartDate'), say('EndDate'), language)], ' '),
  }),
  'SENneeds.SENneed': (say, language) => ({
    who: say('SENtype') ?? '',
    what: joined([say('SENtype'), period(say('NeedStartDate'), say('NeedEndDate'), language)], ', '),
  }),
  'Attendance.YearData': (say, language) => {
    const year = say('Year') ?? ''
    const school = say('SchoolName') ?? joined([say('LEA'), say('Estab')], '/')
    return same(school === '' ? year : phrase(language, 'school-year', { year, school })!)
  },
  'YearData.AttendSessions': (say, language) => same(period(say('AttendanceStartDate'), null, language)),
  'StageAssessments.KeyStage': (say) => same(say('Stage') ?? ''),
  'KeyStage.StageAssessment': (say, language) => {
    const names = ['Subject', 'Method', 'Component', 'Year'] as const
    const values = names.map((name) => [name.toLowerCase(), say(name) ?? '–'] as const)
    const who = phrase(language, 'assessment', Object.fromEntries(values))!
    const result = say('Result')
    return { who, what: result === null ? who : phrase(language, 'result', { assessment: who, result })! }
  },
  'SchoolHistory.School': (say, language) => {
    const school = say('SchoolName') ?? joined([say('LEA'), say('Estab')], '/')
    return {
      who: school,
      what: joined([school, period(say('EntryDate'), say('LeavingDate'), language)], ', '),
    }
  },
}

const same = (text: string): Description => ({ who: text, what: text })

const joined = (parts: readonly (string | null)[], by: string) =>
  parts.filter((part) => part !== null && part !== '').join(by)

const bracketed = (text: string, more: string | null) => (more === null ? text : `${text} (${more})`)

function period(from: string | null, to: string | null, language: Language): string {
  if (from !== null && to !== null) return phrase(language, 'from-to', { from, to })!
  if (from !== null) return phrase(language, 'from', { from })!
  return to === null ? '' : phrase(language, 'to', { to })!
}
