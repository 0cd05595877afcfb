import type { Block, Standing } from './walk.ts'

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
  return standingIn(block, name)?.value ?? null
}

/** The first block of a name in a block, or null. */
function blockIn(block: Block | null, name: string): Block | null {
  return standingIn(block, name)?.block ?? null
}

/** Offset of a block's value, or of the block where it has none of that name. */
export function placeOf(block: Block, name: string | null): number {
  const standing = name === null ? undefined : standingIn(block, name)
  return standing && standing.value !== null ? standing.at : block.at
}

function standingIn(block: Block | null, name: string): Standing | undefined {
  const child = block?.plan.children.get(name)
  return child && block?.standing[child.row.order]
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
