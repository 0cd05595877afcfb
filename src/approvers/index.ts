import type { AnyPage } from '../permissions/page.ts'
import type { World } from '../world.ts'
import { claimPages } from './claim-pages.ts'
import { codesPages } from './codes-pages.ts'
import { forgetWrongCodes } from './offer-store.ts'

export { newCode, openCodeHash } from './new-code.ts'
export { codesCsv } from './codes-csv.ts'
export { issueTo, type IssuedCode } from './issue-codes.ts'
export { lettersFile, lettersTo } from './letters.ts'
export { approverNotice, type ApproverNotice } from './offer.ts'
export { listOrganisations, lockForCodes, type ListedOrganisation } from './store.ts'

/** The pages of this room. */
export const pages: readonly AnyPage[] = [...codesPages, ...claimPages]

const DAY = 24 * 60 * 60 * 1000

/** Forgets wrong codes that count no more. */
export function forgetOldTries({ db, clock }: Pick<World, 'db' | 'clock'>): Promise<void> {
  return forgetWrongCodes(db, new Date(clock.now().getTime() - DAY))
}

/** What this room does by the clock. */
export function workByClock(world: Pick<World, 'jobs' | 'db' | 'clock'>): void {
  world.jobs.every('approvers-purge', '41 3 * * *', () => forgetOldTries(world))
}
