import { establishmentName, nationOf } from '../establishments/index.ts'
import { Refusal } from '../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../permissions/page.ts'
import { perform } from '../permissions/perform.ts'
import {
  addAdministrator,
  browseAdministrators,
  NOBODY,
  openAdministrator,
  setAdministrator,
  type Candidates,
  type SetUp,
} from './administrators.ts'
import { formErrors } from './form-errors.ts'

const PATH = '/dba/administrators'

/** What stands for a person who has no account yet. */
const SOMEBODY_NEW = 'new'

const FIELDS = ['name', 'username', 'email', 'language', 'replaces'] as const

/** Fields to which refusals of a new person belong. */
const AT = {
  'person-name': 'name',
  'person-username': 'username',
  'person-username-taken': 'username',
  'email-address': 'email',
  'person-email-personal': 'email',
  'person-email-generic': 'email',
}

function listView(
  { authorities, lacking }: Awaited<ReturnType<typeof browseAdministrators.run>>,
  { language, request }: PageExchange,
): Shown {
  const { compare } = new Intl.Collator(language)
  const named = authorities
    .map((one) => ({ ...one, name: establishmentName(one, language), nation: nationOf(one.code) }))
    .sort((a, b) => compare(a.name, b.name))
  const groups = ['wales', 'england'].map((nation) => ({
    nation,
    some: named.filter((one) => one.nation === nation),
  }))
  const onlyLacking = (request.query as Record<string, unknown>)['lacking'] === 'yes'
  return { view: 'dba/views/administrators.njk', data: { groups, lacking, onlyLacking } }
}

function candidatesData({ authority, present, candidates }: Candidates, { language }: PageExchange): object {
  return {
    authority: { ...authority, name: establishmentName(authority, language) },
    present,
    candidates,
    replaces: present?.id ?? NOBODY,
  }
}

const chooseView = (data: object, status = 200): Shown => ({
  view: 'dba/views/administrator.njk',
  status,
  data,
})

/** The choice of a person leads to the form for a new one, or to the question whether it is meant. */
function chosen(shown: Candidates, exchange: PageExchange): Shown {
  const { person } = exchange.request.query as Record<string, unknown>
  const data = candidatesData(shown, exchange)
  if (person === undefined) return chooseView(data)
  if (person === SOMEBODY_NEW) return { to: `${PATH}/${shown.authority.la}/new` }
  const next = shown.candidates.find(({ id }) => id === person)
  if (next) return { view: 'dba/views/administrator-confirm.njk', data: { ...data, next } }
  const errors = [{ href: '#person', text: exchange.words('pages.dba.wrong.person') }]
  return chooseView({ ...data, errors }, 400)
}

/** What cannot be done is said above the choice as it is now. */
async function chooseAgain(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  const errors = formErrors(refusal, exchange, [])
  if (!errors) return null
  const { world, visit } = exchange
  const shown = await perform(world, visit.actor, openAdministrator, { la: typed['la'] })
  return chooseView({ ...candidatesData(shown, exchange), errors }, refusal.status)
}

const VALUES = { language: 'en' }

async function newAgain(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  const errors = formErrors(refusal, exchange, FIELDS, AT)
  if (!errors) return null
  const { world, visit } = exchange
  const shown = await perform(world, visit.actor, openAdministrator, { la: typed['la'] })
  const data = { ...candidatesData(shown, exchange), values: { ...VALUES, ...typed }, errors }
  return { view: 'dba/views/administrator-new.njk', status: refusal.status, data }
}

const done =
  (key: string) =>
  ({ name }: SetUp): Shown => ({
    to: PATH,
    notice: { key: `pages.dba.administrators.done.${key}`, params: { name } },
  })

/** The national administrator sets up the database administrators of the LAs. */
export const administratorPages: readonly AnyPage[] = [
  page({ method: 'GET', path: PATH, action: browseAdministrators, query: ['lacking'], show: listView }),
  page({ method: 'GET', path: `${PATH}/{la}`, action: openAdministrator, show: chosen }),
  page({
    method: 'POST',
    path: `${PATH}/{la}`,
    action: setAdministrator,
    show: done('set'),
    refused: chooseAgain,
  }),
  page({
    method: 'GET',
    path: `${PATH}/{la}/new`,
    action: openAdministrator,
    show: (shown, exchange) => ({
      view: 'dba/views/administrator-new.njk',
      data: { ...candidatesData(shown, exchange), values: VALUES },
    }),
  }),
  page({
    method: 'POST',
    path: `${PATH}/{la}/new`,
    action: addAdministrator,
    show: done('added'),
    refused: newAgain,
  }),
]
