import { originOf } from '../kit/origin.ts'
import { Refusal } from '../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../permissions/page.ts'
import { perform } from '../permissions/perform.ts'
import {
  browseClients,
  endFormer,
  makeClient,
  offerNewClient,
  offerRotation,
  revoke,
  rotate,
  showClient,
} from './client-actions.ts'
import { NAME_MAX } from './rules.ts'
import type { ClientRow } from './store.ts'

const PATH = '/clients'
const VIEWS = 'accounts/views'

const sentences = ({ code, detail }: Refusal, { words }: PageExchange): string =>
  `${words(`refusals.${code}.title`, detail.params)}. ${words(`refusals.${code}.detail`, detail.params)}`

/** The id and the secret, this once. */
const secretShown = (
  told: { client: ClientRow; secret: string; overlapEnds: Date | null },
  { world }: PageExchange,
): Shown => ({
  view: `${VIEWS}/client-secret.njk`,
  data: { ...told, now: world.clock.now(), origin: originOf(world.config) },
})

/** What was mistyped is said at its field, on the form with what was typed. */
async function refusedNew(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  const field = { 'client-name': 'name', 'client-role': 'role' }[refusal.code]
  if (!field) return null
  const { world, visit, words } = exchange
  const offer = await perform(world, visit.actor, offerNewClient, {})
  // the names of roles are words here, not slugs
  const text = field === 'role' ? words('pages.clients.create.roleMissing') : sentences(refusal, exchange)
  const errors = [{ href: `#${field}`, text }]
  const data = { ...offer, id: typed['id'], typed, max: NAME_MAX, errors, wrong: { [field]: text } }
  return { view: `${VIEWS}/client-create.njk`, status: refusal.status, data }
}

/** What others did meanwhile is said on the page of the client as it is now. */
async function refusedOnClient(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  if (refusal.kind !== 'conflict') return null
  const { world, visit } = exchange
  const shown = await perform(world, visit.actor, showClient, { id: typed['id'] })
  const errors = [{ text: sentences(refusal, exchange) }]
  return { view: `${VIEWS}/client.njk`, status: refusal.status, data: { ...shown, errors } }
}

/** A form about one client, which a revoked one has not. */
const formOn = (form: 'rotate' | 'revoke', action: typeof showClient): AnyPage =>
  page({
    method: 'GET',
    path: `${PATH}/{id}/${form}`,
    action,
    show({ client, secrets }, { world }) {
      if (client.revokedAt) throw new Refusal('conflict', 'client-revoked')
      const days = world.config.clientSecretOverlapDays
      const seen = secrets[0]?.createdAt.toISOString()
      return { view: `${VIEWS}/client-${form}.njk`, data: { client, seen, days } }
    },
    refused: refusedOnClient,
  })

/** Machine clients: the systems of an organisation that use the API. */
export const clientPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: PATH,
    action: browseClients,
    show: (clients) => ({ view: `${VIEWS}/clients.njk`, data: { clients } }),
  }),
  page({
    method: 'GET',
    path: `${PATH}/create`,
    action: offerNewClient,
    show: (offer) => ({ view: `${VIEWS}/client-create.njk`, data: { ...offer, typed: {}, max: NAME_MAX } }),
  }),
  page({
    method: 'POST',
    path: `${PATH}/create`,
    action: makeClient,
    show: secretShown,
    async refused(refusal, exchange, typed) {
      return refusal.code === 'client-made'
        ? refusedOnClient(refusal, exchange, typed)
        : refusedNew(refusal, exchange, typed)
    },
  }),
  page({
    method: 'GET',
    path: `${PATH}/{id}`,
    action: showClient,
    show: (shown) => ({ view: `${VIEWS}/client.njk`, data: shown }),
  }),
  formOn('rotate', offerRotation),
  page({
    method: 'POST',
    path: `${PATH}/{id}/rotate`,
    action: rotate,
    show: secretShown,
    refused: refusedOnClient,
  }),
  page({
    method: 'POST',
    path: `${PATH}/{id}/end-overlap`,
    action: endFormer,
    show: ({ id, name }) => ({
      to: `${PATH}/${id}`,
      notice: { key: 'pages.clients.done.overlapEnded', params: { name } },
    }),
    refused: refusedOnClient,
  }),
  formOn('revoke', showClient),
  page({
    method: 'POST',
    path: `${PATH}/{id}/revoke`,
    action: revoke,
    show: ({ id, name }) => ({
      to: `${PATH}/${id}`,
      notice: { key: 'pages.clients.done.revoked', params: { name } },
    }),
    refused: refusedOnClient,
  }),
]
