import { blockIn, valueOf } from '../blocks.ts'
import { codeSet } from '../codes/code-sets.ts'
import { currentAcademicYears, isDate, isYear } from '../dates.ts'
import type { FileName } from '../file-name.ts'
import type { Block } from '../block.ts'
import {
  CBDS,
  GUIDANCE,
  INFERRED,
  RIGHT,
  rowsOf,
  type BlockBreach,
  type BlockRule,
  type CtfRule,
  type RuleContext,
} from './rule.ts'

const { error, warning } = rowsOf('header')
const form = rowsOf('header', true)
const LA_AND_ESTAB = ['LEA', 'Estab']

/** What the header says, and whether it agrees with the file's name. */
export const HEADER_RULES: readonly CtfRule[] = [
  /** Another document than a Common Transfer File. */
  form.error('ctf-201', ['DocumentName'], `${CBDS} N00600`),
  /** A version that is neither current nor the previous one. */
  warning('ctf-202', ['CTFversion'], 'as One Education does: data may not import'),
  /** An academic year that is not the one in which the file was made. */
  warning('ctf-203', ['AcademicYear'], `${CBDS} N00618; the day on which it turns differs between systems`),
  /** A data qualifier in a full file. */
  warning('ctf-204', ['DataQualifier'], `${CBDS} N00619`),
  /** A qualifier that says another kind of file than its name. */
  warning('ctf-205', ['DocumentQualifier', 'DataQualifier'], `${GUIDANCE}, Appendix 2`),
  /** A source that is not the one in the name. */
  error('ctf-206', LA_AND_ESTAB, `${GUIDANCE}, Appendix 2`),
  /** A destination that is not the one in the name. */
  error('ctf-207', LA_AND_ESTAB, `${GUIDANCE}, Appendix 2`),
  /** An LA number that is not known. */
  warning('ctf-208', ['LEA'], `${CBDS} CS003; numbers were added since 2018`),
  /** A description of a partial file in a full one. */
  warning('ctf-209', ['DataDescriptor'], `${CBDS} N00614`),
  /** XXX and MMM stand for no LA, XXXX and MMMM for no school: one alone says neither. */
  warning('ctf-210', LA_AND_ESTAB, `${CBDS} CS003, N00279; ${INFERRED}`),
  /** A destination of an admissions file that is not the one in the name. */
  warning('ctf-211', LA_AND_ESTAB, `${GUIDANCE}, Appendix 2; ${INFERRED}`),
]

/** The rules of the header and of its two ends. */
export const HEADER_CHECKS: readonly BlockRule[] = [
  { group: 'Header', check: checkPartial },
  { group: 'Header', check: checkKind },
  { group: 'Header', check: checkYear },
  { group: 'SourceSchool', check: checkSource },
  { group: 'DestSchool', check: checkDestination },
  { group: 'SourceSchool', check: checkPair },
  { group: 'DestSchool', check: checkPair },
]

/** CBDS N00619 and N00614 are for partial files only. */
function checkPartial(header: Block): readonly BlockBreach[] {
  if (valueOf(header, 'DocumentQualifier')?.toUpperCase() !== 'FULL') return RIGHT
  const found: BlockBreach[] = []
  if (valueOf(header, 'DataQualifier') !== null) found.push(['ctf-204', 'DataQualifier'])
  if (valueOf(header, 'DataDescriptor') !== null) found.push(['ctf-209', 'DataDescriptor'])
  return found
}

/** The name says which of the two, and which partial, it is. */
function checkKind(header: Block, { name }: RuleContext): readonly BlockBreach[] {
  const qualifier = knownIn('document-qualifier', valueOf(header, 'DocumentQualifier')?.toUpperCase())
  if (!isTransfer(name) || qualifier === null) return RIGHT
  const data = knownIn('data-qualifier', valueOf(header, 'DataQualifier')?.toUpperCase())
  const isFull = name.kind === 'ctf'
  const agrees = qualifier === (isFull ? 'FULL' : 'PARTIAL')
  const dataAgrees = isFull || data === null || data === name.type
  if (agrees && dataAgrees) return RIGHT
  return [['ctf-205', agrees ? 'DataQualifier' : 'DocumentQualifier', { type: name.type }]]
}

/**
 * CBDS N00618: the year in which the academic year began in which the file was made, which may have turned since; in
 * August the one about to begin too. An admissions file is of offers for a year to come, so it is not judged by this.
 */
function checkYear(header: Block, { today }: RuleContext): readonly BlockBreach[] {
  const source = blockIn(header, 'SourceSchool')
  const year = valueOf(source, 'AcademicYear')
  if (!source || year === null || !isYear(year)) return RIGHT
  const made = valueOf(header, 'DateTime')?.slice(0, 10) ?? ''
  const years = currentAcademicYears(isDate(made) && made < today ? made : today)
  if (years.includes(Number(year))) return RIGHT
  return [['ctf-203', [source, 'AcademicYear'], { year, expected: years[0]! }]]
}

/** A code, or null where it is none: that is found as such, and says nothing of the kind of file. */
const knownIn = (set: string, code: string | undefined): string | null =>
  code !== undefined && codeSet(set).codes.has(code) ? code : null

const isTransfer = (name: FileName | null): name is FileName =>
  name?.kind === 'ctf' || name?.kind === 'transfer'

function checkSource(school: Block, { name }: RuleContext): readonly BlockBreach[] {
  return checkEnd(school, 'ctf-206', isTransfer(name) ? name.source : null)
}

/** Of an admissions file its source is not compared: in names that is the department (681ADMS), in headers the LA. */
function checkDestination(school: Block, { name }: RuleContext): readonly BlockBreach[] {
  return checkEnd(school, isTransfer(name) ? 'ctf-207' : 'ctf-211', name?.destination ?? null)
}

/** The establishment in the header is the one in the file's name (guidance for local authorities, Appendix 2). */
function checkEnd(school: Block, rule: string, inName: string | null): readonly BlockBreach[] {
  const lea = valueOf(school, 'LEA')
  const estab = valueOf(school, 'Estab')
  if (inName === null || lea === null || estab === null) return RIGHT
  const inFile = `${lea}${estab}`.toUpperCase()
  return inFile === inName ? RIGHT : [[rule, 'LEA', { inName, inFile: inFile.slice(0, 14) }]]
}

/**
 * Whether a full file is addressed to nobody, XXXXXXX or MMMMMMM, by its header: all there is to go by where its name
 * says nothing.
 */
export function isForNobody(header: Block | null): boolean {
  const lea = valueOf(blockIn(header, 'DestSchool'), 'LEA')
  return (lea === 'XXX' || lea === 'MMM') && valueOf(header, 'DocumentQualifier')?.toUpperCase() === 'FULL'
}

/** XXX goes with XXXX and MMM with MMMM. */
function checkPair(school: Block): readonly BlockBreach[] {
  const lea = valueOf(school, 'LEA')
  const estab = valueOf(school, 'Estab')
  if (lea === null || estab === null) return RIGHT
  const isPair = (lea === 'XXX') === (estab === 'XXXX') && (lea === 'MMM') === (estab === 'MMMM')
  return isPair ? RIGHT : [['ctf-210', 'Estab', { inFile: `${lea}${estab}`.slice(0, 14) }]]
}
