import { textIn, type Elements } from '../content.ts'
import { isDate } from '../dates.ts'
import { CTF_MODEL, type Model } from '../model.ts'
import { addRest, emptyBlock, hasAnything, type Draft } from './layout.ts'
import { addIdentity, SECTIONS } from './sections.ts'
import { SECTION_NAMES, type Fact, type PupilView, type SectionName } from './shape.ts'
import { openSource, type Making } from './source.ts'
import { derived, sectionTitle, type Language } from './words.ts'

/** The block of the file that a section is about, where it is one. */
const PATHS: Partial<Record<SectionName, string>> = {
  identity: 'BasicDetails',
  contacts: 'Contacts',
  freeMeals: 'FSMhistory',
  lookedAfter: 'LookedAfter',
  needs: 'SENhistory',
  wales: 'NAWdetails',
  attendance: 'Attendance',
  assessments: 'StageAssessments',
  history: 'SchoolHistory',
}

/**
 * A pupil of a Common Transfer File as a school reads one: in sections, codes, dates and booleans in words. Every value
 * that the file carries is in it; what the model does not know stands in the last section as it stood.
 * @param pupil the children of Pupil, as `readCtf` gives them
 * @param header the children of Header: where the file comes from, and the date at which the age is given
 * @param model elements added to it appear in their section by themselves
 */
export function viewPupil(
  pupil: Elements,
  header: Elements,
  language: Language,
  model: Model = CTF_MODEL,
): PupilView {
  const making: Making = { language, model, other: [] }
  const source = openSource(making, 'Pupil', pupil)
  const sections = SECTION_NAMES.map((section) => {
    const block = emptyBlock(PATHS[section] ?? '', [derived(sectionTitle(language, section))])
    if (section === 'identity') addIdentity(block, source, dateOf(header))
    else if (section === 'other') addOther(block)
    else SECTIONS[section](block, source)
    return { ...block, section }
  })
  return {
    name: nameOf(pupil),
    file: factsOf(header, language, model),
    sections: sections.filter(hasAnything),
  }

  function addOther(block: Draft): void {
    addRest(block, source)
    block.facts.push(...making.other)
  }
}

function nameOf(pupil: Elements): string {
  return [textIn(pupil, 'Forename'), textIn(pupil, 'Surname')].filter((part) => part !== null).join(' ')
}

/** The date of a file, CCYY-MM-DD, or null. */
function dateOf(header: Elements): string | null {
  const date = textIn(header, 'DateTime')?.slice(0, 10) ?? ''
  return isDate(date) ? date : null
}

/** All that the header says, in one list. */
function factsOf(header: Elements, language: Language, model: Model): Fact[] {
  const making: Making = { language, model, other: [] }
  const block = emptyBlock('', [])
  addRest(block, openSource(making, 'Header', header))
  const within = block.blocks.flatMap(({ title, facts }) =>
    facts.map((fact) => ({ ...fact, label: `${title.map(({ text }) => text).join(' ')}: ${fact.label}` })),
  )
  return [...block.facts, ...within, ...making.other]
}
