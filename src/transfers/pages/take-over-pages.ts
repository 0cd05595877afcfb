import { establishmentName, findEstablishments } from '../../establishments/index.ts'
import type { Refusal } from '../../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../../permissions/page.ts'
import { perform } from '../../permissions/perform.ts'
import { CHOSEN_AT_ONCE } from '../choose-files.ts'
import { browseTakeOver, chooseTakeOver } from '../choose-take-over.ts'
import type { ClosedInbox } from '../of-closed.ts'
import type { FileRow } from '../store.ts'
import { LIST_PATHS } from './list-view.ts'

const PATH = `${LIST_PATHS.inbox}/take-over`

async function takeOverView(
  { inboxes, files }: { inboxes: readonly ClosedInbox[]; files: readonly FileRow[] },
  { world, language }: PageExchange,
): Promise<object> {
  const sources =
    files.length > 0
      ? await findEstablishments(
          world.db,
          files.map(({ source }) => source),
        )
      : null
  const nameOf = (code: string): string => {
    const one = sources?.get(code)
    return one ? establishmentName(one, language) : code
  }
  const schools = inboxes.map((one) => ({
    ...one,
    name: establishmentName(one, language),
    files: files
      .filter(({ destination }) => destination === one.code)
      .map((file) => ({ ...file, from: nameOf(file.source) })),
  }))
  return { schools, isMore: files.length === CHOSEN_AT_ONCE, most: CHOSEN_AT_ONCE }
}

const shown = (data: object, status = 200): Shown => ({
  view: 'transfers/views/take-over.njk',
  status,
  data,
})

/** None chosen. */
async function refusedChoice(refusal: Refusal, exchange: PageExchange): Promise<Shown | null> {
  if (refusal.code !== 'input' || refusal.detail.params?.['field'] !== 'id') return null
  const { world, visit, words } = exchange
  const waiting = await perform(world, visit.actor, browseTakeOver, {})
  const errors = [{ href: '#files', text: words('pages.transfers.takeOver.noneChosen') }]
  return shown({ ...(await takeOverView(waiting, exchange)), errors }, refusal.status)
}

/** What waits for closed schools whose pupils our school took over. */
export const takeOverPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: PATH,
    action: browseTakeOver,
    show: async (waiting, exchange) => shown(await takeOverView(waiting, exchange)),
  }),
  page({
    method: 'POST',
    path: PATH,
    action: chooseTakeOver,
    lists: ['id'],
    show({ taken, left }) {
      const key = `pages.transfers.takeOver.${left > 0 ? 'doneBut' : 'done'}`
      return { to: left > 0 ? PATH : LIST_PATHS.inbox, notice: { key, params: { count: taken, left } } }
    },
    refused: refusedChoice,
  }),
]
