import type { Refusal } from '../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../permissions/page.ts'
import { perform } from '../permissions/perform.ts'
import { claimApprover, offerClaim, putOffClaim } from './claim.ts'
import type { Offer } from './offer.ts'
import { USERNAME } from '../accounts/rules.ts'

const PATH = '/claim-approver'
const VIEW = 'approvers/views/claim.njk'

const FIELDS = ['code', 'name', 'email', 'username'] as const

/** The field that a refusal is about, by the beginning of its code. */
const FIELD_OF: readonly [beginning: string, field: (typeof FIELDS)[number]][] = [
  ['claim-code', 'code'],
  ['claim-throttled', 'code'],
  ['person-name', 'name'],
  ['email-address', 'email'],
  ['person-email', 'email'],
  ['person-username', 'username'],
]

function claimView(
  offer: Offer,
  { visit, world }: PageExchange,
  typed: Record<string, unknown> = {},
): object {
  const isApprover = visit.actor.roles.includes('approver')
  return { offer, typed, isApprover, username: USERNAME, days: world.config.approverCodeDays }
}

/** What was mistyped is said at its field, with what was typed; what others did meanwhile above the page as it is now. */
async function refusedClaim(
  { code, detail, status }: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  const field = FIELD_OF.find(([beginning]) => code.startsWith(beginning))?.[1]
  if (!field && code !== 'claim-taken' && code !== 'claim-own-code') return null
  const { world, visit, words, reply } = exchange
  if (detail.retryAfter) void reply.header('retry-after', detail.retryAfter)
  const say = (part: string): string => words(`refusals.${code}.${part}`, detail.params)
  const text = `${say('title')}. ${say('detail')}`
  const errors = [field ? { href: `#${field}`, text } : { text }]
  const offer = await perform(world, visit.actor, offerClaim, {})
  const wrong = field ? { [field]: text } : {}
  return { view: VIEW, status, data: { ...claimView(offer, exchange, typed), errors, wrong } }
}

/** The page on which the approver role is claimed. */
export const claimPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: PATH,
    action: offerClaim,
    show: (offer, exchange) => ({ view: VIEW, data: claimView(offer, exchange) }),
  }),
  page({
    method: 'POST',
    path: PATH,
    action: claimApprover,
    // the former account is over: the browser goes on to where the password of the new one is set
    show: ({ own }) => (own ? { to: own.path } : { to: '/', notice: { key: 'pages.approvers.claim.done' } }),
    refused: refusedClaim,
  }),
  page({
    method: 'POST',
    path: `${PATH}/not-now`,
    action: putOffClaim,
    show: () => ({ to: '/' }),
  }),
]
