import { blockIn, valueOf } from '../blocks.ts'
import type { Block } from '../block.ts'
import {
  CBDS,
  INFERRED,
  RIGHT,
  inBoth,
  isTrue,
  rowsOf,
  type BlockBreach,
  type BlockRule,
  type CtfRule,
  type RuleContext,
} from './rule.ts'

const { error, warning } = rowsOf('address')
const form = rowsOf('address', true)
const POSTCODE = `${CBDS} N00037`
const PLACES = ['Locality', 'Town', 'AdministrativeArea']

/** Addresses of pupils and contacts. */
export const ADDRESS_RULES: readonly CtfRule[] = [
  /** A postcode that is none. */
  form.error('ctf-316', ['PostCode'], POSTCODE),
  /** A postcode in another spelling, or with a letter that does not occur in its place. */
  warning('ctf-317', ['PostCode'], POSTCODE),
  /** An address without locality, town and area. */
  error('ctf-318', PLACES, `${CBDS} N00033 to N00035`),
  /** A contact's address that is the pupil's, and another one beside it. */
  warning('ctf-401', ['AddressAsPupil'], `${CBDS} N00121; ${INFERRED}`),
  /** A contact's address that is the pupil's, who has none. */
  warning('ctf-402', ['AddressAsPupil'], `${CBDS} N00121; ${INFERRED}`),
  /** A pupil's own address that says it is the pupil's. */
  warning('ctf-403', ['AddressAsPupil'], `${CBDS} N00121: of contacts; ${INFERRED}`),
]

/** The rules of addresses. */
export const ADDRESS_CHECKS: readonly BlockRule[] = [
  { group: 'BS7666Address', check: checkPlaces },
  { group: 'Contact', check: checkAsPupil },
  ...inBoth('Pupil', checkOwn),
]

/** CBDS N00033 to N00035: at least one of the three; a street may be missing. */
function checkPlaces(address: Block): readonly BlockBreach[] {
  const isEmpty = address.values.every((value) => value === null)
  return isEmpty || PLACES.some((name) => valueOf(address, name) !== null) ? RIGHT : [['ctf-318', null]]
}

function checkAsPupil(contact: Block, { pupil }: RuleContext): readonly BlockBreach[] {
  const address = blockIn(contact, 'Address')
  if (!address || !isTrue(address, 'AddressAsPupil')) return RIGHT
  const hasOther = blockIn(address, 'BS7666Address') || blockIn(address, 'AddressLines')
  if (hasOther) return [['ctf-401', [address, 'AddressAsPupil']]]
  return blockIn(pupil, 'Address') ? RIGHT : [['ctf-402', [address, 'AddressAsPupil']]]
}

function checkOwn(pupil: Block): readonly BlockBreach[] {
  const address = blockIn(pupil, 'Address')
  return valueOf(address, 'AddressAsPupil') === null ? RIGHT : [['ctf-403', [address!, 'AddressAsPupil']]]
}
