import { isDate } from '../dates.ts'
import { drawnResults, isHollow } from './results.ts'
import { addAttendance } from './attendance.ts'
import { addFact, addLine, addRest, addRows, emptyBlock, inOrderOf, tableOf, type Draft } from './layout.ts'
import type { Line, SectionName } from './shape.ts'
import { labelIn, pathIn, takeSources, takeValues, type Source } from './source.ts'
import { derived, say } from './words.ts'

/** Takes what a section shows out of the pupil. */
export type Section = (block: Draft, pupil: Source) => void

const byNumber = (a: string, b: string): number => Number(a) - Number(b)

/** The names by which a pupil is or was known, then the numbers. */
const NAMES: readonly [where: 'pupil' | 'basic', name: string][] = [
  ['pupil', 'Surname'],
  ['pupil', 'Forename'],
  ['basic', 'MiddleNames'],
  ['basic', 'PreferredSurname'],
  ['basic', 'PreferredForename'],
  ['basic', 'FormerSurname'],
  ['basic', 'FormerForename'],
  ['pupil', 'UPN'],
  ['basic', 'FormerUPN'],
  ['pupil', 'UniqueLearnerNumber'],
  ['pupil', 'UCI'],
  ['pupil', 'DOB'],
  ['pupil', 'Sex'],
  ['pupil', 'Gender'],
]

/** @param madeOn date of the file, CCYY-MM-DD, at which the age is given; null where it has none */
export function addIdentity(block: Draft, pupil: Source, madeOn: string | null): void {
  const { language, model } = pupil.making
  const [basic] = takeSources(pupil, 'BasicDetails')
  for (const [where, name] of NAMES) {
    const source = where === 'pupil' ? pupil : basic
    if (!source) continue
    if (name === 'DOB') addBirth(block, pupil, madeOn)
    else addFact(block, source, name)
  }
  const isValue = (name: string): boolean => {
    const content = model.groups.get('Pupil')?.get(name)?.content
    return name !== 'Email' && content !== undefined && content !== 'any' && !('group' in content)
  }
  addRows(block, pupil, isValue)
  if (basic) addRest(block, basic)

  function addBirth(block: Draft, pupil: Source, madeOn: string | null): void {
    const values = takeValues(pupil, 'DOB')
    if (values.length === 0) return
    const age = madeOn === null ? null : ageAt(values[0]!.raw, madeOn)
    const line = age === null ? values : [...values, derived(say(language, 'aged', { age }))]
    block.facts.push({ label: labelIn(pupil, 'DOB'), path: pathIn(pupil, 'DOB'), lines: [line] })
  }
}

/** Age in whole years at a date; null where the birth has no date, or lies after it. */
function ageAt(dob: string, date: string): number | null {
  if (!isDate(dob) || dob > date) return null
  return Number(date.slice(0, 4)) - Number(dob.slice(0, 4)) - (date.slice(5) < dob.slice(5) ? 1 : 0)
}

/** Lines of a BS7666 address: what is read in one line stands in one row. */
const PREMISES = [['SAON'], ['PAON', 'Street'], ['Locality'], ['Town'], ['AdministrativeArea']]
const ADDRESS_LINES = ['AddressLine1', 'AddressLine2', 'AddressLine3', 'AddressLine4', 'AddressLine5']

/** Adds an address as it is written on an envelope, and beneath it what else is known of it. */
function addAddress(block: Draft, source: Source, label: string): void {
  const lines: Line[] = []
  const add = (from: Source | undefined, names: readonly string[]): void => {
    const line = from ? names.flatMap((name) => takeValues(from, name)) : []
    if (line.length > 0) lines.push(line)
  }
  const [premises] = takeSources(source, 'BS7666Address')
  const [written] = takeSources(source, 'AddressLines')
  for (const names of PREMISES) add(premises, names)
  if (premises && premises.elements['PostTown'] !== premises.elements['Town']) add(premises, ['PostTown'])
  for (const name of ADDRESS_LINES) add(written, [name])
  for (const name of ['County', 'PostCode', 'Zip', 'Country']) add(source, [name])
  if (lines.length > 0) block.facts.push({ label, path: source.path, lines })
  for (const one of [premises, written, source]) if (one) addRest(block, one)
}

function addPhones(block: Draft, source: Source): void {
  const lines = takeSources(source, 'Phones').flatMap((phones) => {
    const found = takeSources(phones, 'Phone').map((phone) => {
      const line = [...takeValues(phone, 'TelephoneType'), ...takeValues(phone, 'PhoneNo')]
      addRest(block, phone)
      return line
    })
    addRest(block, phones)
    return found
  })
  if (lines.length === 0) return
  block.facts.push({ label: labelIn(source, 'Phones'), path: pathIn(source, 'Phones'), lines })
}

