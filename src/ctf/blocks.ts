import { pathOf, placeInBlock, type Block } from './block.ts'

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
  const order = block?.plan.orders[name]
  return order === undefined ? null : block!.values[order]!
}

/** Its values where it may have several, as written but for spaces around them: at most the first 1,000. */
export function valuesOf(block: Block | null, name: string): readonly string[] {
  const order = block?.plan.orders[name]
  return (order && block.lists?.[order]) || NONE
}

const NONE: readonly never[] = []

/** The first block of a name in a block, or null. */
export function blockIn(block: Block | null, name: string): Block | null {
  return blocksIn(block, name)[0] ?? null
}

/** All blocks of a name in a block: at most the first 1,000. */
export function blocksIn(block: Block | null, name: string): readonly Block[] {
  const order = block?.plan.orders[name]
  return (order && block.blocks?.[order]) || NONE
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

/** The header, from its block. */
export function readHeader(header: Block): CtfHeader {
  const source = blockIn(header, 'SourceSchool')
  const destination = blockIn(header, 'DestSchool')
  return {
    documentName: valueOf(header, 'DocumentName'),
    version: valueOf(header, 'CTFversion'),
    dateTime: valueOf(header, 'DateTime'),
    documentQualifier: valueOf(header, 'DocumentQualifier'),
    dataQualifier: valueOf(header, 'DataQualifier'),
    supplierId: valueOf(header, 'SupplierID'),
    source: {
      lea: valueOf(source, 'LEA'),
      estab: valueOf(source, 'Estab'),
      urn: valueOf(source, 'URN'),
      schoolName: valueOf(source, 'SchoolName'),
      academicYear: valueOf(source, 'AcademicYear'),
    },
    destination: {
      lea: valueOf(destination, 'LEA'),
      estab: valueOf(destination, 'Estab'),
      urn: valueOf(destination, 'URN'),
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
    upn: valueOf(pupil, 'UPN'),
    formerUpn: valueOf(basic, 'FormerUPN'),
    uln: valueOf(pupil, 'UniqueLearnerNumber'),
    surname: valueOf(pupil, 'Surname'),
    forename: valueOf(pupil, 'Forename'),
    middleNames: valueOf(basic, 'MiddleNames'),
    formerSurname: valueOf(basic, 'FormerSurname'),
    preferredSurname: valueOf(basic, 'PreferredSurname'),
    preferredForename: valueOf(basic, 'PreferredForename'),
    dob: valueOf(pupil, 'DOB'),
    sex: valueOf(pupil, 'Sex') ?? valueOf(pupil, 'Gender'),
    postcode: valueOf(address, 'PostCode'),
    town: valueOf(premises, 'Town') ?? valueOf(premises, 'PostTown'),
  }
}
