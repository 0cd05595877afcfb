import { CHANGE_KINDS, establishmentName, type ListedProposal } from '../establishments/index.ts'
import { londonDate } from '../kit/london-date.ts'
import type { Refusal } from '../kit/refusal.ts'
import { decide } from '../permissions/decide.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../permissions/page.ts'
import { perform } from '../permissions/perform.ts'
import { formErrors } from './form-errors.ts'
import { sentenceOf } from './register-change.ts'
import {
  confirmProposal,
  declineProposal,
  offerChange,
  proposeChange,
  showProposal,
  showRegister,
  withdrawProposal,
} from './register.ts'
import { authorityChoices } from './school-pages.ts'

const PATH = '/dba/register'
const FIELDS = ['la', 'number', 'nameEn', 'nameCy', 'town', 'successor', 'date', 'note'] as const

/** Fields to which refusals of a change belong. */
const AT = {
  'register-number-taken': 'number',
  'register-school-unknown': 'number',
  'register-school-closed': 'number',
  'register-successor-itself': 'successor',
  'register-successor-unknown': 'successor',
  'register-successor-closed': 'successor',
}

/** A proposal as a page shows it. */
function shownProposal(one: ListedProposal, { language, world, visit }: PageExchange): object {
  const isOpen = one.state === 'proposed'
  const la = `${one.code.slice(0, 3)}LLLL`
  return {
    ...one,
    sentence: sentenceOf(one)[language],
    // confirmed, and something stands in its way
    isOverdue: one.state === 'confirmed' && one.date < londonDate(world.clock.now()),
    may: {
      decide: isOpen && decide(visit.actor, 'keep-register', [la]).allowed,
      withdraw: isOpen && decide(visit.actor, 'propose-school', [la]).allowed,
    },
  }
}

type Offer = Awaited<ReturnType<typeof offerChange.run>>

function changeForm(
  { kind, isKeeper, authority, authorities }: Offer,
  values: Record<string, unknown>,
  exchange: PageExchange,
): object {
  return {
    kind,
    isKeeper,
    authority: authority && { ...authority, name: establishmentName(authority, exchange.language) },
    choices: authorityChoices(authorities, exchange),
    values,
  }
}

async function changeAgain(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  const errors = formErrors(refusal, exchange, FIELDS, AT)
  if (!errors) return null
  const { world, visit } = exchange
  const offer = await perform(world, visit.actor, offerChange, { kind: typed['kind'] })
  const data = { ...changeForm(offer, typed, exchange), errors }
  return { view: 'dba/views/register-change.njk', status: refusal.status, data }
}

const proposalView = (one: ListedProposal, exchange: PageExchange): Shown => ({
  view: 'dba/views/proposal.njk',
  data: { proposal: shownProposal(one, exchange) },
})

/** What cannot be done is said on the page of the proposal as it is now. */
async function proposalAgain(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  const errors = formErrors(refusal, exchange, ['reason'])
  if (!errors) return null
  const { world, visit } = exchange
  const proposal = await perform(world, visit.actor, showProposal, { id: typed['id'] })
  const data = { proposal: shownProposal(proposal, exchange), reason: typed['reason'], errors }
  return { view: 'dba/views/proposal.njk', status: refusal.status, data }
}

const done = (what: string): Shown => ({ to: PATH, notice: { key: `pages.dba.register.done.${what}` } })

/** The register: changes proposed, decided and made by hand. */
export const registerPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: PATH,
    action: showRegister,
    show: ({ isKeeper, proposals }, exchange) => ({
      view: 'dba/views/register.njk',
      data: {
        isKeeper,
        kinds: CHANGE_KINDS,
        proposals: proposals.map((one) => shownProposal(one, exchange)),
      },
    }),
  }),
  page({
    method: 'GET',
    path: `${PATH}/change/{kind}`,
    action: offerChange,
    show: (offer, exchange) => ({
      view: 'dba/views/register-change.njk',
      data: changeForm(offer, {}, exchange),
    }),
  }),
  page({
    method: 'POST',
    path: `${PATH}/change/{kind}`,
    action: proposeChange,
    show: ({ state }) => done(state),
    refused: changeAgain,
  }),
  page({ method: 'GET', path: `${PATH}/proposals/{id}`, action: showProposal, show: proposalView }),
  page({
    method: 'POST',
    path: `${PATH}/proposals/{id}/withdraw`,
    action: withdrawProposal,
    show: () => done('withdrawn'),
    refused: proposalAgain,
  }),
  page({
    method: 'POST',
    path: `${PATH}/proposals/{id}/confirm`,
    action: confirmProposal,
    show: ({ state }) => done(state),
    refused: proposalAgain,
  }),
  page({
    method: 'POST',
    path: `${PATH}/proposals/{id}/decline`,
    action: declineProposal,
    show: () => done('declined'),
    refused: proposalAgain,
  }),
]
