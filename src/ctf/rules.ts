import { ADDRESS_RULES } from './rules/address.ts'
import { ASSESSMENTS_RULES } from './rules/assessments.ts'
import { ATTENDANCE_RULES } from './rules/attendance.ts'
import { CARE_RULES } from './rules/care.ts'
import { CONTACTS_RULES } from './rules/contacts.ts'
import { DATES_RULES } from './rules/dates.ts'
import { DETAILS_RULES } from './rules/details.ts'
import { HEADER_RULES } from './rules/header.ts'
import { MEALS_RULES } from './rules/meals.ts'
import { NEEDS_RULES } from './rules/needs.ts'
import { PARTIAL_RULES } from './rules/partial.ts'
import { PUPIL_RULES } from './rules/pupil.ts'
import type { CtfRule, Severity } from './rules/rule.ts'
import { SCHOOLS_RULES } from './rules/schools.ts'
import { STRUCTURE_RULES } from './rules/structure.ts'
import { VALUES_RULES } from './rules/values.ts'
import { XML_RULES } from './rules/xml.ts'

export { SUBJECTS, type CtfRule, type Severity, type Subject } from './rules/rule.ts'

/**
 * Every rule, in the order of their numbers: 0 the XML, 1 structure and values, 2 the header, 3 the pupil and
 * details, 4 address and contacts, 5 attendance, 6 assessments, 7 schools, 8 partial files.
 */
export const CTF_RULES: readonly CtfRule[] = [
  ...XML_RULES,
  ...STRUCTURE_RULES,
  ...VALUES_RULES,
  ...HEADER_RULES,
  ...PUPIL_RULES,
  ...DETAILS_RULES,
  ...DATES_RULES,
  ...MEALS_RULES,
  ...CARE_RULES,
  ...NEEDS_RULES,
  ...ADDRESS_RULES,
  ...CONTACTS_RULES,
  ...ATTENDANCE_RULES,
  ...ASSESSMENTS_RULES,
  ...SCHOOLS_RULES,
  ...PARTIAL_RULES,
].toSorted((one, other) => (one.rule < other.rule ? -1 : 1))

/** How much each rule weighs. */
export const SEVERITY: ReadonlyMap<string, Severity> = new Map(
  CTF_RULES.map(({ rule, severity }) => [rule, severity]),
)

/** The keys of a rule's words: what is wrong, and what to do. */
export function findingKey(rule: string): { problem: string; action: string } {
  return { problem: `ctf.rules.${rule}.problem`, action: `ctf.rules.${rule}.action` }
}
