import { otherProviderOf } from '../kit/config.ts'
import { browserIn } from '../kit/browser-name.ts'
import { page, type AnyPage } from '../permissions/page.ts'
import { endOtherSessions, endOwnSession, listOwnSessions } from './own-sessions.ts'

const PATH = '/account/sessions'

/** Pages for somebody signed in: where else they are. */
export const pages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: PATH,
    action: listOwnSessions,
    show(sessions, { world, visit, language }) {
      const other = otherProviderOf(world.config)
      const rows = sessions
        .map((one) => ({
          ...one,
          browser: one.browser && browserIn(language, one.browser),
          organisation: one.organisation?.[language],
          isThis: one.id === visit.session,
        }))
        .sort((one, next) => Number(next.isThis) - Number(one.isThis))
      const provider = other && new URL(other.issuer).host
      return { view: 'sessions/views/own-sessions.njk', data: { rows, present: visit.session, provider } }
    },
  }),
  page({
    method: 'POST',
    path: `${PATH}/end`,
    action: endOwnSession,
    show: () => ({ to: PATH, notice: { key: 'pages.sessions.own.ended' } }),
  }),
  page({
    method: 'POST',
    path: `${PATH}/end-others`,
    action: endOtherSessions,
    show: () => ({ to: PATH, notice: { key: 'pages.sessions.own.endedOthers' } }),
  }),
]
