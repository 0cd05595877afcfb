import { elementsIn, textIn, type CtfFile, type Elements } from './content.ts'
import { academicYearOf } from './dates.ts'

/** What stands in a file's header that its name says too. */
export interface Ends {
  /** CTF, the qualifier of a partial file, e.g. KS2, or ATF. */
  type: string
  /** Seven characters; null where the header does not have them. */
  source: string | null
  destination: string | null
}

/** The parts of the name that a file's header asks for. */
export function endsOf({ root, header }: Pick<CtfFile, 'root' | 'header'>): Ends {
  const isPartial = textIn(header, 'DocumentQualifier')?.toLowerCase() === 'partial'
  const qualifier = isPartial ? textIn(header, 'DataQualifier') : null
  return {
    type: root === 'ATfile' ? 'ATF' : (qualifier?.toUpperCase() ?? 'CTF'),
    source: codeOf(header, 'SourceSchool'),
    destination: codeOf(header, 'DestSchool'),
  }
}

function codeOf(header: Elements, school: string): string | null {
  const block = elementsIn(header, school)[0] ?? null
  const code = `${textIn(block, 'LEA') ?? ''}${textIn(block, 'Estab') ?? ''}`.toUpperCase()
  return code.length === 7 ? code : null
}

/** What is written anew in the header of a file that is made from others. */
export interface NewHeader {
  /** When it is made: CCYY-MM-DDThh:mm:ss. */
  now: string
  /** Seven characters; without it the destination stays. */
  destination?: string | undefined
  /** What it is a partial file of, e.g. KS2 (CBDS CS065). */
  qualifier?: string | undefined
}

/**
 * The header of a file made from another: the moment, with its academic year (CBDS N00618), and the destination
 * without the old one's URN; the version stays, since the data is as that version has it.
 */
export function renewHeader(header: Elements, { now, destination, qualifier }: NewHeader): Elements {
  const source = elementsIn(header, 'SourceSchool')[0]
  const to = destination && { LEA: destination.slice(0, 3), Estab: destination.slice(3) }
  return {
    ...header,
    DateTime: now,
    ...(qualifier ? { DocumentQualifier: 'partial', DataQualifier: qualifier } : {}),
    ...(source && 'AcademicYear' in source
      ? { SourceSchool: { ...source, AcademicYear: academicYearOf(now) } }
      : {}),
    ...(to ? { DestSchool: to } : {}),
  }
}
