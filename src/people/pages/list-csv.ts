import { Readable } from 'node:stream'
import { establishmentName } from '../../establishments/index.ts'
import { csvLine, CSV_START } from '../../kit/csv.ts'
import { perform } from '../../permissions/perform.ts'
import type { PageExchange, Shown } from '../../permissions/page.ts'
import { continueExport, type People } from '../browse-people.ts'
import type { ListedPerson } from '../list-store.ts'
import { stateOf } from '../../accounts/rules.ts'
import { listQuery, rolesOf } from './list-view.ts'

/** Pages of a list that a CSV file holds at most: 100,000 people. */
const PAGES_MOST = 1000

const IN_LONDON = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'short',
})

const HEADS = [
  'name',
  'username',
  'number',
  'organisation',
  'roles',
  'state',
  'email',
  'phone',
  'created',
  'seen',
] as const

/** The list as CSV: everybody whom the filters let through, in the order of the page; times are London's. */
export function listCsv(first: People, exchange: PageExchange): Shown {
  const { world, visit, words } = exchange
  const { before: _, ...query } = listQuery(exchange)
  async function* lines(): AsyncGenerator<string> {
    yield CSV_START + csvLine(HEADS.map((head) => words(`pages.people.list.csvHead.${head}`)))
    let people = first
    for (let page = 1; page <= PAGES_MOST; page += 1) {
      yield people.items.map((one) => csvLine(cellsOf(one, exchange))).join('')
      if (people.next === null) return
      people = await perform(world, visit.actor, continueExport, { ...query, after: people.next })
    }
  }
  const day = IN_LONDON.format(world.clock.now()).slice(0, 10)
  return {
    body: Readable.from(lines()),
    type: 'text/csv; charset=utf-8',
    name: `${visit.organisation.code}_${words('pages.people.list.csvName')}_${day}.csv`,
  }
}

function cellsOf(one: ListedPerson, { words, language }: PageExchange): string[] {
  const { organisationEn: nameEn, organisationCy: nameCy } = one
  return [
    one.name,
    one.username,
    one.organisation,
    establishmentName({ nameEn, nameCy }, language),
    rolesOf(one, words).join('; '),
    words(`pages.people.state.${stateOf(one)}`),
    one.email,
    one.phone ?? '',
    IN_LONDON.format(one.createdAt),
    one.lastSignInAt ? IN_LONDON.format(one.lastSignInAt) : '',
  ]
}
