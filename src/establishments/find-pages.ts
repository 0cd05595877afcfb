import type { Language } from '../kit/i18n.ts'
import type { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../permissions/page.ts'
import { finderInput, findIn, type FoundEstablishment } from './find-establishments.ts'
import { establishmentName, nationOf } from './rules.ts'
import { listAuthorities } from './store.ts'

const VIEW = 'establishments/views/find.njk'

/** The finder as its page asks it: nothing is looked for before something is asked. Gives what was asked, too. */
const askFinder = action({
  name: 'establishments.find',
  permission: 'find-a-school',
  input: finderInput,
  audited: 'refusals',
  find: () => Promise.resolve({}),
  business: () => [],
  async run({ tx, input }) {
    const asked = { q: input.q.trim(), la: input.la.trim(), after: input.after }
    const isAsked = asked.q !== '' || asked.la !== ''
    return { asked, found: isAsked ? await findIn(tx, input) : null }
  },
  auditSubject: () => null,
})

/** An LA to choose. */
interface Choice {
  la: string
  name: string
}

/** The LAs by nation and name, in one language. */
async function choices({ world, language }: PageExchange): Promise<Record<'wales' | 'england', Choice[]>> {
  const { compare } = new Intl.Collator(language)
  const all = (await listAuthorities(world.db))
    .map((one) => ({ la: one.la, code: one.code, name: establishmentName(one, language) }))
    .sort((a, b) => compare(a.name, b.name))
  const of = (nation: string): Choice[] => all.filter(({ code }) => nationOf(code) === nation)
  return { wales: of('wales'), england: of('england') }
}

/** An organisation with its names in one language. */
function inLanguage(one: FoundEstablishment, language: Language): object {
  const name = establishmentName({ nameEn: one.name, nameCy: one.nameCy }, language)
  const laName = one.laName && establishmentName({ nameEn: one.laName, nameCy: one.laNameCy }, language)
  return { ...one, name, laName }
}

/** Nothing was found, and the reason is known: the schools of the LA are not in the register. */
async function refusedSearch(
  { code, detail, status }: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  if (code !== 'register-not-loaded') return null
  const { words } = exchange
  const refused = {
    title: words(`refusals.${code}.title`, detail.params),
    detail: words(`refusals.${code}.detail`, detail.params),
  }
  const asked = { q: typed['q'] ?? '', la: typed['la'] ?? '' }
  return { view: VIEW, status, data: { asked, refused, authorities: await choices(exchange) } }
}

/** Find a school: the establishment finder for people. */
export const pages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: '/find-a-school',
    action: askFinder,
    query: ['q', 'la', 'after'],
    async show({ asked, found }, exchange) {
      const items = found?.items.map((one) => inLanguage(one, exchange.language))
      const data = { asked, found: found && { ...found, items }, authorities: await choices(exchange) }
      return { view: VIEW, data }
    },
    refused: refusedSearch,
  }),
]
