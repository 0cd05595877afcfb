import { Readable } from 'node:stream'
import { establishmentName } from '../establishments/index.ts'
import { dateInWords } from '../kit/pages/dates.ts'
import type { Refusal } from '../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../permissions/page.ts'
import { perform } from '../permissions/perform.ts'
import type { AuthorityProgress } from './progress-store.ts'
import type { Round } from './rounds-store.ts'
import { dayAfter } from './rules.ts'
import {
  closeRound,
  extendRound,
  offerRound,
  openRound,
  remindNow,
  showRound,
  type Offer,
  type RoundProgress,
} from './run-round.ts'
import { csvHead, csvPerson, isOver, problemOf, shownPerson } from './shown.ts'
import { listUnconfirmedPeople, type UnconfirmedPage } from './unconfirmed.ts'

const pathOf = ({ id }: Pick<Round, 'id'>): string => `/user-audit/rounds/${id}`

function nameOf(
  { la, nameEn, nameCy }: Pick<AuthorityProgress, 'la' | 'nameEn' | 'nameCy'>,
  { words, language }: PageExchange,
): string {
  if (nameEn === null) return words(`pages.userAudits.round.${la === 'SUP' ? 'suppliers' : 'department'}`)
  return establishmentName({ nameEn, nameCy }, language)
}

function roundView({ round, authorities, signed }: RoundProgress, exchange: PageExchange): object {
  const sum = (of: 'people' | 'valid' | 'ended' | 'suspended' | 'awaiting'): number =>
    authorities.reduce((total, one) => total + one[of], 0)
  return {
    round,
    base: pathOf(round),
    isOpen: round.closedAt === null,
    over: isOver(round, exchange.world.clock.now()),
    authorities: authorities.map((one) => ({ ...one, shownName: nameOf(one, exchange) })),
    total: {
      people: sum('people'),
      valid: sum('valid'),
      ended: sum('ended'),
      suspended: sum('suspended'),
      awaiting: sum('awaiting'),
    },
    signed: signed
      .filter(({ wholeAuthority }) => !wholeAuthority)
      .map((one) => ({ ...one, shownName: establishmentName(one, exchange.language) })),
  }
}

/** A day as it is typed, in the language of the page. */
const typedDay = (day: string, { language }: PageExchange): string => dateInWords(new Date(day), language)

function openView({ choices, dueOn }: Offer, exchange: PageExchange, typed: object | null): Shown {
  const proposed = { nation: choices.at(-1)?.nation, due: typedDay(dueOn, exchange) }
  return { view: 'user-audits/views/open.njk', data: { choices, typed: typed ?? proposed } }
}

/** What was wrong is said above the form, with what was typed. */
async function refusedForm(
  form: 'open' | 'extend',
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  const { world, visit, words } = exchange
  const isNation = refusal.code === 'input' && refusal.detail.params?.['field'] === 'nation'
  const isDue = refusal.code.startsWith('user-audit-due')
  if (refusal.kind !== 'conflict' && !isDue && !isNation) return null
  const shown =
    form === 'open'
      ? openView(await perform(world, visit.actor, offerRound, {}), exchange, typed)
      : extendView(await perform(world, visit.actor, showRound, { id: typed['id'] }), exchange, typed)
  if (!('view' in shown)) return null
  const error = isNation
    ? { text: words('pages.userAudits.open.chooseNation'), href: '#nation' }
    : problemOf(refusal, exchange, isDue ? 'due' : undefined)
  return { ...shown, status: refusal.status, data: { ...shown.data, errors: [error] } }
}

function extendView(
  { round }: RoundProgress,
  exchange: PageExchange,
  typed: Record<string, unknown> | null,
): Shown {
  const { userAuditReminderDays } = exchange.world.config
  const due = typed?.['due'] ?? typedDay(dayAfter(new Date(round.dueOn), userAuditReminderDays), exchange)
  return { view: 'user-audits/views/extend.njk', data: { round, base: pathOf(round), typed: { due } } }
}

/** What came too late is said on the page of the round as it is now. */
async function refusedOnRound(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  if (refusal.kind !== 'conflict') return null
  const { world, visit } = exchange
  const shown = await perform(world, visit.actor, showRound, { id: typed['id'] })
  return {
    view: 'user-audits/views/round.njk',
    status: refusal.status,
    data: { ...roundView(shown, exchange), errors: [problemOf(refusal, exchange)] },
  }
}

/** Those by which the list of who is not confirmed is narrowed. */
const FILTERS = ['q', 'la', 'came'] as const

