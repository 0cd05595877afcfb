import type { AnyPage } from '../permissions/page.ts'
import type { World } from '../world.ts'
import { ownPages } from './own-pages.ts'
import { addPages } from './pages/add-pages.ts'
import { listPages } from './pages/list-pages.ts'
import { personPages } from './pages/person-pages.ts'

/** The pages of this room. */
export const pages: readonly AnyPage[] = [...listPages, ...addPages, ...personPages, ...ownPages]

/** What this room does by the clock. */
export function workByClock(_world: Pick<World, 'jobs'>): void {}
