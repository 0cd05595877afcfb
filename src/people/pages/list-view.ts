import { stateOf, type AccountState } from '../../accounts/rules.ts'
import { establishmentName } from '../../establishments/index.ts'
import { countedWords } from '../../kit/pages/counted.ts'
import { FIRST_PAGE, listAddress, listQueryOf, type ListQuery } from '../../kit/pages/list-address.ts'
import { mayEver } from '../../permissions/decide.ts'
import type { PageExchange } from '../../permissions/page.ts'
import { APPROVERS_WANTED, COUNTED, type Browsed } from '../browse-people.ts'
import type { ListedPerson } from '../list-store.ts'
import {
  GIVEN_ROLES,
  isDescendingAtFirst,
  peopleReach,
  rightsAt,
  SORTS,
  STATES,
  type Sort,
} from '../rules.ts'

/** What the address of the list may ask for. */
export const LIST_QUERY = ['q', 'organisation', 'role', 'status', 'sort', 'order', 'after', 'before'] as const

/** Those by which it is narrowed. */
const FILTERS = ['q', 'organisation', 'role', 'status'] as const

const PATH = '/people'

type Query = ListQuery<(typeof LIST_QUERY)[number]>

/** What the list was asked for. */
export function listQuery({ request }: PageExchange): Query {
  return listQueryOf(request, LIST_QUERY)
}

/** A page of the list as its view shows it: words, links and rows. */
export function listView(people: Browsed, exchange: PageExchange): object {
  const { words, visit } = exchange
  const query = listQuery(exchange)
  const link = (changes: Record<string, string | null>): string => listAddress(PATH, query, changes)
  const k = (name: string): string => `pages.people.list.${name}`
  const all = (exchange.request.query as Record<string, unknown>)['select'] === 'all'
  const rows = people.items.map((one) => ({ ...rowOf(one, exchange), chosen: all }))
  const mayManage = mayEver(visit.actor, 'manage-people')
  const isMaintenance = mayEver(visit.actor, 'see-school-details')
  const reach = peopleReach(visit.actor)
  const several = reach === 'everywhere' || 'la' in reach
  return {
    title: words(k(isMaintenance ? 'titleMaintenance' : 'title')),
    list: {
      path: PATH,
      query,
      rows,
      several,
      caption: captionOf(people, exchange),
      heads: SORTS.filter((sort) => sort !== 'organisation' || several).map((sort) =>
        headOf(sort, people, exchange, link),
      ),
      tags: tagsOf(exchange),
      roles: choices(GIVEN_ROLES, (role) => `pages.accounts.roles.${role}`, query.role, exchange),
      states: choices(STATES, (state) => k(`states.${state}`), query.status ?? 'current', exchange),
      isFiltered: FILTERS.some((name) => query[name] !== undefined),
      unfiltered: link({ ...FIRST_PAGE, ...Object.fromEntries(FILTERS.map((name) => [name, null])) }),
      selectable: rows.some(({ selectable }) => selectable),
      selectAll: link({ select: 'all' }),
      first: query.after || query.before ? link(FIRST_PAGE) : null,
      previous: people.previous === null ? null : link({ after: null, before: people.previous }),
      next: people.next === null ? null : link({ after: people.next, before: null }),
      csv: listAddress(`${PATH}/list.csv`, query, FIRST_PAGE),
    },
    mayManage,
    isMaintenance,
    warnings: warningsOf(people, exchange),
    scriptWords: {
      selected: countedWords(words, k('selected')),
      none: words(k('noneSelected')),
    },
  }
}

/** What may stand in a row of a select. */
function choices<Value extends string>(
  values: readonly Value[],
  key: (value: Value) => string,
  chosen: string | undefined,
  { words }: PageExchange,
): object[] {
  return values.map((value) => ({ value, text: words(key(value)), selected: value === chosen }))
}

const TAGS: readonly AccountState[] = ['invited', 'active', 'suspended', 'archived']

/** The states of an account as tags say them. */
export function tagsOf({ words }: PageExchange): Record<string, string> {
  return Object.fromEntries(TAGS.map((state) => [state, words(`pages.people.state.${state}`)]))
}

/** How many there are; where they take more than one page, how many are shown. */
function captionOf(
  { count, items }: Browsed,
  { words }: PageExchange,
): { text: string; shown: string | null } {
  return {
    text:
      count > COUNTED
        ? words('pages.people.list.captionMore', { count: COUNTED })
        : words('pages.people.list.caption', { count }),
    shown: count > items.length ? words('pages.people.list.shown', { count: items.length }) : null,
  }
}

/** The head of a column, by which the list is sorted; where it is already, the other way round. */
function headOf(
  sort: Sort,
  { sort: present, descending }: Browsed,
  { words }: PageExchange,
  link: (changes: Record<string, string | null>) => string,
): object {
  const isSorted = sort === present
  const isDown = isSorted ? !descending : isDescendingAtFirst(sort)
  return {
    sort,
    text: words(`pages.people.list.head.${sort}`),
    sorted: isSorted ? (descending ? 'descending' : 'ascending') : null,
    href: link({ ...FIRST_PAGE, sort, order: isDown ? 'down' : 'up' }),
  }
}

function rowOf(one: ListedPerson, { words, language, visit }: PageExchange) {
  const { id, organisation, organisationEn: nameEn, organisationCy: nameCy } = one
  const isOwn = id === visit.actor.id
  return {
    id,
    path: `/people/${organisation}/${id}`,
    who: `${organisation}/${id}`,
    name: one.name,
    username: one.username,
    email: one.email,
    phone: one.phone,
    organisation: { code: organisation, name: establishmentName({ nameEn, nameCy }, language) },
    roles: rolesOf(one, words),
    state: stateOf(one),
    endedAt: one.endedAt,
    lastSignInAt: one.lastSignInAt,
    isOwn,
    selectable: !isOwn && !one.endedAt && rightsAt(visit.actor, organisation).people,
  }
}

/** Roles in words, with that of an approver; of an ended account only what it says. */
export function rolesOf(
  { roles, approver, endedAt }: Pick<ListedPerson, 'roles' | 'approver' | 'endedAt'>,
  words: PageExchange['words'],
): string[] {
  const held = approver && !endedAt ? [...roles, 'approver'] : roles
  return held.map((role) => words(`pages.accounts.roles.${role}`))
}

/** What whoever looks after accounts should see to. */
function warningsOf({ approvers, without }: Browsed, { visit, language }: PageExchange): object {
  return {
    approvers: approvers !== null && approvers < APPROVERS_WANTED ? approvers : null,
    without: without?.map((one) => ({ code: one.code, name: establishmentName(one, language) })) ?? [],
    mayIssue: mayEver(visit.actor, 'issue-approver-codes'),
  }
}
