import {
  establishmentName,
  findEstablishmentsAction,
  type FoundEstablishment,
} from '../../establishments/index.ts'
import { Refusal } from '../../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../../permissions/page.ts'
import { perform } from '../../permissions/perform.ts'
import { addPerson, joinPerson, offerAdd, type Added, type Place } from '../add-person.ts'
import { saidOnPerson } from './form-pages.ts'
import { rolesToTick } from './person-pages.ts'
import { errorsOf, type Said } from './said.ts'

/** The two ways to add somebody: with a new account, or with the one that the person has elsewhere. */
const PATHS = { new: '/people/add', existing: '/people/add/existing' } as const

type Way = keyof typeof PATHS

const VIEWS = { new: 'people/views/add.njk', existing: 'people/views/add-existing.njk' } as const

/** Schools of the LA that are shown at once. */
const SHOWN = 20

/** Where somebody is to be added, or, once that is said, the form. */
async function addView(way: Way, place: Place, exchange: PageExchange): Promise<Shown> {
  if (!place.organisation)
    return { view: 'people/views/add-where.njk', data: await whereView(way, place, exchange) }
  return { view: VIEWS[way], data: formView(way, place, {}, exchange) }
}

/** The LA itself, a school by its number, or schools that the finder gives: of the own LA number only. */
async function whereView(way: Way, { unknown, own }: Place, exchange: PageExchange): Promise<object> {
  const { words, request, visit, language } = exchange
  const query = request.query as Record<string, unknown>
  const q = typeof query['q'] === 'string' ? query['q'].trim().slice(0, 200) : ''
  const found = q === '' ? null : await schoolsOf(q, own, exchange)
  const errors: Said[] =
    unknown === null
      ? []
      : [
          {
            href: '#number',
            text: words('pages.people.add.unknown', { number: unknown, la: own.slice(0, 3) }),
          },
        ]
  return {
    formPath: PATHS[way],
    own: { code: own, name: visit.organisation.name[language] },
    la: own.slice(0, 3),
    number: unknown,
    q,
    found: found?.slice(0, SHOWN).map((one) => ({
      code: one.code,
      name: establishmentName({ nameEn: one.name, nameCy: one.nameCy }, language),
      town: one.town,
    })),
    more: found !== null && found.length > SHOWN,
    ...(errors.length > 0 ? { errors } : {}),
  }
}

async function schoolsOf(
  q: string,
  own: string,
  { world, visit }: PageExchange,
): Promise<FoundEstablishment[]> {
  try {
    const asked = { q, la: own.slice(0, 3) }
    const { items } = await perform(world, visit.actor, findEstablishmentsAction, asked)
    return items.filter(({ kind }) => kind === 'school')
  } catch (error) {
    // the register has no school of the LA yet
    if (error instanceof Refusal) return []
    throw error
  }
}

/** The form, as it was filled in. */
function formView(
  way: Way,
  { organisation, rights, own }: Place,
  typed: Record<string, unknown>,
  exchange: PageExchange,
): object {
  const chosen = [typed['roles']].flat().filter((one) => typeof one === 'string')
  const ticks = rolesToTick(
    'manage-people',
    { organisation: organisation!, member: { roles: [] } },
    chosen,
    exchange,
  )
  const [only] = ticks.items.length === 1 ? ticks.items : []
  return {
    formPath: PATHS[way],
    other: `${PATHS[way === 'new' ? 'existing' : 'new']}?organisation=${organisation!.code}`,
    organisation: { code: organisation!.code, name: establishmentName(organisation!, exchange.language) },
    isOwn: organisation!.code === own,
    mayChoose: own.endsWith('LLLL') && rights.people,
    rights,
    typed: { language: 'en', ...typed },
    items:
      only && typed['roles'] === undefined && Object.keys(typed).length === 0
        ? [{ ...only, checked: true }]
        : ticks.items,
    hours: exchange.world.config.invitationHours,
    la: organisation!.code.slice(0, 3).toLowerCase(),
  }
}

/** What was typed and is not taken is said at its field. */
function refusedForm(way: Way) {
  return async (
    refusal: Refusal,
    exchange: PageExchange,
    typed: Record<string, unknown>,
  ): Promise<Shown | null> => {
    if (refusal.kind !== 'conflict' && refusal.kind !== 'unacceptable') return null
    const { world, visit } = exchange
    const place = await perform(world, visit.actor, offerAdd, { organisation: typed['organisation'] })
    const data = { ...formView(way, place, typed, exchange), errors: errorsOf(refusal, exchange) }
    return { view: VIEWS[way], status: refusal.status, data }
  }
}

/** Who has no role here is to be given systems next. */
function saidOfAdded(
  added: Pick<Added, 'organisation' | 'id' | 'name' | 'bare'>,
  key: string,
  params: Record<string, string | number>,
): Shown {
  const said = saidOnPerson(added, added.bare ? `${key}Bare` : key, params)
  return added.bare ? { ...said, to: `/people/${added.organisation}/${added.id}/systems` } : said
}

const offerPage = (way: Way): AnyPage =>
  page({
    method: 'GET',
    path: PATHS[way],
    action: offerAdd,
    query: ['organisation', 'number', 'q'],
    show: (place, exchange) => addView(way, place, exchange),
  })

/** Adding people: "Add User" of the guidance for local authorities §3.3, and whoever has an account already. */
export const addPages: readonly AnyPage[] = [
  offerPage('new'),
  offerPage('existing'),
  page({
    method: 'POST',
    path: PATHS.new,
    action: addPerson,
    lists: ['roles'],
    show: (added) => {
      const { username, email, hours } = added
      return saidOfAdded(added, 'added', { username, email, count: hours })
    },
    refused: refusedForm('new'),
  }),
  page({
    method: 'POST',
    path: PATHS.existing,
    action: joinPerson,
    lists: ['roles'],
    show: (joined) => saidOfAdded(joined, 'joined', {}),
    refused: refusedForm('existing'),
  }),
]
