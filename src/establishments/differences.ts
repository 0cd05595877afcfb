import { authorityOf, defaultLanguage, kindOfCode, phoneDigits, type Sector, type Status } from './rules.ts'
import type { Link, Organisation } from './store.ts'

/** What a list says of a school. */
export interface RegisterFields {
  urn: string | null
  nameEn: string
  address: readonly string[]
  town: string | null
  postcode: string | null
  phone: string | null
  sector: Sector | null
  status: Status
  opened: string | null
  closed: string | null
}

const FIELDS = [
  'urn',
  'nameEn',
  'address',
  'town',
  'postcode',
  'phone',
  'sector',
  'status',
  'opened',
  'closed',
] as const satisfies readonly (keyof RegisterFields)[]

/** A school as a list gives it. */
export interface RegisterRow {
  code: string
  urn: string | null
  /** Name of its LA, for an LA that the register does not have. */
  laName: string | null
  /** The number it had before, as a code. */
  previous: string | null
  /** What is compared and taken over. */
  fields: Partial<RegisterFields>
  /** What is taken only for a school that is new to the register. */
  whenNew: Partial<RegisterFields>
}

/** A value of any field. */
export type FieldValue = RegisterFields[keyof RegisterFields]

/** A field's value before and after. */
export type FieldChanges = Partial<Record<keyof RegisterFields, { from: FieldValue; to: FieldValue }>>

/** A school and what changes in it. */
export interface Change {
  code: string
  name: string
  fields: FieldChanges
}

/** Where a list differs from what was corrected by hand, which is kept. */
export interface Conflict {
  code: string
  name: string
  field: keyof RegisterFields
  kept: FieldValue
  file: FieldValue
}

/** A school by code and name. */
export interface Named {
  code: string
  name: string
}

/** What an import would do. */
export interface Differences {
  /** New LAs, then new schools. */
  created: Named[]
  changed: Change[]
  closed: Change[]
  reopened: Change[]
  /** In the register and open, of an LA that the list covers, but not in the list: left as they are. */
  vanished: Named[]
  /** The same school (by its URN) under another number. */
  renumbered: { from: string; to: string; name: string }[]
  conflicts: Conflict[]
  /** The organisations as they are to be written. */
  writes: Organisation[]
  /** From the number that was given up to the one that took its place. */
  links: Link[]
}

/** Compares a list with the register. `covers` says of which schools the list would hold all that are open. */
export function differences(
  known: ReadonlyMap<string, Organisation>,
  rows: ReadonlyMap<string, RegisterRow>,
  covers: (school: Organisation) => boolean,
): Differences {
  const found: Differences = {
    created: [],
    changed: [],
    closed: [],
    reopened: [],
    vanished: [],
    renumbered: [],
    conflicts: [],
    writes: [],
    links: [],
  }
  addAuthorities(found, known, rows)
  const byUrn = new Map([...known.values()].filter((one) => one.urn !== null).map((one) => [one.urn!, one]))
  const moved = new Set<string>()
  for (const row of rows.values()) {
    const old = row.urn === null ? undefined : byUrn.get(row.urn)
    const here = known.get(row.code)
    if (here) compare(found, here, row)
    else if (old && !rows.has(old.code)) {
      moved.add(old.code)
      renumber(found, old, row)
    } else create(found, row)
    if (row.previous !== null && row.previous !== row.code && !rows.has(row.previous)) {
      found.links.push({ from: row.previous, to: row.code, type: 'renumbered', date: null })
    }
  }
  found.vanished = [...known.values()]
    .filter((one) => one.kind === 'school' && one.status !== 'closed')
    .filter((one) => !rows.has(one.code) && !moved.has(one.code) && covers(one))
    .map(named)
  return found
}

function named(one: { code: string; nameEn: string }): Named {
  return { code: one.code, name: one.nameEn }
}

/** An organisation of which no more is known than its code and name. */
export function blankOrganisation(code: string, nameEn: string): Organisation {
  return {
    code,
    kind: kindOfCode(code)!,
    la: code.slice(0, 3),
    nameEn,
    language: defaultLanguage(code),
    status: 'open',
    urn: null,
    nameCy: null,
    address: [],
    town: null,
    postcode: null,
    email: null,
    phone: null,
    sector: null,
    opened: null,
    closed: null,
    corrected: [],
  }
}

function addAuthorities(
  found: Differences,
  known: ReadonlyMap<string, Organisation>,
  rows: ReadonlyMap<string, RegisterRow>,
): void {
  const names = new Map([...rows.values()].map((row) => [authorityOf(row.code), row.laName]))
  for (const [code, name] of names) {
    if (!known.has(code)) add(found, blankOrganisation(code, name ?? code.slice(0, 3)))
  }
}

function add(found: Differences, one: Organisation): void {
  found.created.push(named(one))
  found.writes.push(one)
}

function create(found: Differences, row: RegisterRow): void {
  add(found, { ...blankOrganisation(row.code, ''), ...row.whenNew, ...row.fields })
}

/** The old number closes and leads to the new one, which takes over the address and what was corrected by hand. */
function renumber(found: Differences, old: Organisation, row: RegisterRow): void {
  const { kept } = changesTo(old, row)
  const one = { ...blankOrganisation(row.code, ''), ...row.whenNew, ...row.fields }
  found.writes.push({ ...one, ...kept, email: old.email, language: old.language, corrected: old.corrected })
  found.writes.push({ ...old, urn: null, status: 'closed', corrected: [] })
  found.links.push({ from: old.code, to: row.code, type: 'renumbered', date: null })
  found.renumbered.push({ from: old.code, to: row.code, name: one.nameEn })
}

function compare(found: Differences, here: Organisation, row: RegisterRow): void {
  const { fields, conflicts } = changesTo(here, row)
  found.conflicts.push(...conflicts)
  if (Object.keys(fields).length === 0) return
  const to = Object.fromEntries(Object.entries(fields).map(([field, change]) => [field, change.to]))
  const change: Change = { ...named(here), fields }
  const status = fields.status?.to
  if (status === 'closed') found.closed.push(change)
  else if (fields.status?.from === 'closed') found.reopened.push(change)
  else found.changed.push(change)
  found.writes.push({ ...here, ...to })
}

function changesTo(
  here: Organisation,
  row: RegisterRow,
): { fields: FieldChanges; conflicts: Conflict[]; kept: Partial<RegisterFields> } {
  const fields: FieldChanges = {}
  const conflicts: Conflict[] = []
  const kept: Record<string, FieldValue> = {}
  for (const field of FIELDS) {
    const [from, to] = [here[field], row.fields[field]]
    if (to === undefined || isSame(field, from, to)) continue
    // the day of closing goes with the status, whoever set it
    if (!here.corrected.includes(field === 'closed' ? 'status' : field)) fields[field] = { from, to }
    else {
      kept[field] = from
      if (field !== 'closed') conflicts.push({ ...named(here), field, kept: from, file: to })
    }
  }
  return { fields, conflicts, kept }
}

function isSame(field: keyof RegisterFields, from: FieldValue, to: FieldValue): boolean {
  const [one, other] = [from, to].map((value) =>
    field === 'phone' ? phoneDigits(String(value)) : String(value),
  )
  return one === other
}
