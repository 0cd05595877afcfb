import { establishmentName } from '../establishments/index.ts'
import type { Refusal } from '../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../permissions/page.ts'
import { perform } from '../permissions/perform.ts'
import type { Confirmation } from './confirmations-store.ts'
import { csvHead, csvPerson, problemOf, shownPerson, type ShownPerson } from './shown.ts'
import {
  offerSignature,
  showSigned,
  signConfirmation,
  type ToSign,
  type WrittenConfirmation,
} from './sign.ts'

/** People under the organisations that they belong to, in the order in which they come. */
function byOrganisation(people: readonly Confirmation[], exchange: PageExchange): object[] {
  const found = new Map<string, { code: string; name: string; people: ShownPerson[] }>()
  for (const one of people) {
    const shown = shownPerson(one, exchange)
    const there = found.get(one.organisation)
    if (there) there.people.push(shown)
    else
      found.set(one.organisation, { code: one.organisation, name: shown.organisationName, people: [shown] })
  }
  return [...found.values()]
}

const countsOf = (people: readonly Confirmation[]): Record<string, number> =>
  Object.fromEntries(
    (['valid', 'ended', 'suspended'] as const).map((answer) => [
      answer,
      people.filter((one) => one.answer === answer).length,
    ]),
  )

function formView(
  { organisation, la, round, people, awaiting, signed }: ToSign,
  exchange: PageExchange,
): Shown {
  const { words, language, visit } = exchange
  const name = establishmentName(organisation, language)
  return {
    view: 'user-audits/views/sign.njk',
    data: {
      code: organisation.code,
      name,
      isWhole: la !== null,
      round,
      people: people.length,
      awaiting,
      signed,
      counts: countsOf(people),
      statement: words(`pages.userAudits.sign.statement.${la ? 'authority' : 'organisation'}`, {
        organisation: name,
      }),
      typed: { name: visit.name },
    },
  }
}

/** Fields that a refusal is about. */
const FIELDS: Record<string, string> = { 'user-audit-name': 'name', 'user-audit-agree': 'agree' }

async function refusedSignature(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  if (refusal.kind !== 'conflict' && !(refusal.code in FIELDS)) return null
  const { world, visit } = exchange
  const asked = { organisation: typed['organisation'] }
  const shown = formView(await perform(world, visit.actor, offerSignature, asked), exchange)
  if (!('view' in shown)) return null
  const errors = [problemOf(refusal, exchange, FIELDS[refusal.code])]
  return {
    ...shown,
    status: refusal.status,
    data: { ...shown.data, typed: { name: typed['name'], agree: typed['agree'] }, errors },
  }
}

function signedView({ signed, round, people }: WrittenConfirmation, exchange: PageExchange): Shown {
  return {
    view: 'user-audits/views/signed.njk',
    data: {
      signed,
      round,
      name: establishmentName(signed, exchange.language),
      organisations: byOrganisation(people, exchange),
      counts: countsOf(people),
      total: people.length,
    },
  }
}

/** The written confirmation: how it is signed, how it reads, how it is kept. */
export const signPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: '/user-audit/{organisation}/sign',
    action: offerSignature,
    show: formView,
  }),
  page({
    method: 'POST',
    path: '/user-audit/{organisation}/sign',
    action: signConfirmation,
    // without a green banner, which would be printed with it
    show: (id) => ({ to: `/user-audit/confirmations/${id}` }),
    refused: refusedSignature,
  }),
  page({ method: 'GET', path: '/user-audit/confirmations/{id}', action: showSigned, show: signedView }),
  page({
    method: 'GET',
    path: '/user-audit/confirmations/{id}/list.csv',
    action: showSigned,
    show({ signed, people }, exchange) {
      const lines = [csvHead(exchange.words), ...people.map((one) => csvPerson(one, exchange))]
      const day = signed.at.toISOString().slice(0, 10)
      return {
        body: Buffer.from(lines.join('')),
        type: 'text/csv; charset=utf-8',
        name: `${signed.organisation}_${exchange.words('pages.userAudits.csv.confirmation')}_${day}.csv`,
      }
    },
  }),
]