function filterOf({ request }: PageExchange): Record<string, string> {
  const query = request.query as Record<string, unknown>
  return Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = query[name]
      return typeof value === 'string' && value !== '' ? [[name, value]] : []
    }),
  )
}

function unconfirmedView(shown: UnconfirmedPage, exchange: PageExchange): Shown {
  const filter = filterOf(exchange)
  const path = `${pathOf(shown.round)}/unconfirmed`
  const query = (more: Record<string, string>): string =>
    new URLSearchParams({ ...filter, ...more }).toString()
  return {
    view: 'user-audits/views/unconfirmed.njk',
    data: {
      round: shown.round,
      base: path,
      above: pathOf(shown.round),
      items: shown.items.map((one) => shownPerson(one, exchange)),
      authorities: shown.authorities.map((one) => ({ la: one.la, shownName: nameOf(one, exchange) })),
      filter,
      isFiltered: Object.keys(filter).length > 0,
      next: shown.next === null ? null : `${path}?${query({ after: shown.next })}`,
      csv: `${path}/list.csv?${query({})}`,
      isFirst: (exchange.request.query as Record<string, unknown>)['after'] === undefined,
    },
  }
}

/** Pages of the list that a CSV file holds at most: 100,000 people. */
const PAGES_MOST = 1000

function unconfirmedCsv(first: UnconfirmedPage, exchange: PageExchange): Shown {
  const { world, visit, words } = exchange
  const asked = { id: first.round.id, ...filterOf(exchange) }
  async function* lines(): AsyncGenerator<string> {
    yield csvHead(words)
    let shown = first
    for (let pages = 1; pages <= PAGES_MOST; pages += 1) {
      yield shown.items.map((one) => csvPerson(one, exchange)).join('')
      if (shown.next === null) return
      shown = await perform(world, visit.actor, listUnconfirmedPeople, { ...asked, after: shown.next })
    }
  }
  const day = dayAfter(world.clock.now(), 0)
  return {
    body: Readable.from(lines()),
    type: 'text/csv; charset=utf-8',
    name: `${words('pages.userAudits.csv.unconfirmed')}_${day}.csv`,
  }
}

const ROUND = '/user-audit/rounds/{id}'

/** Where the audit is run. */
export const roundPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: '/user-audit/open',
    action: offerRound,
    show: (offer, exchange) => openView(offer, exchange, null),
  }),
  page({
    method: 'POST',
    path: '/user-audit/open',
    action: openRound,
    show: (id) => ({ to: pathOf({ id }), notice: { key: 'pages.userAudits.open.done' } }),
    refused: (...asked) => refusedForm('open', ...asked),
  }),
  page({
    method: 'GET',
    path: ROUND,
    action: showRound,
    show: (shown, exchange) => ({ view: 'user-audits/views/round.njk', data: roundView(shown, exchange) }),
  }),
  page({
    method: 'POST',
    path: `${ROUND}/remind`,
    action: remindNow,
    show: (round) => ({ to: pathOf(round), notice: { key: 'pages.userAudits.round.reminding' } }),
    refused: refusedOnRound,
  }),
  page({
    method: 'GET',
    path: `${ROUND}/extend`,
    action: showRound,
    show: (shown, exchange) => extendView(shown, exchange, null),
  }),
  page({
    method: 'POST',
    path: `${ROUND}/extend`,
    action: extendRound,
    show: (round) => ({ to: pathOf(round), notice: { key: 'pages.userAudits.extend.done' } }),
    refused: (...asked) => refusedForm('extend', ...asked),
  }),
  page({
    method: 'GET',
    path: `${ROUND}/close`,
    action: showRound,
    show: (shown, exchange) => ({ view: 'user-audits/views/close.njk', data: roundView(shown, exchange) }),
  }),
  page({
    method: 'POST',
    path: `${ROUND}/close`,
    action: closeRound,
    show: (round) => ({ to: pathOf(round), notice: { key: 'pages.userAudits.close.done' } }),
    refused: refusedOnRound,
  }),
  page({
    method: 'GET',
    path: `${ROUND}/unconfirmed`,
    action: listUnconfirmedPeople,
    query: [...FILTERS, 'after'],
    show: unconfirmedView,
  }),
  page({
    method: 'GET',
    path: `${ROUND}/unconfirmed/list.csv`,
    action: listUnconfirmedPeople,
    query: FILTERS,
    show: unconfirmedCsv,
  }),
]
