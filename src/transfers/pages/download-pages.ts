import type { Refusal } from '../../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../../permissions/page.ts'
import { perform } from '../../permissions/perform.ts'
import { chooseFiles, CHOSEN_AT_ONCE, type ChosenFiles } from '../choose-files.ts'
import { fetchFile } from '../fetch-file.ts'
import { listAgain, listPages } from './list-pages.ts'
import { LIST_PATHS } from './list-view.ts'
import { isToConfirm, mayFetch, needsNote } from '../rules.ts'
import type { FileRow } from '../store.ts'
import { recordSent, zipFiles, type FileSent } from './zip-files.ts'

/** The list again with the same files chosen, saying at them what is wrong. */
function filesAgain(
  key: string,
  params: Record<string, string | number>,
  status: number,
  exchange: PageExchange,
  chosen: readonly FileRow[] = [],
): Promise<Shown> {
  const errors = [{ href: '#files', text: exchange.words(key, params) }]
  return listAgain('inbox', errors, status, exchange, new Set(chosen.map(({ id }) => id)))
}

/** None chosen, or too many. */
async function refusedChoice(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  if (refusal.code !== 'input' || refusal.detail.params?.['field'] !== 'id') return null
  const what = typed['id'] === undefined ? 'noneChosen' : 'tooMany'
  const key = `pages.transfers.download.${what}`
  return filesAgain(key, { count: CHOSEN_AT_ONCE }, refusal.status, exchange)
}

/** Has it noted what went out, once all of it did. */
function noteSent({ world, visit, reply }: PageExchange, sent: readonly FileSent[]): void {
  reply.raw.once('finish', () => world.follow(recordSent(world, visit.actor, sent)))
}

/** One file as it is, several as a zip. */
async function download(files: readonly FileRow[], exchange: PageExchange): Promise<Shown> {
  const { world, visit, words } = exchange
  const now = world.clock.now()
  const ready = files.filter((file) => mayFetch(file, 'destination', now, world.config.redownloadDays))
  if (ready.length === 0)
    return filesAgain('pages.transfers.download.allGone', { count: files.length }, 410, exchange, files)
  if (files.length > 1) {
    const { body, name, sent } = zipFiles(world, visit.actor, files, words)
    noteSent(exchange, sent)
    return { body, type: 'application/zip', name }
  }
  const { file, as, bytes } = await perform(world, visit.actor, fetchFile, { id: files[0]!.id })
  noteSent(exchange, [{ file, as }])
  return { body: bytes, type: 'application/xml', name: file.name }
}

/**
 * Asks about files whose download the page saw begin, as soon as all of them went out. Nothing while one is still on its
 * way; one that was recalled or rejected meanwhile is not asked about.
 */
function question(files: readonly FileRow[]): Shown {
  const asked = files.some(needsNote) ? [] : files.filter(isToConfirm)
  return { fragment: 'transfers/views/question.njk', data: { asked } }
}

/** What comes of the answer, said on the list. */
function answered({ asked, taken, late }: ChosenFiles): Shown {
  const what = asked === 'no' ? 'no' : late > 0 ? 'yesLate' : 'yes'
  const params = late > 0 ? { count: taken, late } : { count: taken }
  return { to: LIST_PATHS.inbox, notice: { key: `pages.transfers.download.answered.${what}`, params } }
}

async function toReject(files: readonly FileRow[], exchange: PageExchange): Promise<Shown> {
  const [file, ...others] = files
  if (file && others.length === 0) return { to: `/files/${file.id}/reject` }
  return filesAgain('pages.transfers.download.rejectOne', {}, 400, exchange, files)
}

/** The list of files that were sent to us, and what is done with those that were chosen in it. */
export const downloadPages: readonly AnyPage[] = [
  ...listPages('inbox'),
  page({
    method: 'POST',
    path: LIST_PATHS.inbox,
    action: chooseFiles,
    lists: ['id'],
    show(chosen, exchange) {
      if (chosen.asked === 'reject') return toReject(chosen.files, exchange)
      return chosen.asked === 'download' ? download(chosen.files, exchange) : answered(chosen)
    },
    refused: refusedChoice,
  }),
  page({
    method: 'POST',
    path: `${LIST_PATHS.inbox}/question`,
    action: chooseFiles,
    lists: ['id'],
    show: ({ files }) => question(files),
  }),
]
