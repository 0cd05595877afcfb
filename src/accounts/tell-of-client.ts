import { bothNames, findEstablishments } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import { inBoth } from '../kit/i18n.ts'
import type { World } from '../world.ts'
import { approversOf } from './approvers-store.ts'
import type { ClientRow } from './store.ts'

/** Tells the approvers of a client's organisation what was done to it, and by whom; never its secret. */
export async function tellOfClient(
  { mailer }: Pick<World, 'mailer'>,
  tx: Tx,
  done: 'created' | 'rotated' | 'revoked',
  { id, name, organisation: code, role }: Pick<ClientRow, 'id' | 'name' | 'organisation' | 'role'>,
  by: string | null,
): Promise<void> {
  const approvers = await approversOf(tx, code)
  if (approvers.length === 0) return
  const organisation = bothNames((await findEstablishments(tx, [code])).get(code)!)
  const params = {
    client: name,
    organisation,
    role: inBoth(`pages.accounts.roles.${role}`),
    by: by ?? inBoth('pages.clients.operator'),
  }
  const to = approvers.map(({ email, name, language }) => ({ address: email, name, language }))
  await mailer.queue(tx, [{ template: `client-${done}`, to, params, about: id }])
}
