import { Readable } from 'node:stream'
import { establishmentName } from '../establishments/index.ts'
import { csvLine, CSV_START } from '../kit/csv.ts'
import { FIRST_PAGE, listAddress, listQueryOf, type ListQuery } from '../kit/pages/list-address.ts'
import { Refusal } from '../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../permissions/page.ts'
import { perform } from '../permissions/perform.ts'
import { SCHOOL_SORTS, SCHOOL_VIEWS, type SchoolSort } from '../establishments/index.ts'
import { formErrors } from './form-errors.ts'
import { browseSchools, type SchoolListing, type SchoolRow } from './list-schools.ts'
import { authorityChoices } from './school-pages.ts'

const PATH = '/dba/schools'
const VIEW = 'dba/views/schools.njk'
const QUERY = ['la', 'number', 'text', 'view', 'sort', 'order', 'after', 'before'] as const

/** Pages of a list that a CSV file holds at most. */
const PAGES_MOST = 100

type Query = ListQuery<(typeof QUERY)[number]>

/** What the list was asked for. */
const queryOf = ({ request }: PageExchange): Query => listQueryOf(request, QUERY)

const addressOf = (query: Query, changes: Partial<Record<keyof Query, string | null>>, path = PATH): string =>
  listAddress(path, query, changes)

const FIRST = { ...FIRST_PAGE, number: null }

function listData(listing: SchoolListing, exchange: PageExchange, typed: Query = queryOf(exchange)): object {
  const { words, language } = exchange
  const { authority, view, sort, descending } = listing
  const link = (changes: Parameters<typeof addressOf>[1]): string =>
    addressOf(typed, { ...FIRST, ...changes })
  return {
    ...listing,
    query: typed,
    authority: authority && { ...authority, name: establishmentName(authority, language) },
    choices: authorityChoices(listing.authorities, exchange),
    items: listing.items.map((one) => ({ ...one, name: establishmentName(one, language) })),
    views: SCHOOL_VIEWS.map((one) => ({
      text: words(`pages.dba.schools.views.${one}`),
      href: link({ view: one }),
      current: one === view,
    })),
    heads: SCHOOL_SORTS.map((one) => headOf(one, { sort, descending }, exchange, link)),
    unfiltered: link({ text: null }),
    links: {
      next: listing.next && link({ after: listing.next }),
      previous: listing.previous && link({ before: listing.previous }),
      csv: addressOf(typed, FIRST, `${PATH}/list.csv`),
    },
  }
}

function headOf(
  one: SchoolSort,
  { sort, descending }: { sort: SchoolSort; descending: boolean },
  { words }: PageExchange,
  link: (changes: { sort: string; order: string }) => string,
): object {
  const isSorted = one === sort
  return {
    name: one,
    text: words(`pages.dba.schools.head.${one}`),
    sorted: isSorted ? (descending ? 'descending' : 'ascending') : null,
    href: link({ sort: one, order: isSorted && !descending ? 'down' : 'up' }),
  }
}

async function shownList(listing: SchoolListing, exchange: PageExchange): Promise<Shown> {
  if (listing.found) return { to: `${PATH}/${listing.found}` }
  if (listing.found === undefined) return { view: VIEW, data: listData(listing, exchange) }
  const errors = [{ href: '#number', text: exchange.words('pages.dba.schools.noSuchNumber') }]
  return { view: VIEW, status: 404, data: { ...listData(listing, exchange), errors } }
}

/** What was mistyped is said at its field, and the list shown without it. */
async function listAgain(refusal: Refusal, exchange: PageExchange): Promise<Shown | null> {
  const errors = formErrors(refusal, exchange, ['number', 'text'])
  if (!errors) return null
  const { world, visit } = exchange
  const { number, text: _, ...query } = queryOf(exchange)
  const listing = await perform(world, visit.actor, browseSchools, query)
  const typed = number === undefined ? query : { ...query, number }
  return { view: VIEW, status: refusal.status, data: { ...listData(listing, exchange, typed), errors } }
}

/** The list as CSV: every school that the filters let through, in the order of the page. */
function listCsv(first: SchoolListing, exchange: PageExchange): Shown {
  const { world, visit, words } = exchange
  const { after: _a, before: _b, number: _n, ...query } = queryOf(exchange)
  async function* lines(): AsyncGenerator<string> {
    const heads = ['number', 'nameEn', 'nameCy', 'town', 'phone', 'email', 'sector', 'status', 'people']
    yield CSV_START + csvLine(heads.map((head) => words(`pages.dba.schools.csv.${head}`)))
    let listing = first
    for (let pages = 1; pages <= PAGES_MOST; pages += 1) {
      yield listing.items.map((one) => csvLine(cellsOf(one, exchange))).join('')
      if (listing.next === null) return
      listing = await perform(world, visit.actor, browseSchools, { ...query, after: listing.next })
    }
  }
  const la = first.authority?.la ?? visit.organisation.code
  const name = `${la}_${words('pages.dba.schools.csvName')}.csv`
  return { body: Readable.from(lines()), type: 'text/csv; charset=utf-8', name }
}

function cellsOf(one: SchoolRow, { words }: PageExchange): (string | number)[] {
  const { code, nameEn, nameCy, town, phone, email, sector, people } = one
  const state = words(`pages.dba.schools.states.${stateOf(one)}`)
  const kind = sector ? words(`pages.dba.schools.sectors.${sector}`) : ''
  return [code, nameEn, nameCy ?? '', town ?? '', phone ?? '', email ?? '', kind, state, people]
}

/** What the list calls the state of a school. */
function stateOf({ status, inactiveSince }: Pick<SchoolRow, 'status' | 'inactiveSince'>): string {
  return status !== 'closed' && inactiveSince ? 'inactive' : status
}

/** School maintenance: the list of an LA's schools, found by number too. */
export const listPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: PATH,
    action: browseSchools,
    query: QUERY,
    show: shownList,
    refused: listAgain,
  }),
  page({
    method: 'GET',
    path: `${PATH}/list.csv`,
    action: browseSchools,
    query: QUERY.filter((name) => name !== 'after' && name !== 'before' && name !== 'number'),
    show: listCsv,
  }),
]
