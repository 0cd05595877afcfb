import { isDate } from '../dates.ts'
import type { FileName } from '../file-name.ts'
import { valueOf, type Spot } from '../blocks.ts'
import type { Block } from '../block.ts'

/** How much a finding weighs: a file with an error is refused. */
export type Severity = 'error' | 'warning'

/** What rules are about, in the order of their numbers. */
export const SUBJECTS = [
  'xml',
  'structure',
  'values',
  'header',
  'pupil',
  'details',
  'dates',
  'meals',
  'care',
  'needs',
  'address',
  'contacts',
  'attendance',
  'assessments',
  'schools',
  'partial',
] as const

/** One of SUBJECTS. */
export type Subject = (typeof SUBJECTS)[number]

/** A rule of the check; its words are under `ctf.rules.<rule>` in the locales. */
export interface CtfRule {
  /** Its stable number, ctf-001 and on. */
  rule: string
  severity: Severity
  subject: Subject
  /** The elements it is about; none: any element, or the file as a whole. */
  items: readonly string[]
  /** Where the rule comes from. */
  source: string
  /** Whether the XML schema of the file's version says the same. */
  structural: boolean
}

/** A rule that a block breaks, where in it, and what its words need; no value of a pupil. */
export type BlockBreach = readonly [rule: string, spot: Spot, params?: Record<string, string | number>]

/** What a rule knows beside its block. */
export interface RuleContext {
  /** CCYY-MM-DD. */
  today: string
  /** The file's name, where it is known. */
  name: FileName | null
  /** The file's first header, once it is closed. */
  header: Block | null
  /** The pupil that is being read, open until its own rules are asked. */
  pupil: Block | null
  /** Its date of birth, once that has been read and if it is one: most blocks have dates to compare with it. */
  dob: string | null
}

/** What no single value shows: asked of each block of a group when it closes, so that all is there that stands in it. */
export interface BlockRule {
  /** The name of its children in the content model. */
  group: string
  check(block: Block, context: RuleContext): Iterable<BlockBreach>
}

/** Groups of an admissions transfer file that stand for those of a Common Transfer File. */
const SISTERS = { Pupil: 'ATFpupil', BasicDetails: 'ATFbasicDetails' } as const

/** A rule of both kinds of file. */
export function inBoth(group: keyof typeof SISTERS, check: BlockRule['check']): BlockRule[] {
  return [group, SISTERS[group]].map((one) => ({ group: one, check }))
}

/** No breach; shared, since nearly every block is right. */
export const RIGHT: readonly BlockBreach[] = []

/** Sources that many rules have. */
export const CBDS = 'DfE Common Basic Data Set'

/** The same, of the guide that local authorities follow. */
export const GUIDANCE = 's2s guidance for local authorities'

/** Why an inferred rule only warns. */
export const INFERRED = 'inferred, so it never refuses'

/**
 * Builds the rows of one subject.
 * @param structural whether the XML schema says the same
 */
export function rowsOf(subject: Subject, structural = false) {
  const row =
    (severity: Severity) =>
    (rule: string, items: readonly string[], source: string): CtfRule => ({
      rule,
      severity,
      subject,
      items,
      source,
      structural,
    })
  return { error: row('error'), warning: row('warning') }
}

/** A value that is a date of the calendar, or null; one that is none is found as such elsewhere. */
export function dateOf(block: Block | null, name: string): string | null {
  const value = valueOf(block, name)
  return value !== null && isDate(value) ? value : null
}

/** Whether a boolean is true. */
export function isTrue(block: Block | null, name: string): boolean {
  const value = valueOf(block, name)
  return value === 'true' || value === '1'
}

/** What a partial file is for, by its header or else its name: KS2, ULN, CML …; null of a full one and where nothing says it. */
export function purposeOf(header: Block | null, name: FileName | null): string | null {
  const purpose = valueOf(header, 'DataQualifier')
  if (purpose !== null) return purpose.toUpperCase()
  return name?.kind === 'transfer' ? name.type : null
}
