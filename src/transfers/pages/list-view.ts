import { establishmentName } from '../../establishments/index.ts'
import { countedWords } from '../../kit/pages/counted.ts'
import { FIRST_PAGE, listAddress, listQueryOf, type ListQuery } from '../../kit/pages/list-address.ts'
import { mayEver } from '../../permissions/decide.ts'
import type { PageExchange } from '../../permissions/page.ts'
import { COUNTED, type Listing } from '../browse-files.ts'
import { offersOf } from './file-offers.ts'
import { isDescendingAtFirst, SORTS, VIEWS, type Box, type Sort } from '../list-rules.ts'
import { stateOf, type FileState } from '../rules.ts'
import type { FileRow } from '../store.ts'

/** What the address of a list may ask for. */
export const LIST_QUERY = ['view', 'kind', 'from', 'to', 'text', 'sort', 'order', 'after', 'before'] as const

/** Those by which a list is narrowed. */
const FILTERS = ['text', 'kind', 'from', 'to'] as const

/** Kinds of file that can be sent so far. */
const KINDS = ['ctf', 'transfer'] as const

/** Where each list stands. */
export const LIST_PATHS: Record<Box, string> = { inbox: '/download', sent: '/sent' }

type Query = ListQuery<(typeof LIST_QUERY)[number]>

/** What a list was asked for. */
export function listQuery({ request }: PageExchange): Query {
  return listQueryOf(request, LIST_QUERY)
}

/** A page of a list as the views show it: words, links and rows. @param chosen ids of the rows that are chosen already */
export function listView(
  listing: Listing,
  box: Box,
  exchange: PageExchange,
  chosen: ReadonlySet<string> = new Set(),
): object {
  const { words, world, visit } = exchange
  const path = LIST_PATHS[box]
  const query = listQuery(exchange)
  const link = (changes: Record<string, string | null>): string => listAddress(path, query, changes)
  const all = (exchange.request.query as Record<string, unknown>)['select'] === 'all'
  const rows = listing.items.map((file) => ({
    ...rowOf(file, listing, box, exchange),
    chosen: all || chosen.has(file.id),
  }))
  const states = [...new Set(rows.map(({ state }) => state))]
  const isFiltered = FILTERS.some((name) => query[name] !== undefined)
  const key = (name: string): string => `pages.transfers.${box === 'inbox' ? 'download' : 'sent'}.${name}`
  return {
    list: {
      box,
      path,
      query,
      here: link({}),
      view: listing.view,
      views: VIEWS[box].map((view) => ({
        text: words(key(`views.${view}`)),
        href: view === VIEWS[box][0] ? path : `${path}?view=${view}`,
        current: view === listing.view,
      })),
      caption: captionOf(listing, key, exchange),
      heads: SORTS.map((sort) => headOf(sort, listing, box, exchange, link)),
      rows,
      tags: Object.fromEntries(
        states.map((state) => [state, words(`pages.transfers.file.states.${state}.tag`)]),
      ),
      selectable: rows.some((row) => row.selectable),
      selectAll: link({ select: 'all' }),
      kinds: KINDS.map((kind) => ({
        value: kind,
        text: words(`pages.transfers.file.kinds.${kind}`),
        selected: query.kind === kind,
      })),
      isFiltered,
      unfiltered: link({ ...FIRST_PAGE, ...Object.fromEntries(FILTERS.map((name) => [name, null])) }),
      first: query.after || query.before ? link(FIRST_PAGE) : null,
      previous: listing.previous === null ? null : link({ after: null, before: listing.previous }),
      next: listing.next === null ? null : link({ after: listing.next, before: null }),
      csv: listAddress(`${path}/list.csv`, query, FIRST_PAGE),
      days: world.config.redownloadDays,
      maySend: mayEver(visit.actor, 'send-ctf'),
    },
    toConfirm: listing.toConfirm,
    ofClosed: listing.ofClosed.map((one) => ({ ...one, name: establishmentName(one, exchange.language) })),
    scriptWords: {
      download: countedWords(words, 'pages.transfers.download.scriptDownload'),
      selected: countedWords(words, 'pages.transfers.list.selected'),
      none: words('pages.transfers.list.noneSelected'),
      begun: words('pages.transfers.download.begun'),
      late: words('pages.transfers.download.late'),
    },
  }
}

/** What the list is and how many there are; where they take more than one page, how many are shown. */
function captionOf(
  { view, count, items }: Listing,
  key: (name: string) => string,
  { words }: PageExchange,
): { text: string; shown: string | null } {
  const text =
    count > COUNTED
      ? words(key(`captionMore.${view}`), { count: COUNTED })
      : words(key(`caption.${view}`), { count })
  return {
    text,
    shown: count > items.length ? words('pages.transfers.list.shown', { count: items.length }) : null,
  }
}

/** The head of a column, by which the list is sorted; where it is already, the other way round. */
function headOf(
  sort: Sort,
  { sort: present, descending }: Listing,
  box: Box,
  { words }: PageExchange,
  link: (changes: Record<string, string | null>) => string,
): object {
  const isSorted = sort === present
  const isDown = isSorted ? !descending : isDescendingAtFirst(sort)
  const name = sort === 'other' ? (box === 'inbox' ? 'from' : 'to') : sort
  return {
    sort,
    text: words(`pages.transfers.list.head.${name}`),
    sorted: isSorted ? (descending ? 'descending' : 'ascending') : null,
    href: link({ ...FIRST_PAGE, sort, order: isDown ? 'down' : 'up' }),
  }
}

/** What an end of a transfer is called on a page: by its name in the register, else by its code. */
export function nameIn(
  { establishments }: Pick<Listing, 'establishments'>,
  code: string,
  { words, language }: PageExchange,
): string {
  if (/^(X{7}|M{7})$/.test(code)) return words(`pages.transfers.upload.lost.${code[0]}`)
  const one = establishments.get(code)
  return one ? establishmentName(one, language) : code
}

/** A row of the list. */
interface ShownRow {
  id: string
  name: string
  kind: string | null
  end: { code: string; name: string }
  /** Who sent it for the school that it comes from. */
  sentBy: string | null
  pupils: number
  sentAt: Date
  changedAt: Date
  state: FileState
  reason: string | null
  selectable: boolean
  /** What its sender can do next. */
  next: 'recall' | 'readdress' | null
}

function rowOf(file: FileRow, listing: Listing, box: Box, exchange: PageExchange): ShownRow {
  const { world, visit, words } = exchange
  const { redownloadDays } = world.config
  const now = world.clock.now()
  const offers = offersOf(file, visit.actor, now, redownloadDays)
  const nameOf = (code: string): string => nameIn(listing, code, exchange)
  const code = box === 'inbox' ? file.source : file.destination
  return {
    id: file.id,
    name: file.name,
    kind: file.kind === 'ctf' ? null : words(`pages.transfers.file.kinds.${file.kind}`),
    end: { code, name: nameOf(code) },
    sentBy: file.sender === file.source ? null : nameOf(file.sender),
    pupils: file.pupils,
    sentAt: file.uploadedAt,
    changedAt: file.changedAt,
    state: stateOf(file, box === 'inbox' ? 'destination' : 'sender', now, redownloadDays),
    reason: file.reason,
    selectable: box === 'inbox' && offers.as === 'destination' && offers.fetch,
    next: offers.readdress ? 'readdress' : offers.recall ? 'recall' : null,
  }
}
