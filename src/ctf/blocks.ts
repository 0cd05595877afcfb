import type { Block } from './walk.ts'

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
export function valueOf(block: Block | undefined, name: string): string | null {
  return block?.values.get(name)?.value ?? null
}

/** The header, from its block. */
export function readHeader(header: Block): CtfHeader {
  const source = header.blocks.get('SourceSchool')
  const destination = header.blocks.get('DestSchool')
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
  const basic = pupil.blocks.get('BasicDetails')
  const address = pupil.blocks.get('Address')
  const premises = address?.blocks.get('BS7666Address')
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