/** Address, telephones and e-mail of the pupil or of a contact. */
function addReach(block: Draft, source: Source): void {
  for (const address of takeSources(source, 'Address')) addAddress(block, address, labelIn(source, 'Address'))
  addPhones(block, source)
  addFact(block, source, 'Email')
}

function addContacts(block: Draft, pupil: Source): void {
  for (const contacts of takeSources(pupil, 'Contacts')) {
    for (const contact of inOrderOf(takeSources(contacts, 'Contact'), 'Order', byNumber)) {
      const relationship = takeValues(contact, 'Relationship')
      const title = [...takeValues(contact, 'Order'), ...relationship]
      const one = emptyBlock(contact.path, title.length > 0 ? title : [derived(contact.trail.at(-1)!)])
      const names = ['Title', 'Forename', 'MiddleNames', 'Surname']
      addLine(one, contact, names, say(pupil.making.language, 'name'))
      addFact(one, contact, 'Responsibility')
      addReach(one, contact)
      addRest(one, contact)
      block.blocks.push(one)
    }
    addRest(block, contacts)
  }
}

/** A section that is a block of the pupil: some blocks in it in the order of a value, the rest as the model says. */
const blockOf =
  (name: string, ordered: Readonly<Record<string, [by: string, compare?: typeof byNumber]>> = {}): Section =>
  (block, pupil) => {
    for (const source of takeSources(pupil, name)) {
      for (const [child, [by, compare]] of Object.entries(ordered)) {
        const sources = inOrderOf(takeSources(source, child), by, compare)
        const path = pathIn(source, child)
        if (sources.length > 0) block.tables.push(tableOf(labelIn(source, child), path, sources))
      }
      addRest(block, source)
    }
  }

/** What the details for Wales say of special educational and additional learning needs. */
const OF_NEEDS = /^(ALN|SEN|IDP)/

function addNeeds(block: Draft, pupil: Source): void {
  for (const history of takeSources(pupil, 'SENhistory')) {
    const provision = inOrderOf(takeSources(history, 'SEN'), 'StartDate')
    const path = pathIn(history, 'SEN')
    if (provision.length > 0) block.tables.push(tableOf(labelIn(history, 'SEN'), path, provision))
    for (const needs of takeSources(history, 'SENneeds')) {
      const ranked = inOrderOf(takeSources(needs, 'SENneed'), 'SENtypeRank', byNumber)
      const title = labelIn(history, 'SENneeds')
      if (ranked.length > 0) block.tables.push(tableOf(title, pathIn(needs, 'SENneed'), ranked))
      addRest(block, needs)
    }
    addRest(block, history)
  }
  for (const details of takeSources(pupil, 'NAWdetails'))
    addRows(block, details, (name) => OF_NEEDS.test(name))
}

function addAssessments(block: Draft, pupil: Source): void {
  for (const stages of takeSources(pupil, 'StageAssessments')) {
    const picture = drawnResults(stages)
    if (picture) {
      block.pictures.push(picture)
      const hasHollow = picture.series.some(({ points }) => points.some(isHollow))
      if (hasHollow) block.notes.push(say(pupil.making.language, 'hollow'))
    }
    for (const stage of takeSources(stages, 'KeyStage')) {
      const title = takeValues(stage, 'Stage')
      const one = emptyBlock(stage.path, title.length > 0 ? title : [derived(stage.trail.at(-1)!)])
      const results = takeSources(stage, 'StageAssessment')
      const path = pathIn(stage, 'StageAssessment')
      if (results.length > 0) one.tables.push(tableOf(labelIn(stage, 'StageAssessment'), path, results))
      addRest(one, stage)
      block.blocks.push(one)
    }
    addRest(block, stages)
  }
}

function addHistory(block: Draft, pupil: Source): void {
  const { language } = pupil.making
  for (const history of takeSources(pupil, 'SchoolHistory')) {
    const stays = emptyBlock(pathIn(history, 'School'), [])
    stays.timeline = true
    for (const school of inOrderOf(takeSources(history, 'School'), 'EntryDate')) {
      const name = takeValues(school, 'SchoolName')
      const one = emptyBlock(school.path, name.length > 0 ? name : [derived(say(language, 'noName'))])
      addFact(one, school, 'EntryDate')
      addFact(one, school, 'LeavingDate')
      addFact(one, school, 'LeavingReason')
      addRest(one, school)
      stays.blocks.push(one)
    }
    if (stays.blocks.length > 0) block.blocks.push(stays)
    addRest(block, history)
  }
}

/** How each section is filled; `identity` and `other` beside them. */
export const SECTIONS: Readonly<Record<Exclude<SectionName, 'identity' | 'other'>, Section>> = {
  home: addReach,
  contacts: addContacts,
  freeMeals: blockOf('FSMhistory', { FSMinstance: ['FSMstartDate'] }),
  lookedAfter: blockOf('LookedAfter'),
  needs: addNeeds,
  wales: blockOf('NAWdetails'),
  attendance: addAttendance,
  assessments: addAssessments,
  history: addHistory,
}
