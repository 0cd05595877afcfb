/** The Common Transfer File as data: names, reading, checking, writing, comparing. Pure: no database, web, clock or chance. */
export type { CtfHeader, CtfPupil } from './blocks.ts'
export {
  checkCtf,
  checkCtfStream,
  openCheck,
  type CheckOptions,
  type CtfCheck,
  type CtfReading,
} from './check-ctf.ts'
export { CODE_SETS, codeSet, wordOfCode, type Code, type CodeSet } from './codes/code-sets.ts'
export {
  elementsIn,
  isElements,
  isRaw,
  listOf,
  textIn,
  type Content,
  type CtfFile,
  type Elements,
  type RawXml,
  type Single,
} from './content.ts'
export { academicYearOf, currentAcademicYears } from './dates.ts'
export type { Change } from './diff/change.ts'
export { diffPupils } from './diff/diff-pupils.ts'
export { sayChange } from './diff/say-change.ts'
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
export { FINDINGS_KEPT, type CtfPlace, type Finding } from './findings.ts'
export { labelOf } from './labels.ts'
export { mergeFiles, type Merged, type MergeOptions } from './merge.ts'
export { CTF_MODEL, readModel, type ElementRow, type Model } from './model.ts'
export { CtfProblem, readCtf, readPupils, type PupilRead, type ReadOptions } from './read-ctf.ts'
export { readdressCtf } from './readdress.ts'
export { CTF_RULES, findingKey, type CtfRule, type Severity } from './rules.ts'
export { sampleCtf, type SampleOptions } from './sample.ts'
export { sayFinding } from './say-finding.ts'
export { sectionNames, selectFrom, type Selection } from './select.ts'
export { fileOfPart, splitByDestination, splitByPupil, type Part } from './split.ts'
export { viewPupil } from './view/view.ts'
export type { PupilView } from './view/shape.ts'
export { writeCtf, writeFrame, writePupil, type WriteOptions } from './write.ts'
export { XSD_ROOTS, XSD_VERSIONS, xsdOf, type XsdRoot } from './xsd.ts'
