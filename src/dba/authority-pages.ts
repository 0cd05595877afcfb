import { establishmentName } from '../establishments/index.ts'
import type { Refusal } from '../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../permissions/page.ts'
import { perform } from '../permissions/perform.ts'
import { changeAuthority, LOST_AFTER_MOST, showAuthority } from './authority.ts'
import { formErrors } from './form-errors.ts'
import { authorityChoices } from './school-pages.ts'
import { ownAuthority } from './list-schools.ts'

const PATH = '/dba/authority'
const VIEW = 'dba/views/authority.njk'
const FIELDS = ['nameEn', 'nameCy', 'email', 'phone', 'copies', 'lostAfterDays'] as const

type ShownAuthority = Parameters<typeof authorityData>[0]

function authorityData(
  { authority, authorities }: Awaited<ReturnType<typeof showAuthority.run>>,
  exchange: PageExchange,
): object {
  const { language, visit } = exchange
  return {
    authority: authority && { ...authority, name: establishmentName(authority, language) },
    values: authority && { ...authority, copies: authority.copies ? 'on' : 'off' },
    choices: authorityChoices(authorities, exchange),
    // the number is part of the address for who chose it
    la: ownAuthority(visit.actor) === null ? authority?.la : undefined,
    most: LOST_AFTER_MOST,
  }
}

async function authorityAgain(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  const errors = formErrors(refusal, exchange, FIELDS)
  if (!errors) return null
  const { world, visit } = exchange
  const la = typed['la'] === undefined ? {} : { la: typed['la'] }
  const shown: ShownAuthority = await perform(world, visit.actor, showAuthority, la)
  const values = Object.fromEntries(FIELDS.map((field) => [field, typed[field] ?? '']))
  const data = { ...authorityData(shown, exchange), values, errors }
  return { view: VIEW, status: refusal.status, data }
}

/** Maintain LEA details. */
export const authorityPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: PATH,
    action: showAuthority,
    query: ['la'],
    show: (shown, exchange) => ({ view: VIEW, data: authorityData(shown, exchange) }),
  }),
  page({
    method: 'POST',
    path: PATH,
    action: changeAuthority,
    query: ['la'],
    show: ({ code, outcome }, { visit }) => ({
      to: ownAuthority(visit.actor) === null ? `${PATH}?la=${code.slice(0, 3)}` : PATH,
      notice: { key: `pages.dba.authority.done.${outcome}` },
    }),
    refused: authorityAgain,
  }),
]
