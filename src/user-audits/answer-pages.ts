import { establishmentName } from '../establishments/index.ts'
import type { Refusal } from '../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../permissions/page.ts'
import { perform } from '../permissions/perform.ts'
import {
  ANSWERED_AT_ONCE,
  answerNational,
  answerPeople,
  showNational,
  showPeople,
  type Answered,
  type People,
} from './answer.ts'
import { hindranceOf, scopeOf } from './rules.ts'
import { isOver, problemOf, shownPerson } from './shown.ts'

const VIEW = 'user-audits/views/people.njk'

/** Where those stand whom only the department answers for. */
const NATIONAL = '/user-audit/administrators'

const pathOf = ({ organisation }: Pick<People, 'organisation'>): string =>
  organisation ? `/user-audit/${organisation.code}` : NATIONAL

/** People as their page shows them: those to answer for, those whom others answer for, and those who are answered for. */
function peopleView(shown: People, exchange: PageExchange): object {
  const { words, language, visit, world } = exchange
  const { organisation, round, signed } = shown
  const scope = scopeOf(visit.actor)
  const people = shown.people.map((one) => ({
    ...shownPerson(one, exchange),
    hindrance: hindranceOf(scope, one),
  }))
  const isOpen = organisation === null || round?.closedAt === null
  const unanswered = people.filter(({ answer }) => answer === null)
  const theirs = isOpen ? unanswered.filter(({ hindrance }) => hindrance === null) : []
  const others = isOpen ? unanswered.filter(({ hindrance }) => hindrance !== null) : unanswered
  return {
    base: pathOf(shown),
    name: organisation
      ? establishmentName(organisation, language)
      : words('pages.userAudits.people.national'),
    code: organisation?.code ?? null,
    round,
    isOpen,
    over: round !== null && isOver(round, world.clock.now()),
    awaiting: theirs.slice(0, ANSWERED_AT_ONCE),
    more: Math.max(0, theirs.length - ANSWERED_AT_ONCE),
    others,
    answered: people.filter(({ answer }) => answer !== null),
    maySign:
      round !== null &&
      organisation?.code === scope.organisation &&
      scope.la === null &&
      unanswered.length === 0,
    signed: signed.find(({ wholeAuthority }) => !wholeAuthority) ?? null,
  }
}

function answered({ asked, ids, taken, late }: Answered, path: string): Shown {
  if (asked === 'end') return { to: `${path}/end?${ids.map((id) => `id=${id}`).join('&')}` }
  const key = `pages.userAudits.people.done.${asked}${late > 0 ? 'Late' : ''}`
  return { to: path, notice: { key, params: { count: taken, late } } }
}

/** What was wrong is said above the people as they are now. */
async function refusedAnswer(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  const { world, visit, words } = exchange
  const isNobody = refusal.code === 'input' && refusal.detail.params?.['field'] === 'id'
  if (refusal.kind !== 'conflict' && !isNobody) return null
  const code = typed['organisation']
  const shown =
    code === undefined
      ? await perform(world, visit.actor, showNational, {})
      : await perform(world, visit.actor, showPeople, { organisation: code })
  const error = isNobody
    ? { text: words('pages.userAudits.people.choose'), href: '#people' }
    : problemOf(refusal, exchange)
  return { view: VIEW, status: refusal.status, data: { ...peopleView(shown, exchange), errors: [error] } }
}

/** Asks whether those who were chosen are to lose their access. */
function endView(shown: People, exchange: PageExchange): Shown {
  const asked = new Set([(exchange.request.query as Record<string, string | string[]>)['id'] ?? []].flat())
  const scope = scopeOf(exchange.visit.actor)
  const chosen = shown.people.filter(
    (one) => asked.has(one.id) && one.answer === null && hindranceOf(scope, one) === null,
  )
  if (chosen.length === 0) return { to: pathOf(shown) }
  const people = chosen.map((one) => shownPerson(one, exchange))
  return { view: 'user-audits/views/end.njk', data: { base: pathOf(shown), people } }
}

const show = (shown: People, exchange: PageExchange): Shown => ({
  view: VIEW,
  data: peopleView(shown, exchange),
})

/** Where people are answered for. */
export const answerPages: readonly AnyPage[] = [
  page({ method: 'GET', path: NATIONAL, action: showNational, show }),
  page({
    method: 'GET',
    path: `${NATIONAL}/end`,
    action: showNational,
    query: ['id'],
    lists: ['id'],
    show: endView,
  }),
  page({
    method: 'POST',
    path: NATIONAL,
    action: answerNational,
    lists: ['id'],
    show: (done) => answered(done, NATIONAL),
    refused: refusedAnswer,
  }),
  page({ method: 'GET', path: '/user-audit/{organisation}', action: showPeople, show }),
  page({
    method: 'GET',
    path: '/user-audit/{organisation}/end',
    action: showPeople,
    query: ['id'],
    lists: ['id'],
    show: endView,
  }),
  page({
    method: 'POST',
    path: '/user-audit/{organisation}',
    action: answerPeople,
    lists: ['id'],
    show: (done, { request }) =>
      answered(done, `/user-audit/${(request.params as { organisation: string }).organisation}`),
    refused: refusedAnswer,
  }),
]
