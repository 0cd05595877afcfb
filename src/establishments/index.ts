import type { Language } from '../kit/i18n.ts'
import type { AnyRoute } from '../permissions/route.ts'
import { findEstablishmentsRoute } from './find-establishments.ts'
import type { Establishment } from './store.ts'

export type { FieldValue } from './differences.ts'
export { importRegister, type ImportReport, type ImportRequest } from './import-register.ts'
export { authorityOf, DEPARTMENT, kindOfCode, nationOf } from './rules.ts'
export type { MailLanguage, OrganisationKind, Sector, Status } from './rules.ts'
export { setOrganisation, type OrganisationChanges } from './set-organisation.ts'
export { loadShippedRegister } from './shipped.ts'
export { findEstablishments, isLoadedAuthority, successorsOf, type Establishment } from './store.ts'

/** The name of an organisation in a language; most schools have one name for both. */
export function establishmentName(one: Pick<Establishment, 'nameEn' | 'nameCy'>, language: Language): string {
  return language === 'cy' ? (one.nameCy ?? one.nameEn) : one.nameEn
}

/** The addresses of this room. */
export const routes: readonly AnyRoute[] = [findEstablishmentsRoute]
