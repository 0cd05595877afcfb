import type { Chance } from './prng.ts'
import type { Heritage, InventedSchool } from './sample-words.ts'

/** The kinds of file that samples are made of: a full file, an admissions file, and each partial by its qualifier (CBDS CS065). */
export const SAMPLE_KINDS = [
  'CTF',
  'ATF',
  'FSP',
  'KS1',
  'KS2',
  'KS3',
  'PHO',
  'FSM',
  'ULN',
  'OTH',
  'FPH',
  'WNT',
  'CMJ',
  'CML',
] as const

/** One of SAMPLE_KINDS. */
export type SampleKind = (typeof SAMPLE_KINDS)[number]

/** What is the same for every pupil of a sample. */
export interface SampleFrame {
  luck: Chance
  kind: SampleKind
  version: number
  /** The day on which it is made, CCYY-MM-DD. */
  today: string
  /** The year in which its academic year began. */
  year: number
  /** By whose rules the source teaches. */
  locale: 'WAL' | 'ENG'
  source: InventedSchool
  /** Sessions of the terms that have been, by academic year. */
  terms: Map<number, readonly Term[]>
}

/** A term: its first day and the characters of its marks, where `/\` is a day of school. */
export interface Term {
  start: string
  marks: string
}

/** Somebody who is invented, before anything is written of them. */
export interface Child {
  upn: string
  /** On 31 August of the year in which the academic year began. */
  age: number
  sex: 'M' | 'F'
  forename: string
  /** CCYY-MM-DD */
  dob: string
  family: Family
  /** From 0 to 1: how high results lie. */
  bent: number
  /** Has every block. */
  all: boolean
}

/** Those that siblings share. */
export interface Family {
  kind: FamilyKind
  heritage: Heritage
  surname: string
  home: Home
  /** The last digits of its telephone numbers and addresses of e-mail. */
  line: number
  inForces: boolean
}

/** Who brings the children up. */
export type FamilyKind = 'together' | 'apart' | 'two mothers' | 'step' | 'one' | 'grandparents' | 'foster'

/** Where somebody lives. */
export interface Home {
  flat: number | null
  number: number
  street: string
  town: string
  area: string
  postcode: string
  /** Whether their school's system keeps addresses as lines. */
  inLines: boolean
}

/** Two digits. */
export const two = (number: number): string => String(number).padStart(2, '0')
