import type { FileName } from './file-name.ts'
import type { Block } from './walk.ts'
import { valueOf } from './blocks.ts'

/** A rule that a block breaks, and which of its children it is about (null: the block itself). */
export type BlockBreach = [rule: string, child: string | null, params?: Record<string, string | number>]

/** What no single value of a block shows. */
export function checkBlock(block: Block, name: FileName | null): BlockBreach[] {
  switch (block.name) {
    case 'Header':
      return checkHeader(block, name)
    case 'SourceSchool':
      return checkEnd(block, 'ctf-206', name?.source)
    case 'DestSchool':
      return checkEnd(block, 'ctf-207', name?.destination)
    case 'Pupil':
      return checkSex(block)
    case 'BS7666Address':
      return checkAddress(block)
    default:
      return []
  }
}

/** CBDS N00619 is for partial files only; and the name says which of the two, and which partial, it is. */
function checkHeader(header: Block, name: FileName | null): BlockBreach[] {
  const qualifier = valueOf(header, 'DocumentQualifier')?.toUpperCase()
  const data = valueOf(header, 'DataQualifier')?.toUpperCase()
  if (data !== undefined && qualifier === 'FULL') return [['ctf-204', 'DataQualifier']]
  if (!name || qualifier === undefined) return []
  if (qualifier !== (name.kind === 'ctf' ? 'FULL' : 'PARTIAL')) {
    return [['ctf-205', 'DocumentQualifier', { type: name.type }]]
  }
  const agrees = name.kind === 'ctf' || data === undefined || data === name.type
  return agrees ? [] : [['ctf-205', 'DataQualifier', { type: name.type }]]
}

/** The establishment in the header is the one in the file's name (guidance for local authorities, Appendix 2). */
function checkEnd(school: Block, rule: string, inName: string | undefined): BlockBreach[] {
  const lea = valueOf(school, 'LEA')
  const estab = valueOf(school, 'Estab')
  if (inName === undefined || lea === null || estab === null) return []
  const inFile = `${lea}${estab}`.toUpperCase()
  return inFile === inName ? [] : [[rule, 'LEA', { inName, inFile: inFile.slice(0, 14) }]]
}

/** Gender was followed by Sex in a version that is not verified, so either is read in any. */
function checkSex(pupil: Block): BlockBreach[] {
  const sex = valueOf(pupil, 'Sex')
  const gender = valueOf(pupil, 'Gender')
  if (sex === null && gender === null) return [['ctf-314', null]]
  return sex !== null && gender !== null && sex !== gender ? [['ctf-315', 'Sex']] : []
}

/** CBDS N00033 to N00035: at least one of the three. */
function checkAddress(address: Block): BlockBreach[] {
  const places = ['Locality', 'Town', 'AdministrativeArea']
  const isEmpty = address.standing.every((standing) => (standing?.value ?? null) === null)
  return isEmpty || places.some((name) => valueOf(address, name) !== null) ? [] : [['ctf-318', null]]
}
