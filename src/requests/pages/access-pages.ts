import { bothNames } from '../../establishments/index.ts'
import type { Refusal } from '../../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../../permissions/page.ts'
import { perform } from '../../permissions/perform.ts'
import { askAccess, offerAsk, type Askable } from '../ask-access.ts'
import { showOwnAccess, withdrawRequest, type OwnAccess } from '../own-access.ts'
import { STATE_COLOURS } from './states.ts'
import { accessName, roleName, systemName } from '../wordings.ts'
import { problemsOf } from './problems.ts'

const PATH = '/account/access'

/** A person's own access in words. */
function accessView(own: OwnAccess, { language, visit, words }: PageExchange): object {
  const { systems } = own
  return {
    memberships: own.memberships.map(({ organisation, name, roles, approver, grants }) => ({
      code: organisation,
      name: name[language],
      isPresent: organisation === visit.organisation.code,
      roles: [...roles, ...(approver ? ['approver'] : [])].map((role) =>
        roleName(systems, null, role, language),
      ),
      systems: [...new Set(grants.map(({ system }) => system))].map((system) => ({
        name: systemName(
          systems.find(({ code }) => code === system)!,
          language,
        ),
        roles: grants
          .filter((one) => one.system === system)
          .map(({ role }) => roleName(systems, system, role, language)),
      })),
    })),
    present: visit.organisation.name[language],
    askable: own.askable.map((code) => ({
      code,
      name: systemName(
        systems.find((one) => one.code === code)!,
        language,
      ),
    })),
    requests: own.requests.map((one) => ({
      ...one,
      what:
        one.kind === 'help'
          ? words(`pages.requests.topics.${one.topic!}`)
          : accessName(systems, one, language),
      organisationName: bothNames(one)[language],
      colour: STATE_COLOURS[one.state],
    })),
  }
}

/** The form in which roles are asked for. */
function askView(
  { system, roles, organisation }: Askable,
  { language, visit }: PageExchange,
  typed: Record<string, unknown> = {},
): object {
  const chosen = [typed['role']].flat()
  const systems = system ? [system] : []
  return {
    system: system && { code: system.code, name: systemName(system, language) },
    organisation: { code: organisation, name: visit.organisation.name[language] },
    details: typed['details'],
    roles: roles.map((role) => ({
      value: role,
      text: roleName(systems, system?.code ?? null, role, language),
      checked: chosen.includes(role),
    })),
  }
}

async function refusedAsk(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  const problems = problemsOf(refusal, typed, exchange)
  if (!problems) return null
  const { world, visit } = exchange
  const system = typeof typed['system'] === 'string' ? { system: typed['system'] } : {}
  const offered = await perform(world, visit.actor, offerAsk, system)
  const data = { ...askView(offered, exchange, typed), ...problems }
  return { view: 'requests/views/ask.njk', status: refusal.status, data }
}

/** What came too late is said on the page as it is now. */
async function refusedOnAccess(refusal: Refusal, exchange: PageExchange): Promise<Shown | null> {
  if (refusal.kind !== 'conflict') return null
  const { world, visit, words } = exchange
  const own = await perform(world, visit.actor, showOwnAccess, {})
  const say = (part: string): string => words(`refusals.${refusal.code}.${part}`, refusal.detail.params)
  const errors = [{ text: `${say('title')}. ${say('detail')}` }]
  return {
    view: 'requests/views/access.njk',
    status: refusal.status,
    data: { ...accessView(own, exchange), errors },
  }
}

/** What I may do, and asking for more of it. */
export const accessPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: PATH,
    action: showOwnAccess,
    show: (own, exchange) => ({ view: 'requests/views/access.njk', data: accessView(own, exchange) }),
  }),
  page({
    method: 'GET',
    path: `${PATH}/ask`,
    action: offerAsk,
    query: ['system'],
    show: (offered, exchange) => ({ view: 'requests/views/ask.njk', data: askView(offered, exchange) }),
  }),
  page({
    method: 'POST',
    path: `${PATH}/ask`,
    action: askAccess,
    lists: ['role'],
    show: ({ stage }) => ({ to: PATH, notice: { key: `pages.requests.access.asked.${stage}` } }),
    refused: refusedAsk,
  }),
  page({
    method: 'POST',
    path: `${PATH}/{id}/withdraw`,
    action: withdrawRequest,
    show: () => ({ to: PATH, notice: { key: 'pages.requests.access.withdrawn' } }),
    refused: refusedOnAccess,
  }),
]
