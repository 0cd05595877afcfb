import { placesIn } from '../kit/xml-place.ts'
import { SEVERITY, type Severity } from './rules.ts'

/** Where in a file something is. */
export interface CtfPlace {
  /** Counted from 1. */
  line: number
  /** Counted from 1, in UTF-16 code units. */
  column: number
  /** Element names from the root down, e.g. CTfile/CTFpupilData/Pupil/DOB; at most 200 characters. */
  path: string
  /** The pupil it is about: its place in the file, counted from 1, and its UPN where it has one. */
  pupil: { index: number; upn: string | null } | null
}

/** Something that the check found. */
export interface Finding extends CtfPlace {
  /** The rule's number, as in CTF_RULES. */
  rule: string
  severity: Severity
  /** For the placeholders of its words: element names, limits and codes; no names of pupils, at most 100 characters each. */
  params: Record<string, string | number>
}

/** Most findings a reading keeps; all are counted. */
export const FINDINGS_KEPT = 1000

/** A finding before its line is looked up; the pupil's UPN may still be read after it. */
interface Draft extends Pick<Finding, 'rule' | 'params' | 'path' | 'pupil'> {
  at: number
}

/** Where findings are gathered: all are counted, the first thousand of each severity kept. */
export interface Findings {
  readonly counts: Record<Severity, number>
  /** @param path asked only if the finding is kept */
  add(rule: string, at: number, path: () => string, pupil: Finding['pupil'], params?: Finding['params']): void
  /** At most FINDINGS_KEPT in the order of the file, errors before warnings where not all can be kept. */
  list(text: string): Finding[]
}

/** An empty gathering. */
export function gatherFindings(): Findings {
  const kept: Record<Severity, Draft[]> = { error: [], warning: [] }
  const counts = { error: 0, warning: 0 }
  return {
    counts,
    add(rule, at, path, pupil, params = {}) {
      const severity = SEVERITY.get(rule)!
      counts[severity]++
      if (kept[severity].length >= FINDINGS_KEPT) return
      kept[severity].push({ rule, at, path: cut(path(), 200), pupil, params: shortened(params) })
    },
    list(text) {
      const drafts = [...kept.error, ...kept.warning].slice(0, FINDINGS_KEPT).toSorted((a, b) => a.at - b.at)
      const places = placesIn(
        text,
        drafts.map((draft) => draft.at),
      )
      return drafts.map(({ rule, params, path, pupil }, index) => {
        const { line, column } = places[index]!
        return { rule, severity: SEVERITY.get(rule)!, params, line, column, path, pupil }
      })
    },
  }
}

/** A text cut short, maybe within a character: databases and strict readers of JSON take no half. */
export function cut(text: string, length: number): string {
  return text.slice(0, length).toWellFormed()
}

function shortened(params: Finding['params']): Finding['params'] {
  const short = (value: string | number) => (typeof value === 'string' ? cut(value, 100) : value)
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, short(value)]))
}
