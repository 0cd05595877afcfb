import { problemOf } from '../../kit/problem.ts'
import { Refusal } from '../../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../../permissions/page.ts'
import { perform } from '../../permissions/perform.ts'
import type { Addressing } from '../accept-file.ts'
import { FileRefusal, wordFinding } from '../file-answer.ts'
import { mayUse } from './file-offers.ts'
import { refusedOnFile } from './file-pages.ts'
import { offerReaddress } from '../offer-readdress.ts'
import { readdressChoices, type Choice } from './readdress-choices.ts'
import { readdressFile } from '../readdress-file.ts'
import { shownEnds } from './shown-ends.ts'
import { shownFindings } from './shown-findings.ts'
import type { FileRow } from '../store.ts'

const VIEW = 'transfers/views/readdress.njk'

interface Offered {
  file: FileRow
  q: string
}

interface SearchView extends Offered {
  choices?: readonly Choice[]
  more?: boolean
  mayDeposit: boolean
  ends: object
}

/** The form in which the new destination is looked for. */
async function searchView({ file, q }: Offered, exchange: PageExchange): Promise<SearchView> {
  const { world, visit, language } = exchange
  const found = q === '' ? null : await readdressChoices(q, file, exchange)
  const mayDeposit =
    file.kind === 'ctf' && mayUse(visit.actor, readdressFile, file, { id: file.id, to: 'XXXXXXX' })
  return { file, q, ...found, mayDeposit, ends: await shownEnds(world.db, file, language) }
}

/** What would be sent where, before it is. */
async function checkView(
  { file, q }: Offered,
  addressing: Addressing,
  exchange: PageExchange,
): Promise<object> {
  const { world, language, words } = exchange
  const { name, warnings } = addressing
  const { to } = await shownEnds(world.db, { ...file, destination: name.destination }, language)
  // the others are told when the file is sent
  const notices = warnings.filter(({ rule }) => rule.startsWith('nobody-there'))
  return {
    file,
    q,
    to,
    name: name.canonical,
    findings: notices.length ? shownFindings(notices, words) : null,
  }
}

/** A destination that was not chosen, is not there or cannot take the file is said above the search. */
async function refusedSearch(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  const late = await refusedOnFile(refusal, exchange, typed)
  if (late) return late
  const isOfTo = refusal.detail.params?.['field'] === 'to'
  const isOfSearch = refusal.code === 'register-not-loaded'
  if (!isOfTo && !isOfSearch && !(refusal instanceof FileRefusal)) return null
  const { world, visit } = exchange
  const { file } = await perform(world, visit.actor, offerReaddress, { id: typed['id'] })
  const q = typeof typed['q'] === 'string' ? typed['q'].slice(0, 200) : ''
  const view = await searchView({ file, q: isOfSearch ? '' : q }, exchange)
  const href = view.choices?.length ? '#to' : '#q'
  const errors = saidOf(refusal, exchange).map((text) => ({ href, text }))
  return { view: VIEW, status: refusal.status, data: { ...view, q, errors } }
}

function saidOf(refusal: Refusal, { language, words }: PageExchange): string[] {
  if (refusal.code === 'input') return [words('pages.transfers.file.readdress.missing')]
  if (refusal instanceof FileRefusal && refusal.found.length > 0) {
    return refusal.found.map((finding) => {
      const { problem, action } = wordFinding(finding, words)
      return `${problem} ${action}`
    })
  }
  const { title, detail } = problemOf(refusal, language)
  return [`${title}. ${detail}`]
}

/** Sending a rejected file on: the search for its new destination, what is to be checked, and the sending. */
export const readdressPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: '/files/{id}/readdress',
    action: offerReaddress,
    query: ['q', 'to', 'choosing'],
    async show({ addressing, ...offered }, exchange) {
      if (!addressing) return { view: VIEW, data: await searchView(offered, exchange) }
      const data = await checkView(offered, addressing, exchange)
      return { view: 'transfers/views/readdress-check.njk', data }
    },
    refused: refusedSearch,
  }),
  page({
    method: 'POST',
    path: '/files/{id}/readdress',
    action: readdressFile,
    show: ({ id, name }) => ({
      to: `/files/${id}`,
      notice: { key: 'pages.transfers.file.done.readdressed', params: { name } },
    }),
    refused: refusedSearch,
  }),
]
