import { Refusal } from '../../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../../permissions/page.ts'
import { perform } from '../../permissions/perform.ts'
import { confirmFile } from '../confirm-file.ts'
import { fetchFile } from '../fetch-file.ts'
import { mayUse } from './file-offers.ts'
import { fileView } from './file-view.ts'
import { noteContentSent } from '../note-content-sent.ts'
import { recallFile, refuseLateRecall } from '../recall-file.ts'
import { refuseLateReject, rejectFile } from '../reject-file.ts'
import { shownEnds } from './shown-ends.ts'
import { showFile } from '../show-file.ts'
import type { FileRow } from '../store.ts'

/** What comes too late, or crosses what somebody else did, is said on the page of the file as it is now. */
export async function refusedOnFile(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  if (refusal.kind !== 'conflict' && refusal.kind !== 'gone') return null
  const { world, visit, words } = exchange
  const shown = await perform(world, visit.actor, showFile, { id: typed['id'] })
  const { code, detail, status } = refusal
  const say = (part: string): string => words(`refusals.${code}.${part}`, detail.params)
  const errors = [{ text: `${say('title')}. ${say('detail')}` }]
  return { view: 'transfers/views/file.njk', status, data: { ...(await fileView(shown, exchange)), errors } }
}

type ReasonForm = 'reject' | 'recall'

/** The form in which a reason is given, as long as it does not come too late. */
async function reasonForm(form: ReasonForm, file: FileRow, exchange: PageExchange): Promise<object> {
  const { world, visit, language } = exchange
  const now = world.clock.now()
  const [may, refuseLate] =
    form === 'reject'
      ? [mayUse(visit.actor, rejectFile, file, { id: file.id, reason: '' }), refuseLateReject]
      : [mayUse(visit.actor, recallFile, file, { id: file.id }), refuseLateRecall]
  if (!may) throw new Refusal('not-found', 'not-found')
  refuseLate(file, { world, now })
  return { file, ends: await shownEnds(world.db, file, language) }
}

/** What was typed as a reason and is not taken is said at the field. */
function refusedReason(form: ReasonForm) {
  return async (
    refusal: Refusal,
    exchange: PageExchange,
    typed: Record<string, unknown>,
  ): Promise<Shown | null> => {
    if (refusal.detail.params?.['field'] !== 'reason') return refusedOnFile(refusal, exchange, typed)
    const { world, visit, words } = exchange
    const { reason } = typed
    const problem =
      typeof reason !== 'string' || reason.trim() === ''
        ? 'missing'
        : reason.length > 500
          ? 'tooLong'
          : 'characters'
    const { file } = await perform(world, visit.actor, showFile, { id: typed['id'] })
    const errors = [{ href: '#reason', text: words(`pages.transfers.file.reason.${problem}`) }]
    const data = { ...(await reasonForm(form, file, exchange)), reason, errors }
    return { view: `transfers/views/${form}.njk`, status: refusal.status, data }
  }
}

const formPage = (form: ReasonForm): AnyPage =>
  page({
    method: 'GET',
    path: `/files/{id}/${form}`,
    action: showFile,
    show: async ({ file }, exchange) => ({
      view: `transfers/views/${form}.njk`,
      data: await reasonForm(form, file, exchange),
    }),
    refused: refusedOnFile,
  })

const done =
  (what: 'confirmed' | 'rejected' | 'recalled') =>
  ({ id, name }: FileRow): Shown => ({
    to: `/files/${id}`,
    notice: { key: `pages.transfers.file.done.${what}`, params: { name } },
  })

/** The page of one file and what is done there. */
export const filePages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: '/files/{id}',
    action: showFile,
    show: async (shown, exchange) => ({
      view: 'transfers/views/file.njk',
      data: await fileView(shown, exchange),
    }),
  }),
  page({
    method: 'GET',
    path: '/files/{id}/content',
    action: fetchFile,
    show(fetched, exchange) {
      noteContentSent(fetched, exchange, exchange.visit.actor)
      return { body: fetched.bytes, type: 'application/xml', name: fetched.file.name }
    },
    refused: refusedOnFile,
  }),
  page({
    method: 'POST',
    path: '/files/{id}/confirm',
    action: confirmFile,
    show: done('confirmed'),
    refused: refusedOnFile,
  }),
  formPage('reject'),
  page({
    method: 'POST',
    path: '/files/{id}/reject',
    action: rejectFile,
    show: done('rejected'),
    refused: refusedReason('reject'),
  }),
  formPage('recall'),
  page({
    method: 'POST',
    path: '/files/{id}/recall',
    action: recallFile,
    show: done('recalled'),
    refused: refusedReason('recall'),
  }),
]
