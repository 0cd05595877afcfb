import { authorityOf, establishmentName, findEstablishments, nationOf } from '../establishments/index.ts'
import type { Establishment } from '../establishments/index.ts'
import type { Refusal } from '../kit/refusal.ts'
import { decide } from '../permissions/decide.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../permissions/page.ts'
import { perform } from '../permissions/perform.ts'
import { formErrors } from './form-errors.ts'
import {
  changeSchool,
  openSchool,
  setSchoolState,
  showSchool,
  type ChangedDetails,
  type ShownSchool,
} from './school.ts'

const FIELDS = ['nameEn', 'nameCy', 'phone', 'email', 'town'] as const

/** LAs to choose from, by nation and name. */
export function authorityChoices(
  authorities: readonly Pick<Establishment, 'la' | 'code' | 'nameEn' | 'nameCy'>[],
  { language }: PageExchange,
): { nation: string; some: { la: string; name: string }[] }[] {
  const { compare } = new Intl.Collator(language)
  return ['wales', 'england'].map((nation) => ({
    nation,
    some: authorities
      .filter(({ code }) => nationOf(code) === nation)
      .map((one) => ({ la: one.la, name: establishmentName(one, language) }))
      .sort((a, b) => compare(a.name, b.name)),
  }))
}

function schoolView(shown: ShownSchool, { visit, language }: PageExchange): Shown {
  const { school, authority, successors, predecessors } = shown
  const may = (permission: 'maintain-details' | 'manage-people' | 'see-people'): boolean =>
    decide(visit.actor, permission, [school.code]).allowed
  const named = <One extends Pick<Establishment, 'nameEn' | 'nameCy'>>(one: One): One & { name: string } => ({
    ...one,
    name: establishmentName(one, language),
  })
  const data = {
    ...shown,
    school: named(school),
    authority: named(authority),
    successors: successors.map(named),
    predecessors: predecessors.map(named),
    may: {
      change: may('maintain-details'),
      seePeople: may('see-people'),
      managePeople: may('manage-people'),
    },
  }
  return { view: 'dba/views/school.njk', data }
}

/** The form again as it was typed. */
async function schoolAgain(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  const errors = formErrors(refusal, exchange, FIELDS)
  if (!errors) return null
  const { world, visit } = exchange
  const school = await perform(world, visit.actor, openSchool, { organisation: typed['organisation'] })
  const values = Object.fromEntries(FIELDS.map((field) => [field, typed[field] ?? '']))
  return { view: 'dba/views/school-edit.njk', status: refusal.status, data: { school, values, errors } }
}

/** What cannot be done is said on the page of the school. */
async function refusedOnSchool(
  refusal: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  const errors = formErrors(refusal, exchange, [])
  if (!errors) return null
  const { world, visit } = exchange
  const shown = await perform(world, visit.actor, showSchool, { organisation: typed['organisation'] })
  const view = schoolView(shown, exchange)
  return 'view' in view ? { ...view, status: refusal.status, data: { ...view.data, errors } } : null
}

const done =
  (what: (changed: ChangedDetails) => string) =>
  (changed: ChangedDetails): Shown => ({
    to: `/dba/schools/${changed.code}`,
    notice: { key: `pages.dba.school.done.${what(changed)}` },
  })

/** Asks whether a school is to be inactive, or active again, and says what that does. */
function statePages(state: 'active' | 'inactive'): AnyPage[] {
  const path = `/dba/schools/{organisation}/${state}`
  return [
    page({
      method: 'GET',
      path,
      action: openSchool,
      async show(school, { world, language }) {
        const la = authorityOf(school.code)
        const authority = (await findEstablishments(world.db, [la])).get(la)!
        const data = { school, state, authorityName: establishmentName(authority, language) }
        return { view: 'dba/views/school-state.njk', data }
      },
    }),
    page({
      method: 'POST',
      path,
      action: setSchoolState[state],
      show: done(({ outcome }) => `${state}.${outcome}`),
      refused: refusedOnSchool,
    }),
  ]
}

/** The page of one school, and what is changed there. */
export const schoolPages: readonly AnyPage[] = [
  page({ method: 'GET', path: '/dba/schools/{organisation}', action: showSchool, show: schoolView }),
  page({
    method: 'GET',
    path: '/dba/schools/{organisation}/edit',
    action: openSchool,
    show: (school) => ({ view: 'dba/views/school-edit.njk', data: { school, values: school } }),
  }),
  page({
    method: 'POST',
    path: '/dba/schools/{organisation}/edit',
    action: changeSchool,
    show: done(({ outcome }) => outcome),
    refused: schoolAgain,
  }),
  ...statePages('inactive'),
  ...statePages('active'),
]
