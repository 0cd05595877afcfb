/** The Common Transfer File as data: names, reading, checking, writing. Pure: no database, web, clock or chance. */
export {
  FILE_KINDS,
  NAME_PROBLEMS,
  fileNameOf,
  nextSerial,
  parseFileName,
  type FileKind,
  type FileName,
  type NameProblem,
  type ParsedName,
} from './file-name.ts'
export {
  checkCtf,
  checkCtfStream,
  openCheck,
  type CheckOptions,
  type CtfCheck,
  type CtfReading,
} from './check-ctf.ts'
export type { CtfHeader, CtfPupil } from './blocks.ts'
export { FINDINGS_KEPT, type CtfPlace, type Finding } from './findings.ts'
export { CTF_RULES, findingKey, type CtfRule, type Severity } from './rules.ts'
export { CTF_MODEL, ELEMENTS, GROUPS, readModel, type ElementRow, type Model } from './model.ts'
export { academicYearOf, currentAcademicYears } from './dates.ts'
export { writeCtf } from './write.ts'
export { sampleCtf, type SampleOptions } from './sample.ts'
export { readdressCtf } from './readdress.ts'
export { CtfProblem, readCtf, readPupils, type PupilRead, type ReadOptions } from './read-ctf.ts'
export type { Content, CtfFile, Elements, RawXml, Single } from './content.ts'
