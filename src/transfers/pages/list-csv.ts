import { Readable } from 'node:stream'
import { csvLine, CSV_START } from '../../kit/csv.ts'
import { perform } from '../../permissions/perform.ts'
import type { PageExchange, Shown } from '../../permissions/page.ts'
import { browseInbox, browseSent, type Listing } from '../browse-files.ts'
import type { Box } from '../list-rules.ts'
import { listQuery, nameIn } from './list-view.ts'
import { londonDate, stateOf } from '../rules.ts'
import type { FileRow } from '../store.ts'

/** Pages of a list that a CSV file holds at most: 100,000 files. */
const PAGES_MOST = 1000

const IN_LONDON = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'short',
})

/** A list as CSV: every file that the filters let through, in the order of the page; times are London's, as spreadsheets read them. */
export function listCsv(first: Listing, box: Box, exchange: PageExchange): Shown {
  const { world, visit, words } = exchange
  const action = box === 'inbox' ? browseInbox : browseSent
  const { before: _, ...query } = listQuery(exchange)
  async function* lines(): AsyncGenerator<string> {
    const heads = [
      'file',
      'kind',
      'fromNumber',
      'from',
      'toNumber',
      'to',
      'pupils',
      'sent',
      'state',
      'changed',
      'reason',
    ]
    yield CSV_START + csvLine(heads.map((head) => words(`pages.transfers.list.csvHead.${head}`)))
    let listing = first
    for (let page = 1; page <= PAGES_MOST; page += 1) {
      yield listing.items.map((file) => csvLine(cellsOf(file, box, listing, exchange))).join('')
      if (listing.next === null) return
      listing = await perform(world, visit.actor, action, { ...query, after: listing.next })
    }
  }
  const day = londonDate(world.clock.now())
  return {
    body: Readable.from(lines()),
    type: 'text/csv; charset=utf-8',
    name: `${visit.organisation.code}_${words(`pages.transfers.list.csvName.${box}`)}_${day}.csv`,
  }
}

function cellsOf(file: FileRow, box: Box, listing: Listing, exchange: PageExchange): (string | number)[] {
  const { world, words } = exchange
  const as = box === 'inbox' ? 'destination' : 'sender'
  const state = stateOf(file, as, world.clock.now(), world.config.redownloadDays)
  return [
    file.name,
    words(`pages.transfers.file.kinds.${file.kind}`),
    file.source,
    nameIn(listing, file.source, exchange),
    file.destination,
    nameIn(listing, file.destination, exchange),
    file.pupils,
    IN_LONDON.format(file.uploadedAt),
    words(`pages.transfers.file.states.${state}.tag`),
    IN_LONDON.format(file.changedAt),
    file.reason ?? '',
  ]
}
