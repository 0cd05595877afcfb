import { bothNames, findEstablishments, type OrganisationDetails } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import { wordsOf, type InBoth, type Language, type WordParams, type Words } from '../kit/i18n.ts'
import type { Actor } from '../permissions/decide.ts'
import type { World } from '../world.ts'

/** The details that an authority maintains of its schools and of itself. */
export const DETAIL_FIELDS = [
  'nameEn',
  'nameCy',
  'phone',
  'email',
  'town',
  'copies',
  'lostAfterDays',
] as const

/** A detail that is maintained. */
export type DetailField = (typeof DETAIL_FIELDS)[number]

/** Some of an organisation's details. */
export type SomeDetails = Partial<Pick<OrganisationDetails, DetailField>>

function valueInWords(value: SomeDetails[DetailField], words: Words): string {
  if (typeof value === 'boolean') return words(`pages.dba.${value ? 'on' : 'off'}`)
  return value === null || value === undefined ? words('pages.dba.none') : String(value)
}

/** What changed, a clause for each detail. */
function changesInWords(before: OrganisationDetails, changes: SomeDetails): InBoth {
  const inOne = (language: Language): string => {
    const words = wordsOf(language)
    return DETAIL_FIELDS.filter((field) => changes[field] !== undefined)
      .map((field) =>
        words('pages.dba.changed', {
          field: words(`pages.dba.fields.${field}`),
          from: valueInWords(before[field], words),
          to: valueInWords(changes[field], words),
        }),
      )
      .join(' ')
  }
  return { en: inOne('en'), cy: inOne('cy') }
}

/**
 * Tells an organisation at its own address, in its own language, what was done to it (guidance for local authorities
 * §3.8): where that address changed, at the old and the new one. False where it has none, so that nobody there is told.
 */
export async function tellOrganisation(
  { mailer }: Pick<World, 'mailer'>,
  tx: Tx,
  told: {
    organisation: Pick<OrganisationDetails, 'code' | 'nameEn' | 'nameCy' | 'email' | 'language'>
    template: string
    by: Actor
    /** The address that it has now, where that changed. */
    newEmail?: string | null | undefined
    params?: WordParams
    /** Who is addressed, where that is a person and not the organisation. */
    name?: string
  },
): Promise<boolean> {
  const { organisation, template, by, newEmail, params = {}, name = organisation.nameEn } = told
  const { code, language } = organisation
  const addresses = [organisation.email, newEmail].filter((address) => typeof address === 'string')
  if (addresses.length === 0) return false
  const doer = (await findEstablishments(tx, [by.organisation])).get(by.organisation)!
  const all = { ...params, organisation: bothNames(organisation), by: bothNames(doer) }
  const to = addresses.map((address) => ({ address, name, language }))
  await mailer.queue(tx, [{ template, to, params: all, about: code }])
  return true
}

/** Tells an organisation which of its details were changed. */
export function tellChanges(
  world: Pick<World, 'mailer'>,
  tx: Tx,
  {
    before,
    changes,
    template,
    by,
  }: { before: OrganisationDetails; changes: SomeDetails; template: string; by: Actor },
): Promise<boolean> {
  const params = { changes: changesInWords(before, changes) }
  return tellOrganisation(world, tx, { organisation: before, template, by, newEmail: changes.email, params })
}

/** The details that are typed otherwise than they stand. */
export function differing(before: OrganisationDetails, typed: SomeDetails): SomeDetails {
  return Object.fromEntries(
    DETAIL_FIELDS.flatMap((field) =>
      typed[field] === undefined || typed[field] === before[field] ? [] : [[field, typed[field]]],
    ),
  )
}
