import { bothNames } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import type { WordParams } from '../kit/i18n.ts'
import type { MailAddress, MailToQueue } from '../kit/mail/mailer.ts'
import type { World } from '../world.ts'
import { keepersAt, STAGES, wasPutTo } from './rules.ts'
import type { KeeperRow, RequestRow } from './store.ts'

type Of = Pick<RequestRow, 'id' | 'kind' | 'stage' | 'organisation' | 'nameEn' | 'nameCy' | 'person' | 'name'>

/**
 * Tells those whom a request is put to now. Of whoever asks they read the name of an account, never what somebody typed
 * into an open form.
 */
export async function tellKeepers(
  { mailer }: Pick<World, 'mailer'>,
  tx: Tx,
  request: Of,
  keepers: readonly KeeperRow[],
  told: { template: string; params?: WordParams },
): Promise<void> {
  const to = keepersAt(request.stage, request.organisation, keepers, request.person)
  await mailer.queue(tx, [mailOf(request, to, told)])
}

/** Tells the others whom a request was put to that somebody has answered it. */
export async function tellOthers(
  { mailer }: Pick<World, 'mailer'>,
  tx: Tx,
  request: Of,
  keepers: readonly KeeperRow[],
  by: { id: string; name: string },
): Promise<void> {
  const to = STAGES.filter((stage) => wasPutTo(stage, request.stage))
    .flatMap((stage) => keepersAt(stage, request.organisation, keepers, request.person))
    .filter(({ id }) => id !== by.id)
  await mailer.queue(tx, [mailOf(request, to, { template: 'request-other', params: { by: by.name } })])
}

/** Tells whoever asks, where an open form asked at the address that was typed there. */
export async function tellAsker(
  { mailer }: Pick<World, 'mailer'>,
  tx: Tx,
  request: RequestRow,
  told: { template: string; params?: WordParams },
): Promise<void> {
  const address = request.typedEmail ?? request.email
  if (address === null) return
  const to = [{ address, name: request.name ?? '', language: request.language }]
  await mailer.queue(tx, [mailOf(request, to, told)])
}

function mailOf(
  request: Of,
  to: readonly MailAddress[],
  { template, params = {} }: { template: string; params?: WordParams },
): MailToQueue {
  const { id, kind, person, name } = request
  const organisation = bothNames(request)
  const asker = kind !== 'help' && person !== null && name !== null ? { asker: name } : {}
  return { template, to, params: { organisation, ...asker, ...params }, about: id }
}
