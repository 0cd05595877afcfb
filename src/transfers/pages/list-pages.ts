import { Refusal } from '../../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../../permissions/page.ts'
import { perform } from '../../permissions/perform.ts'
import { browseInbox, browseSent } from '../browse-files.ts'
import { listCsv } from './list-csv.ts'
import type { Box } from '../list-rules.ts'
import { LIST_PATHS, LIST_QUERY, listQuery, listView } from './list-view.ts'

/** What can be mistyped above a list, with the ids of its fields. */
const TYPED = ['text', 'from', 'to'] as const

const ACTIONS = { inbox: browseInbox, sent: browseSent }
const VIEWS_OF = { inbox: 'transfers/views/download.njk', sent: 'transfers/views/sent.njk' }

/** A list of files again, with what was wrong above it. @param chosen ids of the rows that stay chosen */
export async function listAgain(
  box: Box,
  errors: readonly { href: string; text: string }[],
  status: number,
  exchange: PageExchange,
  chosen: ReadonlySet<string> = new Set(),
): Promise<Shown> {
  const { world, visit } = exchange
  const query: Record<string, string> = listQuery(exchange)
  for (const { href } of errors) delete query[href.slice(1)]
  const listing = await perform(world, visit.actor, ACTIONS[box], query)
  return { view: VIEWS_OF[box], status, data: { ...listView(listing, box, exchange, chosen), errors } }
}

/** What was mistyped is said at its field, and the list shown without it; one thing after the other. */
async function refusedList(
  box: Box,
  refusal: Refusal,
  exchange: PageExchange,
  before: readonly { href: string; text: string }[] = [],
): Promise<Shown | null> {
  const field = TYPED.find((name) => name === refusal.detail.params?.['field'])
  if (refusal.code !== 'input' || !field) return null
  const text = exchange.words(`pages.transfers.list.wrong.${field}`)
  const errors = [...before, { href: `#${field}`, text }]
  try {
    return await listAgain(box, errors, refusal.status, exchange)
  } catch (error) {
    if (error instanceof Refusal) return refusedList(box, error, exchange, errors)
    throw error
  }
}

/** The page of a list and its CSV file. */
export function listPages(box: Box): AnyPage[] {
  return [
    page({
      method: 'GET',
      path: LIST_PATHS[box],
      action: ACTIONS[box],
      query: LIST_QUERY,
      show: (listing, exchange) => ({ view: VIEWS_OF[box], data: listView(listing, box, exchange) }),
      refused: (refusal, exchange) => refusedList(box, refusal, exchange),
    }),
    page({
      method: 'GET',
      path: `${LIST_PATHS[box]}/list.csv`,
      action: ACTIONS[box],
      query: LIST_QUERY.filter((name) => name !== 'after' && name !== 'before'),
      show: (listing, exchange) => listCsv(listing, box, exchange),
    }),
  ]
}
