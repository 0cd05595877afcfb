import { turnPage } from '../kit/turn-page.ts'
import { z } from 'zod'
import {
  countSchools,
  findDetails,
  listAuthorities,
  listSchools,
  SCHOOL_SORTS,
  SCHOOL_VIEWS,
  schoolNumber,
  searchQuery,
  type ListedSchool,
  type OrganisationDetails,
  type SchoolSort,
} from '../establishments/index.ts'
import { action } from '../permissions/action.ts'
import type { Actor } from '../permissions/decide.ts'
import { laField, numberField } from './fields.ts'
import { countMembers } from './people-store.ts'

/** Schools on a page. */
export const PAGE = 100

/** Sort key and code of a school, as JSON in base64url. */
const place = z
  .string()
  .max(1200)
  .transform((cursor, context) => {
    const read = placeShape.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString()))
    if (read.success) return { key: read.data[0], code: read.data[1] }
    context.addIssue({ code: 'custom', message: 'no place' })
    return z.NEVER
  })

const placeShape = z.tuple([z.string().regex(/^[^\0]*$/), z.string().regex(/^\d{7}$/)])

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A school of the list, with how many people it has here. */
export interface SchoolRow extends ListedSchool {
  people: number
}

/** A page of the list of an LA's schools. */
export interface SchoolListing {
  /** Null: the national administrator has not chosen one yet. */
  authority: OrganisationDetails | null
  /** Those to choose from, where there is a choice. */
  authorities: Awaited<ReturnType<typeof listAuthorities>>
  /** The school of the number that was typed; null when there is none, undefined when none was typed. */
  found?: string | null
  view: (typeof SCHOOL_VIEWS)[number]
  sort: SchoolSort
  descending: boolean
  items: SchoolRow[]
  /** Where the page after and the page before begin; null where there is none. */
  next: string | null
  previous: string | null
  count: number
}

/** The LA number of whoever works for an LA; null for the national administrator, who chooses one. */
export function ownAuthority({ organisation, roles }: Actor): string | null {
  return roles.includes('national-administrator') ? null : organisation.slice(0, 3)
}

/**
 * The schools of an LA (guidance for local authorities §3.8): its number is given to whoever works for one, and chosen by
 * the national administrator.
 */
export const browseSchools = action({
  name: 'dba.browse-schools',
  permission: 'see-school-details',
  input: z.strictObject({
    la: laField.optional(),
    number: numberField.optional(),
    text: z
      .string()
      .max(100)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u)
      .transform((text) => text.trim())
      .optional(),
    view: z.enum(SCHOOL_VIEWS).default('open'),
    sort: z.enum(SCHOOL_SORTS).default('name'),
    order: z.enum(['up', 'down']).default('up'),
    after: place.optional(),
    before: place.optional(),
  }),
  audited: 'refusals',
  async find({ world, actor, input }) {
    const la = input.la ?? ownAuthority(actor)
    if (la === null) return { authority: null, code: actor.organisation }
    const authority = await findDetails(world.db, `${la}LLLL`)
    return authority && { authority, code: authority.code }
  },
  business: ({ code }) => [code],
  async run({ tx, actor, input, subject: { authority } }): Promise<SchoolListing> {
    const { view, sort, order, after, before, text, number } = input
    const descending = order === 'down'
    const authorities = ownAuthority(actor) === null ? await listAuthorities(tx) : []
    const shown = { authority, authorities, view, sort, descending }
    if (!authority) return { ...shown, items: [], next: null, previous: null, count: 0 }
    const { la } = authority
    const filter = { la, view, text: text ? (searchQuery(text)?.all ?? null) : null }
    const { items, hasNext, hasPrevious } = await turnPage(
      { after, before, descending, limit: PAGE },
      (asked) => listSchools(tx, filter, { sort, ...asked }),
    )
    const people = await countMembers(
      tx,
      items.map(({ code }) => code),
    )
    return {
      ...shown,
      ...(number === undefined ? {} : { found: await numbered(number) }),
      items: items.map((one) => ({ ...one, people: people.get(one.code) ?? 0 })),
      next: hasNext ? writePlace(items.at(-1)) : null,
      previous: hasPrevious ? writePlace(items[0]) : null,
      count: await countSchools(tx, filter),
    }

    async function numbered(typed: string): Promise<string | null> {
      const code = schoolNumber(typed, la)
      const school = code?.startsWith(la) ? await findDetails(tx, code) : null
      return school?.kind === 'school' ? school.code : null
    }
  },
  auditSubject: () => null,
})

function writePlace(row: ListedSchool | undefined): string | null {
  return row ? Buffer.from(JSON.stringify([row.key, row.code])).toString('base64url') : null
}
