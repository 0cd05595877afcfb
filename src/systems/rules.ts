import { authorityOf, nationOf, type OrganisationKind, type Status } from '../establishments/rules.ts'
import type { OrganisationDetails } from '../establishments/index.ts'

/** A role of a system: for COLLECT, a data collection. */
export interface SystemRole {
  code: string
  nameEn: string
  nameCy: string
  /** Kinds of organisation whose people may be given it. */
  kinds: OrganisationKind[]
}

/** A system that signs people in by Secure Access. */
export interface System {
  /** Lower case, such as collect: never an organisation's code. */
  code: string
  nameEn: string
  nameCy: string
  /** Where people open it. */
  url: string
  /** In the order in which they are shown. */
  roles: SystemRole[]
}

/** The roles of a system that people of a kind of organisation may be given. */
export function systemRolesFor({ roles }: Pick<System, 'roles'>, kind: OrganisationKind): SystemRole[] {
  return roles.filter(({ kinds }) => kinds.includes(kind))
}

/** What changes where the roles in `wanted` take the place of those in `held`. */
export function roleChanges(
  held: readonly string[],
  wanted: readonly string[],
): { added: string[]; removed: string[] } {
  const added = [...new Set(wanted)].filter((role) => !held.includes(role))
  return { added, removed: held.filter((role) => !wanted.includes(role)) }
}

/** A code and its name, as DfE Sign-in gives them. */
export interface Coded<Id = string> {
  id: Id
  name: string
}

/**
 * An organisation as a connected system is told of it: the shape that DfE Sign-in uses, with null for what the register
 * does not hold, and the Welsh name beside it.
 */
export interface OrganisationClaim {
  /** The 7-character code: it stays the organisation's own. */
  id: string
  name: string
  /** Null where there is one name only. */
  nameCy: string | null
  category: Coded
  type: Coded | null
  urn: string | null
  uid: null
  ukprn: null
  /** The last four digits of a school's number. */
  establishmentNumber: string | null
  status: Coded<number>
  /** CCYY-MM-DD. */
  closedOn: string | null
  address: string | null
  telephone: string | null
  statutoryLowAge: null
  statutoryHighAge: null
  legacyId: null
  companyRegistrationNumber: null
  localAuthority: { id: string; code: string; name: string } | null
}

/** DfE Sign-in's categories of organisation. */
const CATEGORIES: Record<OrganisationKind, Coded> = {
  school: { id: '001', name: 'Establishment' },
  authority: { id: '002', name: 'Local Authority' },
  department: { id: '011', name: 'Government' },
  supplier: { id: '050', name: 'Software Suppliers' },
}

/** DfE Sign-in's statuses of an organisation. */
const STATUSES: Record<Status, Coded<number>> = {
  open: { id: 1, name: 'Open' },
  closed: { id: 2, name: 'Closed' },
  proposed: { id: 4, name: 'Proposed to open' },
}

/** What the register says of an organisation. */
export type Registered = Pick<
  OrganisationDetails,
  'code' | 'kind' | 'la' | 'urn' | 'nameEn' | 'nameCy' | 'sector' | 'status' | 'closed' | 'postcode' | 'phone'
> & { address: readonly string[] }

/**
 * An organisation as a connected system is told of it.
 * @param authority the English name of the LA of a school
 */
export function asClaim(found: Registered, authority: string | null): OrganisationClaim {
  const isSchool = found.kind === 'school'
  const lines = [...found.address, ...(found.postcode === null ? [] : [found.postcode])]
  return {
    id: found.code,
    name: found.nameEn,
    nameCy: found.nameCy,
    category: CATEGORIES[found.kind],
    type: isSchool ? typeOf(found) : null,
    urn: found.urn,
    uid: null,
    ukprn: null,
    establishmentNumber: isSchool ? found.code.slice(3) : null,
    status: STATUSES[found.status],
    closedOn: found.closed,
    address: lines.length > 0 ? lines.join(', ') : null,
    telephone: found.phone,
    statutoryLowAge: null,
    statutoryHighAge: null,
    legacyId: null,
    companyRegistrationNumber: null,
    localAuthority:
      isSchool && authority !== null
        ? { id: authorityOf(found.code), code: found.la, name: authority }
        : null,
  }
}

/** The types of establishment that the register can tell: every Welsh one is of one type, and pupil referral units. */
function typeOf({ code, sector }: Registered): Coded | null {
  if (nationOf(code) === 'wales') return { id: '30', name: 'Welsh Establishment' }
  return sector === 'pru' ? { id: '14', name: 'Pupil Referral Unit' } : null
}

/**
 * A person's one name in the two parts that applications ask for: the last word, and what stands before it. A single
 * word is a family name without a given one.
 */
export function nameParts(name: string): { given_name?: string; family_name: string } {
  const words = name.split(/\s+/)
  const given = words.slice(0, -1).join(' ')
  return { ...(given === '' ? {} : { given_name: given }), family_name: words.at(-1)! }
}
