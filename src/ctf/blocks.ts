import { pathOf, placeInBlock, type Block } from './walk.ts'

/** A pupil as the file names it; values as written but for spaces around them, null where absent or empty. */
export interface CtfPupil {
  /** Its place in the file, counted from 1. */
  index: number
  upn: string | null
  formerUpn: string | null
  uln: string | null
  surname: string | null
  forename: string | null
  middleNames: string | null
  formerSurname: string | null
  preferredSurname: string | null
  preferredForename: string | null
  /** CCYY-MM-DD. */
  dob: string | null
  /** M or F, from Sex or else Gender. */
  sex: string | null
  postcode: string | null
  /** The address's town, or else its post town. */
  town: string | null
}

/** What the header says; null where absent or empty. */
export interface CtfHeader {
  documentName: string | null
  version: string | null
  dateTime: string | null
  documentQualifier: string | null
  dataQualifier: string | null
  supplierId: string | null
  source: {
    lea: string | null
    estab: string | null
    urn: string | null
    schoolName: string | null
    academicYear: string | null
  }
  destination: { lea: string | null; estab: string | null; urn: string | null }
}

/** A block's value, or null. */
export function valueOf(block: Block | null, name: string): string | null {
  const row = block?.plan.rows.get(name)
  return row ? block!.values[row.order]! : null
}

/** Its values where it may have several, as written but for spaces around them: at most the first 1,000. */
export function valuesOf(block: Block | null, name: string): readonly string[] {
  const row = block?.plan.rows.get(name)
  return (row && block!.lists?.[row.order]) ?? NONE
}

const NONE: readonly never[] = []

/** The first block of a name in a block, or null. */
export function blockIn(block: Block | null, name: string): Block | null {
  return blocksIn(block, name)[0] ?? null
}

/** All blocks of a name in a block: at most the first 1,000. */
export function blocksIn(block: Block | null, name: string): readonly Block[] {
  const row = block?.plan.rows.get(name)
  return (row && block!.blocks?.[row.order]) ?? NONE
}

/** What a finding is about: its block (null), a child of that by name, another block, or a child of that. */
export type Spot = string | null | Block | readonly [block: Block, child: string | null]

/** Where a spot is: at the value, or at the block where it has none of that name. */
export function placeOf(asked: Block, spot: Spot): { line: number; column: number; path: () => string } {
  const [block, child] = apart(asked, spot)
  const row = child === null ? undefined : block.plan.rows.get(child)
  const stands = row !== undefined && block.values[row.order] !== null
  const { line, column } = stands ? placeInBlock(block, row.order) : block
  return { line, column, path: () => pathOf(block, child) }
}

function apart(asked: Block, spot: Spot): readonly [Block, string | null] {
  if (spot === null || typeof spot === 'string') return [asked, spot]
  return 'plan' in spot ? [spot, null] : spot
}

/** A value by itself: as read it may be a part of the text around it, all of which it would keep in memory. */
export function own(value: string): string {
  return Buffer.from(value).toString()
}

/** The same of a block's value. */
function ownValue(block: Block | null, name: string): string | null {
  const value = valueOf(block, name)
  return value === null ? null : own(value)
}

/** The header, from its block. */
export function readHeader(header: Block): CtfHeader {
  const source = blockIn(header, 'SourceSchool')
  const destination = blockIn(header, 'DestSchool')
  return {
    documentName: ownValue(header, 'DocumentName'),
    version: ownValue(header, 'CTFversion'),
    dateTime: ownValue(header, 'DateTime'),
    documentQualifier: ownValue(header, 'DocumentQualifier'),
    dataQualifier: ownValue(header, 'DataQualifier'),
    supplierId: ownValue(header, 'SupplierID'),
    source: {
      lea: ownValue(source, 'LEA'),
      estab: ownValue(source, 'Estab'),
      urn: ownValue(source, 'URN'),
      schoolName: ownValue(source, 'SchoolName'),
      academicYear: ownValue(source, 'AcademicYear'),
    },
    destination: {
      lea: ownValue(destination, 'LEA'),
      estab: ownValue(destination, 'Estab'),
      urn: ownValue(destination, 'URN'),
    },
  }
}

/** A pupil, from its block. */
export function readPupil(pupil: Block, index: number): CtfPupil {
  const basic = blockIn(pupil, 'BasicDetails')
  const address = blockIn(pupil, 'Address')
  const premises = blockIn(address, 'BS7666Address')
  return {
    index,
    upn: ownValue(pupil, 'UPN'),
    formerUpn: ownValue(basic, 'FormerUPN'),
    uln: ownValue(pupil, 'UniqueLearnerNumber'),
    surname: ownValue(pupil, 'Surname'),
    forename: ownValue(pupil, 'Forename'),
    middleNames: ownValue(basic, 'MiddleNames'),
    formerSurname: ownValue(basic, 'FormerSurname'),
    preferredSurname: ownValue(basic, 'PreferredSurname'),
    preferredForename: ownValue(basic, 'PreferredForename'),
    dob: ownValue(pupil, 'DOB'),
    sex: ownValue(pupil, 'Sex') ?? ownValue(pupil, 'Gender'),
    postcode: ownValue(address, 'PostCode'),
    town: ownValue(premises, 'Town') ?? ownValue(premises, 'PostTown'),
  }
}
