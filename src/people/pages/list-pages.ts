import { Refusal } from '../../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../../permissions/page.ts'
import { perform } from '../../permissions/perform.ts'
import { browsePeople, exportPeople } from '../browse-people.ts'
import { choosePeople, type ChosenPeople } from '../choose-people.ts'
import { chosenView } from './chosen-view.ts'
import { LIST_QUERY, listQuery, listView } from './list-view.ts'
import { listCsv } from './list-csv.ts'

const VIEW = 'people/views/list.njk'

/** The list again, with what was wrong above it. */
async function listAgain(
  errors: readonly { href: string; text: string }[],
  status: number,
  query: Record<string, string>,
  exchange: PageExchange,
): Promise<Shown> {
  const people = await perform(exchange.world, exchange.visit.actor, browsePeople, query)
  return { view: VIEW, status, data: { ...listView(people, exchange), errors } }
}

/** What was mistyped is said at its field, and the list shown without it. */
async function refusedList(refusal: Refusal, exchange: PageExchange): Promise<Shown | null> {
  const field = (['q', 'organisation'] as const).find((one) => one === refusal.detail.params?.['field'])
  if (refusal.code !== 'input' || !field) return null
  const errors = [{ href: `#${field}`, text: exchange.words('pages.people.list.wrong') }]
  const { q: _q, organisation: _organisation, ...query } = listQuery(exchange)
  return listAgain(errors, refusal.status, query, exchange)
}

/** Nobody was chosen. */
async function refusedChoice(refusal: Refusal, exchange: PageExchange): Promise<Shown | null> {
  if (refusal.code !== 'input' || refusal.detail.params?.['field'] !== 'who') return null
  const errors = [{ href: '#people', text: exchange.words('pages.people.list.nobodyChosen') }]
  return listAgain(errors, refusal.status, {}, exchange)
}

/** The list of people, its CSV file, and what is done to several at once. */
export const listPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: '/people',
    action: browsePeople,
    query: LIST_QUERY,
    show: (people, exchange) => ({ view: VIEW, data: listView(people, exchange) }),
    refused: refusedList,
  }),
  page({
    method: 'GET',
    path: '/people/list.csv',
    action: exportPeople,
    query: LIST_QUERY.filter((name) => name !== 'after' && name !== 'before'),
    show: listCsv,
  }),
  page({
    method: 'POST',
    path: '/people/selected',
    action: choosePeople,
    lists: ['who'],
    show: (chosen: ChosenPeople, exchange) => chosenView(chosen, exchange),
    refused: refusedChoice,
  }),
]
