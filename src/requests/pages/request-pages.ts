import { bothNames } from '../../establishments/index.ts'
import type { Querying } from '../../kit/database.ts'
import type { Language } from '../../kit/i18n.ts'
import type { Refusal } from '../../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../../permissions/page.ts'
import { perform } from '../../permissions/perform.ts'
import { listSystems } from '../../systems/index.ts'
import {
  answerHelp,
  approveRequest,
  declineRequest,
  handUpRequest,
  markDone,
  offerApproval,
  showRequest,
  type ShownRequest,
} from '../answer.ts'
import { standsAt } from '../rules.ts'
import type { RequestRow } from '../store.ts'
import { roleName, requestedName } from '../wordings.ts'
import { problemsOf } from './problems.ts'
import { STATE_COLOURS } from './states.ts'

const VIEW = 'requests/views/request.njk'

/** A request in words: what every page about it begins with. */
export async function requestWords(
  querying: Querying,
  request: RequestRow,
  language: Language,
): Promise<object> {
  const asked = await requestedName(querying, request, request.roles)
  const given = await requestedName(querying, request, request.granted)
  return {
    ...request,
    organisationName: bothNames(request)[language],
    what: asked[language],
    given: request.granted.length > 0 && request.kind !== 'help' ? given[language] : null,
    colour: STATE_COLOURS[request.state],
  }
}

async function requestView({ request, history }: ShownRequest, exchange: PageExchange): Promise<object> {
  const { world, visit, language } = exchange
  const { state, person, stage, organisation } = request
  const isOwn = person === visit.actor.id
  return {
    request: await requestWords(world.db, request, language),
    history,
    isOwn,
    mayAnswer: state === 'open' && !isOwn,
    mayHandUp:
      state === 'open' && !isOwn && stage !== 'national' && standsAt(visit.actor, stage, organisation),
  }
}

async function approvalView(
  { request, roles }: { request: RequestRow; roles: readonly string[] },
  { world, language }: PageExchange,
  ticked: readonly unknown[] = request.roles,
): Promise<object> {
  const systems = request.system === null ? [] : await listSystems(world.db)
  return {
    request: await requestWords(world.db, request, language),
    roles: roles.map((role) => ({
      value: role,
      text: roleName(systems, request.system, role, language),
      checked: ticked.includes(role),
    })),
  }
}

/** What comes too late, or crosses what somebody else did, is said on the page of the request as it is now. */
async function refusedOnRequest(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  if (refusal.kind !== 'conflict') return null
  const { world, visit } = exchange
  const shown = await perform(world, visit.actor, showRequest, { id: typed['id'] })
  const data = { ...(await requestView(shown, exchange)), ...problemsOf(refusal, typed, exchange) }
  return { view: VIEW, status: refusal.status, data }
}

async function refusedApproval(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  const problems = refusal.kind === 'conflict' ? null : problemsOf(refusal, typed, exchange)
  if (!problems) return refusedOnRequest(refusal, exchange, typed)
  const { world, visit } = exchange
  const offered = await perform(world, visit.actor, offerApproval, { id: typed['id'] })
  const view = await approvalView(offered, exchange, [typed['role']].flat())
  return { view: 'requests/views/approve.njk', status: refusal.status, data: { ...view, ...problems } }
}

/** The forms of words: why not, and the answer to a call for help. */
const WORDED = { decline: declineRequest, answer: answerHelp } as const

function refusedWords(form: keyof typeof WORDED) {
  return async (
    refusal: Refusal,
    exchange: PageExchange,
    typed: Record<string, unknown>,
  ): Promise<Shown | null> => {
    const problems = refusal.kind === 'conflict' ? null : problemsOf(refusal, typed, exchange)
    if (!problems) return refusedOnRequest(refusal, exchange, typed)
    const { world, visit } = exchange
    const shown = await perform(world, visit.actor, showRequest, { id: typed['id'] })
    const data = { ...(await requestView(shown, exchange)), form, answer: typed['answer'], ...problems }
    return { view: 'requests/views/words.njk', status: refusal.status, data }
  }
}

const done =
  (what: 'approved' | 'declined' | 'answered' | 'done' | 'handedUp') =>
  ({ id }: { id: string }): Shown => ({
    to: `/requests/${id}`,
    notice: { key: `pages.requests.request.finished.${what}` },
  })

const wordPages = (['decline', 'answer'] as const).map((form) =>
  page({
    method: 'GET',
    path: `/requests/{id}/${form}`,
    action: showRequest,
    async show(shown, exchange): Promise<Shown> {
      const view = await requestView(shown, exchange)
      // what cannot be answered any more is shown as it is
      const isOfForm = (shown.request.kind === 'help') === (form === 'answer')
      const mayAnswer = 'mayAnswer' in view && view.mayAnswer === true && isOfForm
      return { view: mayAnswer ? 'requests/views/words.njk' : VIEW, data: { ...view, form } }
    },
  }),
)

/** One request, and what is answered to it. */
export const requestPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: '/requests/{id}',
    action: showRequest,
    show: async (shown, exchange) => ({ view: VIEW, data: await requestView(shown, exchange) }),
  }),
  page({
    method: 'GET',
    path: '/requests/{id}/approve',
    action: offerApproval,
    show: async (offered, exchange) => ({
      view: 'requests/views/approve.njk',
      data: await approvalView(offered, exchange),
    }),
    refused: refusedOnRequest,
  }),
  page({
    method: 'POST',
    path: '/requests/{id}/approve',
    action: approveRequest,
    lists: ['role'],
    show: done('approved'),
    refused: refusedApproval,
  }),
  ...wordPages,
  page({
    method: 'POST',
    path: '/requests/{id}/decline',
    action: declineRequest,
    show: done('declined'),
    refused: refusedWords('decline'),
  }),
  page({
    method: 'POST',
    path: '/requests/{id}/answer',
    action: answerHelp,
    show: done('answered'),
    refused: refusedWords('answer'),
  }),
  page({
    method: 'POST',
    path: '/requests/{id}/done',
    action: markDone,
    show: done('done'),
    refused: refusedOnRequest,
  }),
  page({
    method: 'POST',
    path: '/requests/{id}/hand-up',
    action: handUpRequest,
    show: done('handedUp'),
    refused: refusedOnRequest,
  }),
]
