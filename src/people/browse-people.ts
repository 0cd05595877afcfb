import { turnPage } from '../kit/turn-page.ts'
import { z } from 'zod'
import { approversOf } from '../accounts/index.ts'
import { action, type Running } from '../permissions/action.ts'
import { decide, mayEver } from '../permissions/decide.ts'
import {
  columnsOf,
  countMembers,
  listMembers,
  withoutApprover,
  type ListedPerson,
  type PeopleFilter,
} from './list-store.ts'
import {
  GIVEN_ROLES,
  isDescendingAtFirst,
  peopleReach,
  SORTS,
  STATES,
  type Sort,
  type StateFilter,
} from './rules.ts'

/** People on a page. */
export const PAGE = 100

/** A list is counted up to so many. */
export const COUNTED = 1000

/** An organisation with fewer approvers is warned: when the one is away, nobody sees to its people. */
export const APPROVERS_WANTED = 2

const words = z
  .string()
  .max(100)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u)
  .transform((text) => text.trim())

/** What stands in the columns of the sort on the last row of a page, as JSON in base64url. */
const place = z
  .string()
  .max(1000)
  .transform((cursor, context): string[] => {
    const read = placeShape.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString()))
    if (read.success) return read.data
    context.addIssue({ code: 'custom', message: 'no place' })
    return z.NEVER
  })

const placeShape = z
  .array(
    z
      .string()
      .max(300)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u),
  )
  .min(2)
  .max(4)

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const browseInput = z
  .strictObject({
    q: words.optional(),
    organisation: words.optional(),
    role: z.enum(GIVEN_ROLES).optional(),
    status: z.enum(STATES).default('current'),
    sort: z.enum(SORTS).default('name'),
    order: z.enum(['up', 'down']).optional(),
    after: place.optional(),
    before: place.optional(),
  })
  .refine(({ sort, after, before }) => isPlaceOf(sort, after) && isPlaceOf(sort, before), { path: ['after'] })

/** A place is of one sort; that by the last sign-in begins with a time, as the database writes one. */
function isPlaceOf(sort: Sort, place: readonly string[] | undefined): boolean {
  if (place === undefined) return true
  return (
    place.length === columnsOf(sort) &&
    (sort !== 'seen' || /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/.test(place[0]!))
  )
}

/** What is asked of a list of people. */
export type BrowseInput = z.infer<typeof browseInput>

/** A page of the people in reach. */
export interface People {
  state: StateFilter
  sort: Sort
  descending: boolean
  items: ListedPerson[]
  /** Where the page after and the page before begin; null where there is none. */
  next: string | null
  previous: string | null
  /** People of the whole list, counted up to COUNTED; one more where there are more. */
  count: number
}

/** A page with what those who look after accounts are warned of. */
export interface Browsed extends People {
  /** How many approve for the own organisation; null for who is no approver of it. */
  approvers: number | null
  /** Organisations of the own LA that nobody approves for; null for who does not look after an LA. */
  without: { code: string; nameEn: string; nameCy: string | null }[] | null
}

type Browsing = Pick<Running<BrowseInput, unknown, unknown>, 'tx' | 'actor' | 'input'>

const shared = {
  permission: 'see-people',
  input: browseInput,
  find: ({ actor }: { actor: { organisation: string } }) => Promise.resolve(actor.organisation),
  business: (organisation: string) => [organisation],
  auditSubject: () => null,
} as const

/** The accounts in reach (guidance for local authorities §3.2, ICES Bulletin 65 §1). */
export const browsePeople = action({
  ...shared,
  name: 'people.browse',
  audited: 'refusals',
  run: async (running): Promise<Browsed> => ({
    ...(await pageOf(running)),
    ...(await warningsOf(running)),
  }),
})

/** The same as a file to keep, which the audit tells of. */
export const exportPeople = action({ ...shared, name: 'people.export', run: pageOf })

/** A page of what an export goes on with. */
export const continueExport = action({
  ...shared,
  name: 'people.continue-export',
  audited: 'refusals',
  run: pageOf,
})

async function pageOf({ tx, actor, input }: Browsing): Promise<People> {
  const { q, organisation, role, status: state, sort, order, after, before } = input
  const filter: PeopleFilter = { reach: peopleReach(actor), state, q, organisation, role }
  const descending = order === undefined ? isDescendingAtFirst(sort) : order === 'down'
  const { items, hasNext, hasPrevious } = await turnPage(
    { after, before, descending, limit: PAGE },
    (asked) => listMembers(tx, filter, { sort, ...asked }),
  )
  const isWhole = !hasNext && !hasPrevious
  const write = (row: ListedPerson | undefined, is: boolean): string | null =>
    row && is ? Buffer.from(JSON.stringify(row.place)).toString('base64url') : null
  return {
    state,
    sort,
    descending,
    items,
    next: write(items.at(-1), hasNext),
    previous: write(items[0], hasPrevious),
    count: isWhole ? items.length : await countMembers(tx, filter, COUNTED + 1),
  }
}

async function warningsOf({ tx, actor }: Browsing): Promise<Pick<Browsed, 'approvers' | 'without'>> {
  const { organisation } = actor
  const isApprover = decide(actor, 'manage-access', [organisation]).allowed
  const reach = peopleReach(actor)
  return {
    approvers: isApprover ? (await approversOf(tx, organisation)).length : null,
    without:
      typeof reach === 'object' && 'la' in reach && mayEver(actor, 'see-school-details')
        ? await withoutApprover(tx, reach.la)
        : null,
  }
}
