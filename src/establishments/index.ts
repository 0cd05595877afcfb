import type { AnyRoute } from '../permissions/route.ts'
import { findEstablishmentsRoute } from './find-establishments.ts'

export { correctOrganisation, type Corrected } from './correct-organisation.ts'
export {
  copiesOf,
  findDetails,
  inactiveSchools,
  saveSettings,
  setInactive,
  type OrganisationDetails,
} from './details-store.ts'
export type { FieldValue } from './differences.ts'
export { findEstablishmentsAction, findIn, type FoundEstablishment } from './find-establishments.ts'
export { pages } from './find-pages.ts'
export {
  compareRegister,
  importRegister,
  readRegister,
  takeRegister,
  type ImportReport,
  type ImportRequest,
  type RegisterFiles,
} from './import-register.ts'
export {
  addSupplier,
  CHANGE_KINDS,
  changeRegister,
  refuseChange,
  type Changed,
  type RegisterChange,
} from './keep-register.ts'
export { predecessorsOf, type Predecessor } from './predecessors-store.ts'
export {
  announcedSchools,
  decideProposal,
  dueProposals,
  findProposal,
  insertProposal,
  listProposals,
  noteApplied,
  proposalsAwaiting,
  type ListedProposal,
  type Proposal,
} from './proposals-store.ts'
export {
  authorityOf,
  bothNames,
  DEPARTMENT,
  establishmentName,
  isLine,
  kindOfCode,
  nationOf,
  readPhone,
  schoolNumber,
  searchQuery,
} from './rules.ts'
export type { MailLanguage, OrganisationKind, Sector, Status } from './rules.ts'
export {
  countSchools,
  listSchools,
  SCHOOL_SORTS,
  SCHOOL_VIEWS,
  type ListedSchool,
  type SchoolFilter,
  type SchoolSort,
} from './schools-store.ts'
export { setOrganisation, type OrganisationChanges } from './set-organisation.ts'
export { loadShippedRegister } from './shipped.ts'
export {
  findEstablishments,
  isLoadedAuthority,
  listAuthorities,
  successorsOf,
  successorsOfEach,
  type Establishment,
} from './store.ts'
export { listSuppliers } from './suppliers-store.ts'

/** The addresses of this room. */
export const routes: readonly AnyRoute[] = [findEstablishmentsRoute]
