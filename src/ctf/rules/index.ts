import { ADDRESS_CHECKS } from './address.ts'
import { ASSESSMENTS_CHECKS } from './assessments.ts'
import { ATTENDANCE_CHECKS } from './attendance.ts'
import { CARE_CHECKS } from './care.ts'
import { CONTACTS_CHECKS } from './contacts.ts'
import { DATES_CHECKS } from './dates.ts'
import { DETAILS_CHECKS } from './details.ts'
import { HEADER_CHECKS } from './header.ts'
import { MEALS_CHECKS } from './meals.ts'
import { NEEDS_CHECKS } from './needs.ts'
import { PARTIAL_CHECKS } from './partial.ts'
import { PUPIL_CHECKS } from './pupil.ts'
import type { BlockRule } from './rule.ts'
import { SCHOOLS_CHECKS } from './schools.ts'

/** The rules of blocks, by the name of the group that the content model has for what stands in them. */
export const BLOCK_RULES: ReadonlyMap<string, readonly BlockRule[]> = Map.groupBy(
  [
    ...HEADER_CHECKS,
    ...PUPIL_CHECKS,
    ...DETAILS_CHECKS,
    ...DATES_CHECKS,
    ...MEALS_CHECKS,
    ...CARE_CHECKS,
    ...NEEDS_CHECKS,
    ...ADDRESS_CHECKS,
    ...CONTACTS_CHECKS,
    ...ATTENDANCE_CHECKS,
    ...ASSESSMENTS_CHECKS,
    ...SCHOOLS_CHECKS,
    ...PARTIAL_CHECKS,
  ],
  ({ group }) => group,
)
