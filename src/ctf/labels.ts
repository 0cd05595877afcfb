import welsh from '../../locales/cy.json' with { type: 'json' }
import english from '../../locales/en.json' with { type: 'json' }

type Labels = Readonly<Record<string, Readonly<Record<string, string>>>>

const ELEMENT_LABELS: { en: Labels; cy: Labels } = { en: english.ctf.elements, cy: welsh.ctf.elements }

const SECTION_TITLES: { en: Readonly<Record<string, string>>; cy: Readonly<Record<string, string>> } = {
  en: english.ctf.sections,
  cy: welsh.ctf.sections,
}

/**
 * What a school calls an element, e.g. "Date of birth" for DOB in Pupil; its own name where nobody has named it yet,
 * as of an element that the content model does not know.
 * @param group the group of the content model in which it stands, e.g. `Pupil`
 */
export function labelOf(group: string, name: string, language: 'en' | 'cy'): string {
  const labels = ELEMENT_LABELS[language][group]
  return labels !== undefined && Object.hasOwn(labels, name) ? labels[name]! : name
}

/** The title of a block, e.g. "Parents and other contacts" for the group `Contacts`; its own name where it has none. */
export function titleOf(group: string, language: 'en' | 'cy'): string {
  return Object.hasOwn(SECTION_TITLES[language], group) ? SECTION_TITLES[language][group]! : group
}
