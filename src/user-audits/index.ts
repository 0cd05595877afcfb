import { keepAccounts } from '../accounts/index.ts'
import type { AnyPage } from '../permissions/page.ts'
import type { World } from '../world.ts'
import { answerPages } from './answer-pages.ts'
import { keepRounds } from './clock.ts'
import { overviewPages } from './overview-pages.ts'
import { roundPages } from './round-pages.ts'
import { signPages } from './sign-pages.ts'
import type { ClockWorld } from './tell.ts'

export { confirmationsAwaiting } from './overview.ts'

/** The pages of this room. */
export const pages: readonly AnyPage[] = [...overviewPages, ...roundPages, ...answerPages, ...signPages]

/** What this room does by the clock: rounds of the audit, and the accounts that nobody uses. */
export function workByClock(world: ClockWorld & Pick<World, 'jobs'>): void {
  world.jobs.every('user-audits', '*/5 * * * *', () => keepRounds(world))
  world.jobs.every('accounts-unused', '40 4 * * *', () => keepAccounts(world))
}
