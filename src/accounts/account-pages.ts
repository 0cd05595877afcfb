import { page, type AnyPage } from '../permissions/page.ts'
import { changeOwnAccount, showOwnAccount } from './own-account.ts'

/** The account page: who I am here, and what I can choose for myself. */
export const pages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: '/account',
    action: showOwnAccount,
    show: ({ details, memberships }, { world, visit }) => ({
      view: 'accounts/views/account.njk',
      data: {
        details,
        memberships,
        present: visit.organisation.code,
        idleMinutes: world.config.sessionIdleMinutes,
        endsAt: visit.endsAt,
      },
    }),
  }),
  page({
    method: 'POST',
    path: '/account',
    action: changeOwnAccount,
    // the language in the address is kept by the browser too, for the pages before the sign-in
    show: ({ language }) => ({
      to: `/account?lang=${language}`,
      notice: { key: 'pages.accounts.account.saved' },
    }),
  }),
]
