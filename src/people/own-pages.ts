import { changeOwnAccount, showOwnAccount } from '../accounts/index.ts'
import { establishmentName } from '../establishments/index.ts'
import type { Language } from '../kit/i18n.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../permissions/page.ts'
import { perform } from '../permissions/perform.ts'
import { systemsOf } from '../systems/index.ts'
import { errorsOf } from './pages/said.ts'

const VIEW = 'people/views/account.njk'

type OwnAccount = Awaited<ReturnType<typeof showOwnAccount.run>>

/** Who I am here, and what I can open and choose. */
async function accountView(
  { details, memberships }: OwnAccount,
  { world, visit, language }: PageExchange,
): Promise<object> {
  const open = await systemsOf(world.db, { person: visit.actor.id })
  return {
    details,
    memberships: memberships.map((one) => ({
      ...one,
      systems: open
        .filter(({ organisation }) => organisation === one.organisation)
        .map((system) => ({ name: establishmentName(system, language), url: system.url })),
    })),
    present: visit.organisation.code,
    idleMinutes: world.config.sessionIdleMinutes,
    endsAt: visit.endsAt,
  }
}

/** The account page: who I am here, and what I can choose for myself. */
export const ownPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: '/account',
    action: showOwnAccount,
    show: async (own, exchange) => ({ view: VIEW, data: await accountView(own, exchange) }),
  }),
  page({
    method: 'POST',
    path: '/account',
    action: changeOwnAccount,
    // the language in the address is kept by the browser too, for the pages before the sign-in
    show: ({ language }: { language: Language }) => ({
      to: `/account?lang=${language}`,
      notice: { key: 'pages.accounts.account.saved' },
    }),
    async refused(refusal, exchange, typed): Promise<Shown | null> {
      if (refusal.code !== 'person-phone') return null
      const { details, ...own } = await perform(exchange.world, exchange.visit.actor, showOwnAccount, {})
      const asTyped = { ...details, ...typed, wantsMail: typed['mail'] === 'yes' }
      const data = await accountView({ ...own, details: asTyped }, exchange)
      return { view: VIEW, status: refusal.status, data: { ...data, errors: errorsOf(refusal, exchange) } }
    },
  }),
]
