import { listAddress, listQueryOf, type ListQuery } from '../kit/pages/list-address.ts'
import { establishmentName } from '../establishments/index.ts'
import type { PageExchange } from '../permissions/page.ts'
import type { browseCodes } from './codes-actions.ts'
import { STATES, type State } from './rules.ts'
import type { ListedOrganisation } from './store.ts'

/** Where the list stands. */
export const CODES_PATH = '/approver-codes'

/** What its address may ask for. */
export const CODES_QUERY = ['q', 'state', 'after'] as const

type Browsed = Awaited<ReturnType<typeof browseCodes.run>>
type Query = ListQuery<(typeof CODES_QUERY)[number]>

/** What the list was asked for. */
const queryOf = ({ request }: PageExchange): Query => listQueryOf(request, CODES_QUERY)

const addressOf = (query: Query): string => listAddress(CODES_PATH, query)

function stateOf({ approvers, expiresAt }: ListedOrganisation): State {
  if (approvers > 0) return 'approver'
  return expiresAt ? 'open' : 'none'
}

/** A page of the list as its view shows it. @param query what it was asked for, where that is not in the address */
export function codesView(
  { items, next, count, missing }: Browsed,
  exchange: PageExchange,
  query: Query = queryOf(exchange),
): object {
  const { language, words } = exchange
  const { after, ...filter } = query
  const states = STATES.map((state) => ({
    value: state as string,
    text: words(`pages.approvers.codes.states.${state}`),
  }))
  return {
    query,
    rows: items.map((one) => ({
      ...one,
      name: establishmentName(one, language),
      state: stateOf(one),
    })),
    count,
    missing,
    states: [{ value: '', text: words('pages.approvers.codes.anyState') }, ...states],
    isFiltered: Object.keys(filter).length > 0,
    first: after === undefined ? null : addressOf(filter),
    next: next === null ? null : addressOf({ ...filter, after: next }),
  }
}
