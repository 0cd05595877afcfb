/** A pupil of a Common Transfer File as a school reads one. Pure. */
export { drawPicture } from './draw.ts'
export { placeFindings } from './place-findings.ts'
export {
  SECTION_NAMES,
  type Block,
  type Fact,
  type Line,
  type Picture,
  type PupilView,
  type SectionName,
  type Table,
  type Value,
} from './shape.ts'
export { pupilAsText } from './terminal.ts'
export { viewPupil } from './view.ts'
