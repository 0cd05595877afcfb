/** A value of the file as a school reads it. */
export interface Value {
  /** Where it stands in the pupil, e.g. `Contacts/Contact[2]/Surname`; null for what is worked out from the file. */
  path: string | null
  /** As it stands in the file; empty for what is worked out. */
  raw: string
  /** In words: 14 March 2015, Yes, English. */
  text: string
  /** The code behind the words, e.g. ENG; null where the text says all. */
  code: string | null
  /** To be read in letters of one width: marks, and XML as it stood. */
  fixed?: true
}

/** Values that are read in one line. */
export type Line = readonly Value[]

/** What something is called, and what it is. */
export interface Fact {
  label: string
  /** Where its element stands or would stand. */
  path: string
  lines: readonly Line[]
}

/** The same about several things, a row each. */
export interface Table {
  title: string
  path: string
  heads: readonly string[]
  /** Cells, as many as heads; an empty line where a thing does not have it. */
  rows: readonly (readonly Line[])[]
  /** Shown when it is asked for: a picture says the same. */
  folded?: true
}

/** Sessions of a year, for a picture. */
export interface YearShare {
  label: string
  possible: number
  attended: number
  authorised: number
  unauthorised: number
}

/** Five or seven days of marks, a morning and an afternoon each; null before the first and after the last. */
export interface MarkWeek {
  /** The Monday, CCYY-MM-DD. */
  monday: string
  marks: readonly (string | null)[]
}

/** Numeric results that can be compared with one another: one subject, method, component and kind of result. */
export interface ResultSeries {
  label: string
  points: readonly { year: number; value: number; raw: string; status: string }[]
}

/** What is drawn as a picture; the same facts stand in the tables beside it. */
export type Picture =
  | { is: 'attendance'; years: readonly YearShare[] }
  | { is: 'marks'; days: 5 | 7; weeks: readonly MarkWeek[] }
  | { is: 'results'; years: readonly number[]; series: readonly ResultSeries[] }

/** A part of what the file says about a pupil. */
export interface Block {
  path: string
  title: Line
  /** Things one after the other in time. */
  timeline?: true
  /** What stands behind the facts is shown when it is asked for, or open from the beginning. */
  fold?: 'closed' | 'open'
  facts: readonly Fact[]
  pictures: readonly Picture[]
  tables: readonly Table[]
  /** A remark about what is shown. */
  notes: readonly string[]
  blocks: readonly Block[]
}

/** The sections of a pupil, in the order in which they are read and filled: needs take theirs out of the details for Wales. */
export const SECTION_NAMES = [
  'identity',
  'home',
  'contacts',
  'freeMeals',
  'lookedAfter',
  'needs',
  'wales',
  'attendance',
  'assessments',
  'history',
  'other',
] as const

/** The name of a section. */
export type SectionName = (typeof SECTION_NAMES)[number]

/** A pupil as a school reads one. */
export interface PupilView {
  /** Forename and surname, as the file has them; empty where it has neither. */
  name: string
  /** Where the file comes from and what it is. */
  file: readonly Fact[]
  sections: readonly (Block & { section: SectionName })[]
}
