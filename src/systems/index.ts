import { renewSigningKeys } from '../kit/signing-keys.ts'
import type { AnyPage } from '../permissions/page.ts'
import type { World } from '../world.ts'

export { changeSystem, createSystem, removeSystem, rotateSecret, type SystemSecret } from './manage.ts'
export { routes } from './api.ts'
export { findSystemClient, organisationsWith, type SystemClient } from './client-store.ts'
export { listSystemRows, type SystemRow } from './manage-store.ts'
export { readSystem } from './read-system.ts'
export { setGrants, type WantedGrants } from './set-grants.ts'
export { grantsOf, listSystems, systemsOf, type Grant, type OpenSystem } from './store.ts'
export { organisationClaim } from './organisation-claim.ts'
export { nameParts, systemRolesFor, type System, type SystemRole } from './rules.ts'

/** The pages of this room. */
export const pages: readonly AnyPage[] = []

/** What this room does by the clock: Secure Access gets a new signing key before the former one is old. */
export function workByClock({ jobs, db, clock }: Pick<World, 'jobs' | 'db' | 'clock'>): void {
  jobs.every('signing-keys', '17 4 * * *', async () => {
    await db.transaction().execute((tx) => renewSigningKeys(tx, clock.now()))
  })
}
