import type { Language, Words } from '../../kit/i18n.ts'
import { listAddress, listQueryOf, type ListQuery } from '../../kit/pages/list-address.ts'
import { bothNames } from '../../establishments/index.ts'
import { page, type AnyPage, type PageExchange } from '../../permissions/page.ts'
import { listSystems, type System } from '../../systems/index.ts'
import { browseRequests, type Listing } from '../list-requests.ts'
import { SORTS, VIEWS } from '../list-store.ts'
import { KINDS } from '../rules.ts'
import type { RequestRow } from '../store.ts'
import { accessName } from '../wordings.ts'
import { STATE_COLOURS } from './states.ts'

const PATH = '/requests'
const QUERY = ['view', 'kind', 'q', 'sort', 'order', 'after'] as const

type Query = ListQuery<(typeof QUERY)[number]>

const queryOf = ({ request }: PageExchange): Query => listQueryOf(request, QUERY)

const linkTo = (query: Query): string => listAddress(PATH, query)

/** What was put to somebody, as the view shows it. */
async function listView(listing: Listing, exchange: PageExchange): Promise<object> {
  const { world, words, language, visit } = exchange
  const { after, ...query } = queryOf(exchange)
  const { q: _, kind: __, ...unfiltered } = query
  const systems = listing.items.some(({ system }) => system !== null) ? await listSystems(world.db) : []
  return {
    query,
    views: VIEWS.map((view) => ({
      text: words(`pages.requests.list.views.${view}`),
      href: view === VIEWS[0] ? PATH : linkTo({ view }),
      current: view === listing.view,
    })),
    view: listing.view,
    kinds: KINDS.map((kind) => ({
      value: kind,
      text: words(`pages.requests.kinds.${kind}`),
      selected: query.kind === kind,
    })),
    heads: Object.fromEntries(
      SORTS.map((sort) => {
        const isSorted = sort === listing.sort
        const isDown = isSorted && !listing.descending
        const sorted = listing.descending ? 'descending' : 'ascending'
        return [
          sort,
          {
            href: linkTo({ ...query, sort, order: isDown ? 'down' : 'up' }),
            sorted: isSorted ? sorted : null,
          },
        ]
      }),
    ),
    rows: listing.items.map((one) => rowOf(one, { systems, language, words, own: visit.actor.id })),
    isFiltered: query.q !== undefined || query.kind !== undefined,
    unfiltered: linkTo(unfiltered),
    first: after === undefined ? null : linkTo(query),
    next: listing.next === null ? null : linkTo({ ...query, after: listing.next }),
  }
}

function rowOf(
  one: RequestRow,
  shown: { systems: readonly System[]; language: Language; words: Words; own: string },
): object {
  const { systems, language, words, own } = shown
  const what =
    one.kind === 'help' ? words(`pages.requests.topics.${one.topic!}`) : accessName(systems, one, language)
  return {
    id: one.id,
    kind: one.kind,
    what,
    name: one.name,
    isOwn: one.person === own,
    organisation: { code: one.organisation, name: bothNames(one)[language] },
    askedAt: one.askedAt,
    state: one.state,
    colour: STATE_COLOURS[one.state],
    isOverdue: one.state === 'open' && one.overdueAt !== null,
    endedAt: one.endedAt,
    by: one.endedByName,
  }
}

/** The list of requests. */
export const listPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: PATH,
    action: browseRequests,
    query: QUERY,
    show: async (listing, exchange) => ({
      view: 'requests/views/list.njk',
      data: { list: await listView(listing, exchange) },
    }),
  }),
]
