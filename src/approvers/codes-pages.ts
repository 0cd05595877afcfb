import { establishmentName } from '../establishments/index.ts'
import { originOf } from '../kit/origin.ts'
import type { Refusal } from '../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../permissions/page.ts'
import { perform } from '../permissions/perform.ts'
import { browseCodes, issueCodes, offerCodes, withdrawOpenCode } from './codes-actions.ts'
import { codesCsv } from './codes-csv.ts'
import { CODES_PATH, CODES_QUERY, codesView } from './codes-view.ts'
import type { IssuedCode } from './issue-codes.ts'
import { lettersTo } from './letters.ts'
import { ISSUED_AT_ONCE } from './rules.ts'

const VIEW = 'approvers/views/codes.njk'

/** What is refused of codes is said above the list as it is now. */
async function listAgain({ code, detail, status }: Refusal, exchange: PageExchange): Promise<Shown | null> {
  if (!['codes-none', 'codes-none-chosen', 'code-not-open'].includes(code)) return null
  const { world, visit, words } = exchange
  const say = (part: string): string => words(`refusals.${code}.${part}`, detail.params)
  const browsed = await perform(world, visit.actor, browseCodes, {})
  const errors = [{ href: '#codes', text: `${say('title')}. ${say('detail')}` }]
  return { view: VIEW, status, data: { ...codesView(browsed, exchange, {}), errors } }
}

/** Codes are shown or downloaded this once. */
async function handOut(
  issued: readonly IssuedCode[],
  as: 'letters' | 'csv' | 'list',
  { world, language, words }: PageExchange,
): Promise<Shown> {
  if (as === 'csv') {
    const day = world.clock.now().toISOString().slice(0, 10)
    const name = `${words('pages.approvers.csv.file')}_${day}.csv`
    return { body: Buffer.from(codesCsv(issued, words)), type: 'text/csv; charset=utf-8', name }
  }
  const letters = as === 'letters' ? await lettersTo(world.db, issued, originOf(world.config)) : null
  const rows = issued.map(({ organisation, code, expiresAt }) => ({
    organisation: organisation.code,
    name: establishmentName(organisation, language),
    code,
    expiresAt,
  }))
  return { view: 'approvers/views/issued.njk', data: { rows, letters } }
}

/** The list of organisations with their codes, and issuing and withdrawing them. */
export const codesPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: CODES_PATH,
    action: browseCodes,
    query: CODES_QUERY,
    show: (browsed, exchange) => ({ view: VIEW, data: codesView(browsed, exchange) }),
  }),
  page({
    method: 'GET',
    path: `${CODES_PATH}/issue`,
    action: offerCodes,
    query: ['which', 'organisation'],
    lists: ['organisation'],
    show: ({ organisations, which, seen }, { language, world }) => ({
      view: 'approvers/views/issue.njk',
      data: {
        which,
        seen: seen.toISOString(),
        rows: organisations.map((one) => ({ ...one, name: establishmentName(one, language) })),
        most: ISSUED_AT_ONCE,
        days: world.config.approverCodeDays,
      },
    }),
    refused: listAgain,
  }),
  page({
    method: 'POST',
    path: `${CODES_PATH}/issue`,
    action: issueCodes,
    lists: ['organisation'],
    show: ({ issued, as }, exchange) => handOut(issued, as, exchange),
    refused: listAgain,
  }),
  page({
    method: 'POST',
    path: `${CODES_PATH}/{organisation}/withdraw`,
    action: withdrawOpenCode,
    show: ({ code, nameEn, nameCy }) => ({
      to: CODES_PATH,
      notice: {
        key: 'pages.approvers.codes.withdrawn',
        params: { organisation: { en: nameEn, cy: nameCy ?? nameEn }, code },
      },
    }),
    refused: listAgain,
  }),
]
