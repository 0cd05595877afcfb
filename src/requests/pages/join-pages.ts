import { bothNames } from '../../establishments/index.ts'
import type { Refusal } from '../../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../../permissions/page.ts'
import { perform } from '../../permissions/perform.ts'
import { askJoin, offerJoin } from '../ask-join.ts'
import { roleName } from '../wordings.ts'
import { problemsOf } from './problems.ts'

const PATH = '/account/access/join'
const VIEW = 'requests/views/join.njk'

type Offered = Awaited<ReturnType<typeof offerJoin.run>>

/** The search for an organisation, or the form about the one that was chosen. */
function joinView(
  { q, choices, chosen, roles }: Offered,
  { language }: PageExchange,
  typed: Record<string, unknown> = {},
): object {
  const ticked = [typed['role']].flat()
  return {
    q,
    choices,
    chosen: chosen && { code: chosen.code, name: bothNames(chosen)[language], town: chosen.town },
    details: typed['details'],
    roles: roles.map((role) => ({
      value: role,
      text: roleName([], null, role, language),
      checked: ticked.includes(role),
    })),
  }
}

async function refusedJoin(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  const problems = problemsOf(refusal, typed, exchange)
  if (!problems) return null
  const { world, visit } = exchange
  const offered = await perform(world, visit.actor, offerJoin, { organisation: typed['organisation'] })
  const data = { ...joinView(offered, exchange, typed), ...problems }
  return { view: VIEW, status: refusal.status, data }
}

/** Asking to belong to another organisation. */
export const joinPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: PATH,
    action: offerJoin,
    query: ['q', 'organisation'],
    show: (offered, exchange) => ({ view: VIEW, data: joinView(offered, exchange) }),
  }),
  page({
    method: 'POST',
    path: PATH,
    action: askJoin,
    lists: ['role'],
    show: ({ stage }) => ({ to: '/account/access', notice: { key: `pages.requests.access.asked.${stage}` } }),
    refused: refusedJoin,
  }),
]
