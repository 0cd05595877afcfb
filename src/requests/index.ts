import type { AnyPage } from '../permissions/page.ts'
import type { World } from '../world.ts'
import { workOnRequests, type ClockWorld } from './clock.ts'
import { accessPages } from './pages/access-pages.ts'
import { joinPages } from './pages/join-pages.ts'
import { listPages } from './pages/list-pages.ts'
import { requestPages } from './pages/request-pages.ts'

export { workOnRequests } from './clock.ts'
export { helpRequestAddresses } from './get-help.ts'
export { requestsAwaiting } from './list-requests.ts'

/** The pages of this room: asking for access, and answering. */
export const pages: readonly AnyPage[] = [...accessPages, ...joinPages, ...listPages, ...requestPages]

/** What this room does by the clock: every hour reminders, what is overdue, what is closed. */
export function workByClock(world: ClockWorld & Pick<World, 'jobs'>): void {
  world.jobs.every('requests', '12 * * * *', () => workOnRequests(world))
}
