import { browserInWords } from '../browsers.ts'
import type { Refusal } from '../../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../../permissions/page.ts'
import { perform } from '../../permissions/perform.ts'
import {
  addOwnFactor,
  askForAuthenticator,
  askForOwnPasskey,
  forgetBrowser,
  makeOwnCodes,
  removeOwnFactor,
  renameOwnFactor,
  showOwnCodes,
  showOwnFactor,
  showSecurity,
} from './own-actions.ts'
import type { FactorKind } from './store.ts'

const HOME = '/account/security'
const VIEWS = 'secure-access/views/'

const back = (key: string): Shown => ({ to: HOME, notice: { key: `pages.secureAccess.security.${key}` } })

/** What is shown of a form again, with what is wrong with it at the field. */
function wrongAt(field: string, refusal: Refusal, { words }: PageExchange): object {
  const { code, detail, status } = refusal
  const text = `${words(`refusals.${code}.title`, detail.params)}. ${words(`refusals.${code}.detail`, detail.params)}`
  return { errors: [{ href: `#${field}`, text }], wrong: { [field]: text }, status }
}

/** What a person sets up for signing in: `/account/security` and what stands beneath it. */
export const ownPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: HOME,
    action: showSecurity,
    show: (security, { language }) => ({
      view: `${VIEWS}security.njk`,
      data: {
        ...security,
        browsers: security.browsers.map((one) => ({ ...one, named: browserInWords(language, one.browser) })),
      },
    }),
  }),
  page({
    method: 'GET',
    path: `${HOME}/authenticator`,
    action: askForAuthenticator,
    show: (app, { words }) => showAdding('authenticator', { app }, { name: nameOf('authenticator', words) }),
  }),
  page({
    method: 'GET',
    path: `${HOME}/passkey`,
    action: askForOwnPasskey,
    show: (passkey, { words }) =>
      passkey ? showAdding('passkey', { passkey }, { name: nameOf('passkey', words) }) : { to: HOME },
  }),
  addPage('authenticator', async (exchange, typed) => ({
    app: await perform(exchange.world, exchange.visit.actor, askForAuthenticator, { offer: typed['offer'] }),
  })),
  addPage('passkey', async ({ world, visit }) => ({
    passkey: await perform(world, visit.actor, askForOwnPasskey, {}),
  })),
  page({
    method: 'GET',
    path: `${HOME}/factors/{id}`,
    action: showOwnFactor,
    show: (data) => ({ view: `${VIEWS}own-factor.njk`, data: { ...data, name: data.factor.name } }),
  }),
  page({
    method: 'POST',
    path: `${HOME}/factors/{id}`,
    action: renameOwnFactor,
    show: () => back('renamed'),
    async refused(refusal, exchange, { id, name = '' }) {
      if (refusal.code !== 'factor-name') return null
      const data = await perform(exchange.world, exchange.visit.actor, showOwnFactor, { id })
      return showWrong('own-factor', { ...data, name }, wrongAt('name', refusal, exchange))
    },
  }),
  page({
    method: 'POST',
    path: `${HOME}/factors/{id}/remove`,
    action: removeOwnFactor,
    show: () => back('removed'),
  }),
  page({
    method: 'GET',
    path: `${HOME}/recovery-codes`,
    action: showOwnCodes,
    show: (data) => ({ view: `${VIEWS}own-codes.njk`, data }),
  }),
  page({
    method: 'POST',
    path: `${HOME}/recovery-codes`,
    action: makeOwnCodes,
    show: (codes) => ({ view: `${VIEWS}recovery-codes.njk`, data: { codes } }),
  }),
  page({
    method: 'POST',
    path: `${HOME}/browsers/{id}/forget`,
    action: forgetBrowser,
    show: () => back('forgotten'),
  }),
]

function nameOf(kind: FactorKind, words: PageExchange['words']): string {
  return words(`secureAccess.factorNames.${kind}`)
}

/** The page on which one is added, with the field for its name. */
function showAdding(kind: FactorKind, offered: object, rest: object): Shown {
  return { view: `${VIEWS}add-factor.njk`, data: { kind, ...offered, ...rest } }
}

function showWrong(view: string, data: object, { status, ...wrong }: { status?: number }): Shown {
  return { view: `${VIEWS}${view}.njk`, data: { ...data, ...wrong }, status: status ?? 422 }
}

/** What takes the form of that page; `offer` gives what it shows when something is wrong. */
function addPage(
  kind: FactorKind,
  offer: (exchange: PageExchange, typed: Record<string, unknown>) => Promise<object>,
): AnyPage {
  return page({
    method: 'POST',
    path: `${HOME}/${kind}`,
    action: addOwnFactor,
    show: (codes) => (codes ? { view: `${VIEWS}recovery-codes.njk`, data: { codes } } : back('addedNow')),
    async refused(refusal, exchange, typed) {
      if (!/^(factor|passkey)/.test(refusal.code)) return null
      const field = refusal.code === 'factor-name' ? 'name' : kind === 'passkey' ? 'passkey' : 'code'
      const data = { kind, name: typed['name'] ?? '', ...(await offer(exchange, typed)) }
      return showWrong('add-factor', data, wrongAt(field, refusal, exchange))
    },
  })
}
