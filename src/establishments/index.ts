import type { AnyRoute } from '../permissions/route.ts'
import { findEstablishmentsRoute } from './find-establishments.ts'

export type { FieldValue } from './differences.ts'
export { findEstablishmentsAction, type FoundEstablishment } from './find-establishments.ts'
export { pages } from './find-pages.ts'
export { importRegister, type ImportReport, type ImportRequest } from './import-register.ts'
export { authorityOf, bothNames, DEPARTMENT, establishmentName, kindOfCode, nationOf } from './rules.ts'
export type { MailLanguage, OrganisationKind, Sector, Status } from './rules.ts'
export { setOrganisation, type OrganisationChanges } from './set-organisation.ts'
export { loadShippedRegister } from './shipped.ts'
export { findEstablishments, isLoadedAuthority, successorsOf, type Establishment } from './store.ts'

/** The addresses of this room. */
export const routes: readonly AnyRoute[] = [findEstablishmentsRoute]
