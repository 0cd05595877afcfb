import { isElements, textIn, type Single } from '../content.ts'
import { labelOf, titleOf } from '../labels.ts'
import { CTF_MODEL, type ElementRow, type Model } from '../model.ts'
import type { Change, Entry } from './change.ts'
import { phrase, type Language, type Params } from './phrases.ts'
import { sayEntry } from './say-entry.ts'
import { quoteValue, sayValue } from './say-value.ts'

/**
 * A change as a person would say it, in one sentence: "The surname changed from Jones to Davies." What stands in
 * an entry of a list is said of it: "Contact Ann Davies (mother): the e-mail address was added: …".
 * @param model the one that the change was found by
 */
export function sayChange(change: Change, language: Language, model: Model = CTF_MODEL): string {
  const saying = { change, language, model, row: model.groups.get(change.group)?.get(change.name) }
  const own = ownSentence(saying)
  const entries = own === null ? change.entries : change.entries.slice(0, -1)
  const about = entries.map((entry) => aboutEntry(entry, saying))
  const sentence = own ?? entrySentence(saying) ?? valueSentence(saying)
  const said = [...about, sentence].join(': ')
  return said[0]!.toUpperCase() + said.slice(1)
}

/** What a sentence is made from. */
interface Saying {
  change: Change
  language: Language
  model: Model
  row: ElementRow | undefined
}

function aboutEntry(entry: Entry, { language, model }: Saying): string {
  const { who } = sayEntry(entry, model, language)
  return (
    phrase(language, `entries.${entry.group}.${entry.name}.about`, { who }) ??
    `${labelOf(entry.group, entry.name, language)} ${who}`
  )
}

/** The sentence that this element has for such a change, as "moved from place 2 to place 1", or null. */
function ownSentence(saying: Saying): string | null {
  const { change, language, model, row } = saying
  const { group, name, kind, after, follows } = change
  const key = `own.${inCtf(group)}.${name}`
  if (follows && after !== null && isElements(after)) {
    const provision = model.groups.get('SEN')?.get('SENprovision')
    const say = (value: string | null) => (value === null ? null : quoteValue(value, provision, language))
    const was = say(textIn(follows, 'SENprovision'))
    const is = say(textIn(after, 'SENprovision'))
    const start = sayValue(textIn(after, 'StartDate')!, model.groups.get('SEN')?.get('StartDate'), language)
    if (was && is && start) return phrase(language, `${key}.followed`, { before: was, after: is, start })
  }
  const entry = change.entries.at(-1)
  const who = entry && sayEntry(entry, model, language).who
  return phrase(language, `${key}.${truthOf(saying) ?? kind}`, {
    who,
    ...sides(change, row, language),
  })
}

/** Of a yes or no what it has become; null where a change of it has not made it so. */
function truthOf({ change: { kind, after }, row }: Saying): 'true' | 'false' | null {
  const { content } = row ?? {}
  if (!content || content === 'any' || 'group' in content || content.is !== 'boolean') return null
  if (after === null || typeof after === 'object') return null
  const isTrue = /^(true|1)$/.test(String(after).trim())
  return isTrue ? 'true' : kind === 'changed' ? 'false' : null
}

/** The sentence for an entry of a list, or for a section, that is no more or is new; null for anything else. */
function entrySentence({ change, language, model, row }: Saying): string | null {
  const { group, name, kind, before, after } = change
  const content = after ?? before!
  if (kind === 'changed') return null
  const key = `entries.${group}.${name}.${kind}`
  if (!isElements(content)) {
    const who = sayValue(content, row, language)
    return who === null ? null : phrase(language, key, { who })
  }
  if (name === 'Address') return null
  if (row?.max === 1) return phrase(language, 'section-removed', { section: titleOf(name, language) })
  return phrase(language, key, { who: sayEntry({ group, name, content }, model, language).what })
}

function valueSentence({ change, language, row }: Saying): string {
  const { group, name, kind } = change
  const the =
    phrase(language, `the.${group}.${name}`) ??
    phrase(language, `the.${inCtf(group)}.${name}`) ??
    `“${labelOf(group, name, language)}”`
  const params = { the, ...sides(change, row, language) }
  return phrase(language, kind, params) ?? phrase(language, `${kind}-only`, params)!
}

/** The group of a Common Transfer File that one of the sister format is like. */
const inCtf = (group: string) => ATF_GROUPS[group] ?? group

const ATF_GROUPS: Readonly<Record<string, string>> = { ATFpupil: 'Pupil', ATFbasicDetails: 'BasicDetails' }

/** Both sides in words, where there are any. */
function sides({ kind, before, after }: Change, row: ElementRow | undefined, language: Language): Params {
  const say = kind === 'changed' ? quoteValue : sayValue
  const said = (value: Single | null) =>
    value === null ? undefined : (say(value, row, language) ?? undefined)
  return { before: said(before), after: said(after) }
}
