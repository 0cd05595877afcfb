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

/** Where findings are gathered: all are counted, the first thousand of each severity kept. */
export interface Findings {
  readonly counts: Record<Severity, number>
  /** @param path asked only if the finding is kept */
  add(
    rule: string,
    line: number,
    column: number,
    path: () => string,
    pupil: Finding['pupil'],
    params?: Finding['params'],
  ): void
  /** At most FINDINGS_KEPT in the order of the file, errors before warnings where not all can be kept. */
  list(): Finding[]
}

/** An empty gathering. A pupil's UPN may still be read after a finding in it. */
export function gatherFindings(): Findings {
  const kept: Record<Severity, Finding[]> = { error: [], warning: [] }
  const counts = { error: 0, warning: 0 }
  return {
    counts,
    add(rule, line, column, path, pupil, params = {}) {
      const severity = SEVERITY.get(rule)!
      counts[severity]++
      if (kept[severity].length >= FINDINGS_KEPT) return
      const place = { line, column, path: cut(path(), 200), pupil }
      kept[severity].push({ rule, severity, params: shortened(params), ...place })
    },
    list() {
      const all = [...kept.error, ...kept.warning].slice(0, FINDINGS_KEPT)
      return all.toSorted((one, other) => one.line - other.line || one.column - other.column)
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
