import { blockIn, blocksIn, valueOf } from '../blocks.ts'
import type { Block } from '../block.ts'
import {
  CBDS,
  INFERRED,
  RIGHT,
  purposeOf,
  rowsOf,
  type BlockBreach,
  type BlockRule,
  type CtfRule,
  type RuleContext,
} from './rule.ts'

const { error, warning } = rowsOf('partial')
const LRS = 'DfE page on CTF 12: the Learning Records Service rejects it (RC10)'
const MISSING = `${CBDS} CS065; what such a file holds is ${INFERRED}`

/** What partial files are for, and what they need for it. */
export const PARTIAL_RULES: readonly CtfRule[] = [
  /** A request for ULNs without a postcode. */
  error('ctf-801', ['PostCode'], LRS),
  /** A request for ULNs without an address that can be looked up. */
  error('ctf-802', ['PAON', 'Street', 'Town', 'AddressLine1'], LRS),
  /** A request for ULNs with more than it needs. */
  warning('ctf-803', [], 's2s questions on ULNs (2013): anything wrong in it refuses the whole file'),
  /** A request for ULNs to another school. */
  warning('ctf-804', ['DestSchool'], 's2s questions on ULNs (2013): the answer comes to the school itself'),
  /** Children missing education: not to an LA. */
  warning('ctf-811', ['DestSchool'], MISSING),
  /** Children missing education: something that they are found by is missing. */
  warning('ctf-812', ['Address', 'Contacts', 'SchoolHistory'], MISSING),
  /** Children missing education: no grounds on which the name was removed. */
  warning('ctf-813', ['RemovalGrounds'], `${CBDS} N00210; ${MISSING}`),
  /** Nothing of what the file is for. */
  warning('ctf-821', ['DataQualifier'], MISSING),
]

/** The rules of partial files. */
export const PARTIAL_CHECKS: readonly BlockRule[] = [
  { group: 'Header', check: checkDestination },
  { group: 'Pupil', check: checkPupil },
]

/** The children of Header are all there, though the header itself is still open. */
function checkDestination(header: Block, { name }: RuleContext): readonly BlockBreach[] {
  const purpose = purposeOf(header, name)
  const destination = blockIn(header, 'DestSchool')
  if (purpose === null || !destination) return RIGHT
  if (purpose === 'ULN' && codeOf(destination) !== codeOf(blockIn(header, 'SourceSchool'))) {
    return [['ctf-804', [destination, null]]]
  }
  const isMissing = purpose === 'CMJ' || purpose === 'CML'
  return isMissing && valueOf(destination, 'Estab') !== 'LLLL'
    ? [['ctf-811', [destination, 'Estab'], { type: purpose }]]
    : RIGHT
}

const codeOf = (school: Block | null): string =>
  `${valueOf(school, 'LEA') ?? ''}${valueOf(school, 'Estab') ?? ''}`

function checkPupil(pupil: Block, { header, name }: RuleContext): readonly BlockBreach[] {
  const purpose = purposeOf(header, name)
  if (purpose === null) return RIGHT
  if (purpose === 'ULN') return checkUlnRequest(pupil)
  if (purpose === 'CMJ' || purpose === 'CML') return checkMissingChild(pupil, purpose)
  const block = HOLDS[purpose]
  return block === undefined || blockIn(pupil, block)
    ? RIGHT
    : [['ctf-821', block, { type: purpose, element: block }]]
}

/** The block that a partial file is about, by its qualifier (CBDS CS065). */
const HOLDS: Readonly<Record<string, string>> = {
  FSM: 'FSMhistory',
  FPH: 'StageAssessments',
  FSP: 'StageAssessments',
  KS1: 'StageAssessments',
  KS2: 'StageAssessments',
  KS3: 'StageAssessments',
  PHO: 'StageAssessments',
  WNT: 'StageAssessments',
}

/** What a request for ULNs is better without. */
const NOT_ASKED = [
  'FSMhistory',
  'NAWdetails',
  'LookedAfter',
  'SENhistory',
  'Contacts',
  'Attendance',
  'StageAssessments',
  'SchoolHistory',
]

/** A pupil with a ULN is part of an answer, not of a request. */
function checkUlnRequest(pupil: Block): readonly BlockBreach[] {
  if (valueOf(pupil, 'UniqueLearnerNumber') !== null) return RIGHT
  const found: BlockBreach[] = []
  const address = blockIn(pupil, 'Address')
  if (valueOf(address, 'PostCode') === null) found.push(['ctf-801', address ? [address, 'PostCode'] : null])
  if (!canBeLookedUp(address)) found.push(['ctf-802', address && [address, null]])
  const more = NOT_ASKED.find((name) => blockIn(pupil, name))
  if (more !== undefined) found.push(['ctf-803', [blockIn(pupil, more)!, null], { element: more }])
  return found
}

/** A house in a street of a place, or a first line. */
function canBeLookedUp(address: Block | null): boolean {
  const house = blockIn(address, 'BS7666Address')
  const isNamed = ['Locality', 'Town', 'AdministrativeArea'].some((name) => valueOf(house, name) !== null)
  if (isNamed && valueOf(house, 'PAON') !== null && valueOf(house, 'Street') !== null) return true
  return valueOf(blockIn(address, 'AddressLines'), 'AddressLine1') !== null
}

/** Pupils who have joined or left a school while nobody knows where from or where to. */
function checkMissingChild(pupil: Block, type: string): readonly BlockBreach[] {
  const found: BlockBreach[] = []
  const missing = ['Address', 'Contacts', 'SchoolHistory'].find((name) => !blockIn(pupil, name))
  if (missing !== undefined) found.push(['ctf-812', missing, { type, element: missing }])
  const history = blockIn(pupil, 'SchoolHistory')
  const isRemoved = blocksIn(history, 'School').some((one) => valueOf(one, 'RemovalGrounds') !== null)
  if (type === 'CML' && history && !isRemoved) found.push(['ctf-813', [history, null]])
  return found
}
